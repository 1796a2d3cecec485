"""What became of the cases while nobody watched: each counted once, by what weighs most."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from agent.cases.case import Band, Case, CaseKey
from agent.cases.crowd import DERIVED
from agent.cases.drill import UNREACHED_KEY, is_drill
from agent.cases.policy import Policy
from agent.cases.ringing import standing


@dataclass(frozen=True, slots=True)
class Away:
    """What happened in *lasted*.

    *expired* cases passed their deadline, *ended* ones went before it; *entered* counts those
    that came into a step, by the time that is left when it begins; *opened* are new. *unread* is
    the number of shops that could not be read since.
    """

    lasted: timedelta
    expired: int = 0
    entered: Mapping[timedelta, int] = field(default_factory=lambda: MappingProxyType({}))
    opened: int = 0
    ended: int = 0
    unread: int = 0


def away(
    before: Collection[Case],
    after: Collection[Case],
    policy: Policy,
    left_at: datetime,
    now: datetime,
) -> Away:
    """Compare the cases that were open at *left_at* with those that are at *now*."""
    old, new = _by_key(before), _by_key(after)
    entered = Counter[timedelta]()
    expired = ended = opened = 0
    for key in old.keys() | new.keys():
        was, case = _band(old.get(key), policy, left_at), new.get(key) or old[key]
        band = _band(case, policy, now)
        if band is Band.EXPIRED and was is not Band.EXPIRED:
            expired += 1
        elif key not in new:
            ended += 1
        elif key not in old:
            opened += 1
        elif band > was:
            entered[_width(case, band, policy)] += 1
    steps = dict(sorted(entered.items()))
    return Away(now - left_at, expired, steps, opened, ended)


def _by_key(cases: Collection[Case]) -> dict[CaseKey, Case]:
    real = (case for case in cases if case.key != UNREACHED_KEY and not is_drill(case.key))
    return {case.key: case for case in real if case.latest.kind not in DERIVED}


def _band(case: Case | None, policy: Policy, at: datetime) -> Band:
    return Band.FAR if case is None else standing(case, policy, at).band


def _width(case: Case, band: Band, policy: Policy) -> timedelta:
    bands = policy.at(case.key).bands_for(case.latest.kind)
    return {Band.NEAR: bands.near, Band.CLOSE: bands.close, Band.FINAL: bands.final}[band]
