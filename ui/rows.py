"""How one open case is shown."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Literal, TypedDict

from agent.cases import Fen, Kind, Outcome, Stage
from agent.inbox import Row
from agent.words import Language
from agent.words import say as say_trade
from ui.blindness import what_helps, why_blind
from ui.groups import TODAY, Group, group_of
from ui.ticking import Sentence, epoch_ms, plain
from ui.words import say

Handled = Literal["", "acknowledged", "snoozed", "theirs", "again"]

NEVER = datetime.max.replace(tzinfo=UTC)

_STILL_OPEN = {"", "again"}
_SAYS_WHEN = ("到时", "到期", "逾期", "超时", "时间到")


class RowView(TypedDict):
    """One case as data; texts from a page stay data, *due_at* is epoch milliseconds.

    *handled* says what a person did or whose move it is, *mark* the same in words, or whose case
    it is (*person*), which is else in *whose*; *named* is to whom it was given. *group* is what is
    to be done. *loud* rows still wait for somebody. *help* is the button of an outage, or empty.
    """

    number: int
    shop_id: str
    shop: str
    tier: str
    tier_text: str
    band: str
    kind: str
    kind_text: str
    buyer: str
    amount: str
    reason: str
    product: str
    order_id: str
    status: str
    raw_deadline: str
    note: str
    consequence: str
    due_at: int | None
    own_target: str
    unread: str
    handled: Handled
    group: Group
    person: str
    named: str
    whose: str
    mark: Sentence
    loud: bool
    starred: bool
    outage: bool
    help: str


def row_view(row: Row, language: Language, now: datetime) -> RowView:
    """Return *row* as every face shows it at *now*."""
    latest, outage = row.case.latest, row.case.latest.kind is Kind.OUTAGE
    handled = _handled(row, now)
    view = RowView(
        number=row.case.number,
        shop_id=row.shop.shop_id,
        shop=row.shop.name,
        tier=row.tier.name.lower(),
        tier_text=say_trade(f"tier.{row.tier.name.lower()}", language),
        band=row.band.name.lower(),
        kind=latest.kind.value,
        kind_text=say_trade(f"kind.{latest.kind}", language),
        buyer=latest.buyer,
        amount=amount_text(latest.amount),
        reason=latest.reason,
        product=latest.product,
        order_id=latest.order_id,
        status=latest.status,
        raw_deadline=latest.raw_deadline,
        note=row.case.note,
        consequence=_consequence(row, language, now),
        due_at=None if row.due_at is None else epoch_ms(row.due_at),
        own_target=say("row.own_target", language) if row.own_target else "",
        unread=say("row.unread", language, unread=latest.unread) if latest.unread else "",
        handled=handled,
        group=group_of(row, now),
        person=row.assigned,
        named=row.case.person,
        whose="" if handled in _STILL_OPEN else whose_text(row, language),
        mark=_mark(row, handled, language),
        loud=handled in {"", "again"},
        starred=row.case.starred,
        outage=outage,
        help="",
    )
    return _explained(view, row, language) if outage else view


def same_until(row: Row, now: datetime) -> datetime:
    """Return until when *row*, as long as it is the same, is shown as at *now*.

    These are the moments at which its time is up, its snooze is over, or either of them is today.
    """
    moments = [at for at in (row.due_at, row.case.snoozed_until) if at is not None]
    ends = (at for at in moments if at > now)
    todays = (at - TODAY for at in moments if at - now > TODAY)
    return min((*ends, *todays), default=NEVER)


def searched(row: RowView) -> tuple[str, ...]:
    """Return the texts of *row* in which the face looks for the letters of Chinese words."""
    said = (row["buyer"], row["reason"], row["product"], row["status"], row["note"])
    return (row["shop"], row["kind_text"], row["person"], *said)


def amount_text(amount: Fen | None) -> str:
    """Say an amount in yuan; nothing where the page shows none."""
    return "" if amount is None else f"¥{Decimal(amount) / 100:,.2f}"


def _explained(view: RowView, row: Row, language: Language) -> RowView:
    """Put an outage's cause where a ticket has the buyer's words."""
    latest = row.case.latest
    outcome = next((outcome for outcome in Outcome if outcome.value == latest.status), None)
    gate = latest.tags[0] if latest.tags else ""
    return RowView(
        **{
            **view,
            "reason": why_blind(outcome, gate, language),
            "status": latest.reason,
            "help": what_helps(outcome, gate, language),
        }
    )


def _handled(row: Row, now: datetime) -> Handled:
    case = row.case
    if case.latest.stage is not Stage.MERCHANT:
        return "theirs"
    if row.quiet:
        asleep = case.snoozed_until is not None and case.snoozed_until > now
        return "snoozed" if asleep else "acknowledged"
    return "" if case.acknowledged_at is None else "again"


def whose_text(row: Row, language: Language, term: str = "") -> str:
    """Say whose *row* is, by the trade's *term* if there is one, and why not whom it was given to.

    Nothing is said of what is nobody's and was given to nobody.
    """
    named = say_trade(term, language, people=row.assigned) if term else row.assigned
    why = say(f"row.{row.lost}", language, person=row.case.person) if row.lost else ""
    return " · ".join(filter(None, (named if row.assigned else "", why)))


def _mark(row: Row, handled: Handled, language: Language) -> Sentence:
    whose = whose_text(row, language, "notice.people")
    if not handled:
        return plain(whose)
    if handled == "again":
        return plain(" · ".join(filter(None, (say("row.again", language), whose))))
    at = {"snoozed": row.case.snoozed_until, "acknowledged": row.case.acknowledged_at}.get(handled)
    return Sentence(text=say(f"row.{handled}", language), at=None if at is None else epoch_ms(at))


def _consequence(row: Row, language: Language, now: datetime) -> str:
    consequence = row.case.latest.consequence
    if not consequence or consequence.startswith(_SAYS_WHEN):
        return consequence
    late = row.due_at is not None and row.due_at <= now
    return say("row.past_zero" if late else "row.at_zero", language, consequence=consequence)
