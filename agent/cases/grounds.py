"""Why a case is at its tier at one moment: what it says by itself, and what the clock adds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.cases.case import Band, Case, Kind, Tier
from agent.cases.drill import UNREACHED_KEY, is_drill
from agent.cases.policy import Policy
from agent.cases.ringing import Standing, clock_tier, standing
from agent.cases.tiers import Weight, base_tier, weights


@dataclass(frozen=True, slots=True)
class Grounds:
    """Everything that makes a case as urgent as it is.

    *weights* are its own, none where we set the tier ourselves; *least* is the tier below which
    the clock lets it not be, since only *within* is left, or since it cannot be seen for *within*
    (None: the time is up, or no step of the countdown was reached). *fresh* is its own tier as the
    policy in force has it, which may differ from the stored one; *excepted* tells that an exception
    of the policy holds for it.
    """

    weights: tuple[Weight, ...]
    at: Standing
    least: Tier
    within: timedelta | None
    fresh: Tier
    excepted: bool


def grounds(case: Case, policy: Policy, now: datetime) -> Grounds:
    """Return why *case* is as urgent under *policy* at *now* as it is."""
    at, own = standing(case, policy, now), policy.at(case.key)
    ours = is_drill(case.key) or case.key == UNREACHED_KEY
    return Grounds(
        weights=() if ours else tuple(weights(case, policy)),
        at=at,
        least=clock_tier(case, policy, now),
        within=_within(case, at, own, now),
        fresh=case.tier if ours else base_tier(case, policy),
        excepted=own is not policy,
    )


def _within(case: Case, at: Standing, policy: Policy, now: datetime) -> timedelta | None:
    unseen = policy.outage_urgent_after
    if case.latest.kind is Kind.OUTAGE and now - case.asked_at >= unseen:
        return unseen
    bands = policy.bands_for(case.latest.kind)
    return {Band.NEAR: bands.near, Band.CLOSE: bands.close, Band.FINAL: bands.final}.get(at.band)
