"""The make-believe Weixin Store as one object: a site to visit, and verbs that rule it."""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from aiohttp import web

from agent.demo.kit import MakeBelieveOffice, Skin, push_socket, samples, signed_in_page
from agent.demo.weixin_store import aftersale, door, kf
from agent.demo.weixin_store.books import DOOR, VARIANT, Door, Room, ShopBooks, Variant
from agent.demo.weixin_store.manners import WeixinStoreManners
from agent.demo.weixin_store.tickets import (
    AfterSaleStatus,
    AfterSaleType,
    ComplaintStatus,
    Ticket,
)

A_USUAL_DEADLINE = timedelta(hours=22, minutes=31, seconds=12)
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

    def make_skin(self, rng: random.Random, build: str) -> Skin:
        """Return the class names of *build*; KeyError if there is no such build."""
        self._variant = self.variants[build]
        self._door = Door()
        return super().make_skin(rng, build)

    def open_books(self, name: str, shop_id: int) -> ShopBooks:
        """Return empty books for a new shop."""
        return ShopBooks(name, shop_id)

    def furnish(self, app: web.Application) -> None:
        """Hand the door and the sort of pages to the handlers."""
        app[DOOR], app[VARIANT] = self._door, self._variant

    def routes(self) -> Mapping[str, Sequence[web.AbstractRouteDef]]:
        """Return what the one site serves."""
        variant = self._variant
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
        login = self._state.logins[username]
        if shop not in login.shops:
            raise ValueError(f"{username} may not enter {shop}: name the shop in add_login")
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
        deadline: timedelta | None = A_USUAL_DEADLINE,
        product: str = "轻量防风冲锋衣 男女同款",
        spec: str = "深灰 / L",
        buyer: str = "竹影清风",
        opened_ago: timedelta = timedelta(0),
    ) -> str:
        """Open a ticket in *shop*, or a dispute about one, or let a buyer write; return its id.

        *deadline* counts from now, None means that none is set; *complaint* is for disputes.
        """
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
        product, spec = samples.some_product(dice)
        return {
            "kind": dice.choice(list(AfterSaleType)),
            "deadline": samples.some_deadline(dice),
            "amount_fen": samples.some_amount_fen(dice),
            "reason": samples.some_reason(dice),
            "product": product,
            "spec": spec,
            "buyer": samples.some_buyer(dice),
        }

    def _tell_rooms(self, shop: str) -> None:
        self._state.pushes.tell_shop(shop, {"topic": "kf"})
