"""What a watcher makes of what it reads: cases, outages, a shut door, and bugs of our own."""

import json
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent import watcher as watcher_module
from agent.cases import ChangeKind, Outcome, QueueHealth, Tier
from agent.errors import GeshaoError, VaultLocked
from tests.fakes import NOON, FakeDoor, FakeShop
from tests.mothers import KEY, a_reading, a_sighting
from tests.watching import OUTAGE, Watch, a_watch

SECOND = timedelta(seconds=1)
EMPTY = a_reading()
ONE = a_reading(a_sighting())
SIGNED_OUT = a_reading(outcome=Outcome.SIGNED_OUT, detail="需要您登录", gate="login")
DOWN = a_reading(outcome=Outcome.UNREACHABLE, detail="连不上后台")


async def test_a_reading_becomes_cases_and_proof(watch: Watch) -> None:
    """What is read is judged and recorded, with when it was confirmed and how much waits."""
    shop = FakeShop(watch.clock, a_reading(a_sighting(reason="再不退就投诉12315")), takes=2)
    async with watch.over(shop):
        await watch.clock.advance(2)
    [case] = watch.journal.open_cases()

    assert (KEY, Tier.URGENT, 1) == (case.key, case.tier, case.number)
    assert (NOON + 2 * SECOND, 1, 0) == (
        watch.health().confirmed_at,
        watch.health().pending,
        watch.health().failures,
    )


async def test_a_failure_keeps_what_was_known(watch: Watch) -> None:
    """A queue that cannot be read loses no case, and says since when and why."""
    shop = FakeShop(watch.clock, ONE, DOWN)
    async with watch.over(shop):
        await watch.clock.advance(100)
    health = watch.health()

    assert [KEY.case_id] == watch.tickets()
    assert (NOON, 1, 4) == (health.confirmed_at, health.pending, health.failures)
    assert (Outcome.UNREACHABLE, "连不上后台") == (health.outcome, health.detail)
    assert NOON + 95 * SECOND == health.read_at


@pytest.mark.parametrize(
    "outcome",
    [Outcome.WRONG_SHOP, Outcome.PAGE_CHANGED, Outcome.UNREACHABLE, Outcome.NO_PERMISSION],
    ids=str,
)
async def test_rows_of_a_failed_reading_never_become_cases(watch: Watch, outcome: Outcome) -> None:
    """Whatever a page of another shop, or one that was not understood, shows: it is not ours."""
    shop = FakeShop(watch.clock, replace(ONE, outcome=outcome))
    async with watch.over(shop):
        await watch.clock.advance(100)

    assert [] == watch.tickets()
    assert watch.health().pending is None


async def test_an_outage_is_one_case_a_shop(two: Watch) -> None:
    """It opens when any queue is dark, and closes when all are in sight again."""
    sale, chat = (FakeShop(two.clock, EMPTY, name=name) for name in ("aftersale", "chat"))
    async with two.over(sale, chat):
        await two.clock.advance(10)
        sale.shows(DOWN)
        chat.shows(SIGNED_OUT)
        await two.clock.advance(60)
        both = [case.key for case in two.journal.open_cases()]
        chat.shows(EMPTY)
        await two.clock.advance(60)
        one_left = two.outage()
        sale.shows(EMPTY)
        await two.clock.advance(60)

        assert [OUTAGE] == both
        assert one_left is not None
        assert two.outage() is None


async def test_an_outage_names_its_cause_and_its_queue(watch: Watch) -> None:
    """The case says what was found, and in which queue by the name people know."""
    async with watch.over(FakeShop(watch.clock, SIGNED_OUT), door=FakeDoor(SIGNED_OUT)):
        outage = watch.outage()

    assert outage is not None
    assert ("signed_out", "需要您登录", ("login",), "售后工作台") == (
        outage.latest.status,
        outage.latest.reason,
        outage.latest.tags,
        outage.latest.product,
    )


async def test_a_queue_that_the_pack_no_longer_has_keeps_no_outage_open() -> None:
    """A former pack's queue, dark when it was dropped, is no reason to stay blind for ever."""
    with a_watch("aftersale") as watch:
        dropped = replace(DOWN, queue="old", taken_at=NOON)
        former = QueueHealth("old").after(dropped)
        watch.journal.record([], former, shop=KEY.shop)
        async with watch.over(FakeShop(watch.clock, DOWN, DOWN, EMPTY)):
            await watch.clock.advance(5)
            dark = watch.outage()
            await watch.clock.advance(30)

            assert dark is not None
            assert watch.outage() is None


async def test_a_shut_door_is_opened_and_the_queue_read_again(watch: Watch) -> None:
    """A shop that can be signed in to by itself is read in the same breath; no outage."""
    shop, door = FakeShop(watch.clock, SIGNED_OUT, ONE), FakeDoor(None)
    async with watch.over(shop, door=door):
        await watch.clock.advance(0)

    assert [True, True] == [look.fresh for look in shop.looks]
    assert [Outcome.SIGNED_OUT] == [reading.outcome for reading in door.asked]
    assert [KEY.case_id] == watch.tickets()
    assert watch.outage() is None


async def test_what_the_door_learnt_is_recorded(watch: Watch) -> None:
    """Signed out, and the platform asks for a person: that is what the outage says."""
    verdict = replace(SIGNED_OUT, outcome=Outcome.CHALLENGED, detail="登录时要求验证")
    shop = FakeShop(watch.clock, SIGNED_OUT)
    async with watch.over(shop, door=FakeDoor(verdict)):
        outage = watch.outage()

    assert 1 == len(shop.looks)
    assert outage is not None
    assert ("challenged", "登录时要求验证") == (outage.latest.status, outage.latest.reason)


async def test_the_door_is_told_of_each_good_reading_alone(watch: Watch) -> None:
    """A session is worth keeping after a queue was read to its end, and only then."""
    door = FakeDoor()
    shop = FakeShop(watch.clock, EMPTY, DOWN, DOWN, a_reading(outcome=Outcome.TRUNCATED), ONE)
    async with watch.over(shop, door=door):
        await watch.clock.advance(95)

    assert (5, 2) == (len(shop.looks), door.kept)


@pytest.mark.parametrize("error", [VaultLocked("锁着"), OSError(28, "disk full")], ids=repr)
async def test_a_session_that_cannot_be_kept_costs_no_sight(watch: Watch, error: Exception) -> None:
    """The queue was read: that its session could not be stored is no outage."""
    door = FakeDoor()
    door.jammed = error
    async with watch.over(FakeShop(watch.clock, ONE), door=door):
        await watch.clock.advance(300)

    assert 11 == door.kept
    assert (0, [KEY.case_id]) == (watch.health().failures, watch.tickets())


async def test_a_bug_in_one_queue_is_an_outage_and_the_other_goes_on(two: Watch) -> None:
    """A reader that breaks shows as an outage, is asked again, and mends itself."""
    bug = KeyError("gone")
    broken = FakeShop(two.clock, bug, bug, ONE, bug, ONE)
    other = FakeShop(two.clock, EMPTY, name="chat")
    async with two.over(broken, other):
        await two.clock.advance(10)
        outage = two.outage()
        await two.clock.advance(70)

        assert outage is not None
        assert ("unreachable", True) == (outage.latest.status, "KeyError" in outage.latest.reason)
        assert two.outage() is None
        assert [KEY.case_id] == two.tickets()
        assert [0, 5, 35, 65, 70] == [look.at for look in broken.looks]
        assert [1.5, 31.5, 61.5] == [look.at for look in other.looks]


async def test_a_bug_in_the_door_is_an_outage_too(watch: Watch) -> None:
    """A door that breaks costs one poll; the next finds it mended."""
    shop = FakeShop(watch.clock, SIGNED_OUT, SIGNED_OUT, EMPTY)
    async with watch.over(shop, door=FakeDoor(ValueError("bug"))):
        broke = watch.health().detail
        await watch.clock.advance(5)

    assert "ValueError" in broke
    assert (3, 0) == (len(shop.looks), watch.health().failures)


async def test_a_poll_that_hangs_is_an_outage(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What never answers is given up in the end, said so, and tried again."""
    monkeypatch.setattr(watcher_module, "_POLL_LIMIT_S", 0)
    shop = FakeShop(watch.clock, EMPTY, takes=9_999_999)
    async with watch.over(shop):
        await watch.clock.advance(5)
        outage = watch.outage()

    assert 2 == len(shop.looks)
    assert outage is not None
    assert "没有读完" in outage.latest.reason


async def test_a_journal_that_fails_ends_nothing(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk costs what is read meanwhile; once there is room, all is as it was."""
    shop = FakeShop(watch.clock, ONE)
    with monkeypatch.context() as patch:
        patch.setattr(watch.journal, "record", full)
        async with watch.over(shop):
            await watch.clock.advance(100)
            nothing = watch.tickets()
            patch.undo()
            await watch.clock.advance(30)

    assert [] == nothing
    assert [KEY.case_id] == watch.tickets()
    assert [0, 5, 35, 65, 95, 125] == [look.at for look in shop.looks]


def full(*_: object, **__: object) -> None:
    """Refuse to store anything."""
    raise GeshaoError("磁盘满了。") from sqlite3.OperationalError("full")


async def test_a_stop_in_the_middle_of_a_reading_ends_cleanly(watch: Watch) -> None:
    """Cancelled while a page is read, the watcher ends at once and records nothing more."""
    shop = FakeShop(watch.clock, ONE, takes=10)
    async with watch.over(shop):
        await watch.clock.advance(5)

    assert (1, [], []) == (len(shop.looks), watch.tickets(), watch.recorded)


async def test_scripts_hear_of_both_readings_and_of_what_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A queue found signed out, then read, is two readings and a case; merely seen is no news."""
    monkeypatch.setattr("agent.events._LAST_WORDS_S", 60)  # the machine may be busy
    file = tmp_path / "events"
    with a_watch(events=file) as watch:
        async with watch.over(FakeShop(watch.clock, SIGNED_OUT, ONE)):
            await watch.clock.advance(30)
    told = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]

    assert ["reading", "reading", "case_opened", "reading"] == [one["event"] for one in told]
    assert ["signed_out", "rows", "rows"] == [one["outcome"] for one in told if "outcome" in one]


async def test_a_persons_reading_is_recorded_beside_the_loop(watch: Watch) -> None:
    """What the visible window's session reads counts at once, and is returned."""
    changes = watch.watcher.record(replace(ONE, taken_at=watch.clock.now()))

    assert [ChangeKind.OPENED] == [change.kind for change in changes]
    assert ([KEY.case_id], [0]) == (watch.tickets(), watch.recorded)
