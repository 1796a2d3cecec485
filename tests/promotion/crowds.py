"""Who judges a promotion day's batches of one product and its buyers with several tickets."""

from collections import defaultdict
from typing import NamedTuple

from agent.cases import Kind, Policy, Reason, Topic
from tests.promotion.day import Ticket
from tests.promotion.oracle import IN_TIME_S, said_in_round
from tests.promotion.record import Record

_POLICY = Policy()
_MANY = {"@batch": _POLICY.batch.tickets, "@buyer": _POLICY.same_buyer.tickets}


class Crowd(NamedTuple):
    """Tickets of one *shop* that share *what*; its alarm is kept under *queue*."""

    queue: str
    shop: str
    what: str


def wrong_crowds(record: Record) -> list[str]:
    """Return the crowds that no alarm told in time, those told too often, and those of nobody."""
    large: dict[Crowd, list[int]] = {}
    late: list[str] = []
    told = _told(record)
    for crowd, tickets in _groups(record).items():
        times = [
            at for at in _news(tickets) if len(_members(crowd, tickets, at)) >= _MANY[crowd.queue]
        ]
        large[crowd] = times
        # One whose tickets are all answered, or answered within that minute, wants nobody.
        owed = [at for at in times if _is_owed(crowd, _members(crowd, tickets, at), at)]
        in_time = (times[0] <= heard <= owed[0] + IN_TIME_S for heard in told[crowd] if owed)
        if owed and not any(in_time):
            late.append(f"{crowd} since {owed[0]}: {told[crowd]}")
    # An alarm that is over comes back with another ticket only.
    often = [
        f"{crowd} told {len(heard)} times: {heard}"
        for crowd, heard in told.items()
        if len(heard) > len(large.get(crowd, ()))
    ]
    return late + often


def _told(record: Record) -> dict[Crowd, list[int]]:
    told: dict[Crowd, list[int]] = defaultdict(list)
    for one in record.brought:
        what = record.crowds.get(one.alert.key)
        is_news = one.alert.reason in {Reason.NEW, Reason.NEW_ROUND}
        if what is not None and is_news and one.road == "desktop":
            told[Crowd(one.alert.key.queue, one.alert.key.shop, what)].append(one.at)
    return told


def _groups(record: Record) -> dict[Crowd, list[Ticket]]:
    groups: dict[Crowd, list[Ticket]] = defaultdict(list)
    for ticket in record.day.tickets:
        groups[Crowd("@batch", ticket.shop, ticket.product)].append(ticket)
        groups[Crowd("@buyer", ticket.shop, ticket.buyer)].append(ticket)
    return groups


def _members(crowd: Crowd, tickets: list[Ticket], at: int) -> list[Ticket]:
    """Return those of *tickets* that were read by *at* and belong to it, answered or not."""
    belongs = _is_bad if crowd.queue == "@batch" else _is_named
    return [
        ticket for ticket in tickets if ticket.rounds[0].known is not None and belongs(ticket, at)
    ]


def _is_owed(crowd: Crowd, members: list[Ticket], at: int) -> bool:
    return len(members) >= _MANY[crowd.queue] and _waits(members, at)


def _waits(tickets: list[Ticket], at: int) -> bool:
    """Tell whether one of *tickets* waits for the merchant from *at* on for a minute."""
    return any(
        asked.known is not None
        and asked.known <= at
        and (asked.over is None or asked.over > at + IN_TIME_S)
        for ticket in tickets
        for asked in ticket.rounds
    )


def _news(tickets: list[Ticket]) -> list[int]:
    """Return when something new was read of any of *tickets*."""
    rounds = (asked.known for ticket in tickets for asked in ticket.rounds)
    words = (at for ticket in tickets for at, _ in ticket.read)
    return sorted({*(at for at in rounds if at is not None), *words})


def _is_bad(ticket: Ticket, at: int) -> bool:
    said = said_in_round(ticket, at)
    return any(("topic", Topic.QUALITY.value) in line.labels for line in said)


def _is_named(ticket: Ticket, at: int) -> bool:
    read = any(since <= at for since, _ in ticket.read)
    return read and "*" not in ticket.buyer and ticket.kind is not Kind.CONVERSATION
