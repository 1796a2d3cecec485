"""What became of the tickets that left the list a while ago."""

from typing import TypedDict

from agent.cases import Case, Kind
from agent.inbox import Snapshot
from agent.words import Language
from agent.words import say as say_trade
from ui.rows import amount_text
from ui.ticking import Sentence, epoch_ms
from ui.words import say


class EndedView(TypedDict):
    """A ticket that the platform lists no more; *mark* tells since when."""

    number: int
    shop_id: str
    shop: str
    tier: str
    tier_text: str
    kind: str
    kind_text: str
    buyer: str
    amount: str
    reason: str
    order_id: str
    person: str
    mark: Sentence


def ended_view(snapshot: Snapshot, language: Language) -> list[EndedView]:
    """Return the tickets that ended lately, the latest first; a shop in sight again is none."""
    names = {one.shop.shop_id: one.shop.name for one in snapshot.shops}
    tickets = (case for case in snapshot.resolved if case.latest.kind is not Kind.OUTAGE)
    return [_ended(case, names.get(case.key.shop, ""), language) for case in tickets]


def _ended(case: Case, shop: str, language: Language) -> EndedView:
    latest, ended_at = case.latest, case.resolved_at
    return EndedView(
        number=case.number,
        shop_id=case.key.shop,
        shop=shop,
        tier=case.tier.name.lower(),
        tier_text=say_trade(f"tier.{case.tier.name.lower()}", language),
        kind=latest.kind.value,
        kind_text=say_trade(f"kind.{latest.kind}", language),
        buyer=latest.buyer,
        amount=amount_text(latest.amount),
        reason=latest.reason or latest.product,
        order_id=latest.order_id,
        person="",
        mark=Sentence(
            text=say("row.ended", language),
            at=None if ended_at is None else epoch_ms(ended_at),
        ),
    )
