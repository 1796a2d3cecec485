"""After a sleep the gap is known, the riskiest is read first, and one sentence says what came."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from agent.cases import Kind, Outcome, Pause, Policy, Tier, Why
from agent.cases.away import Away, away
from agent.cases.drill import UNREACHED_KEY
from agent.cases.line import COMPUTER_KEY
from agent.channels.wording import away_text, plain_notice
from agent.journal import Journal
from agent.recording import Computer
from agent.sleep import GRACE_S
from tests.fakes import NOON, FakeClock
from tests.mothers import KEY, a_case, a_reading
from tests.several import a_ticket, several, summary

HOUR = timedelta(hours=1)


@dataclass
class _Hands:
    """A clock whose two hands are set one by one."""

    wall: float = 0
    seconds: float = 0

    def now(self) -> datetime:
        """Return the wall's time."""
        return datetime.fromtimestamp(self.wall, UTC)

    def monotonic(self) -> float:
        """Return the other's."""
        return self.seconds


@pytest.mark.parametrize(
    ("wall", "monotonic", "lost"),
    [
        pytest.param(1, 1, None, id="a beat"),
        pytest.param(55, 55, None, id="a busy machine"),
        pytest.param(3601, 1, 3601, id="asleep, its monotonic clock too"),
        pytest.param(3601, 3601, 3601, id="asleep, its monotonic clock not"),
        pytest.param(1, 120, 120, id="stopped, and the clock set back meanwhile"),
        pytest.param(-3599, 1, None, id="the clock set back"),
    ],
)
def test_what_counts_as_a_sleep(wall: float, monotonic: float, lost: float | None) -> None:
    """Either clock may tell; a clock that is set back tells nothing."""
    hands = _Hands()
    computer = Computer(cast("Journal", None), cast("Any", hands))
    computer.beat()
    hands.wall, hands.seconds = wall, monotonic

    found = computer.lost()
    assert lost == (found and found[1].total_seconds())


def test_nobody_who_does_not_listen_slept() -> None:
    """A command that only signs in has no beat, and misses none."""
    computer = Computer(cast("Journal", None), FakeClock())

    assert computer.lost() is None


async def test_a_sleep_is_a_gap_in_the_record() -> None:
    """Not seen from when the lid was closed to the first reading after it was opened."""
    with several("a", "b") as home:
        async with home.at_work():
            await home.clock.advance(65)
            await home.sleeps(hours=3)
            await home.clock.advance(10)

        assert [[Why.COVERED, Why.ASLEEP, Why.COVERED]] * 2 == [home.whys(s) for s in ("a", "b")]
        slept = home.line("a")[1]
        assert NOON + timedelta(seconds=65) == slept.begun_at
        assert 3 * HOUR <= slept.length <= 3 * HOUR + timedelta(seconds=3)


async def test_the_riskiest_is_read_first() -> None:
    """What runs out the soonest is looked at at once, the others a moment later."""
    with several("calm", "late", "later") as home:
        home.shows("late", a_ticket(respond_by=NOON + 4 * HOUR))
        home.shows("later", a_ticket(respond_by=NOON + 5 * HOUR))
        async with home.at_work():
            await home.clock.advance(31)
            await home.sleeps(hours=3)
            woke = home.clock.monotonic()
            await home.clock.advance(5)

        first = {shop: min(home.looks(shop, woke - 0.5)) for shop in home.offices}
        assert ["late", "later", "calm"] == sorted(first, key=lambda shop: first[shop])


async def test_one_sentence_says_what_came() -> None:
    """Two went into their last 4 hours, one is new, one is gone: said once, and silently."""
    with several("a") as home:
        near = [a_ticket(str(n), respond_by=NOON + 6 * HOUR) for n in (1, 2)]
        home.shows("a", *near, a_ticket("3", respond_by=NOON + 90 * HOUR))
        async with home.at_work():
            await home.clock.advance(31)
            home.shows("a", *near, a_ticket("4", respond_by=NOON + 90 * HOUR))
            await home.sleeps(hours=3 + 1 / 6)
            await home.clock.advance(GRACE_S + 10)

        assert ["离开 3 小时 10 分，期间 2 单进入 4 小时、1 单新来"] == summary(home.said)


async def test_nothing_rings_twice_because_of_a_sleep() -> None:
    """What was rung before stays rung; what reached a step while nobody listened rings once."""
    with several("a", "b") as home:
        home.shows("a", a_ticket("1", respond_by=NOON + 6 * HOUR))
        home.shows("b", a_ticket("2", respond_by=NOON + 90 * HOUR))
        async with home.at_work():
            await home.clock.advance(10)
            for case in home.journal.open_cases():
                taken = case.acknowledged(Tier.URGENT, cast("Any", 1), home.clock.now())
                home.journal.update(case, taken, now=home.clock.now())
            before = len(home.rung())
            await home.sleeps(hours=3)
            await home.clock.advance(20)
            alerts = home.journal.last_alerts()

        assert 1 == len(home.rung()) - before
        assert [("1", 0), ("2", 0)] == sorted((k.case_id, a.repeat) for k, a in alerts.items())


async def test_the_network_has_its_time_before_anybody_cries() -> None:
    """No answer for 20 seconds after waking is no alarm; then all is well, and it is said."""
    with several("a", "b") as home:
        async with home.at_work():
            await home.clock.advance(31)
            home.loses_the_line()
            await home.sleeps(hours=2)
            await home.clock.advance(18)
            during = home.outages()
            home.finds_the_line()
            await home.clock.advance(12)

        assert ([], [], []) == (during, home.outages(), home.rung())
        assert ["离开 2 小时，期间没有变化"] == summary(home.said)


async def test_a_network_that_does_not_come_back_is_one_alarm() -> None:
    """After the grace it is told, once, and the sentence says who is not read."""
    with several("a", "b") as home:
        async with home.at_work():
            await home.clock.advance(31)
            home.loses_the_line()
            await home.sleeps(hours=2)
            await home.clock.advance(GRACE_S - 2)
            during = home.outages()
            await home.clock.advance(60)

        assert ([], [COMPUTER_KEY.shop]) == (during, home.outages())
        assert ["重要 · 这台电脑 · 没有网络"] == home.rung()
        assert ["离开 2 小时，期间没有变化；还有 2 家店没读到"] == summary(home.said)


async def test_an_alarm_from_before_waits_for_the_network_too() -> None:
    """It has grown urgent in the sleep, but nobody knows yet whether it still is one."""
    with several("a", "b") as home:
        async with home.at_work():
            home.loses_the_line()
            await home.clock.advance(50)
            before = home.rung()
            await home.sleeps(hours=2)
            await home.clock.advance(20)
            during = home.rung()
            home.finds_the_line()
            await home.clock.advance(15)

        assert (["重要 · 这台电脑 · 没有网络"], before) == (before, during)
        assert ([], before) == (home.outages(), home.rung())


async def test_what_a_person_must_mend_is_told_at_once() -> None:
    """A shop that signed us out meanwhile rings without any grace."""
    with several("a") as home:
        async with home.at_work():
            await home.clock.advance(31)
            home.offices["a"].shows(a_reading(outcome=Outcome.SIGNED_OUT, shop="a"))
            await home.sleeps(hours=2)
            await home.clock.advance(3)

        assert ["重要 · a · 登录已失效"] == home.rung()


async def test_a_second_sleep_in_between_is_one_with_the_first() -> None:
    """A lid opened for ten seconds is told together with the rest."""
    with several("a") as home:
        async with home.at_work():
            await home.clock.advance(31)
            home.loses_the_line()
            await home.sleeps(hours=2)
            await home.clock.advance(10)
            await home.sleeps(hours=1)
            home.finds_the_line()
            await home.clock.advance(20)

        assert ["离开 3 小时，期间没有变化"] == summary(home.said)
        assert (2, Why.COVERED) == (home.whys("a").count(Why.ASLEEP), home.whys("a")[-1])


async def test_a_paused_shop_is_not_waited_for() -> None:
    """A person said that nobody looks there."""
    with several("a", "b") as home:
        async with home.at_work():
            await home.clock.advance(31)
            home.loses_the_line("b")
            home.journal.pause("b", Pause(home.clock.now()))
            await home.sleeps(hours=2)
            await home.clock.advance(5)

        assert ["离开 2 小时，期间没有变化"] == summary(home.said)


@pytest.mark.parametrize("hours", [-2, -48])
async def test_a_clock_set_back_is_no_sleep(hours: float) -> None:
    """Nothing is said; the record goes on with the time that is lived again."""
    with several("a") as home:
        async with home.at_work():
            await home.clock.advance(65)
            await home.sleeps(hours=hours)
            await home.clock.advance(60)

        assert [] == home.said
        assert Why.COVERED is home.line("a", since=hours * 3600)[-1].why


def test_each_case_counts_once() -> None:
    """By what weighs most: out of time, gone, new, come into a step."""

    def ticket(number: str, left: float, **fields: object) -> Any:  # noqa: ANN401 (a case)
        key = replace(KEY, case_id=number)
        return a_case(key=key, respond_by=NOON + left * HOUR, **fields)

    before = [ticket("late", 2), ticket("gone", 90), ticket("near", 6), ticket("far", 90)]
    before += [ticket("defaulted", 1), ticket("was late", -1)]
    after = [ticket("late", 2), ticket("near", 6), ticket("far", 90), ticket("new", 90)]
    after += [ticket("was late", -1), ticket("new and late", 1)]
    after.append(a_case(key=UNREACHED_KEY, kind=Kind.OTHER))
    found = away(before, after, Policy(), NOON, NOON + 3 * HOUR)

    assert Away(3 * HOUR, 3, {4 * HOUR: 1}, opened=1, ended=1) == found
    assert "离开 3 小时，期间 3 单过了时限、1 单进入 4 小时、1 单新来、1 单结束" == away_text(
        found, "zh"
    )


def test_the_notice_is_to_be_read_and_not_heard() -> None:
    """The alarms ring by themselves; this only sums up."""
    notice = plain_notice(away_text(Away(HOUR), "en"))

    assert ("away for 1 h: nothing changed", True, Tier.NORMAL) == (
        notice.title,
        notice.quiet,
        notice.tier,
    )
