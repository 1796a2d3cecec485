"""What can be made to happen in the shops: tickets and chats come, change and go."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from agent.demo.doudian.chats import Conversation, Message, Role
from agent.demo.doudian.payloads import conversation_entry
from agent.demo.doudian.state import ShopBooks
from agent.demo.doudian.tickets import AfterSaleStatus, AfterSaleType, ArbitrateStatus, Ticket
from agent.demo.kit import MakeBelieveOffice, samples

KINDS = (
    AfterSaleType.REFUND_SHIPPED,
    AfterSaleType.REFUND_UNSHIPPED,
    AfterSaleType.RETURN_REFUND,
    AfterSaleType.EXCHANGE,
)


class ShopVerbs(MakeBelieveOffice[ShopBooks]):
    """Verbs about one shop's tickets and conversations; pages that listen are told at once.

    Every verb raises KeyError for a ticket or conversation that the shop does not have; a shop
    that is not known yet is opened.
    """

    books = ShopBooks

    def varied_case(self, dice: random.Random) -> Mapping[str, Any]:
        """Return a ticket that waits for the shop: some kind, deadline, amount and buyer."""
        return {**samples.some_case(dice), "after_sale_type": dice.choice(KINDS)}

    def add_case(
        self,
        shop: str,
        *,
        after_sale_type: int = AfterSaleType.REFUND_SHIPPED,
        status: int = AfterSaleStatus.AWAITS_MERCHANT,
        reason: str = "质量问题",
        amount_fen: int = 12900,
        deadline: timedelta | None = samples.A_USUAL_DEADLINE,
        product: str = "轻量防风冲锋衣 男女同款",
        spec: str = "深灰 / L",
        buyer: str = "竹影清风",
        quantity: int = 1,
        arbitrate: int = ArbitrateStatus.NONE,
        arbitrate_deadline: timedelta | None = None,
        logistics: str = "",
        complained: bool = False,
        repeated: bool = False,
        applied_ago: timedelta = timedelta(0),
    ) -> str:
        """Open a ticket in *shop*; return its after-sale id.

        *deadline* and *arbitrate_deadline* count from now; None means that none is set.
        """
        state, now = self._state, self._state.clock.now()
        ticket = Ticket(
            after_sale_id=state.digits("148", 18),
            order_id=state.digits("692", 19),
            kind=AfterSaleType(after_sale_type),
            status=AfterSaleStatus(status),
            reason=reason,
            amount_fen=amount_fen,
            product=product,
            spec=spec,
            buyer=buyer,
            applied_at=now - applied_ago,
            updated_at=now,
            deadline=None if deadline is None else now + deadline,
            quantity=quantity,
            arbitrate=ArbitrateStatus(arbitrate),
            arbitrate_deadline=None if arbitrate_deadline is None else now + arbitrate_deadline,
            logistics=logistics,
            complained=complained,
            repeated=repeated,
        )
        state.ensure_shop(shop).tickets[ticket.after_sale_id] = ticket
        self.tell_cases(shop)
        return ticket.after_sale_id

    def resolve(self, shop: str, case_id: str, *, listed: bool = True) -> None:
        """End the ticket *case_id*; unless *listed*, the unfiltered list drops it as well."""
        ticket = self._ticket(shop, case_id)
        ticket.end(self._state.clock.now())
        ticket.listed = listed
        self.tell_cases(shop)

    def urge(self, shop: str, case_id: str) -> None:
        """Let the buyer press for an answer."""
        ticket = self._touch(shop, case_id)
        ticket.urged = True
        ticket.label("催售后")
        self.tell_cases(shop)

    def extend_deadline(self, shop: str, case_id: str, by: timedelta) -> None:
        """Move the ticket's deadline later by *by*; a ticket without one gets none."""
        ticket = self._touch(shop, case_id)
        if ticket.deadline is not None:
            ticket.deadline += by
            ticket.label("时效延长")
        self.tell_cases(shop)

    def advance(self, shop: str, case_id: str, status: int, deadline: timedelta | None) -> None:
        """Move the ticket on to *status*, which lasts *deadline* from now (None: for ever)."""
        ticket = self._touch(shop, case_id)
        ticket.status = AfterSaleStatus(status)
        ticket.deadline = None if deadline is None else self._state.clock.now() + deadline
        self.tell_cases(shop)

    def dispute(
        self, shop: str, case_id: str, arbitrate: int, deadline: timedelta | None = None
    ) -> None:
        """Let the platform step in on a ticket; *deadline* from now is for the dispute itself."""
        ticket = self._touch(shop, case_id)
        ticket.arbitrate = ArbitrateStatus(arbitrate)
        now = self._state.clock.now()
        ticket.arbitrate_deadline = None if deadline is None else now + deadline
        self.tell_cases(shop)

    def message(self, shop: str, buyer: str, text: str, *, tags: tuple[str, ...] = ()) -> str:
        """Let *buyer* write *text* to *shop*; return the conversation's id."""
        state = self._state
        chat = self._conversation_of(shop, buyer)
        chat.hear(Message(state.digits("75", 19), Role.BUYER, text, state.clock.now()))
        chat.tags = tags or chat.tags
        self._tell_chat(shop, chat)
        return chat.conversation_id

    def reply(self, shop: str, conversation_id: str, text: str = "您好，马上为您处理") -> None:
        """Let somebody of the shop answer: the buyer no longer waits."""
        state = self._state
        chat = state.shops[shop].conversations[conversation_id]
        chat.answer(Message(state.digits("76", 19), Role.AGENT, text, state.clock.now()))
        self._tell_chat(shop, chat)

    def end_conversation(self, shop: str, conversation_id: str) -> None:
        """Close a conversation: it moves from 当前会话 to 最近联系."""
        chat = self._state.shops[shop].conversations[conversation_id]
        chat.open, chat.unread, chat.waiting_since = False, 0, None
        self._tell_chat(shop, chat)

    def waiting_since(self, shop: str, conversation_id: str) -> datetime | None:
        """Tell since when the buyer waits; None if nobody does."""
        return self._state.shops[shop].conversations[conversation_id].waiting_since

    def _ticket(self, shop: str, case_id: str) -> Ticket:
        return self._state.shops[shop].tickets[case_id]

    def _touch(self, shop: str, case_id: str) -> Ticket:
        ticket = self._ticket(shop, case_id)
        ticket.updated_at = self._state.clock.now()
        return ticket

    def _conversation_of(self, shop: str, buyer: str) -> Conversation:
        state, books = self._state, self._state.ensure_shop(shop)
        known = (chat for chat in books.conversations.values() if chat.buyer == buyer)
        chat = next(known, None)
        if chat is None:
            token = state.secret(64)
            number = f"AQ{token}:{books.shop_id}::2:1:pigeon"
            chat = Conversation(number, buyer, buyer_id="AQB" + state.secret(24))
            books.conversations[number] = chat
        return chat

    def _tell_chat(self, shop: str, chat: Conversation) -> None:
        frame = {"topic": "chat", "conversation": conversation_entry(chat)}
        if not chat.open:
            frame = {"topic": "chat", "ended": chat.conversation_id}
        self._state.pushes.tell_shop(shop, frame)
