"""A back office, a person and a clock, with what must hold whatever they do.

What is owed to the person is worked out here from what they did and what the page showed, apart
from the program's own judgement of it.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from agent.cases import (
    Alert,
    Band,
    Case,
    CaseKey,
    ChangeKind,
    Kind,
    Mute,
    Outcome,
    Policy,
    Reading,
    Reason,
    Sighting,
    Stage,
    Standing,
    Tier,
    clip_snooze,
    decide,
    is_muted,
    reconcile,
    standing,
    triage,
)
from agent.cases.flow import Flow
from agent.config import shipped_lexicon
from tests.mothers import KEY, NOON, a_reading, a_sighting

POLICY = Policy()
LEXICON = shipped_lexicon()
TICK = timedelta(seconds=10)
READ_TIME = timedelta(milliseconds=1)
SHORTEST_GAP = timedelta(seconds=30)
LONGEST_GAP = max(
    loudness.repeat_at_most for loudness in POLICY.loudness.values() if loudness.repeat_every
)
KEYS = (KEY, replace(KEY, case_id="7002"))
HOUR = timedelta(hours=1)
LOUDEST = (Tier.URGENT, Band.EXPIRED)


@dataclass(frozen=True)
class Truth:
    """What the platform holds about one case; *coarse* pages show only whole hours."""

    stage: Stage
    kind: Kind = Kind.REFUND_ONLY
    limit: datetime | None = None
    coarse: bool = False
    status: str = "待商家处理"
    reason: str = "拍多了"
    unread: int = 0

    def shown(self, key: CaseKey, now: datetime) -> Sighting:
        """Return what the page shows at *now*."""
        limit, slack = self.limit, timedelta(0)
        if limit is not None and self.coarse and limit > now:
            limit, slack = now + (limit - now) // HOUR * HOUR, HOUR - timedelta(seconds=1)
        return a_sighting(
            key=key,
            stage=self.stage,
            kind=self.kind,
            respond_by=limit,
            slack=slack,
            status=self.status,
            reason=self.reason,
            unread=self.unread,
        )


@dataclass(frozen=True)
class Word:
    """The last thing that a person said about a case: in hand as *covers*, or put off *until*."""

    asked_at: datetime
    at: datetime
    covers: tuple[Tier, Band] | None = None
    until: datetime | None = None


@dataclass
class Ear:
    """What the person heard of one case, and is owed.

    *known* is the loudest and latest they were told of, or took in hand since; after the clock
    was set back nobody can tell which of the two came later.
    """

    word: Word | None = None
    unheard: timedelta = timedelta(0)
    reminded: bool = True
    known: tuple[Tier, Band] | None = None
    doubtful: bool = False
    excused: bool = False
    steps: set[tuple[Tier, Band]] = field(default_factory=set)
    asked_at: datetime | None = None
    misses: int = 0


def _is_within(at: Standing, step: tuple[Tier, Band] | None) -> bool:
    return step is not None and at.tier <= step[0] and at.band <= step[1]


class World:
    """Everything at once; a broken promise is an AssertionError."""

    def __init__(self, policy: Policy = POLICY) -> None:
        self.policy = policy
        self.now = NOON if policy.quiet is None else NOON.replace(hour=policy.quiet.begins.hour)
        self.flow = Flow(policy.together)
        self.seconds = 0.0
        self.muted: Mute | None = None
        self.waiting: list[tuple[float, Alert]] = []
        self.cases: dict[CaseKey, Case] = {}
        self.alerts: dict[CaseKey, Alert] = {}
        self.truths: dict[CaseKey, Truth] = {}
        self.ears = {key: Ear() for key in KEYS}

    def restart(self) -> None:
        """Forget everything but what a journal keeps: each case, and its last alert."""
        self.cases, self.alerts = deepcopy((self.cases, self.alerts))

    def jump(self, by: timedelta) -> None:
        """Set the clock, or sleep."""
        self.now += by
        if by >= timedelta(0):
            return
        for ear in self.ears.values():
            # Nobody can promise a time that is counted from a moment yet to come.
            ear.unheard, ear.reminded, ear.known = timedelta(0), True, LOUDEST
            ear.doubtful = ear.excused = ear.word is not None

    def acknowledge(self, key: CaseKey) -> None:
        """Take a case in hand as it stands."""
        case = self.cases[key]
        at = standing(case, self.policy, self.now)
        self.cases[key] = case.acknowledged(at.tier, at.band, self.now)
        self._say(key, Word(case.asked_at, self.now, covers=(at.tier, at.band)))

    def snooze(self, key: CaseKey, length: timedelta) -> None:
        """Put a case off, as far as the policy lets it be put off."""
        case, until = self.cases[key], self.now + length
        self.cases[key] = case.snoozed(clip_snooze(case, until, self.policy, self.now), self.now)
        self._say(key, Word(case.asked_at, self.now, until=until))

    def _say(self, key: CaseKey, word: Word) -> None:
        ear = self.ears[key]
        ear.word, ear.doubtful, last = word, False, self.alerts.get(key)
        # Set back since it rang: nobody can tell that the word came after the ring.
        ear.reminded = word.until is None or (last is not None and last.raised_at > word.at)
        if word.covers is not None and ear.known != LOUDEST:
            ear.known = word.covers

    def read(self, outcome: Outcome, showing: Iterable[CaseKey]) -> None:
        """Read the queue; of what the platform holds, the page has the rows *showing*."""
        self.now += READ_TIME
        rows = [self.truths[key].shown(key, self.now) for key in showing if key in self.truths]
        reading = a_reading(*rows, outcome=outcome, taken_at=self.now)
        before = dict(self.cases)
        self._take(reading)
        if outcome.complete or outcome is Outcome.TRUNCATED:
            self._check_rows(before, rows)
            self._check_misses(before, reading)
        else:
            assert before == self.cases

    def _take(self, reading: Reading) -> None:
        for change in reconcile(self.cases, reading):
            self.cases[change.after.key] = triage(change, self.policy, LEXICON).after

    def _check_rows(self, before: dict[CaseKey, Case], rows: list[Sighting]) -> None:
        reading = a_reading(*rows, outcome=Outcome.TRUNCATED, taken_at=self.now)
        again = [triage(change, self.policy, LEXICON) for change in reconcile(self.cases, reading)]

        assert {ChangeKind.SEEN} >= {change.kind for change in again}
        assert all(change.before == change.after for change in again)
        for row in rows:
            old, case = before.get(row.key), self.cases.get(row.key)
            if row.stage is Stage.ENDED:
                assert case is None or not case.is_open
                continue
            assert case is not None
            assert case.is_open
            came_back = old is None or not old.is_open or old.latest.stage is not Stage.MERCHANT
            assert row.stage is Stage.WAITING or not came_back or case.asked_at == self.now

    def _check_misses(self, before: dict[CaseKey, Case], reading: Reading) -> None:
        seen = {row.key for row in reading.sightings}
        for key, ear in self.ears.items():
            old = before.get(key)
            if key in seen or old is None or not old.is_open:
                ear.misses = 0
                continue
            ear.misses += reading.outcome.complete
            assert self.cases[key].is_open == (ear.misses < 2)

    def wait(self, length: timedelta) -> None:
        """Let the dispatcher tick for *length*."""
        for _ in range(length // TICK):
            self.now += TICK
            self.seconds += TICK.total_seconds()
            for key, case in self.cases.items():
                mutes = {key.shop: self.muted} if self.muted else {}
                silent = is_muted(case, mutes, self.policy, self.now)
                alert = (
                    None if silent else decide(case, self.alerts.get(key), self.policy, self.now)
                )
                self._hear(self.ears[key], case, alert)
                if alert is not None:
                    self.alerts[key] = alert
                    self.waiting.append((self.seconds, alert))
            self._carry()

    def _carry(self) -> None:
        """Bring what waits, if the road does not hold it: not for longer than a minute."""
        alerts = [alert for _, alert in self.waiting]
        if alerts and not self.flow.holds(alerts, self.seconds):
            self.waiting = []
            self.flow.brought(alerts, self.seconds)

        assert all(self.seconds - since < 60 for since, _ in self.waiting)

    def _hear(self, ear: Ear, case: Case, alert: Alert | None) -> None:
        at = standing(case, self.policy, self.now)
        ours = case.is_open and case.latest.stage is Stage.MERCHANT
        if ear.asked_at != case.asked_at:
            ear.asked_at, ear.known, ear.steps = case.asked_at, None, set()
        ear.steps = {step for step in ear.steps if step[0] <= at.tier and step[1] <= at.band}
        if alert is not None:
            assert ours
            assert not self._is_hushed(case, at)
            assert ear.doubtful or not self._covered(ear, case, at)
            self._check_storm(ear, alert)
            ear.unheard, ear.reminded, ear.known = timedelta(0), True, (alert.tier, alert.band)
            return
        ours = ours and not self._is_hushed(case, at)
        owed = ours and not self._may_be_silent(ear, case, at)
        ear.unheard = ear.unheard + TICK if owed and at.tier is Tier.URGENT else timedelta(0)

        assert ear.unheard <= LONGEST_GAP + TICK
        assert ear.reminded or not (ours and self._reminder_due(ear, case))
        assert not owed or _is_within(at, ear.known)

    def _check_storm(self, ear: Ear, alert: Alert) -> None:
        last = self.alerts.get(alert.key)
        if alert.reason is Reason.REPEAT:
            assert last is not None
            age = alert.raised_at - last.raised_at
            assert age < timedelta(0) or age >= SHORTEST_GAP
        elif alert.reason is Reason.SNOOZE_ENDED:
            assert not ear.reminded or ear.doubtful
        elif (alert.tier, alert.band) in ear.steps:
            # Set back between a ring and an answer, a clock can confuse their order, once.
            assert ear.excused
            ear.excused = False
        ear.steps.add((alert.tier, alert.band))

    def _covered(self, ear: Ear, case: Case, at: Standing) -> bool:
        word = ear.word
        if word is None or word.covers is None or word.asked_at != case.asked_at:
            return False
        return word.at <= self.now and _is_within(at, word.covers)

    def _may_be_silent(self, ear: Ear, case: Case, at: Standing) -> bool:
        word = ear.word
        if word is None or word.asked_at != case.asked_at:
            return False
        put_off = word.until is not None and word.at <= self.now < word.until
        return put_off or self._covered(ear, case, at)

    def _is_hushed(self, case: Case, at: Standing) -> bool:
        """Tell whether silence is wanted, and the platform decides nothing within half an hour."""
        limit, bands = case.latest.respond_by, self.policy.bands_for(case.latest.kind)
        left = None if limit is None else limit - self.now
        if left is not None and timedelta(0) < left <= bands.final:
            return False
        if self.muted and self.muted.lasts(self.now):
            return True
        quiet, hour = self.policy.quiet, self.now.hour + self.now.minute / 60
        if quiet is None or at.tier in quiet.through:
            return False
        return hour >= quiet.begins.hour or hour < quiet.ends.hour

    def _reminder_due(self, ear: Ear, case: Case) -> bool:
        word = ear.word
        if word is None or word.until is None or word.asked_at != case.asked_at:
            return False
        return self.now >= max(word.at, word.until)
