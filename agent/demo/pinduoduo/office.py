"""The make-believe Pinduoduo as one object: one site to visit, and verbs that rule it."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from aiohttp import web

from agent.demo.kit import open_page, push_socket, signed_in_page
from agent.demo.pinduoduo import aftersales, chatting, logins, work
from agent.demo.pinduoduo.manners import PinduoduoManners
from agent.demo.pinduoduo.verbs import ShopVerbs

_SHARED = {
    "order_item": "after-sales-table_order_item__#",
    "item_header": "table-item-header_item_header__#",
    "sn": "table-item-header_sn__#",
    "apply_time": "table-item-header_apply_time__#",
    "time": "table-item-header_time__#",
    "checkbox": "after-sales-table_checkbox_wrap__#",
    "cell": "after-sales-table_item_cell__#",
    "goods": "order-info_main__#",
    "spec": "order-info_sub__#",
    "received": "amount_dotted__#",
    "refund": "amount_refund__#",
    "work_header": "listItem_itemHeader__#",
    "work_sn": "tableItemHeader_sn__#",
    "work_item": "listItem_item__#",
    "shop": "mms-header_shop-name__#",
    "chat_row": "chat-item-box",
    "nickname": "nickname-span",
    "message": "chat-message-content",
    "today": "conv-today",
    "login": "Common_item__#",
}


def _beast(version: str) -> dict[str, str]:
    """Return the classes of the component library's *version* by what they are for."""
    parts = {
        "card": "CAD_beastCard",
        "box": "CAD_beastCardBordered",
        "card_checked": "CAD_beastCardChecked",
        "pages": "PGT_outerWrapper",
        "pages_total": "PGT_totalText",
        "page_item": "PGT_pagerItem",
        "page_active": "PGT_pagerItemActive",
        "page_prev": "PGT_prev",
        "page_next": "PGT_next",
        "page_disabled": "PGT_disabled",
        "page_sizes": "PGT_sizeChanger",
        "select_dropdown": "ST_dropdown",
    }
    return {part: f"{name}_{version}" for part, name in parts.items()}


class MakeBelievePinduoduo(PinduoduoManners, ShopVerbs):
    """A Pinduoduo of its own on the loopback interface; a second sign-in kicks the first.

    The pages of build "a" ask for the list before any filter is clicked (and get none), and let
    people choose how many rows a page has; those of build "b" do neither.
    """

    platform = "pinduoduo"
    cookie = "PASS_ID"
    login = ("main", logins.TO_LOGIN)
    builds: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "a": {**_SHARED, **_beast("5-120-1")},
        "b": {**_SHARED, **_beast("5-157-0")},
    }
    single_session = True

    keys: ClassVar[Mapping[str, str]] = {
        "tickets": "list",
        "work_orders": "dataList",
        "chats": "conversations",
    }

    def routes(self) -> Mapping[str, Sequence[web.AbstractRouteDef]]:
        """Return what the one host serves."""
        traits = {"asks_unfiltered": self._build == "a", "sizes": self._build == "a"}
        return {
            "main": [
                *logins.routes(),
                *aftersales.routes(traits),
                *work.routes(),
                *chatting.routes(),
                web.get(logins.HOME, signed_in_page("home", "拼多多 商家后台")),
                web.get(aftersales.SETUP, signed_in_page("setup", "售后设置")),
                web.get("/aftersales-ssr/detail", signed_in_page("nothing", "售后详情")),
                web.get("/aftersales/work_order/tododetail", signed_in_page("nothing", "工单详情")),
                web.get("/verify", open_page("nothing", "安全验证")),
                web.get("/ws/v2", push_socket),
            ]
        }
