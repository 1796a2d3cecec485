"""Tickets and conversations as the platform's answers write them."""

import json
import re
from typing import Any

from agent.demo.kit.moments import epoch_seconds
from agent.demo.weixin_store.books import Room, Variant
from agent.demo.weixin_store.tickets import Ticket

Json = dict[str, Any]


def ticket_item(ticket: Ticket, variant: Variant) -> Json:
    """Return *ticket* as an entry of the list.

    The page's own key names are not known: these are the official API's. The one build spells
    them as the page spells what it asks, with status and type as numbers, the other as the API
    does, with the official names of both.
    """
    item = {
        "afterSaleOrderId": ticket.after_sale_id,
        "orderId": ticket.order_id,
        "complaintId": ticket.complaint_id,
        # The request's own word for it.
        "complaintOrderStatus": ticket.complaint.value if ticket.complaint is not None else 0,
        "status": ticket.status.name if variant.snake else ticket.status.value,
        "type": ticket.kind.name if variant.snake else ticket.kind.value,
        "createTime": epoch_seconds(ticket.opened_at),
        "deadline": epoch_seconds(ticket.deadline),
        "refundInfo": {"amount": ticket.amount_fen},
        "reasonText": ticket.reason,
        "productInfo": {"title": ticket.product, "skuName": ticket.spec, "count": 1},
        "buyerInfo": {"nickname": ticket.buyer},
        "timeoutAction": ticket.consequence,
    }
    return _with_underscores(item) if variant.snake else item


def _with_underscores(value: Any) -> Any:  # noqa: ANN401 (JSON)
    if not isinstance(value, dict):
        return value
    return {underscored(key): _with_underscores(member) for key, member in value.items()}


def underscored(key: str) -> str:
    """Return *key* as the API spells such keys."""
    return re.sub(r"[A-Z]", lambda found: "_" + found[0].lower(), key)


def room_entry(room: Room) -> Json:
    """Return *room* as an entry of the conversations' `summary_list`; numbers are texts here."""
    said: Json = {"type": 1, "content": json.dumps({"content": room.text}, ensure_ascii=False)}
    extra = {"nickname": room.buyer, "head_img": "", "unread_msg_num": room.unread}
    return {
        "room_id": room.room_id,
        # Seconds are a guess: the one reader known converts it before it adds 180.
        "unreplied_msg_time": str(epoch_seconds(room.unreplied_since)),
        "update_time": str(epoch_seconds(room.updated_at)),
        "extra_info": json.dumps(extra, ensure_ascii=False),
        "lastest_msg_kf_content": json.dumps(
            {"type": "EndRoom"} if room.ended else said, ensure_ascii=False
        ),
        "lastest_msg_id": "9" + room.room_id[1:],
        "send_openid": room.openid,
    }
