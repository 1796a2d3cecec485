"""Why a case is at its tier at one moment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import Case, Fen, Kind, Policy, Tier
from agent.cases.drill import drill_case, unreached
from agent.cases.grounds import grounds
from agent.cases.tiers import Ground
from tests.mothers import KEY, NOON, a_case

HOUR = timedelta(hours=1)
POLICY = Policy()


@pytest.mark.parametrize(
    ("case", "least", "within"),
    [
        (a_case(), Tier.NORMAL, None),
        (a_case(respond_by=NOON + 11 * HOUR), Tier.NORMAL, 12 * HOUR),
        (a_case(respond_by=NOON + 3 * HOUR), Tier.IMPORTANT, 4 * HOUR),
        (a_case(respond_by=NOON + HOUR / 3), Tier.URGENT, HOUR / 2),
        (a_case(respond_by=NOON), Tier.URGENT, None),
        (a_case(kind=Kind.OUTAGE, asked_at=NOON - HOUR), Tier.URGENT, HOUR / 6),
    ],
    ids=["no limit", "near", "close", "final", "too late", "out of sight"],
)
def test_the_clock_s_part_is_told_with_its_step(
    case: Case, least: Tier, within: timedelta | None
) -> None:
    """What the time that is left, or was lost, adds to what the case says by itself."""
    found = grounds(case, POLICY, NOON)

    assert (least, within) == (found.least, found.within)


def test_each_weight_of_the_case_is_named() -> None:
    """Its kind comes first; the amount counts from the owner's own threshold."""
    found = grounds(a_case(amount=Fen(60_000)), POLICY, NOON)

    assert [Ground.KIND, Ground.AMOUNT] == [weight.ground for weight in found.weights]
    assert not found.excepted


def test_an_exception_of_the_policy_is_told_as_one() -> None:
    """It holds for the shop and the list of the case, and says what tier that makes."""
    mild = replace(POLICY, tiers={**POLICY.tiers, Kind.REFUND_ONLY: Tier.NORMAL})
    policy = replace(POLICY, exceptions={(KEY.shop, ""): mild})
    found = grounds(a_case(tier=Tier.URGENT), policy, NOON)

    assert (True, Tier.NORMAL) == (found.excepted, found.fresh)


@pytest.mark.parametrize(
    "case",
    [unreached(None, "群：没送到", NOON).after, drill_case(Tier.URGENT, ("群",), POLICY, NOON)],
    ids=["left behind by a drill", "a drill"],
)
def test_what_we_raised_ourselves_keeps_its_tier(case: Case) -> None:
    """No reading comes that would judge it anew, so none is foretold."""
    found = grounds(case, POLICY, NOON)

    assert ((), case.tier) == (found.weights, found.fresh)
