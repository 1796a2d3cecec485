"""Decide how loud and how late a case is now, whether an alert is due, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.cases.alert import Alert, Reason
from agent.cases.case import Band, Case, Kind, Stage, Tier
from agent.cases.policy import Policy

LONGEST_SNOOZE = timedelta(hours=24)
"""Nothing without a deadline is put off for longer than a day."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands at one moment; *own_target*: the limit is the owner's, not the page's."""

    tier: Tier
    band: Band
    due_at: datetime | None
    own_target: bool


_LEAST_TIER = {
    Band.FAR: Tier.NORMAL,
    Band.NEAR: Tier.NORMAL,
    Band.CLOSE: Tier.IMPORTANT,
    Band.FINAL: Tier.URGENT,
    Band.EXPIRED: Tier.URGENT,
}


def standing(case: Case, policy: Policy, now: datetime) -> Standing:
    """Return how loud and how late *case* is at *now*."""
    policy = policy.at(case.key)
    due_at, own_target = _due(case, policy)
    left = None if due_at is None else due_at - now
    band = policy.bands_for(case.latest.kind).at(left)
    least = _least_tier(case, band, policy, now, own_target=own_target)
    return Standing(max(case.tier, least), band, due_at, own_target)


def is_last_call(case: Case, policy: Policy, now: datetime) -> bool:
    """Tell whether *case* is in the last step before the platform decides by itself."""
    at = standing(case, policy, now)
    return at.band is Band.FINAL and not at.own_target


def clock_tier(case: Case, policy: Policy, now: datetime) -> Tier:
    """Return the tier below which the time that is left, or was lost, lets no case be."""
    at, policy = standing(case, policy, now), policy.at(case.key)
    return _least_tier(case, at.band, policy, now, own_target=at.own_target)


def _least_tier(case: Case, band: Band, policy: Policy, now: datetime, *, own_target: bool) -> Tier:
    if case.latest.kind is Kind.OUTAGE and now - case.asked_at >= policy.outage_urgent_after:
        return Tier.URGENT
    least = _LEAST_TIER[band]
    # Missing the owner's own target costs a good name, not a decision by the platform.
    return min(least, Tier.IMPORTANT) if own_target else least


def _due(case: Case, policy: Policy) -> tuple[datetime | None, bool]:
    if case.latest.respond_by is not None:
        return case.latest.respond_by, False
    target = policy.targets.get(case.latest.kind)
    if target is None or case.latest.stage is not Stage.MERCHANT:
        return None, False
    return case.asked_at + target, True


def clip_snooze(case: Case, until: datetime, policy: Policy, now: datetime) -> datetime:
    """Return *until*, made earlier where putting *case* off from *now* on would miss its deadline.

    Before the last step a snooze ends where that step begins; inside it, at the deadline.
    """
    policy = policy.at(case.key)
    due_at, _ = _due(case, policy)
    if due_at is None or due_at <= now:
        return min(until, now + LONGEST_SNOOZE)
    last_call = due_at - policy.bands_for(case.latest.kind).final
    return min(until, last_call if now < last_call else due_at)


def is_quiet(case: Case, policy: Policy, now: datetime) -> bool:
    """Tell whether a person's word covers *case* as it stands at *now*.

    A word given later than *now* covers nothing: the clock was set back, and it was given for a
    lateness that never was.
    """
    return _acknowledged(case, standing(case, policy, now), now) or _put_off(case, policy, now)


def _acknowledged(case: Case, at: Standing, now: datetime) -> bool:
    given = _taken_in_hand(case, now)
    if given is None or case.snoozed_at is not None:
        # Taking in hand ends a snooze; one that stands was given later: a reminder is wanted.
        return False
    tier, band = given
    return at.tier <= tier and at.band <= band


def _taken_in_hand(case: Case, now: datetime) -> tuple[Tier, Band] | None:
    tier, band, at = case.acknowledged_tier, case.acknowledged_band, case.acknowledged_at
    if tier is None or band is None or at is None or now < at:
        return None
    return tier, band


def _put_off(case: Case, policy: Policy, now: datetime) -> bool:
    end = snooze_end(case, policy)
    return end is not None and case.snoozed_at is not None and case.snoozed_at <= now < end


def snooze_end(case: Case, policy: Policy) -> datetime | None:
    """Return when the snooze of *case* ends, None if it was not put off."""
    if case.snoozed_until is None or case.snoozed_at is None:
        return None
    # Clipped again here, since the platform may have moved the deadline after the promise.
    return clip_snooze(case, case.snoozed_until, policy, case.snoozed_at)


def waits_for_morning(case: Case, policy: Policy, now: datetime) -> bool:
    """Tell whether these are quiet hours in which *case*, as it stands, is not to be told."""
    policy = policy.at(case.key)
    if policy.quiet is None:
        return False
    if not policy.quiet.covers(now.astimezone(policy.zone).time()):
        return False
    if standing(case, policy, now).tier in policy.quiet.through:
        return False
    return not is_last_call(case, policy, now)


def decide(case: Case, last: Alert | None, policy: Policy, now: datetime) -> Alert | None:
    """Return the alert that is due for *case* at *now*, if any.

    *last* is the alert that was raised last for the case: last in order, whatever time it bears.
    Nothing else is remembered: restart, sleep and clock jumps change nothing about what is due.
    """
    policy = policy.at(case.key).during(now)
    if not case.is_open or case.latest.stage is not Stage.MERCHANT:
        return None
    at = standing(case, policy, now)
    if _acknowledged(case, at, now) or _put_off(case, policy, now):
        return None
    if waits_for_morning(case, policy, now):
        return None
    reason = Reason.NEW if last is None else _why(case, last, at, policy, now)
    loudness = policy.loudness[at.tier]
    if reason is None and not loudness.ladder:  # so it mostly is, each second
        return None
    stretch = _stretch(case, last, at, now)
    if reason in {None, Reason.REPEAT} and loudness.level(now - stretch.since) > stretch.level:
        reason = Reason.ESCALATED
    return None if reason is None else _alert(case, last, at, policy, stretch, reason, now)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Since when nobody answers, and how much of the ladder was climbed before this alert."""

    since: datetime
    level: int = 0


def _stretch(case: Case, last: Alert | None, at: Standing, now: datetime) -> _Stretch:
    """Return for how long a case at this tier was told and had no answer."""
    if last is None or last.asked_at != case.asked_at or at.tier > last.tier:
        return _Stretch(now)
    since = min(last.unanswered_since, now)
    words = (case.acknowledged_at, case.snoozed_at, case.assigned_at)
    if any(word is not None and since < word <= now for word in words):
        return _Stretch(now)
    return _Stretch(since, last.level)


def _alert(
    case: Case,
    last: Alert | None,
    at: Standing,
    policy: Policy,
    stretch: _Stretch,
    reason: Reason,
    now: datetime,
) -> Alert:
    loudness = policy.loudness[at.tier]
    level = max(stretch.level, loudness.level(now - stretch.since))
    again = last is not None and reason is Reason.REPEAT
    kept = last.repeat if last is not None and reason is Reason.ESCALATED else 0
    if again:
        channels = loudness.repeat_channels
    elif reason is Reason.ESCALATED:
        channels = loudness.roads(stretch.level, level)
    else:
        # Whoever did not answer on the first road hears the next step on all that were tried.
        channels = (*loudness.channels, *loudness.roads(0, level))
    above = stretch.level if reason is Reason.ESCALATED else 0
    phones = policy.roster.called(loudness.phoned(above, level), now)
    if reason is Reason.ASSIGNED:
        phones = (case.person, *phones)
    own = () if again else policy.roster.roads(phones)
    return Alert(
        key=case.key,
        tier=at.tier,
        band=at.band,
        reason=reason,
        raised_at=now,
        asked_at=case.asked_at,
        channels=tuple(dict.fromkeys((*channels, *own))),
        repeat=last.repeat + 1 if last is not None and again else kept,
        level=level,
        since=None if stretch.since == now else stretch.since,
        people=() if again else _people(case, policy, loudness.people(above, level), now),
    )


def _people(case: Case, policy: Policy, named: Sequence[str], now: datetime) -> tuple[str, ...]:
    """Return whom an alert calls: whose case it is, and whom the ladder names."""
    own = policy.assigned(case)
    called = policy.roster.called(named, now)
    return tuple(dict.fromkeys((own, *called))) if own else called


def _why(case: Case, last: Alert, at: Standing, policy: Policy, now: datetime) -> Reason | None:
    if last.asked_at != case.asked_at:
        return Reason.NEW_ROUND
    if _given_since(case, last, policy, now):
        return Reason.ASSIGNED
    known_tier, known_band = _known(case, last, now)
    if at.tier > known_tier:
        return Reason.TIER_RAISED
    if at.band > known_band:
        return Reason.BAND_REACHED
    if _reminder_due(case, last, policy, now):
        return Reason.SNOOZE_ENDED
    return Reason.REPEAT if _repeat_due(last, at, policy, now) else None


def _given_since(case: Case, last: Alert, policy: Policy, now: datetime) -> bool:
    """Tell whether the case was given to somebody after *last*: who was not told of it yet."""
    if case.assigned_at is None or not last.raised_at < case.assigned_at <= now:
        return False
    return policy.assigned(case) == case.person


def _known(case: Case, last: Alert, now: datetime) -> tuple[Tier, Band]:
    """Return how loud and how late the person believes the case to be."""
    given = _taken_in_hand(case, now)
    if given is None or case.acknowledged_at is None or case.acknowledged_at <= last.raised_at:
        return last.tier, last.band
    return given


def _reminder_due(case: Case, last: Alert, policy: Policy, now: datetime) -> bool:
    """Tell whether a snooze is over and nothing rang since it was given.

    Not "since it was over": its end moves with a limit that a coarse page tells ever better.
    """
    end = snooze_end(case, policy)
    if end is None or case.snoozed_at is None:
        return False
    return end <= now and last.raised_at <= case.snoozed_at


def _repeat_due(last: Alert, at: Standing, policy: Policy, now: datetime) -> bool:
    if now < last.raised_at:
        # The clock was set back: what rang then was another step; a later one must ring again.
        return True
    gap = policy.loudness[at.tier].gap(last.repeat, at.band)
    return gap is not None and now - last.raised_at >= gap
