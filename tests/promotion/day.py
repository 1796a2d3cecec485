"""A promotion day as it really is, whether anybody looks or not: 600 tickets and 12 outages.

All times are whole seconds since midnight in China. The same seed gives the same day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from agent.cases import CaseKey, Fen, Kind, Outcome, Sighting, Stage
from agent.cases.line import COMPUTER_KEY, NO_ANSWER, OFFLINE, REFUSED, platform_key
from tests.cases.test_triage_quality import judged
from tests.cases.triage_set import LINES, Line

MIDNIGHT = datetime(2026, 11, 10, 16, tzinfo=UTC)
HOUR, MINUTE = 3600, 60
DAY = 24 * HOUR
QUEUE = "aftersale"
PLATFORMS = {"a": "p", "b": "p", "c": "q"}
"""Three shops, two of them on one platform."""
_BY_HOUR = (
    34,
    20,
    8,
    4,
    2,
    2,
    4,
    7,
    14,
    22,
    28,
    25,
    20,
    18,
    20,
    21,
    22,
    20,
    24,
    32,
    43,
    42,
    34,
    22,
)
_MIDNIGHT_S = 20 * MINUTE
_STORM_AT = 20 * HOUR + 7 * MINUTE
_STORM_PAUSE_S = 3.0
_KINDS = (
    *((Kind.REFUND_ONLY,) * 6),
    *((Kind.RETURN_REFUND,) * 4),
    *((Kind.EXCHANGE,) * 4),
    *((Kind.PRICE_PROTECTION,) * 4),
    *((Kind.CONVERSATION,) * 4),
    Kind.RESEND,
    Kind.REPAIR,
    Kind.DISPUTE,
    Kind.COMPLAINT,
)
_LIMITS_H = ((0.3, 1.0), (0.3, 1.0), (1.0, 3.0), (1.0, 3.0), (4.0, 14.0))
_PRODUCTS = tuple(
    f"{what}{size}" for what in ("帆布包", "保温杯", "台灯", "跑鞋") for size in "大中小"
)


def moment(second: float) -> datetime:
    """Return the moment so many seconds after midnight."""
    return MIDNIGHT + timedelta(seconds=second)


def second_of(at: datetime) -> int:
    """Return how many seconds after midnight *at* is."""
    return round((at - MIDNIGHT).total_seconds())


@dataclass(frozen=True, slots=True)
class Size:
    """How many tickets wait at midnight, come right after it, in the evening's storm, and else."""

    backlog: int
    midnight: int
    storm: int
    others: int


WHOLE = Size(40, 25, 45, 490)
SHORT = Size(2, 2, 14, 6)
"""The same day for a shop with few buyers: every outage, every sort of hour, a storm as dense."""


@dataclass(eq=False, slots=True)
class Round:
    """One stretch in which it is the merchant's move: until *over*, or for ever.

    *limit* is the platform's. *known* is when the program first could see it on the page.
    """

    begins: int
    limit: int | None
    over: int | None = None
    known: int | None = None


@dataclass(eq=False, slots=True)
class Ticket:
    """One ticket: what it says from when on, and its *rounds*, which grow by what people do.

    Whatever nobody answers *gives_up* in the end: the platform decides, or the buyer leaves. *read*
    is what of its words the program could read, and when.
    """

    shop: str
    number: str
    kind: Kind
    product: str
    buyer: str
    amount: Fen
    says: list[tuple[int, Line]]
    rounds: list[Round]
    gives_up: int
    ended: int | None = None
    read: list[tuple[int, Line]] = field(default_factory=list)

    @property
    def key(self) -> CaseKey:
        """Its name in the journal."""
        return CaseKey(self.shop, QUEUE, self.number)

    @property
    def is_asking(self) -> bool:
        """Whether it is the merchant's move now."""
        return self.rounds[-1].over is None

    def answered(self, at: int, *, ended: bool) -> None:
        """Note that the merchant's move was made at *at*, or that nobody needs one any more."""
        if self.is_asking:
            self.rounds[-1].over = at
        if ended:
            self.ended = at

    def comes_back(self, at: int) -> None:
        """Note that it is the merchant's move again: the parcel is back, with a new limit."""
        self.rounds.append(Round(at, at + 2 * HOUR))
        self.gives_up = at + 2 * HOUR + MINUTE

    def words(self, at: int) -> list[Line]:
        """Return all that it has said by *at*, the latest last."""
        return [line for since, line in self.says if since <= at]

    def seen(self, at: int) -> Sighting:
        """Return what the page says of it at *at*."""
        stage = Stage.MERCHANT if self.is_asking else Stage.WAITING
        limit = self.rounds[-1].limit
        return Sighting(
            key=self.key,
            kind=self.kind,
            status="待商家处理" if self.is_asking else "待买家退货",
            stage=Stage.ENDED if self.ended is not None else stage,
            respond_by=None if limit is None else moment(limit),
            reason=self.words(at)[-1].words,
            product=self.product,
            buyer=self.buyer,
            amount=self.amount,
        )


@dataclass(frozen=True, slots=True)
class Outage:
    """What keeps *shops* from being read, and the alarm that is owed for it."""

    cause: str
    shops: tuple[str, ...]
    begins: int
    ends: int
    outcome: Outcome
    gate: str
    key: CaseKey

    @property
    def is_parent(self) -> bool:
        """Whether one alarm stands for several shops."""
        return len(self.shops) > 1

    @property
    def is_of_the_line(self) -> bool:
        """Whether what else is read tells what is to blame."""
        return self.outcome is Outcome.UNREACHABLE


@dataclass(frozen=True, slots=True)
class Day:
    """All that happens of itself."""

    tickets: tuple[Ticket, ...]
    outages: tuple[Outage, ...]


def a_day(seed: int, size: Size = WHOLE) -> Day:
    """Return the day of that *size* that belongs to *seed*."""
    chance = Random(seed)
    lines = [line for line in chance.sample(LINES, 110) if judged(line) == line.labels]
    arrivals = sorted(_arrivals(size, chance))
    tickets = tuple(_ticket(number, at, lines, chance) for number, at in enumerate(arrivals))
    _make_crowds(tickets, [line for line in lines if ("topic", "quality") in line.labels])
    return Day(tickets, tuple(_outages(chance)))


def _make_crowds(tickets: Sequence[Ticket], complaints: Sequence[Line]) -> None:
    """Let three tickets of the storm be of one bad batch, and three others of one buyer."""
    storm = [one for one in tickets if one.shop == "a" and one.says[0][0] >= _STORM_AT]
    asked = [one for one in storm if one.kind is not Kind.CONVERSATION]
    for ticket, line in zip(asked[:3], complaints, strict=False):
        ticket.product = "联名水杯"
        ticket.says[0] = (ticket.says[0][0], line)
    for ticket in asked[3:6]:
        ticket.buyer = "一只灰鸽子"


def _arrivals(size: Size, chance: Random) -> Iterator[int]:
    """Yield when tickets come: a backlog, a burst at midnight, the evening's peak and its storm."""
    yield from [0] * size.backlog
    for _ in range(size.midnight):
        yield int(chance.triangular(1, _MIDNIGHT_S, 1))
    for number in range(size.storm):
        yield int(_STORM_AT + number * _STORM_PAUSE_S + chance.uniform(0, _STORM_PAUSE_S))
    for hour in chance.choices(range(24), _BY_HOUR, k=size.others):
        yield hour * HOUR + chance.randrange(1, HOUR)


def _ticket(number: int, at: int, lines: list[Line], chance: Random) -> Ticket:
    kind, shop = chance.choice(_KINDS), chance.choices("abc", (5, 3, 2))[0]
    limit = _limit(kind, at, chance)
    waits = int(at + HOUR * min(4.0, 0.2 + chance.expovariate(1.0)))
    gives_up = waits if limit is None else limit + chance.randrange(20, 150)
    if limit is not None and chance.random() < 0.2:
        gives_up = min(gives_up, waits)
    says = [(at, chance.choice(lines))]
    if chance.random() < 0.15 and gives_up - at > 20 * MINUTE:
        urging = [line for line in lines if ("topic", "urging") in line.labels]
        says.append((chance.randrange(at + 60, gives_up - 60), chance.choice(urging)))
    amount = Fen(chance.choice((1_990, 4_900, 12_900, 25_900, 88_000)))
    named = chance.random() < 0.08
    buyer = f"山里来客{chance.randrange(9)}" if named else f"{chance.choice('木林云青禾')}**"
    product = chance.choice(_PRODUCTS)
    name = f"{shop}-{number}"
    return Ticket(shop, name, kind, product, buyer, amount, says, [Round(at, limit)], gives_up)


def _limit(kind: Kind, at: int, chance: Random) -> int | None:
    if kind is Kind.CONVERSATION:
        return at + 5 * MINUTE
    if chance.random() < 0.2:
        return None
    return int(at + HOUR * chance.uniform(*chance.choice(_LIMITS_H)))


_CAUSES = (
    ("signed out", "a", Outcome.SIGNED_OUT, ""),
    ("one shop unreachable, then the network cut", "b", Outcome.UNREACHABLE, NO_ANSWER),
    ("challenged", "c", Outcome.CHALLENGED, ""),
    ("platform p silent", "ab", Outcome.UNREACHABLE, REFUSED),
    ("page changed", "b", Outcome.PAGE_CHANGED, ""),
    ("maintenance", "c", Outcome.MAINTENANCE, ""),
    ("network cut", "abc", Outcome.UNREACHABLE, OFFLINE),
    ("wrong shop", "a", Outcome.WRONG_SHOP, ""),
    ("platform p silent", "ab", Outcome.UNREACHABLE, REFUSED),
    ("truncated", "b", Outcome.TRUNCATED, ""),
    ("no permission", "c", Outcome.NO_PERMISSION, ""),
)
"""Eleven by their hours; the twelfth is the network, cut while one shop is out of sight already."""
_BEGIN_H = (1.2, 3.4, 6.1, 8.4, 10.2, 12.3, 14.4, 16.2, 18.3, 20.6, 22.3)


def _outages(chance: Random) -> Iterator[Outage]:
    for (cause, shops, outcome, gate), hour in zip(_CAUSES, _BEGIN_H, strict=True):
        begins = int(HOUR * hour + chance.uniform(0, 12 * MINUTE))
        ends = begins + chance.randrange(4 * MINUTE, 25 * MINUTE)
        if gate == NO_ANSWER:
            ends = begins + 40 * MINUTE
            inner = begins + 4 * MINUTE, begins + 22 * MINUTE
            cut = "network cut over it", ("a", "b", "c"), *inner
            yield Outage(*cut, Outcome.UNREACHABLE, OFFLINE, COMPUTER_KEY)
        yield Outage(cause, tuple(shops), begins, ends, outcome, gate, _key(shops))


def _key(shops: str) -> CaseKey:
    if len(shops) == 1:
        return CaseKey(shops, "outage", "outage")
    return COMPUTER_KEY if len(shops) == len(PLATFORMS) else platform_key(PLATFORMS[shops[0]])
