"""When a case rings: once a step, again while nobody takes it in hand, never as a storm."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from agent.cases import Alert, CaseKey, Kind, Reason, Stage, Tier
from tests.dispatching import Desk, a_desk
from tests.mothers import a_shop

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
HOUR_S = 3600.0


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Give a desk whose journal is in memory."""
    with a_desk() as desk:
        yield desk


async def test_a_new_case_rings_at_once_on_every_channel(desk: Desk) -> None:
    """Once recorded, it does not even wait for the next tick."""
    async with desk.at_work() as dispatcher:
        await desk.clock.advance(0.4)
        desk.opens(kind=Kind.EXCHANGE)
        dispatcher.look_now()
        await desk.clock.advance(0)

        assert [0.4] == desk.rang()
        assert ["重要 · 山雀百货 · 换货"] == desk.said()
        assert [] == desk.pending()


async def test_each_step_rings_once(desk: Desk) -> None:
    """An important case that nobody takes in hand rings when it gets later, and only then."""
    desk.opens(kind=Kind.EXCHANGE, left=13 * HOUR)
    await desk.passes(12 * HOUR, 5 * MINUTE)

    assert [300, 1 * HOUR_S, 9 * HOUR_S] == desk.rang()
    assert desk.rang() == [at for at, _ in desk.desktop.heard]


async def test_an_urgent_case_rings_again_and_again(desk: Desk) -> None:
    """The gap doubles from 30 s to 5 min; only the sound repeats, and says it is a repeat."""
    desk.opens()
    await desk.passes(18 * MINUTE, 10 * SECOND)

    assert [10, 40, 100, 220, 460, 760, 1060] == desk.rang()
    assert [10] == [at for at, _ in desk.desktop.heard]
    assert [False, *[True] * 6] == [notice.repeat for _, notice in desk.sound.heard]


async def test_without_sound_the_repeats_are_shown(desk: Desk) -> None:
    """Muted, an urgent case that nobody takes goes on being shown, as often as it would ring."""
    desk.opens(left=timedelta(hours=20))
    quiet = desk.dispatcher(desk.desktop)
    async with desk.at_work(quiet):
        await desk.clock.advance(95)

    assert [] == desk.rang()
    assert [0, 30, 90] == [round(at) for at, _ in desk.desktop.heard]


async def test_taken_in_hand_it_is_silent_until_it_is_later(desk: Desk) -> None:
    """Acknowledged, no sound; each later step of the countdown rings all the same."""
    case = desk.opens(left=5 * HOUR)
    for span in (5 * MINUTE, 55 * MINUTE, 3.5 * HOUR, 0.5 * HOUR, 5 * HOUR):
        await desk.passes(span, 5 * MINUTE)
        desk.takes(case)

    assert [300, HOUR_S, 4.5 * HOUR_S, 5 * HOUR_S] == desk.rang()
    assert ["紧急 · 山雀百货 · 仅退款"] * 4 == desk.said()


async def test_put_off_it_is_silent_until_that_is_over(desk: Desk) -> None:
    """A snooze ends with a ring that says why."""
    case = desk.opens()
    await desk.passes(30 * SECOND)
    desk.puts_off(case, 20 * MINUTE)
    await desk.passes(20 * MINUTE)

    assert [30, 1230] == desk.rang()
    assert ("#1 · 推迟的时间到了 · ¥129.00 · 木** · 拍多了",) == desk.desktop.heard[1][1].lines


async def test_answered_on_the_platform_it_is_silent(desk: Desk) -> None:
    """The buyer's move is no sound; the ball that comes back is one."""
    case = desk.opens()
    await desk.passes(30 * SECOND)
    theirs = desk.becomes(replace(case, latest=replace(case.latest, stage=Stage.WAITING)))
    await desk.passes(HOUR)
    silent = desk.rang()
    desk.becomes(replace(theirs, latest=case.latest).asked_again(desk.clock.now()))
    await desk.passes(30 * SECOND)

    assert [30] == silent
    assert [30, HOUR_S + 60] == desk.rang()
    assert Reason.NEW_ROUND is desk.journal.last_alerts()[case.key].reason


async def test_resolved_it_is_silent(desk: Desk) -> None:
    """What the platform ended rings no more."""
    case = desk.opens()
    await desk.passes(30 * SECOND)
    desk.resolves(case)
    await desk.passes(HOUR)

    assert [30] == desk.rang()


async def test_many_at_once_are_one_ring(desk: Desk) -> None:
    """Twelve new cases make one sound and one notification that counts them."""
    for number in range(12):
        desk.opens(str(number))
    async with desk.at_work():
        await desk.clock.advance(29)

    assert [0] == desk.rang()
    assert ["紧急 · 12 件要处理"] == desk.said()


async def test_many_untaken_cases_ring_hardly_more_often_than_one(desk: Desk) -> None:
    """Fifty urgent cases that came one by one are repeated together, not one every six seconds."""
    for number in range(50):
        desk.opens(str(number))
        await desk.passes(7 * SECOND, 7 * SECOND)
    await desk.passes(20 * MINUTE, 5 * SECOND)
    before = len(desk.rang())
    await desk.passes(HOUR, 10 * SECOND)
    of_the_last_hour = desk.rang()[before:]

    assert 10 <= len(of_the_last_hour) <= 24
    assert 150 <= min(later - earlier for earlier, later in pairwise(of_the_last_hour))


async def test_no_urgent_case_waits_long_for_its_repeat(desk: Desk) -> None:
    """Rung together or not: each untaken case is rung at least every ten minutes."""
    dispatcher, rung = desk.dispatcher(), dict[str, list[float]]()
    for step in range(600):
        if step % 9 == 0 and step < 360:
            desk.opens(str(step), left=(step % 50 + 20) * MINUTE)
        for alert in dispatcher.tick():
            rung.setdefault(alert.key.case_id, []).append(desk.clock.monotonic())
        await desk.clock.advance(11)
    end = desk.clock.monotonic()
    waits = [b - a for times in rung.values() for a, b in pairwise([*times, end])]

    assert 40 == len(rung)
    assert max(waits) <= 600


async def test_a_new_step_takes_the_due_repeats_along(desk: Desk) -> None:
    """Cases that come every minute do not keep an older one from being rung again."""
    old = desk.opens("old")
    dispatcher = desk.dispatcher()
    rung = []
    for minute in range(30):
        desk.opens(str(minute), kind=Kind.EXCHANGE)
        rung += [minute for alert in dispatcher.tick() if alert.key == old.key]
        await desk.clock.advance(60)

    assert [0, 1, 2, 4, 8, 13, 18, 23, 28] == rung


async def test_a_case_of_a_shop_no_longer_watched_is_silent(desk: Desk) -> None:
    """What is left of a shop that was removed neither rings nor gets out late."""
    desk.shops = [*desk.shops, a_shop(shop_id="removed")]
    left = desk.opens("left", shop="removed")
    desk.dispatcher().tick()
    undelivered = len(desk.pending())
    desk.shops = desk.shops[:1]
    desk.opens()
    await desk.passes(HOUR)

    assert 2 == undelivered
    assert 0 == desk.journal.last_alerts()[left.key].repeat
    assert {"紧急 · 山雀百货 · 仅退款"} == {notice.title for _, notice in desk.sound.heard}
    assert [] == desk.pending()


async def test_the_band_rises_while_the_laptop_sleeps(desk: Desk) -> None:
    """A lid that was closed for eight hours: each case rings at once, as it now stands."""
    for number in range(5):
        desk.opens(str(number), kind=Kind.EXCHANGE, left=8 * HOUR + number * MINUTE)
    async with desk.at_work():
        await desk.clock.advance(60)
        desk.clock.jump(8 * HOUR_S)
        await desk.clock.advance(20)

    assert [0, 61] == desk.rang()
    assert ["重要 · 5 件要处理，最急 8 小时", "紧急 · 5 件要处理，最急的已超时"] == desk.said()


async def test_a_clock_that_is_set_back_silences_nothing(desk: Desk) -> None:
    """An urgent case goes on ringing whatever time the last ring seems to bear."""
    desk.opens()
    async with desk.at_work():
        await desk.clock.advance(100)
        desk.clock.jump(-5 * HOUR_S)
        await desk.clock.advance(600)

    assert [0, 30, 90, 101] == desk.rang()[:4]
    assert 6 <= len(desk.rang()) <= 8


async def test_an_outage_rings_like_any_case(desk: Desk) -> None:
    """A shop out of sight is important at once and urgent after ten minutes; then it repeats."""
    desk.opens("outage", kind=Kind.OUTAGE, status="signed_out", amount=None)
    await desk.passes(12 * MINUTE)

    assert [30, 600, 630, 690] == desk.rang()
    assert [f"{tier} · 山雀百货 · 登录已失效" for tier in ("重要", "紧急")] == desk.said()
    assert ("重新登录",) == desk.desktop.heard[0][1].lines


def test_a_tick_raises_nothing_twice(desk: Desk) -> None:
    """Two ticks in one moment, or a second dispatcher over the same journal: one alert."""
    desk.opens()
    dispatcher = desk.dispatcher()
    raised = dispatcher.tick()

    assert [Tier.URGENT] == [alert.tier for alert in raised]
    assert [] == dispatcher.tick()
    assert [] == desk.dispatcher().tick()


async def test_idle_it_looks_once_a_second(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing to do the dispatcher does not spin."""
    looks: list[float] = []
    last_alerts = desk.journal.last_alerts

    def counted() -> dict[CaseKey, Alert]:
        looks.append(desk.clock.monotonic())
        return last_alerts()

    monkeypatch.setattr(desk.journal, "last_alerts", counted)
    async with desk.at_work():
        await desk.clock.advance(600)

    assert [float(second) for second in range(601)] == looks
