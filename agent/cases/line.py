"""No network is one alarm for the computer: which faults are the line's, and when it is cut."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from agent.cases.case import Case, CaseKey, Change, Kind, Outcome, Shop
from agent.cases.outage import OUTAGE_QUEUE, QueueHealth, outage_change

OFFLINE = "line:offline"
"""The gate's name, as no pack can have it, where the computer itself has no network."""
UNRESOLVED = "line:unresolved"
"""The gate's name where a host's name leads nowhere: no network, or a wrong address."""
NO_ANSWER = "line:no_answer"
"""The gate's name where nothing came back: the line, or what stands at its other end."""

_LINE_FAULTS = {OFFLINE, UNRESOLVED, NO_ANSWER}
_CLEAR = {OFFLINE, UNRESOLVED}

THIS_COMPUTER = Shop(platform="", shop_id="@computer", name="这台电脑")
"""Stands where a case has its shop; no shop of a user's can have this id."""
COMPUTER_KEY = CaseKey(THIS_COMPUTER.shop_id, OUTAGE_QUEUE, OUTAGE_QUEUE)


class Line(StrEnum):
    """What the latest tries say about the computer's network."""

    UP = "up"
    """Something answered."""
    UNSURE = "unsure"
    """Some shops had no answer; others were not tried since, or there are none."""
    LIKELY_CUT = "likely_cut"
    """The only shop that is tried had no answer, and the fault is nobody's but the line's."""
    CUT = "cut"
    """No shop has an answer."""


def is_line_fault(queue: QueueHealth) -> bool:
    """Tell whether the last try of *queue* got no answer at all."""
    return queue.outcome is Outcome.UNREACHABLE and queue.gate in _LINE_FAULTS


def line_of(shops: Collection[Collection[QueueHealth]], now: datetime, fresh: timedelta) -> Line:
    """Return what the last tries of all *shops* say; those older than *fresh* say nothing."""
    tried = [max(queues, key=_read_at) for queues in shops if queues]
    tries = [queue for queue in tried if abs(now - _read_at(queue)) <= fresh]
    if not tries or not is_line_fault(max(tries, key=_read_at)):
        return Line.UP if tries else Line.UNSURE
    if not all(map(is_line_fault, tries)) or not any(queue.alarming for queue in tries):
        return Line.UNSURE
    if len(tries) > 1:
        return Line.CUT
    return Line.LIKELY_CUT if tries[0].gate in _CLEAR else Line.UNSURE


def _read_at(queue: QueueHealth) -> datetime:
    return queue.read_at or datetime.min.replace(tzinfo=UTC)


def computer_change(before: Case | None, line: Line, detail: str, now: datetime) -> Change | None:
    """Return what *line* does to the computer's own outage, if anything; *detail* says more."""
    if line is Line.CUT:
        cut = QueueHealth(
            OUTAGE_QUEUE, outcome=Outcome.UNREACHABLE, gate=OFFLINE, detail=detail, failures=2
        )
        return outage_change(THIS_COMPUTER.shop_id, before, [cut], now)
    if line is Line.UP:
        up = QueueHealth(OUTAGE_QUEUE, outcome=Outcome.ROWS)
        return outage_change(THIS_COMPUTER.shop_id, before, [up], now)
    return None


def is_cut(open_cases: Collection[Case]) -> bool:
    """Tell whether the computer's own outage is among *open_cases*."""
    return any(case.key == COMPUTER_KEY for case in open_cases)


def waits_for_the_line(case: Case) -> bool:
    """Tell whether *case* is a shop out of sight for want of an answer: no matter of its own."""
    latest = case.latest
    return (
        latest.kind is Kind.OUTAGE
        and latest.status == Outcome.UNREACHABLE.value
        and case.key != COMPUTER_KEY
    )
