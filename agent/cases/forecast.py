"""What will ring for a case if nothing changes and nobody does anything, and when."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

from agent.cases.alert import Alert, Reason
from agent.cases.case import Band, Case
from agent.cases.policy import Policy
from agent.cases.ringing import decide, snooze_end, standing

_MOST_LOOKS = 2_000
_TRUSTED_S = 60
"""What is foretold is not believed for longer: what a forecast may overlook, such as the hour by
which clocks are put forward, costs two minutes at most."""
_SPREAD_S = 61
"""Up to so much longer, each case by its number, so that not all are looked at in one second."""


def upcoming(
    case: Case,
    last: Alert | None,
    policy: Policy,
    now: datetime,
    until: datetime | None = None,
) -> Iterator[Alert]:
    """Yield the alerts of *case* from *now* on, each at its time; *last* is the latest one.

    They end before *until*; without it, after as many as anybody asks for.
    """
    policy, moment = policy.at(case.key), now
    for _ in range(_MOST_LOOKS) if until is None else count():
        if until is not None and moment >= until:
            return
        alert = decide(case, last, policy, moment)
        if alert is not None:
            last = alert
            yield alert
        later = next_look(case, last, policy, moment)
        if later is None:
            return
        moment = later


def news(case: Case, last: Alert | None, policy: Policy, now: datetime, most: int) -> list[Alert]:
    """Return the next *most* alerts that tell something new, and the first repeat after each."""
    told: list[Alert] = []
    for alert in upcoming(case, last, policy, now):
        again = alert.reason is Reason.REPEAT
        if not again or not told or told[-1].reason is not Reason.REPEAT:
            told.append(alert)
        if sum(each.reason is not Reason.REPEAT for each in told) >= most:
            break
    return told


def next_look(case: Case, last: Alert | None, policy: Policy, after: datetime) -> datetime | None:
    """Return the first moment later than *after* at which something can become due."""
    return min(
        (moment for moment in _edges(case, last, policy, after) if moment > after), default=None
    )


def same_until(case: Case, last: Alert | None, policy: Policy, now: datetime) -> datetime:
    """Return until when time alone changes nothing of *case*, as far as that is believed."""
    trusted = now + timedelta(seconds=_TRUSTED_S + case.number % _SPREAD_S)
    try:
        look = next_look(case, last, policy.at(case.key), now)
    except OverflowError:  # its limit stands at the beginning of time: nothing is foretold
        return now
    return trusted if look is None else min(look, trusted)


def _edges(case: Case, last: Alert | None, policy: Policy, after: datetime) -> Iterator[datetime]:
    due_at = standing(case, policy, after).due_at
    if due_at is not None:
        bands = policy.bands_for(case.latest.kind)
        for left in (bands.near, bands.close, bands.final, timedelta(0)):
            # The end of all time, as "never" is read, has no later moment.
            yield due_at - left
    yield case.asked_at + policy.outage_urgent_after
    # A word that was given later than now holds from then on: the clock was set back.
    words = (case.acknowledged_at, case.snoozed_at, case.assigned_at)
    yield from (word for word in words if word is not None)
    end = snooze_end(case, policy)
    if end is not None:
        yield end
    if policy.quiet is not None:
        yield policy.quiet.end_after(after.astimezone(policy.zone))
        yield policy.quiet.begin_after(after.astimezone(policy.zone))
    if policy.holiday is not None:
        yield from policy.holiday.edges(policy.zone)
    if last is not None:
        yield from _edges_of(last, policy.during(after))


def _edges_of(last: Alert, policy: Policy) -> Iterator[datetime]:
    for loudness in policy.loudness.values():
        gaps = (loudness.gap(last.repeat, band) for band in (Band.FAR, Band.FINAL))
        yield from (last.raised_at + gap for gap in gaps if gap is not None)
        yield from (last.unanswered_since + step.after for step in loudness.ladder)
