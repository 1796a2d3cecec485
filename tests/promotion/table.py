"""A promotion day as a table: how often it rang, by hour and tier, and how far the ladder led."""

from collections import Counter
from collections.abc import Callable, Iterator

from agent.cases import Reason, Tier
from agent.channels.channel import Notice
from tests.promotion.day import HOUR, second_of
from tests.promotion.oracle import loudest_minute, owed
from tests.promotion.record import Record

_DIGEST = "合成了这一条"


def table(record: Record) -> str:
    """Return what came of the day as lines."""
    return "\n".join(
        (_head(record), *_by_hour(record), _minutes(record), _delays(record), _ladder(record))
    )


def _head(record: Record) -> str:
    day = record.day
    causes = Counter(outage.cause for outage in day.outages)
    said = ", ".join(f"{cause} {number}" for cause, number in causes.items())
    rounds = sum(len(ticket.rounds) for ticket in day.tickets)
    return (
        f"tickets {len(day.tickets)} in {rounds} rounds, taken in hand {len(record.acts)}\n"
        f"outages {len(day.outages)}: {said}\n"
        f"batches and buyers with many tickets {len(record.crowds)}"
    )


def _by_hour(record: Record) -> Iterator[str]:
    """Yield a line for each sort of what rang, with a number for each hour."""
    yield "hour              " + "".join(f"{hour:>5}" for hour in range(24)) + "    all"
    alerts = [kept.alert for kept in record.kept]
    news = [alert for alert in alerts if alert.reason is not Reason.REPEAT]
    for tier in sorted(Tier, reverse=True):
        times = [second_of(alert.raised_at) for alert in news if alert.tier is tier]
        yield _line(f"{tier.name.lower()} alerts", times)
    again = [alert for alert in alerts if alert.reason is Reason.REPEAT]
    yield _line("their repeats", [second_of(alert.raised_at) for alert in again])
    for road in record.heard:
        yield _line(f"notices, {road}", _heard(record, road, lambda _: True))
    yield _line("groups, desktop", _heard(record, "desktop", lambda one: len(one.cases) > 1))
    yield _line("digests, desktop", _heard(record, "desktop", _is_digest))


def _heard(record: Record, road: str, wanted: Callable[[Notice], bool]) -> list[int]:
    return [int(at) for at, notice in record.heard[road] if wanted(notice)]


def _is_digest(notice: Notice) -> bool:
    return any(_DIGEST in line for line in notice.lines)


def _line(name: str, times: list[int]) -> str:
    hours = Counter(at // HOUR for at in times)
    numbers = "".join(f"{hours[hour] or '.':>5}" for hour in range(24))
    return f"{name:<18}{numbers}{len(times):>7}"


def _minutes(record: Record) -> str:
    loudest = ", ".join(f"{road} {loudest_minute(record, road)}" for road in record.heard)
    return f"most notices within any minute: {loudest}"


def _delays(record: Record) -> str:
    worst: Counter[Tier] = Counter()
    steps: Counter[Tier] = Counter()
    for one in owed(record):
        steps[one.level.tier] += 1
        if one.delay is not None and not one.excused:
            worst[one.level.tier] = max(worst[one.level.tier], one.delay)
    said = ", ".join(f"{tier.name.lower()} {worst[tier]} s of {steps[tier]}" for tier in Tier)
    return f"longest until a step was heard: {said}"


def _ladder(record: Record) -> str:
    taken = Counter(
        (kept.alert.level, "、".join(kept.alert.people))
        for kept in record.kept
        if kept.alert.reason is Reason.ESCALATED
    )
    said = ", ".join(
        f"step {level}{f' to {people}' if people else ''} {number}"
        for (level, people), number in sorted(taken.items())
    )
    return f"ladder, as the journal keeps it: {said or 'never climbed'}"
