"""Those who judge a promotion day: they know the truth and the policy's numbers, and no decision.

Each returns what is wrong, a line each.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from agent.cases import Band, Kind, Policy, Reason, Tier
from agent.cases.signs import Effect
from tests.cases.triage_set import Line
from tests.promotion.day import QUEUE, Round, Ticket, second_of
from tests.promotion.record import Record

IN_TIME_S = 60
"""Nothing waits for longer than a minute, however much there is to be told."""
_POLICY = Policy()
_OF_THE_DESK = {Tier.URGENT: ("sound", "desktop"), Tier.IMPORTANT: ("sound", "desktop")}


class Level(NamedTuple):
    """How loud and how late."""

    tier: Tier
    band: Band


class Owed(NamedTuple):
    """A step of which somebody must hear on *road*, from *since* on; *delay* tells how it went."""

    ticket: Ticket
    level: Level
    road: str
    since: int
    delay: int | None
    excused: bool


def over_the_cap(record: Record) -> list[str]:
    """Return the minutes in which a road brought more notices than the cap, wherever they begin."""
    most = _POLICY.together.most
    return [
        f"{road}: more than {most} in the minute from {times[first]:.0f}"
        for road, heard in record.heard.items()
        for times in [[at for at, _ in heard]]
        for first in range(len(times) - most)
        if times[first + most] - times[first] < IN_TIME_S
    ]


def loudest_minute(record: Record, road: str) -> int:
    """Return the most notices that *road* brought within any minute."""
    times = [at for at, _ in record.heard[road]]
    return max((bisect_left(times, at + IN_TIME_S) - n for n, at in enumerate(times)), default=0)


def said_and_not_brought(record: Record) -> list[str]:
    """Compare what roads heard with what the program told scripts, and with what it kept."""
    heard = Counter(
        (road, round(at), record.numbers[mention.number].case_id)
        for road, notices in record.heard.items()
        for at, notice in notices
        for mention in notice.cases
    )
    told = Counter((one.road, one.at, one.alert.key.case_id) for one in record.brought)
    kept = Counter(
        (road, kept.alert.alert_id)
        for kept in record.kept
        for road, state in kept.states.items()
        if state == "delivered"
    )
    noted = Counter((one.road, one.alert.alert_id) for one in record.brought)
    wrong = [f"not heard as told: {one}" for one in (heard - told) + (told - heard)]
    return wrong + [f"not kept as told: {one}" for one in (kept - noted) + (noted - kept)]


def tier_of(ticket: Ticket, said: Sequence[Line]) -> Tier:
    """Return how urgent a ticket is by nature that *said* this in one round, as filed by hand.

    The tables are the policy's, the arithmetic is ours: the highest floor, and one tier more for
    whatever makes it rise.
    """
    labels = {label for line in said for label in line.labels}
    topics = [effect for topic, effect in _POLICY.topics.items() if ("topic", topic) in labels]
    moods = [effect for mood, effect in _POLICY.moods.items() if ("mood", mood) in labels]
    dear = [Effect.RISE] if ticket.amount >= _POLICY.high_value else []
    effects = [*topics, *moods, *dear]
    floors = {Effect.URGENT: Tier.URGENT, Effect.IMPORTANT: Tier.IMPORTANT}
    least = max(_POLICY.tiers[ticket.kind], *(floors.get(one, Tier.NORMAL) for one in effects), 1)
    return Tier(min(3, least + 1)) if Effect.RISE in effects else Tier(least)


def _edges(ticket: Ticket, asked: Round) -> list[tuple[int, Band]]:
    """Return when the steps of a round begin, by the platform's limit or the owner's own."""
    due = asked.limit
    if due is None:
        due = (asked.known or 0) + int(_POLICY.targets[ticket.kind].total_seconds())
    widths = _POLICY.chat_bands if ticket.kind is Kind.CONVERSATION else _POLICY.ticket_bands
    steps = (widths.near, widths.close, widths.final, timedelta(0))
    nearer = (Band.NEAR, Band.CLOSE, Band.FINAL, Band.EXPIRED)
    return [
        (due - int(width.total_seconds()), band) for width, band in zip(steps, nearer, strict=True)
    ]


def said_in_round(ticket: Ticket, at: int) -> list[Line]:
    """Return what the round that the program knew at *at* says; what was said before may stand."""
    known = max((one.known for one in ticket.rounds if one.known and one.known <= at), default=0)
    said = [line for since, line in ticket.read if known < since <= at]
    before = [line for since, line in ticket.read if since <= known][-1:]
    return [*before, *said]


def _level(ticket: Ticket, asked: Round, at: int) -> Level:
    """Return how a ticket stands at *at*, by what the program could know of it then."""
    band = max((band for since, band in _edges(ticket, asked) if since <= at), default=Band.FAR)
    least = {Band.CLOSE: Tier.IMPORTANT, Band.FINAL: Tier.URGENT, Band.EXPIRED: Tier.URGENT}
    floor = least.get(band, Tier.NORMAL)
    if asked.limit is None:
        floor = min(floor, Tier.IMPORTANT)
    return Level(max(floor, tier_of(ticket, said_in_round(ticket, at))), band)


def rises(record: Record, ticket: Ticket, asked: Round) -> Iterator[tuple[int, Level]]:
    """Yield when a round became louder or later than what the person was told or took in hand."""
    known, over = asked.known, _over(record, asked)
    if known is None:
        return
    moments = {known, *(at for at, _ in _edges(ticket, asked)), *(at for at, _ in ticket.read)}
    acts = [act.at for act in record.acts if act.key == ticket.key and act.at >= known]
    told: Level | None = None
    for at in sorted(one for one in moments if known <= one < over):
        level = _level(ticket, asked, at)
        for said in (_level(ticket, asked, act) for act in acts if act <= at):
            told = told and Level(max(told.tier, said.tier), max(told.band, said.band))
        if told is None or level.tier > told.tier or level.band > told.band:
            told = level
            yield at, level


def _over(record: Record, asked: Round) -> int:
    return record.until if asked.over is None else asked.over


def owed(record: Record) -> Iterator[Owed]:
    """Yield every step of every ticket that somebody had to hear of, on each road of its tier."""
    brought: dict[tuple[str, str], list[tuple[int, Level]]] = defaultdict(list)
    for one in record.brought:
        level = Level(one.alert.tier, one.alert.band)
        brought[one.road, one.alert.key.case_id].append((one.at, level))
    acts: dict[str, list[int]] = defaultdict(list)
    for act in record.acts:
        acts[act.key.case_id].append(act.at)
    for ticket in record.day.tickets:
        for asked in ticket.rounds:
            for since, level in rises(record, ticket, asked):
                late = since + IN_TIME_S
                in_hand = any(since < at <= late for at in acts[ticket.number])
                excused = in_hand or _over(record, asked) <= late
                for road in _OF_THE_DESK.get(level.tier, ("sound",)):
                    times = [
                        at - since
                        for at, told in brought[road, ticket.number]
                        if at >= since and told.tier >= level.tier and told.band >= level.band
                    ]
                    yield Owed(ticket, level, road, since, min(times, default=None), excused)


def late(record: Record) -> list[str]:
    """Return the steps of which nobody heard within a minute though it still mattered."""
    return [
        f"{one.ticket.number} at {one.level} since {one.since}: {one.delay} s on {one.road}"
        for one in owed(record)
        if not one.excused and (one.delay is None or one.delay > IN_TIME_S)
    ]


def told_twice(record: Record) -> list[str]:
    """Return the steps of a round of a case that a road brought more than once as news."""
    news = Counter(
        (one.road, str(one.alert.key), one.alert.asked_at, one.alert.band, one.alert.tier)
        for one in record.brought
        if one.alert.reason not in {Reason.REPEAT, Reason.ESCALATED}
    )
    rungs = Counter(
        (one.road, str(one.alert.key), one.alert.unanswered_since, one.alert.level)
        for one in record.brought
        if one.alert.reason is Reason.ESCALATED
    )
    return [
        f"{times} times: {what}" for what, times in (*news.items(), *rungs.items()) if times > 1
    ]


def rounds_of_nothing(record: Record) -> list[str]:
    """Return the alerts for a ticket's round that never was: each begins when it could be read."""
    known = {(ticket.key, asked.known) for ticket in record.day.tickets for asked in ticket.rounds}
    return [
        f"{kept.alert.key} asked at {second_of(kept.alert.asked_at)}"
        for kept in record.kept
        if kept.alert.key.queue == QUEUE
        and (kept.alert.key, second_of(kept.alert.asked_at)) not in known
    ]
