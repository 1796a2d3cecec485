"""Messages that wait for a road that does not work: which of them are told when it does again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import Change, ChangeKind, Escalation, Kind, Policy, Tier
from agent.cases.drill import DRILL_SHOP, drill_case
from agent.errors import ChannelRefused
from tests.dispatching import OURS, Desk, a_desk

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
NO_ROAD = ChannelRefused("连不上。", "请检查网络。")


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Give a desk whose journal is in memory."""
    with a_desk() as desk:
        yield desk


def tiers_and_steps(desk: Desk) -> list[str]:
    """Return why each notice of the desktop came, its first words."""
    return [notice.lines[0].split(" · ")[1] for _, notice in desk.desktop.heard]


async def test_what_a_newer_step_said_is_not_said_afterwards(desk: Desk) -> None:
    """The road is back for the last step; "new", put off until later, is stale by then."""
    desk.opens(kind=Kind.DISPUTE, left=39 * MINUTE + 30 * SECOND)
    desk.desktop.answer = NO_ROAD
    await desk.passes(9 * MINUTE, 10 * SECOND)
    refused = [round(at) for at in desk.desktop.tried]
    desk.desktop.answer = None
    await desk.passes(5 * MINUTE, 10 * SECOND)

    assert [10, 20, 40, 80, 160, 320] == refused
    assert ["时限临近"] == tiers_and_steps(desk)
    assert {"sound"} >= {delivery.channel for delivery in desk.pending()}


async def test_a_call_by_name_outlives_the_repeat_that_follows_it(desk: Desk) -> None:
    """The repeat calls nobody; told in place of the step before it, it calls whom that called."""
    ladder = (Escalation(MINUTE, ("sound",), ("王姐",)),)
    urgent = replace(Policy().loudness[Tier.URGENT], ladder=ladder)
    desk.policy = replace(Policy(), loudness={**Policy().loudness, Tier.URGENT: urgent})
    desk.opens(kind=Kind.DISPUTE)
    await desk.passes(50 * SECOND, 10 * SECOND)
    desk.sound.answer = NO_ROAD
    await desk.passes(60 * SECOND, 10 * SECOND)
    desk.sound.answer = None
    await desk.passes(2 * MINUTE, 10 * SECOND)
    called = [notice.people for _, notice in desk.sound.heard]

    assert [("王姐",)] == [people for people in called if people]
    assert 2 < len(called)


async def test_a_drill_does_not_wait_for_what_is_real_and_held_back(desk: Desk) -> None:
    """What is real waits for what else comes; the drill's forty-five seconds run meanwhile."""
    desk.shops = (OURS, DRILL_SHOP)
    async with desk.at_work():
        desk.opens("7001", kind=Kind.EXCHANGE)
        await desk.clock.advance(10)
        desk.opens("7002", kind=Kind.EXCHANGE)
        case = drill_case(Tier.URGENT, ("sound",), desk.policy, desk.clock.now())
        desk.journal.record([Change(ChangeKind.OPENED, None, case)], None, shop=case.key.shop)
        await desk.clock.advance(5)
    heard = [notice.title.partition("】")[0] for _, notice in desk.sound.heard]

    assert ["重要 · 山雀百货 · 换货", "【演习"] == heard
