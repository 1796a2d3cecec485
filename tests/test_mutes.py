"""Mutes beside the running dispatcher: silent at once, the last step heard, all told afterwards."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent.cases import EVERY_SHOP, Kind, Mute
from agent.clock import Clock
from agent.dispatcher import Dispatcher, Told
from agent.errors import GeshaoError
from agent.inbox import Inbox, Watched
from agent.journal import Journal
from agent.mutes import Mutes
from agent.pace import Pace
from tests.dispatching import OURS, Desk, a_desk
from tests.fakes import NOON

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a desk whose journal others can open."""
    with a_desk(tmp_path / "journal.sqlite") as desk:
        yield desk


def mutes_of(desk: Desk, journal: Journal | None = None, clock: Clock | None = None) -> Mutes:
    """Return the mutes over a journal, the desk's own if none is named."""
    return Mutes(journal or desk.journal, desk.policy, clock or desk.clock)


def heeding(desk: Desk) -> Dispatcher:
    """Return a dispatcher that heeds mutes."""
    return Dispatcher(
        journal=desk.journal,
        policy=desk.policy,
        channels=(desk.sound, desk.desktop),
        events=desk.events,
        clock=desk.clock,
        told=Told({OURS.shop_id: OURS}, "zh"),
        hushes=mutes_of(desk).hushes,
    )


@pytest.mark.parametrize("shop", [OURS.shop_id, EVERY_SHOP])
async def test_a_mute_from_another_program_is_heeded(desk: Desk, tmp_path: Path, shop: str) -> None:
    """Silent within two seconds; what came meanwhile is told when it is over."""
    desk.opens("old")
    with Journal.open(tmp_path / "journal.sqlite") as beside:
        async with desk.at_work(heeding(desk)):
            await desk.clock.advance(5)
            mutes_of(desk, beside).mute(shop, 3 * MINUTE)
            await desk.clock.advance(2)
            desk.opens("new")
            await desk.clock.advance(175)
            silent = desk.rang()
            await desk.clock.advance(10)

    assert [0] == silent
    assert [0, 185] == desk.rang()
    assert ["紧急 · 山雀百货 · 仅退款"] * 2 == desk.said()


@pytest.mark.parametrize(("whole", "heard"), [(False, [60]), (True, [300])])
async def test_only_a_stop_covers_the_last_step(
    desk: Desk,
    whole: bool,  # noqa: FBT001 (a table's column)
    heard: list[float],
) -> None:
    """A ticket that comes within half an hour of its end breaks through a mute, not a stop."""
    mutes_of(desk).mute(EVERY_SHOP, 5 * MINUTE, whole=whole)
    desk.opens(kind=Kind.EXCHANGE, left=31 * MINUTE)
    async with desk.at_work(heeding(desk)):
        await desk.clock.advance(310)

    assert heard == desk.rang()[:1]


async def test_it_can_be_ended(desk: Desk) -> None:
    """At the next tick all rings again, one shop's or everybody's."""
    mutes = mutes_of(desk)
    mutes.mute(OURS.shop_id, HOUR)
    mutes.mute(EVERY_SHOP, HOUR)
    case = desk.opens()
    both = mutes.hushes(case)
    mutes.unmute(OURS.shop_id)
    one = mutes.hushes(case)
    mutes.unmute()

    assert (True, True, False) == (both, one, mutes.hushes(case))


def test_a_restart_ends_none_and_a_forgotten_shop_leaves_none(desk: Desk) -> None:
    """They are kept in the journal."""
    mutes_of(desk).mute(OURS.shop_id, HOUR, whole=True)
    kept = desk.journal.mutes()
    again = mutes_of(desk).hushes(desk.opens())
    desk.journal.forget(OURS.shop_id)

    assert {OURS.shop_id: Mute(NOON, NOON + HOUR, whole=True)} == kept
    assert again
    assert {} == desk.journal.mutes()


def test_a_journal_that_fails_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was known last holds on."""
    mutes = mutes_of(desk)
    mutes.mute(OURS.shop_id, HOUR)
    case = desk.opens()
    before = mutes.hushes(case)

    def fail() -> None:
        raise GeshaoError("磁盘坏了。")

    monkeypatch.setattr(desk.journal, "mutes", fail)
    mutes._read_at = float("-inf")

    assert (True, True) == (before, mutes.hushes(case))


def test_faces_are_shown_what_is_silent(desk: Desk) -> None:
    """Only while it holds, and only of shops that are watched."""
    watched = [Watched(OURS, "试店", {"aftersale": "售后"})]
    inbox = Inbox(desk.journal, desk.policy, desk.clock, watched, pace=Pace())
    mutes = mutes_of(desk)
    for shop, span in ((OURS.shop_id, HOUR), (EVERY_SHOP, MINUTE), ("removed", HOUR)):
        mutes.mute(shop, span)
    now = set(inbox.snapshot().mutes)
    desk.clock.jump(120)

    assert ({OURS.shop_id, EVERY_SHOP}, {OURS.shop_id}) == (now, set(inbox.snapshot().mutes))
