"""The words of the trade as types: shops, sightings, readings, cases and their changes."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import NewType, Self

_RECORDED_WITHIN = timedelta(minutes=5)  # then a reading is given up (`agent.watcher`)

Fen = NewType("Fen", int)
"""An amount of money in hundredths of a yuan, so that sums stay exact."""


class Tier(IntEnum):
    """How loud: 三级 normal, 二级 important, 一级 urgent."""

    NORMAL = 1
    IMPORTANT = 2
    URGENT = 3


class Band(IntEnum):
    """How late: which step of the countdown a case has reached (widths are in the policy)."""

    FAR = 0
    """No time limit, or more than the first step (12 h) left."""
    NEAR = 1
    """Within the first step: 12 h left for a ticket."""
    CLOSE = 2
    """Within the second step: 4 h left for a ticket."""
    FINAL = 3
    """Within the last step: 30 min left for a ticket."""
    EXPIRED = 4
    """The time is up."""


class Kind(StrEnum):
    """What sort of case it is, as the platform files it."""

    REFUND_ONLY = "refund_only"
    RETURN_REFUND = "return_refund"
    EXCHANGE = "exchange"
    RESEND = "resend"
    REPAIR = "repair"
    PRICE_PROTECTION = "price_protection"
    DISPUTE = "dispute"
    COMPLAINT = "complaint"
    PENALTY = "penalty"
    CONVERSATION = "conversation"
    OUTAGE = "outage"
    BATCH = "batch"
    SAME_BUYER = "same_buyer"
    OTHER = "other"


class Topic(StrEnum):
    """What a case is about, guessed from its words."""

    REFUND = "refund"
    QUALITY = "quality"
    LOGISTICS = "logistics"
    WRONG_PARCEL = "wrong_parcel"
    LATE_SHIPPING = "late_shipping"
    COMPLAINT = "complaint"
    REGULATOR = "regulator"
    EXPOSURE = "exposure"
    COUNTERFEIT = "counterfeit"
    BAD_REVIEW = "bad_review"
    INVOICE = "invoice"
    HARASSMENT = "harassment"
    PRICE = "price"
    URGING = "urging"


class Mood(StrEnum):
    """How the buyer sounds: 焦虑, 愤怒, 困惑."""

    PLAIN = "plain"
    ANXIOUS = "anxious"
    ANGRY = "angry"
    CONFUSED = "confused"


class Stage(StrEnum):
    """Whose move it is, as the platform says."""

    MERCHANT = "merchant"
    WAITING = "waiting"
    ENDED = "ended"


class Outcome(StrEnum):
    """Why we know what we know after one poll of one queue."""

    ROWS = "rows"
    VERIFIED_EMPTY = "verified_empty"
    TRUNCATED = "truncated"
    SIGNED_OUT = "signed_out"
    CHALLENGED = "challenged"
    NO_PERMISSION = "no_permission"
    WRONG_SHOP = "wrong_shop"
    PAGE_CHANGED = "page_changed"
    SETUP_REQUIRED = "setup_required"
    MAINTENANCE = "maintenance"
    UNREACHABLE = "unreachable"

    @property
    def complete(self) -> bool:
        """Whether the queue was read to its end, so that absence counts."""
        return self in {Outcome.ROWS, Outcome.VERIFIED_EMPTY}


class Source(StrEnum):
    """Where on the page a reading came from."""

    RESPONSE = "response"
    DOM = "dom"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Shop:
    """One shop; *shop_id* is the user's short name for it, *name* is what its pages must show."""

    platform: str
    shop_id: str
    name: str


@dataclass(frozen=True, slots=True, order=True)
class CaseKey:
    """What makes a case itself: the shop, the family of queues it is in, the platform's number."""

    shop: str
    queue: str
    case_id: str

    def __str__(self) -> str:
        return f"{self.shop}/{self.queue}/{self.case_id}"


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a page said about one case at one moment; no history.

    *respond_by* is the platform's own limit (None if it shows none), *raw_deadline* its words for
    it, *consequence* what it does at zero. A page that shows "3 小时" means anything up to
    "3 小时 59 分": the true limit then lies up to *slack* after *respond_by*. *reason* holds the
    buyer's words and is plain data.
    """

    key: CaseKey
    kind: Kind
    status: str = ""
    stage: Stage = Stage.MERCHANT
    respond_by: datetime | None = None
    slack: timedelta = timedelta(0)
    consequence: str = ""
    raw_deadline: str = ""
    order_id: str = ""
    reason: str = ""
    product: str = ""
    buyer: str = ""
    amount: Fen | None = None
    unread: int = 0
    tags: tuple[str, ...] = ()
    url: str = ""
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One queue, one poll.

    *expected* is the number of cases that the page itself claims; *gate* names the sign that
    stopped us; *detail* says in a few words what was found, for people.
    """

    shop: str
    queue: str
    taken_at: datetime
    outcome: Outcome
    sightings: tuple[Sighting, ...] = ()
    expected: int | None = None
    source: Source = Source.NONE
    gate: str = ""
    detail: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """Our memory of one case.

    Two lines of state never mix: what the platform says (*latest*, *resolved_at*) and what a
    person did (*acknowledged_tier*, *acknowledged_band*, *snoozed_until*, *starred*, *note*,
    *person*: to whom it was given at *assigned_at*; "": it is whose the roster says).
    *asked_at* is when the current round began: the moment from which we owe an answer. A new
    round clears acknowledgement and snooze. *keywords* are the owner's own words that were found
    in it. *number* is the journal's short number for people to type, 0 until recorded.
    """

    latest: Sighting
    first_seen_at: datetime
    last_seen_at: datetime
    asked_at: datetime
    tier: Tier = Tier.NORMAL
    topics: frozenset[Topic] = frozenset()
    keywords: frozenset[str] = frozenset()
    mood: Mood = Mood.PLAIN
    missed: int = 0
    acknowledged_tier: Tier | None = None
    acknowledged_band: Band | None = None
    acknowledged_at: datetime | None = None
    snoozed_at: datetime | None = None
    snoozed_until: datetime | None = None
    starred: bool = False
    note: str = ""
    person: str = ""
    assigned_at: datetime | None = None
    resolved_at: datetime | None = None
    number: int = 0

    @property
    def key(self) -> CaseKey:
        """What makes this case itself."""
        return self.latest.key

    @property
    def is_open(self) -> bool:
        """Whether the platform still lists it."""
        return self.resolved_at is None

    def time_left(self, now: datetime) -> timedelta | None:
        """Tell how long the platform still waits; None if it set no time."""
        return None if self.latest.respond_by is None else self.latest.respond_by - now

    def acknowledged(self, tier: Tier, band: Band, now: datetime) -> Self:
        """Return this case as taken in hand by a person, up to *tier* and *band*."""
        return replace(
            self, acknowledged_tier=tier, acknowledged_band=band, acknowledged_at=now
        ).awake()

    def snoozed(self, until: datetime, now: datetime) -> Self:
        """Return this case as put off by a person until *until*."""
        return replace(self, snoozed_at=now, snoozed_until=until)

    def awake(self) -> Self:
        """Return this case with nothing put off."""
        return replace(self, snoozed_at=None, snoozed_until=None)

    def woken(self, now: datetime) -> Self:
        """Return this case with its snooze over at *now*, so that the person is told of it."""
        if self.snoozed_until is None or self.snoozed_until <= now:
            return self
        return replace(self, snoozed_until=now)

    def released(self) -> Self:
        """Return this case with nobody's hand on it."""
        return replace(self, acknowledged_tier=None, acknowledged_band=None, acknowledged_at=None)

    def asked_again(self, now: datetime) -> Self:
        """Return this case in a new round: whatever a person did before no longer covers it."""
        return replace(self, asked_at=now).released().awake()

    def reopened_as(self, fresh: Self) -> Self:
        """Return *fresh*, which is this case come back, with what a person knows it by."""
        known = replace(fresh, number=self.number, starred=self.starred, note=self.note)
        return replace(known, person=self.person, assigned_at=self.assigned_at)

    def rewound(self, now: datetime) -> Self:
        """Return this case without what was noted long after *now*: the clock was set back.

        Between a look at a page and its record people may speak. A round that began in a time that
        never was begins now; an acknowledgement given then was for a lateness that never was.
        """
        recorded = now + _RECORDED_WITHIN
        if recorded < self.asked_at:
            return self.asked_again(now)
        ahead = self.acknowledged_at is not None and recorded < self.acknowledged_at
        return self.released() if ahead else self


class ChangeKind(StrEnum):
    """What happened to a case between two readings."""

    OPENED = "opened"
    UPDATED = "updated"
    RESOLVED = "resolved"
    SEEN = "seen"
    """Nothing to tell, but to be stored: *last_seen_at*, *missed*, a limit known more exactly."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; *before* is None for a case never met."""

    kind: ChangeKind
    before: Case | None
    after: Case
