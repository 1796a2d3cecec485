"""What the answers hold: the platform's field names and its mixture of units."""

from datetime import datetime
from typing import Any

from agent.demo.pinduoduo.chats import Chat, Speaker
from agent.demo.pinduoduo.orders import STATUS_TEXT, WorkOrder
from agent.demo.pinduoduo.tickets import TYPE_NAME, AfterSalesType, Ticket

Json = dict[str, Any]

_ACTIONS = {AfterSalesType.REFUND_ONLY: [1000, 1001], AfterSalesType.RETURN_REFUND: [1001]}


def ticket_item(ticket: Ticket, now: datetime) -> Json:
    """Return one row of the list: seconds, milliseconds, seconds left and fen side by side."""
    left = 0 if ticket.deadline is None else max(0, int((ticket.deadline - now).total_seconds()))
    closed_ms = 0 if ticket.closed_at is None else int(ticket.closed_at.timestamp() * 1000)
    return {
        "id": int(ticket.after_sales_id),
        "orderSn": ticket.order_sn,
        "afterSalesStatus": int(ticket.status),
        "afterSalesTitle": ticket.title,
        "afterSalesType": int(ticket.kind),
        "afterSalesTypeName": TYPE_NAME[ticket.kind],
        "afterSalesReasonCode": 0,
        "afterSalesReasonDesc": ticket.reason,
        "expireRemainTime": left,
        "expireActionDesc": ticket.consequence,
        "createdAt": int(ticket.created_at.timestamp()),
        "closeTime": closed_ms,
        "refundAmount": ticket.amount_fen,
        "receiveAmount": ticket.amount_fen,
        "orderAmount": ticket.amount_fen,
        "goodsName": ticket.product,
        "goodsNumber": 1,
        "goodsSpec": ticket.spec,
        "thumbUrl": "",
        "uid": int(ticket.buyer_uid),
        "mallRemark": "",
        "mallRemarkTag": None,
        "mallRemarkTagName": None,
        "reverseTrackingNumber": "",
        "sellerAfterSalesShippingStatus": 0,
        "sellerAfterSalesShippingStatusDesc": "已发货",
        "rejectChatTipDesc": None,
        "rejectChatTipExpireRemainTime": None,
        "ticketId": None,
        "actions": _ACTIONS.get(ticket.kind, []),
        "version": 1,
    }


def work_order_item(order: WorkOrder, now: datetime) -> Json:
    """Return one row of the work orders; that its moments are seconds is a guess."""
    return {
        "instanceId": int(order.instance_id),
        "orderSn": order.order_sn,
        "problemTitle": order.title,
        "goodsName": order.product,
        "status": 4 if order.is_soon(now) else int(order.status),
        "externalDisplayName": STATUS_TEXT[order.status],
        "punished": order.punished,
        "serviceDomain": 1,
        "hideCountdownTime": False,
        "createdAt": int(order.created_at.timestamp()),
        "deadline": int(order.deadline.timestamp()),
    }


def chat_item(chat: Chat, mall_id: int, now: datetime) -> Json:
    """Return one conversation: its last message, and who the buyer is."""
    buyer = {"role": "user", "uid": chat.uid}
    shop = {"role": "mall_cs", "uid": str(mall_id), "mall_id": str(mall_id)}
    asked = chat.speaker is Speaker.BUYER
    return {
        "from": buyer if asked else shop,
        "to": shop if asked else buyer,
        "content": chat.text,
        "type": 0,
        "template_name": "mall_robot_text_msg" if chat.speaker is Speaker.ROBOT else "",
        "ts": str(int(chat.sent_at.timestamp())),
        "msg_id": str(int(chat.sent_at.timestamp() * 1000)),
        "user_info": {"uid": int(chat.uid), "nickname": chat.nickname, "avatar": ""},
        "context": {"unread": chat.unread},
        # What the page makes its groups of is not known; the two fields below are guesses.
        "group": chat.group(now),
        "waiting_s": _waited_s(chat, now),
        "is_argue": chat.argued,
    }


def _waited_s(chat: Chat, now: datetime) -> int | None:
    if chat.waiting_since is None:
        return None
    return int((now - chat.waiting_since).total_seconds())
