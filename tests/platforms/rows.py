"""Believable rows of the after-sales list, and answers of a list, as platforms spell them."""

from typing import Any

from agent.platforms.capture import Captured
from tests.fakes import NOON

Row = dict[str, Any]


def a_row(case_id: str = "148000000000000001", **info: object) -> Row:
    """Return a refund that waits for the merchant; *info* changes its `after_sale_info`."""
    return {
        "after_sale_info": {
            "after_sale_id": case_id,
            "after_sale_type": 1,
            "after_sale_status": 6,
            "apply_time": 1777600000,
            "status_deadline": 0,
            "refund_amount": 12900,
        }
        | info,
        "order_info": {
            "shop_order_id": "692000",
            "related_order_info": [{"product_name": "帆布包"}],
        },
        "text_part": {"after_sale_status_text": "待商家审核", "reason_text": "拍多了"},
    }


def a_dispute(**info: object) -> Row:
    """Return what a row carries besides while the platform steps in."""
    return {"arbitrate_info": info}


def an_answer(body: object, wants: object = None, trouble: str = "") -> Captured:
    """Return an overheard answer; unless told, it was asked for without a filter."""
    wants = {"filter": ""} if wants is None else wants
    return Captured(order=1, wants=wants, at=NOON, heard=0, body=body, trouble=trouble)
