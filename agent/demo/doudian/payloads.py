"""What the platform's answers look like: tickets and conversations as its JSON spells them."""

from typing import Any

from agent.demo.doudian.chats import Conversation, Message, Role
from agent.demo.doudian.tickets import (
    DISPUTE_TEXT,
    STATUS_TEXT,
    TYPE_TEXT,
    AfterSaleStatus,
    ArbitrateStatus,
    Ticket,
)
from agent.demo.kit.moments import epoch_seconds

Json = dict[str, Any]


def _after_sale_info(ticket: Ticket) -> Json:
    return {
        "after_sale_id": ticket.after_sale_id,
        "related_id": ticket.order_id,
        "after_sale_type": int(ticket.kind),
        "after_sale_status": int(ticket.status),
        "apply_time": epoch_seconds(ticket.applied_at),
        "create_time": epoch_seconds(ticket.applied_at),
        "update_time": epoch_seconds(ticket.updated_at),
        "status_deadline": epoch_seconds(ticket.deadline),
        "refund_amount": ticket.amount_fen,
        "refund_status": 3 if ticket.status == AfterSaleStatus.SUCCEEDED else 1,
        "arbitrate_status": int(ticket.arbitrate),
        "got_pkg": int("已签收" in ticket.logistics),
        "return_logistics_code": "",
        "after_sale_apply_count": ticket.quantity,
        "after_sale_status_tag": {"text": "、".join(ticket.tags)},
        # The open platform calls this field aftersale_tags; the page's own spelling is a guess.
        "after_sale_tags": [{"tag_name": tag} for tag in ticket.tags],
    }


def _order_info(ticket: Ticket) -> Json:
    sku = {
        "sku_order_id": ticket.order_id,
        "product_id": "37" + ticket.order_id[2:],
        "product_name": ticket.product,
        "pay_amount": ticket.amount_fen,
        "refund_amount": ticket.amount_fen,
        "item_num": ticket.quantity,
        "sku_spec": [{"name": "规格", "value": ticket.spec}],
        "shop_spec_code": "",
    }
    return {"shop_order_id": ticket.order_id, "related_order_info": [sku]}


def _text_part(ticket: Ticket) -> Json:
    return {
        "after_sale_status_text": STATUS_TEXT[ticket.status],
        "after_sale_type_text": TYPE_TEXT[ticket.kind],
        "reason_text": ticket.reason,
        "logistics_shipped_text": ticket.logistics,
        "after_sale_refund_type_text": "原路退回",
        # The two below have no source; the page must get them from somewhere.
        "arbitrate_status_text": DISPUTE_TEXT[ticket.arbitrate],
        "deadline_text": ticket.consequence,
    }


def _arbitrate_info(ticket: Ticket) -> Json:
    due = ticket.arbitrate_deadline
    return {
        "arbitrate_id": "72" + ticket.after_sale_id[2:],
        "arbitrate_status": int(ticket.arbitrate),
        "is_required_evidence": ticket.arbitrate == ArbitrateStatus.EVIDENCE_DUE,
        # A string in the official SDKs, unlike every other time; empty when there is none.
        "arbitrate_status_deadline": "" if due is None else str(epoch_seconds(due)),
        "arbitrate_opinion": ticket.reason,
        "arbitrate_conclusion": 0,
        "arbitrate_create_time": epoch_seconds(ticket.updated_at),
        "arbitrate_blame": 0,
        "arbitrate_evidence_tmpl": {"dead_line": "" if due is None else str(epoch_seconds(due))},
    }


def ticket_item(ticket: Ticket) -> Json:
    """Return *ticket* as an entry of the list's `data.items`."""
    item: Json = {
        "after_sale_info": _after_sale_info(ticket),
        "order_info": _order_info(ticket),
        "text_part": _text_part(ticket),
    }
    if ticket.arbitrate != ArbitrateStatus.NONE:
        item["arbitrate_info"] = _arbitrate_info(ticket)
    return item


def ticket_detail(ticket: Ticket) -> Json:
    """Return *ticket* as the detail page asks for it: the item with its parcels."""
    trace = [{"state": ticket.logistics, "time": epoch_seconds(ticket.updated_at)}]
    return {**ticket_item(ticket), "logistics_info": {"return": trace if ticket.logistics else []}}


def _message_body(message: Message, conversation: Conversation) -> Json:
    is_buyer = message.role == Role.BUYER
    ext = {
        "s:sender_biz_role": "Buyer" if is_buyer else "CustomerService",
        "sender_role": message.role.value,
        "uname": conversation.buyer if is_buyer else "",
        "security_src_user_id": conversation.buyer_id if is_buyer else "",
        "attention": "true" if is_buyer else "false",
    }
    return {
        "messageBody": {
            "content": message.text,
            # Milliseconds is a guess: the one reader known only sorts by it.
            "createTime": str(int(message.sent_at.timestamp() * 1000)),
            "serverMessageId": message.message_id,
            "sender": conversation.buyer_id if is_buyer else "shop",
            "ext": ext,
        }
    }


def conversation_entry(conversation: Conversation) -> Json:
    """Return *conversation* as an entry of the conversation list's `data`."""
    waiting = conversation.waiting_since
    core = {
        "countdown": "false" if waiting is None else "true",
        # The 3-minute limit ends 180 s after this. Whole epoch seconds are a guess: the one
        # reader known adds 180 to it as it stands.
        "countdown_time": str(epoch_seconds(waiting)),
        # Where the page takes the badge and the tags from is a guess.
        "unread_count": str(conversation.unread),
        "tags": list(conversation.tags),
    }
    return {
        "bizConversationId": conversation.conversation_id,
        "pigeonUid": conversation.buyer_id,
        "coreInfoMap": core,
        "msgList": [_message_body(m, conversation) for m in conversation.messages[-5:]],
    }
