"""Those who judge a promotion day's outages, and the ladder that is climbed if nobody answers."""

from collections.abc import Iterator

from agent.cases import CaseKey, Escalation, Reason, Tier
from agent.channels.channel import Notice
from tests.promotion.day import Outage, second_of
from tests.promotion.oracle import IN_TIME_S, rises
from tests.promotion.policy import LADDER
from tests.promotion.record import Kept, Record

_A_TURN_S = 70
"""Two readings in a row that fail, 30 s apart, and up to 30 s until the first of them."""
_NAMES = {"@computer": "这台电脑", "@platform:p": "平台 p"}
_SAID = {"@computer": "没有网络", "@platform:p": "平台没有响应"}


def unsaid_outages(record: Record) -> list[str]:
    """Return the outages that weren't one new alarm, brought in time to the desk."""
    wrong = []
    for outage in _past(record):
        rung = [
            kept.alert
            for kept in record.kept
            if kept.alert.key == outage.key
            and kept.alert.reason in {Reason.NEW, Reason.NEW_ROUND}
            and outage.begins <= second_of(kept.alert.raised_at) < outage.ends + _A_TURN_S
        ]
        numbers = {alert.alert_id for alert in rung}
        latest = outage.begins + _A_TURN_S + IN_TIME_S
        roads = {
            one.road for one in record.brought if one.alert.alert_id in numbers and one.at <= latest
        }
        if len(rung) != 1 or not {"sound", "desktop"} <= roads:
            wrong.append(f"{outage.cause} at {outage.begins}: rung {len(rung)}, on {roads}")
    return wrong


def _past(record: Record) -> Iterator[Outage]:
    return (one for one in record.day.outages if one.ends + 2 * _A_TURN_S < record.until)


def not_muted(record: Record) -> list[str]:
    """Return what a shop out of reach was told while one alarm stood for all of them."""
    return [
        f"{outage.cause} at {outage.begins}: {one.alert.key} was told at {one.at} on {one.road}"
        for outage in _past(record)
        if outage.is_parent
        for one in record.brought
        if _is_child(one.alert.key, outage) and outage.begins + _A_TURN_S <= one.at < outage.ends
    ]


def _is_child(key: CaseKey, parent: Outage) -> bool:
    return key.queue == "outage" and key.shop in parent.shops


def not_blamed(record: Record) -> list[str]:
    """Return the alarms for several shops that name no cause, or whose shops are shown another."""
    wrong = []
    for outage, gates in record.shown:
        name, said = _NAMES[outage.key.shop], _SAID[outage.key.shop]
        lines = [
            " ".join((notice.title, *notice.lines))
            for at, notice in record.heard["desktop"]
            if outage.begins <= at < outage.ends and _mentions(notice, outage.key, record)
        ]
        if not any(name in line and said in line for line in lines):
            wrong.append(f"{outage.cause} at {outage.begins} says {lines}")
        causes = {gates[shop] for shop in outage.shops}
        if len(causes) != 1 or not causes <= {"line:offline", "line:platform"}:
            wrong.append(f"{outage.cause} at {outage.begins} shown as {gates}")
    return wrong


def _mentions(notice: Notice, key: CaseKey, record: Record) -> bool:
    return any(record.numbers[mention.number] == key for mention in notice.cases)


def not_climbed(record: Record) -> list[str]:
    """Return the steps that were owed for a ticket that nobody answered, and not taken in time.

    Taken is what the journal keeps: on the step's road, with whom it calls, brought there.
    """
    by_key: dict[CaseKey, list[Kept]] = {}
    for kept in record.kept:
        by_key.setdefault(kept.alert.key, []).append(kept)
    return [
        f"{key} step {level} was due at {due}"
        for key, level, due in owed_steps(record)
        if not any(_takes(kept, level, due, LADDER[level - 1]) for kept in by_key.get(key, ()))
    ]


def owed_steps(record: Record) -> Iterator[tuple[CaseKey, int, int]]:
    """Yield which step of the ladder was due when, for each urgent ticket with no answer."""
    for ticket in record.day.tickets:
        for asked in ticket.rounds:
            urgent = (at for at, level in rises(record, ticket, asked) if level.tier is Tier.URGENT)
            since = next(urgent, None)
            over = record.until if asked.over is None else asked.over
            for level, step in enumerate(LADDER, start=1):
                due = None if since is None else since + int(step.after.total_seconds())
                if due is not None and due + IN_TIME_S < over:
                    yield ticket.key, level, due


def _takes(kept: Kept, level: int, due: int, step: Escalation) -> bool:
    alert = kept.alert
    return (
        alert.level >= level
        and due <= second_of(alert.raised_at) <= due + 1
        and set(step.people) <= set(alert.people)
        and all(kept.states.get(road) == "delivered" for road in step.channels)
    )


def climbed_in_vain(record: Record) -> list[str]:
    """Return the steps that were taken though somebody had answered since it was told."""
    return [
        f"{alert.key} at {second_of(alert.raised_at)}"
        for alert, _ in record.kept
        if alert.reason is Reason.ESCALATED
        and any(
            act.key == alert.key
            and second_of(alert.unanswered_since) < act.at <= second_of(alert.raised_at)
            for act in record.acts
        )
    ]
