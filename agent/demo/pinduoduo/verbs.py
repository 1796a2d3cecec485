"""What can be made to happen in the shops: tickets, work orders and chats come and go."""

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from agent.demo.kit import MakeBelieveOffice
from agent.demo.kit.samples import (
    A_USUAL_DEADLINE,
    some_amount_fen,
    some_buyer,
    some_deadline,
    some_product,
    some_reason,
)
from agent.demo.pinduoduo.chats import Chat, Speaker
from agent.demo.pinduoduo.orders import WorkOrder, WorkOrderStatus
from agent.demo.pinduoduo.state import ShopBooks
from agent.demo.pinduoduo.tickets import AfterSalesStatus, AfterSalesType, Ticket

KINDS = (AfterSalesType.REFUND_ONLY, AfterSalesType.RETURN_REFUND, AfterSalesType.EXCHANGE)
PROBLEMS = (
    ("消费者投诉：商品质量问题", False),
    ("消费者投诉：商家未按约定退款", False),
    ("发货提醒：请尽快安排发货", False),
    ("虚假发货违规", True),
)
QUESTIONS = ("在吗", "什么时候发货", "收到的和图片不一样", "这个有优惠吗", "怎么还没退款")


class ShopVerbs(MakeBelieveOffice[ShopBooks]):
    """Verbs about one shop's tickets, work orders and chats; pages that listen are told at once."""

    queues = ("aftersale", "evidence", "complaint_risk", "work_order", "chat")

    books = ShopBooks

    def varied_case(self, dice: random.Random) -> Mapping[str, Any]:
        """Return a ticket that waits for the shop: some kind, deadline and amount."""
        product, spec = some_product(dice)
        return {
            "kind": dice.choice(KINDS),
            "deadline": some_deadline(dice),
            "amount_fen": some_amount_fen(dice),
            "reason": some_reason(dice),
            "product": product,
            "spec": spec,
        }

    def add_varied(self, shop: str, queue: str) -> str:
        """Open a case as the dice fall in *queue*; return its id."""
        return self.add_case(shop, queue=queue, **self._varied(queue))

    def _varied(self, queue: str) -> Mapping[str, Any]:
        dice = self._dice
        if queue == "work_order":
            title, punished = dice.choice(PROBLEMS)
            return {"title": title, "punished": punished, "deadline": some_deadline(dice)}
        if queue == "chat":
            return {"text": dice.choice(QUESTIONS), "argued": dice.random() < 1 / 8}
        return self.varied_case(dice)

    def add_case(self, shop: str, *, queue: str = "aftersale", **details: Any) -> str:  # noqa: ANN401 (each queue has its own)
        """Open a case in *queue* of *shop*, as the pack calls it; return its id.

        ValueError for a queue that there is none of; *details* are those of `add_ticket`,
        `add_work_order` or `message`.
        """
        self.check_queue(queue)
        if queue == "work_order":
            return self.add_work_order(shop, **details)
        if queue == "chat":
            buyer = some_buyer(self._state.rng)
            return self.message(shop, **{"buyer": buyer, "text": "在吗", **details})
        extra = {"evidence": {"evidence": True, "status": AfterSalesStatus.PLATFORM_DECIDES}}
        extra["complaint_risk"] = {"at_risk": True, "status": AfterSalesStatus.REFUSED}
        return self.add_ticket(shop, **{**extra.get(queue, {}), **details})

    def add_ticket(
        self,
        shop: str,
        *,
        kind: AfterSalesType = AfterSalesType.REFUND_ONLY,
        status: AfterSalesStatus | None = None,
        reason: str = "质量问题",
        amount_fen: int = 12900,
        deadline: timedelta | None = A_USUAL_DEADLINE,
        product: str = "加厚保温杯",
        spec: str = "雾蓝 / 500ml",
        evidence: bool = False,
        at_risk: bool = False,
        urged: bool = False,
    ) -> str:
        """Open an after-sale ticket; *deadline* counts from now, None means that none is set."""
        state, now = self._state, self._state.clock.now()
        ticket = Ticket(
            after_sales_id=state.digits("2", 11),
            order_sn=f"261122-{state.digits('5', 15)}",
            kind=kind,
            status=Ticket.first_status(kind) if status is None else status,
            reason=reason,
            amount_fen=amount_fen,
            product=product,
            spec=spec,
            buyer_uid=state.digits("8", 13),
            created_at=now - timedelta(minutes=5),
            deadline=None if deadline is None else now + deadline,
            evidence=evidence,
            at_risk=at_risk,
            urged=urged,
        )
        state.ensure_shop(shop).tickets[ticket.after_sales_id] = ticket
        self.tell_cases(shop)
        return ticket.after_sales_id

    def add_work_order(
        self,
        shop: str,
        *,
        title: str = "消费者投诉：商品质量问题",
        deadline: timedelta = timedelta(hours=47, minutes=24),
        punished: bool = False,
        status: WorkOrderStatus = WorkOrderStatus.WAITING,
    ) -> str:
        """Open a work order; return its number."""
        state, now = self._state, self._state.clock.now()
        order = WorkOrder(
            instance_id=state.digits("7", 13),
            order_sn=f"261122-{state.digits('5', 15)}",
            title=title,
            product="加厚保温杯",
            created_at=now,
            deadline=now + deadline,
            status=status,
            punished=punished,
        )
        state.ensure_shop(shop).work_orders[order.instance_id] = order
        self.tell_cases(shop)
        return order.instance_id

    def message(self, shop: str, *, buyer: str, text: str, argued: bool = False) -> str:
        """Let a buyer who was not there before write to *shop*; return the buyer's uid."""
        state, now = self._state, self._state.clock.now()
        uid = state.digits("8", 13)
        # The real page stars out all but the ends of a name.
        nickname = f"{buyer[:1]}*****{buyer[-1:]}"
        chat = Chat(uid, nickname, text, now, waiting_since=now, argued=argued)
        state.ensure_shop(shop).chats[uid] = chat
        self._tell_chats(shop)
        return uid

    def answer(self, shop: str, uid: str, *, by: Speaker = Speaker.AGENT) -> None:
        """Let an agent answer; a robot's answer leaves the buyer waiting for a person."""
        chat, now = self._state.shops[shop].chats[uid], self._state.clock.now()
        if by is Speaker.ROBOT:
            chat.text, chat.sent_at, chat.speaker = "亲，在的哦", now, by
        else:
            chat.answer("您好，马上为您处理", now)
        self._tell_chats(shop)

    def resolve(self, shop: str, case_id: str) -> None:
        """End the case of any queue; KeyError if the shop has none of this id."""
        books, now = self._state.shops[shop], self._state.clock.now()
        if case_id in books.tickets:
            books.tickets[case_id].end(now)
        elif case_id in books.work_orders:
            books.work_orders[case_id].status = WorkOrderStatus.DONE
        else:
            books.chats[case_id].answer("已为您处理", now)
            self._tell_chats(shop)
        self.tell_cases(shop)

    def require_setup(self, shop: str) -> None:
        """Send whoever opens the after-sales list of *shop* to its settings from now on."""
        self._state.shops[shop].onboarded = False

    def finish_setup(self, shop: str) -> None:
        """Let the list open again."""
        self._state.shops[shop].onboarded = True

    def _tell_chats(self, shop: str) -> None:
        self._state.pushes.tell_shop(shop, {"topic": "chat"})
