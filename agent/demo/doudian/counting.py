"""Which card of the workbench counts which ticket: the platform's 18 dimensions as questions."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from agent.demo.doudian.tickets import AfterSaleStatus, AfterSaleType, ArbitrateStatus, Ticket

# How near a deadline must be for the card 临期待处理; the platform's own number is not known.
APPROACHING = timedelta(hours=12)

Question = Callable[[Ticket, datetime], bool]


def _audit(kind: AfterSaleType) -> Question:
    return lambda t, _now: t.status == AfterSaleStatus.AWAITS_MERCHANT and t.kind == kind


def _receives(kind: AfterSaleType | None) -> Question:
    moves = {AfterSaleStatus.AWAITS_SECOND_CONSENT, AfterSaleStatus.AWAITS_SHIPPING}
    return lambda t, _now: t.status in moves and kind in {None, t.kind}


def _status(status: AfterSaleStatus, kind: AfterSaleType | None = None) -> Question:
    return lambda t, _now: t.status == status and kind in {None, t.kind}


def _dispute(arbitrate: ArbitrateStatus) -> Question:
    return lambda t, _now: t.arbitrate == arbitrate


def _approaching(ticket: Ticket, now: datetime) -> bool:
    if ticket.deadline is None or not ticket.is_merchants_move:
        return False
    return ticket.deadline - now <= APPROACHING


DIMENSIONS: dict[str, Question] = {
    "all_audit_reg_spill": lambda t, _now: t.complained,
    "approaching_deadline_audit": _approaching,
    "urge_audit": lambda t, _now: t.urged and t.is_merchants_move,
    "presale_all_audit": _audit(AfterSaleType.REFUND_UNSHIPPED),
    "refund_audit": _audit(AfterSaleType.REFUND_SHIPPED),
    "return_audit": _audit(AfterSaleType.RETURN_REFUND),
    "exchange_audit": _audit(AfterSaleType.EXCHANGE),
    "resend_audit": _audit(AfterSaleType.RESEND),
    "repair_audit": _audit(AfterSaleType.REPAIR),
    "wait_for_receive_and_delivery": _receives(None),
    "return_for_receive": _receives(AfterSaleType.RETURN_REFUND),
    "exchange_for_receive": _receives(AfterSaleType.EXCHANGE),
    "wait_user_delivery": _status(AfterSaleStatus.AWAITS_RETURN),
    "wait_user_sign": _status(AfterSaleStatus.AWAITS_RECEIPT),
    "exchange_wait_user_sign": _status(AfterSaleStatus.AWAITS_RECEIPT, AfterSaleType.EXCHANGE),
    "arbitrate_pending_negotiation": _dispute(ArbitrateStatus.NEGOTIATION),
    "arbitrate_pending_evidence": _dispute(ArbitrateStatus.EVIDENCE_DUE),
    "arbitrate_pending": _dispute(ArbitrateStatus.IN_PROGRESS),
}

# The card 重复进线 is none of the 18 dimensions; where the real page takes it from is a guess.
REPEATED = "repeat_contact"


def belongs(ticket: Ticket, dimension: str, now: datetime) -> bool:
    """Tell whether the card *dimension* counts *ticket*; an unknown card counts nothing."""
    if not ticket.is_open:
        return False
    if dimension == REPEATED:
        return ticket.repeated
    question = DIMENSIONS.get(dimension)
    return question is not None and question(ticket, now)


def counts(tickets: Iterable[Ticket], dimensions: Iterable[str], now: datetime) -> dict[str, int]:
    """Count *tickets* for each of *dimensions*."""
    kept = list(tickets)
    return {name: sum(belongs(t, name, now) for t in kept) for name in dimensions}


def listing(tickets: Iterable[Ticket], dimension: str, now: datetime) -> list[Ticket]:
    """Return what the list shows for the card *dimension* ("": no card), most pressing first."""
    if dimension:
        kept = [t for t in tickets if belongs(t, dimension, now)]
    else:
        kept = [t for t in tickets if t.listed]
    with_deadline = [t for t in kept if t.deadline is not None]
    without = [t for t in kept if t.deadline is None]
    with_deadline.sort(key=lambda t: (t.deadline, t.after_sale_id))
    without.sort(key=lambda t: t.applied_at, reverse=True)
    return with_deadline + without
