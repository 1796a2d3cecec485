"""What would have rung: the record of some days lived again under another policy."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from agent.cases import (
    Alert,
    Case,
    Lexicon,
    Outcome,
    Policy,
    Reading,
    Reason,
    Sighting,
    Tier,
    clip_snooze,
    reconcile,
    standing,
    triage,
)
from agent.cases.crowd import DERIVED
from agent.cases.drill import UNREACHED_KEY, unreached
from agent.cases.forecast import upcoming
from agent.cases.handing import handed
from agent.cases.outage import is_worse
from agent.journal.history import Act, Entry


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something new rang, by hour of the day and tier; and how many *repeats*."""

    news: Counter[tuple[int, Tier]] = field(default_factory=Counter)
    repeats: int = 0

    def at(self, hour: int, tier: Tier) -> int:
        """Return how often *tier* rang in that hour of all days."""
        return self.news[hour, tier]

    def of(self, tier: Tier) -> int:
        """Return how often *tier* rang."""
        return sum(count for (_, each), count in self.news.items() if each is tier)


def tally(alerts: Collection[Alert], since: datetime, zone: tzinfo | None = None) -> Tally:
    """Count those of *alerts* that rang at *since* or later, by the clock on the wall of *zone*."""
    news = Counter[tuple[int, Tier]]()
    repeats = 0
    for alert in alerts:
        if alert.raised_at < since:
            continue
        if alert.reason is Reason.REPEAT:
            repeats += 1
        else:
            news[alert.raised_at.astimezone(zone).hour, alert.tier] += 1
    return Tally(news, repeats)


def relived(
    life: Sequence[Entry], policy: Policy, lexicon: Lexicon, until: datetime
) -> list[Alert]:
    """Return what *policy* would have rung for a case in its whole *life*, up to *until*.

    The platform says and the person does what they did, when they did it.
    """
    case: Case | None = None
    rung: list[Alert] = []
    for entry, following in zip(life, [*(each.at for each in life[1:]), until], strict=True):
        case = _after(case, entry, policy, lexicon)
        if case is not None and case.is_open:
            last = rung[-1] if rung else None
            rung += upcoming(case, last, policy, entry.at, following)
    return rung


def _after(case: Case | None, entry: Entry, policy: Policy, lexicon: Lexicon) -> Case | None:
    if entry.said is None:
        return None if case is None else _done(case, entry, policy)
    if entry.act is Act.RESOLVED:
        return None if case is None else replace(case, resolved_at=entry.at)
    if entry.said.key == UNREACHED_KEY:
        return unreached(case, entry.said.reason, entry.at).after
    if entry.said.kind in DERIVED:
        return _concluded(case, entry.said, policy, entry.at)
    known = {} if case is None else {case.key: case}
    key = entry.said.key
    reading = Reading(key.shop, key.queue, entry.at, Outcome.TRUNCATED, (entry.said,))
    changes = [change for change in reconcile(known, reading) if change.after.key == key]
    return triage(changes[0], policy, lexicon).after if changes else case


def _done(case: Case, entry: Entry, policy: Policy) -> Case:
    """Return *case* after what a person did: they took in hand what they saw then."""
    at = standing(case, policy, entry.at)
    if entry.act is Act.ACKNOWLEDGED:
        return case.acknowledged(at.tier, at.band, entry.at)
    if entry.act is Act.RELEASED:
        return case.released()
    if entry.act is Act.SNOOZED and entry.until is not None:
        return case.snoozed(clip_snooze(case, entry.until, policy, entry.at), entry.at)
    if entry.act in {Act.ASSIGNED, Act.UNASSIGNED}:
        return handed(case, entry.note, entry.at)
    return case.awake() if entry.act is Act.WOKEN else case


def _concluded(case: Case | None, said: Sighting, policy: Policy, at: datetime) -> Case:
    """Return what an outage or a crowd was from *at* on."""
    tier = policy.at(said.key).tiers[said.kind]
    if case is None or not case.is_open:
        return Case(latest=said, first_seen_at=at, last_seen_at=at, asked_at=at, tier=tier)
    after = replace(case, latest=said, tier=tier, last_seen_at=at)
    old = case.latest.status
    grave = bool(said.status and old) and is_worse(said.status, old)
    return after.asked_again(at) if grave else after
