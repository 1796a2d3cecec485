"""Believable rows of the after-sales list, as the platform's answers spell them."""

from typing import Any

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
