"""The make-believe Weixin Store as one object: a site to visit, and verbs that rule it."""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar

from aiohttp import web

from agent.demo.kit import MakeBelieveOffice, push_socket, samples, signed_in_page
from agent.demo.weixin_store import aftersale, door, kf
from agent.demo.weixin_store.books import DOOR, VARIANT, Door, Room, ShopBooks, Variant
from agent.demo.weixin_store.manners import WeixinStoreManners
from agent.demo.weixin_store.tickets import (
    AfterSaleStatus,
    AfterSaleType,
    ComplaintStatus,
    Ticket,
)

# What the page's parts are called; the hashed names are guesses, as nobody wrote them down.
_PARTS = {"shopName": "shop-info-popover", "scope": "data-v-#"}


class MakeBelieveWeixinStore(WeixinStoreManners, MakeBelieveOffice[ShopBooks]):
    """A Weixin Store on the loopback interface, while the `async with` lasts.

    Nobody gets in but by a code on the login page (`scan`); a session that was left alone for
    half an hour is over. Build "a" and "b" differ in the list's address, its table and the
    spelling of its answers.
    """

    platform = "weixin_store"
    cookie = "biz_session"
    login = ("shop", door.LOGIN)
    builds: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "a": {**_PARTS, "tab": "status-tab-#", "thumb": "thumb_#"},
        "b": {**_PARTS, "tab": "filter__item_#", "thumb": "goods-img-#"},
    }
    variants: ClassVar[Mapping[str, Variant]] = {
        "a": Variant("/shop/aftersale/home", snake=False, spread=True),
        "b": Variant("/shop/aftersale/list", snake=True, spread=False),
    }
    ui = "weui-desktop"
    hash_length = 8
    idle_life = timedelta(minutes=30)

    keys: ClassVar[Mapping[str, str]] = {"tickets": "afterSaleOrderList", "rooms": "summary_list"}
    queues = ("aftersale", "complaint", "kf")
    books = ShopBooks

    @cached_property
    def _door(self) -> Door:
        return Door()

    def furnish(self, app: web.Application) -> None:
        """Hand the door and the sort of pages to the handlers."""
        app[DOOR], app[VARIANT] = self._door, self.variants[self._build]

    def routes(self) -> Mapping[str, Sequence[web.AbstractRouteDef]]:
        """Return what the one site serves."""
        variant = self.variants[self._build]
        shell = signed_in_page("shell", "微信小店", path=variant.path, spread=variant.spread)
        pages = [
            web.get("/shop/kf", signed_in_page("kf", "微信小店客服")),
            # Any other page of the shell exists, too, but shows nothing than the way home.
            web.get(r"/shop/{rest:.+}", shell),
            web.get("/ws/v2", push_socket),
        ]
        return {"shop": [*door.routes(), *aftersale.routes(), *kf.routes(), *pages]}

    def scan(self, username: str, shop: str) -> None:
        """Let the login page that opened last in to *shop*, as the person's phone would.

        KeyError for an unknown account, ValueError if it may not enter the shop, LookupError if
        no page shows a code that is still good.
        """
        login = self._state.login_for(username, shop)
        code = self._door.waiting(self._state.clock.now())
        code.session = self._state.start_session(login)
        code.session.choose(shop)

    def add_case(
        self,
        shop: str,
        *,
        queue: str = "aftersale",
        kind: AfterSaleType = AfterSaleType.REFUND,
        status: AfterSaleStatus = AfterSaleStatus.MERCHANT_PROCESSING,
        complaint: ComplaintStatus = ComplaintStatus.AWAITS_MERCHANT,
        reason: str = "质量问题",
        amount_fen: int = 12900,
        deadline: timedelta | None = samples.A_USUAL_DEADLINE,
        product: str = "轻量防风冲锋衣 男女同款",
        spec: str = "深灰 / L",
        buyer: str = "竹影清风",
        opened_ago: timedelta = timedelta(0),
    ) -> str:
        """Open a ticket in *shop*, or a dispute about one, or let a buyer write; return its id.

        *deadline* counts from now, None means that none is set; *complaint* is for disputes.
        """
        self.check_queue(queue)
        if queue == "kf":
            return self.message(shop, buyer, reason, waited=opened_ago)
        now = self._state.clock.now()
        ticket = Ticket(
            after_sale_id=self._state.digits("2000", 19),
            order_id=self._state.digits("37", 19),
            kind=kind,
            status=status,
            reason=reason,
            amount_fen=amount_fen,
            product=product,
            spec=spec,
            buyer=buyer,
            opened_at=now - opened_ago,
            deadline=None if deadline is None else now + deadline,
        )
        self._state.ensure_shop(shop).cases[ticket.after_sale_id] = ticket
        if queue == "complaint":
            self._dispute(ticket, complaint)
        self.tell_cases(shop)
        return ticket.complaint_id or ticket.after_sale_id

    def _dispute(self, ticket: Ticket, complaint: ComplaintStatus) -> None:
        """Let the buyer call the platform in: the shop has refused before."""
        ticket.status = AfterSaleStatus.MERCHANT_REJECT_REFUND
        ticket.complaint, ticket.complaint_id = complaint, self._state.digits("5000", 16)

    def message(self, shop: str, buyer: str, text: str, *, waited: timedelta = timedelta(0)) -> str:
        """Let *buyer* write *text* to *shop*, *waited* ago; return the conversation's id."""
        now = self._state.clock.now() - waited
        number = self._state.digits("44", 19)
        room = Room(number, f"o{self._state.secret(27)}", buyer, text, now, now)
        self._state.ensure_shop(shop).rooms[number] = room
        self._tell_rooms(shop)
        return number

    def end_room(self, shop: str, room_id: str) -> None:
        """Close a conversation, answered or not; KeyError if the shop has none of this id."""
        self._state.shops[shop].rooms[room_id].ended = True
        self._tell_rooms(shop)

    def resolve(self, shop: str, case_id: str) -> None:
        """End a ticket or a dispute, or answer a conversation; KeyError if the shop has none."""
        books = self._state.shops[shop]
        if case_id in books.rooms:
            books.rooms[case_id].unreplied_since = None
            self._tell_rooms(shop)
            return
        for ticket in books.cases.values():
            if case_id in {ticket.after_sale_id, ticket.complaint_id}:
                ticket.end()
                self.tell_cases(shop)
                return
        raise KeyError(case_id)

    def varied_case(self, dice: random.Random) -> Mapping[str, Any]:
        """Return a ticket that waits for the shop."""
        return {**samples.some_case(dice), "kind": dice.choice(list(AfterSaleType))}

    def _tell_rooms(self, shop: str) -> None:
        self._state.pushes.tell_shop(shop, {"topic": "kf"})
