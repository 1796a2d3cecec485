"""Many cases taken in hand at once: what people were told of, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.bulk import take_cases, take_shop
from agent.cases import Kind, Policy, Stage, Tier
from agent.errors import GeshaoError
from tests.dispatching import Desk, a_desk
from tests.mothers import KEY, a_shop

HOUR = timedelta(hours=1)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Give a desk of two shops."""
    with a_desk() as desk:
        desk.shops = [*desk.shops, a_shop(shop_id="other", name="画眉百货")]
        yield desk


def taken(desk: Desk, shop: str = KEY.shop) -> tuple[list[str], int]:
    """Take all of *shop* in hand; return which were, and how many are left."""
    done = take_shop(desk.journal, desk.policy, shop, desk.clock.now())
    return [case.key.case_id for case in done.cases], done.left


async def test_all_that_was_told_falls_silent_at_once(desk: Desk) -> None:
    """Tickets of three tiers; that of another shop, and what is nobody's move, go on."""
    desk.opens("1", left=20 * HOUR)
    desk.opens("2", kind=Kind.EXCHANGE)
    desk.opens("3", kind=Kind.OTHER, stage=Stage.WAITING)
    desk.opens("4", shop="other")
    desk.dispatcher().tick()

    assert (["1", "2"], 0) == taken(desk)
    await desk.passes(HOUR)
    assert {"画眉百货"} == {notice.title.split(" · ")[1] for at, notice in desk.desktop.heard}


async def test_what_nobody_was_told_of_is_not_taken(desk: Desk) -> None:
    """It came since: it rings, and a case whose turn it is anew does too."""
    old, again = desk.opens("old"), desk.opens("again")
    desk.dispatcher().tick()
    await desk.clock.advance(5)
    desk.opens("new")
    desk.becomes(desk.now(again).asked_again(desk.clock.now()))

    assert (["old"], 2) == taken(desk)
    rung = {alert.key.case_id for alert in desk.dispatcher().tick()}
    assert {"again", "new"} == rung
    assert desk.now(old).acknowledged_at == desk.clock.now()


async def test_what_rose_in_a_silence_is_not_taken(desk: Desk) -> None:
    """Nobody heard how near the deadline is: it stays, and rings once the silence is over."""
    desk.opens("risen", left=5 * HOUR)
    desk.opens("same", left=20 * HOUR)
    desk.dispatcher().tick()
    await desk.clock.advance(3600 + 60)

    assert (["same"], 1) == taken(desk)
    assert ["risen"] == [alert.key.case_id for alert in desk.dispatcher().tick()]


async def test_each_is_taken_as_it_stands(desk: Desk) -> None:
    """It covers the step that was told: the next one, nearer to the deadline, rings."""
    case = desk.opens(left=5 * HOUR)
    desk.dispatcher().tick()
    taken(desk)
    await desk.clock.advance(3600 + 60)

    assert [case.key] == [alert.key for alert in desk.dispatcher().tick()]


@pytest.mark.parametrize("shop", [KEY.shop, "other"])
async def test_where_nothing_rings_nothing_is_done(desk: Desk, shop: str) -> None:
    """What is taken already, is put off, or is no ticket at all stays as it is."""
    mine, later = desk.opens("mine"), desk.opens("later")
    desk.opens("blind", kind=Kind.OUTAGE, status="unreachable", tier=Tier.IMPORTANT)
    desk.dispatcher().tick()
    desk.takes(mine)
    desk.puts_off(later, HOUR)
    before = [desk.now(case) for case in (mine, later)]
    await desk.clock.advance(1)

    with pytest.raises(GeshaoError, match="没有提醒过、还没人处理"):
        taken(desk, shop)
    assert before == [desk.now(case) for case in (mine, later)]


def test_a_policy_that_is_not_the_usual_one(desk: Desk) -> None:
    """The tier at which it is taken is that of the policy in force."""
    desk.policy = replace(Policy(), tiers={**Policy().tiers, Kind.REFUND_ONLY: Tier.NORMAL})
    case = desk.opens(tier=Tier.NORMAL)
    desk.dispatcher().tick()
    taken(desk)

    assert Tier.NORMAL is desk.now(case).acknowledged_tier


async def test_named_cases_are_taken_told_or_not(desk: Desk) -> None:
    """Who names them has seen them, in whatever shop; it is one change in the journal."""
    desk.opens("1", left=20 * HOUR)
    desk.opens("2", kind=Kind.EXCHANGE, shop="other")
    third = desk.opens("3")
    revision = desk.journal.revision
    done = take_cases(desk.journal, desk.policy, [1, 2], desk.clock.now())

    assert (["1", "2"], 0) == ([case.key.case_id for case in done.cases], done.left)
    assert revision + 1 == desk.journal.revision
    assert [third.key] == [alert.key for alert in desk.dispatcher().tick()]


async def test_of_the_named_only_what_rings_is_taken(desk: Desk) -> None:
    """What was taken, ended or turned to others meanwhile stays, and so does a shop unseen."""
    mine, gone = desk.opens("mine"), desk.opens("gone")
    desk.opens("theirs", stage=Stage.WAITING)
    desk.opens("blind", kind=Kind.OUTAGE, status="unreachable", tier=Tier.IMPORTANT)
    desk.opens("left")
    desk.takes(mine)
    desk.resolves(gone)
    before = desk.now(mine)
    await desk.clock.advance(1)
    done = take_cases(desk.journal, desk.policy, range(1, 8), desk.clock.now())

    assert (["left"], 6) == ([case.key.case_id for case in done.cases], done.left)
    assert before == desk.now(mine)
    with pytest.raises(GeshaoError, match="都已经有人处理"):
        take_cases(desk.journal, desk.policy, range(1, 8), desk.clock.now())
