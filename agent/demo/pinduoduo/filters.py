"""The quick filters of the after-sales workbench: their numbers, and which tickets each lists."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from agent.demo.pinduoduo.tickets import (
    BUYER_MOVES,
    AfterSalesStatus,
    AfterSalesType,
    Ticket,
)

WITHIN_A_DAY = timedelta(hours=24)

Question = Callable[[Ticket, datetime], bool]


def is_soon(ticket: Ticket, now: datetime) -> bool:
    """Tell whether the ticket's time is up within a day, as the numbers above the list count."""
    return ticket.deadline is not None and ticket.deadline - now <= WITHIN_A_DAY


# Only the 7 of 待商家处理 is known; the other numbers are guesses.
MERCHANT, EVIDENCE, AT_RISK = 7, 9, 5
FILTERS: dict[int, tuple[str, Question]] = {
    AT_RISK: ("投诉预警", lambda t, _now: t.at_risk and t.closed_at is None),
    6: ("待处理即将逾期", lambda t, now: t.is_merchants_move and is_soon(t, now)),
    MERCHANT: ("待商家处理", lambda t, _now: t.is_merchants_move),
    8: ("待举证即将逾期", lambda t, now: t.evidence and is_soon(t, now)),
    EVIDENCE: ("待商家举证", lambda t, _now: t.evidence),
    10: ("买家催处理", lambda t, _now: t.urged and t.closed_at is None),
    11: ("待买家处理", lambda t, _now: t.status in BUYER_MOVES),
    12: (
        "退货待处理",
        lambda t, _now: t.is_merchants_move and t.kind is AfterSalesType.RETURN_REFUND,
    ),
}


def listing(tickets: Iterable[Ticket], quick: object, now: datetime) -> list[Ticket]:
    """Return what the list shows for the filter *quick*, the most pressing first.

    Without a filter the real list comes back empty: so does this one.
    """
    if not isinstance(quick, int) or quick not in FILTERS:
        return []
    _name, question = FILTERS[quick]
    kept = [ticket for ticket in tickets if question(ticket, now)]
    kept.sort(key=lambda t: (t.deadline is None, t.deadline or t.created_at, t.after_sales_id))
    return kept


def counts(tickets: Iterable[Ticket], now: datetime) -> dict[str, int]:
    """Count the tickets of each filter, and those of the four numbers above the list.

    The keys are guesses; the texts beside the numbers are not.
    """
    kept = list(tickets)
    found = {f"quick{code}": sum(ask(t, now) for t in kept) for code, (_, ask) in FILTERS.items()}
    found["overdueSoon"] = found["quick6"]
    found["evidenceSoon"] = found["quick8"]
    found["platformSoon"] = sum(t.status is AfterSalesStatus.PLATFORM_AGREED for t in kept)
    return found
