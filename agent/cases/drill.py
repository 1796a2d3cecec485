"""A drill is a case nobody waits for: made up, told once on every road, counted nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from agent.cases.alert import Alert
from agent.cases.case import Case, CaseKey, Change, ChangeKind, Kind, Shop, Sighting, Tier
from agent.cases.line import THIS_COMPUTER
from agent.cases.parcel import Parcel
from agent.cases.policy import Bands, Policy
from agent.cases.ringing import decide

DRILL_SHOP = Shop(platform="", shop_id="@drill", name="演习")
"""Stands where a drill has its shop; no shop of a user's can have this id, and none is listed."""
DRILL_QUEUE = "drill"
"""The queue name of drills, and of what is left to mend after one."""
UNREACHED_KEY = CaseKey(THIS_COMPUTER.shop_id, DRILL_QUEUE, DRILL_QUEUE)
"""The real case that a weekly drill leaves behind if a link failed."""

_BEYOND = timedelta(hours=1)


def is_drill(key: CaseKey) -> bool:
    """Tell whether *key* is a drill's."""
    return key.shop == DRILL_SHOP.shop_id


def drill_case(tier: Tier, roads: Iterable[str], policy: Policy, now: datetime) -> Case:
    """Return a made-up case that *policy* has to find of *tier*, to be told on all *roads*.

    Nothing but the time that is left makes it so: the policy judges it as it would a real one.
    """
    key = CaseKey(DRILL_SHOP.shop_id, DRILL_QUEUE, now.isoformat())
    left = _time_left(tier, policy.at(key).bands_for(Kind.REFUND_ONLY))
    latest = Sighting(key, Kind.REFUND_ONLY, respond_by=now + left, tags=tuple(roads))
    return Case(latest, first_seen_at=now, last_seen_at=now, asked_at=now)


def _time_left(tier: Tier, bands: Bands) -> timedelta:
    """Return what is left in the middle of the step at which a case is of *tier*."""
    if tier is Tier.URGENT:
        # Near its beginning, so that the drill ends before the time does.
        return bands.final * 0.9
    if tier is Tier.IMPORTANT:
        return bands.final + (bands.close - bands.final) / 2
    return bands.near + _BEYOND


def drill_alerts(
    cases: Iterable[Case], last: Mapping[CaseKey, Alert], policy: Policy, now: datetime
) -> dict[CaseKey, tuple[Alert, Case]]:
    """Return the alerts of those drills among *cases* that were not told yet.

    Each is told once, on all its roads; nobody is called by name and nothing repeats.
    """
    due = {}
    for case in cases:
        if not is_drill(case.key) or case.key in last:
            continue
        alert = decide(case, None, policy, now)
        if alert is not None:
            due[case.key] = (replace(alert, channels=case.latest.tags, people=()), case)
    return due


def apart(parcels: Iterable[Parcel]) -> tuple[list[Parcel], list[Parcel]]:
    """Return those of *parcels* that are real, and those of drills: no notice has both."""
    real: list[Parcel] = []
    drills: list[Parcel] = []
    for parcel in parcels:
        (drills if is_drill(parcel.latest.alert.key) else real).append(parcel)
    return real, drills


def unreached(before: Case | None, said: str, now: datetime) -> Change:
    """Return that a weekly drill did not get through, *said* in words, where *before* is known."""
    latest = Sighting(UNREACHED_KEY, Kind.OTHER, reason=said)
    fresh = Case(latest, now, now, asked_at=now, tier=Tier.IMPORTANT)
    if before is None:
        return Change(ChangeKind.OPENED, None, fresh)
    if before.is_open:
        after = replace(before, latest=latest, last_seen_at=now).asked_again(now)
        return Change(ChangeKind.UPDATED, before, after)
    return Change(ChangeKind.OPENED, before, before.reopened_as(fresh))


def reached_again(before: Case, now: datetime) -> Change:
    """Return that a drill got through after the one that left *before* did not."""
    return Change(ChangeKind.RESOLVED, before, replace(before, resolved_at=now))
