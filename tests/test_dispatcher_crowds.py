"""Many at once: gathered, digested in a storm, and a new shop's backlog is one summary."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from agent.cases import Escalation, Kind, Policy, Tier
from tests.dispatching import Desk, a_desk
from tests.fakes import RecordingChannel

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Give a desk whose journal is in memory."""
    with a_desk() as desk:
        yield desk


async def test_what_comes_within_half_a_minute_is_one_notice(desk: Desk) -> None:
    """The first is told at once, the next three together once the half minute is over."""
    async with desk.at_work() as dispatcher:
        for number, minutes in enumerate((900, 300, 51.5, 90)):
            desk.opens(str(number), kind=Kind.EXCHANGE, left=minutes * MINUTE)
            dispatcher.look_now()
            await desk.clock.advance(8)
        await desk.clock.advance(60)

    assert [0, 30] == [at for at, _ in desk.desktop.heard]
    assert ["重要 · 山雀百货 · 换货", "重要 · 3 件要处理，最急 51 分"] == desk.said()


async def test_what_is_louder_or_nearly_over_waits_for_nothing(desk: Desk) -> None:
    """An urgent ticket after an important one, and one in its last step, at once."""
    async with desk.at_work() as dispatcher:
        for number, fields in enumerate(
            ({"kind": Kind.EXCHANGE}, {}, {"left": 20 * MINUTE}, {"kind": Kind.EXCHANGE})
        ):
            desk.opens(str(number), **fields)
            dispatcher.look_now()
            await desk.clock.advance(3)

    assert [0, 3, 6] == [at for at, _ in desk.desktop.heard]


async def test_a_new_shop_with_eighty_old_tickets_is_one_summary(desk: Desk) -> None:
    """One sound and one notification that counts them, the most urgent first, then repeats."""
    for number in range(80):
        kind = Kind.REFUND_ONLY if number % 4 == 0 else Kind.EXCHANGE
        desk.opens(str(number), kind=kind, left=(number + 5) * HOUR)
    async with desk.at_work():
        await desk.clock.advance(29)

    ((_, notice),) = desk.desktop.heard
    assert "紧急 · 80 件要处理，最急 4 小时 59 分" == notice.title.replace("5 小时", "4 小时 59 分")
    assert 6 == len(notice.lines)
    assert "还有 75 件" == notice.lines[-1]
    assert [0] == desk.rang()


async def test_a_storm_is_digests_with_the_worst_first(desk: Desk) -> None:
    """A ticket in its last minutes every three seconds: six notices a minute, no more.

    None waits for longer than half a minute.
    """
    async with desk.at_work() as dispatcher:
        for number in range(45):
            desk.opens(str(number), left=(25 - number % 7) * MINUTE)
            dispatcher.look_now()
            await desk.clock.advance(3)
        await desk.clock.advance(60)

    times = [at for at, _ in desk.desktop.heard]
    digests = [notice for _, notice in desk.desktop.heard if "合成了这一条" in notice.lines[-1]]
    assert all(later - earlier >= 60 for earlier, later in zip(times, times[6:], strict=False))
    assert 5 <= len(digests)
    assert all(int(digest.lines[0].partition("剩 ")[2][:2]) <= 20 for digest in digests[1:])
    assert max(later - earlier for earlier, later in pairwise(times)) <= 30
    assert [] == [one for one in desk.pending() if not one.alert.repeat]
    assert 45 == sum(max(1, count_of(notice.title)) for _, notice in desk.desktop.heard)


def count_of(title: str) -> int:
    """Return how many a title counts, 0 if it names one."""
    head, found, _ = title.partition(" 件要处理")
    return int(head.rpartition(" ")[2]) if found else 0


async def test_a_step_of_the_ladder_goes_to_its_own_road(desk: Desk) -> None:
    """Nobody answers at the desk: after a minute the phone is told, and only then."""
    phone = RecordingChannel(desk.clock, "phone")
    urgent = replace(
        Policy().loudness[Tier.URGENT],
        ladder=(Escalation(MINUTE, ("phone",)), Escalation(3 * MINUTE, ("phone",), ("王姐",))),
    )
    desk.policy = replace(Policy(), loudness={**Policy().loudness, Tier.URGENT: urgent})
    case = desk.opens()
    async with desk.at_work(desk.dispatcher(desk.sound, phone)):
        await desk.clock.advance(100)
        climbed = desk.journal.last_alerts()[case.key].level
        desk.takes(case)
        await desk.clock.advance(120)

    assert [60] == [round(at) for at, _ in phone.heard]
    assert 1 == climbed
    assert 100 >= max(desk.rang())
