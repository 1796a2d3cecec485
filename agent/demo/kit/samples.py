"""What a make-believe shop sells, who buys it, and how such cases vary."""

import random
from datetime import timedelta
from typing import Any

A_USUAL_DEADLINE = timedelta(hours=22, minutes=31, seconds=12)
PRODUCTS = (
    ("轻量防风冲锋衣 男女同款", "深灰 / L"),
    ("三季双人帐篷", "军绿"),
    ("碳纤维登山杖 一对", "红黑"),
    ("防泼水双肩包 26L", "藏青"),
    ("手绘青花盖碗", "150ml"),
    ("云南滇红 2026 春茶", "250g 罐装"),
    ("加厚保温杯", "雾蓝 / 500ml"),
    ("棉麻桌布", "120×180cm"),
)
BUYERS = ("竹影清风", "山脚下的阿舟", "云上行者", "小麦穗", "半糖去冰", "听雨", "阿黎", "南窗")
REASONS = (
    "质量问题",
    "不想要了",
    "商品与描述不符",
    "尺码偏大",
    "颜色发错",
    "少件/漏发",
    "未收到货",
)


def some_product(dice: random.Random) -> tuple[str, str]:
    """Return a product and its spec."""
    return dice.choice(PRODUCTS)


def some_buyer(dice: random.Random) -> str:
    """Return a buyer's name."""
    return dice.choice(BUYERS)


def some_reason(dice: random.Random) -> str:
    """Return why a buyer asks."""
    return dice.choice(REASONS)


def some_amount_fen(dice: random.Random) -> int:
    """Return an amount between 9 and 899 yuan that ends in round jiao."""
    return dice.randrange(900, 89900, 10)


def some_deadline(dice: random.Random) -> timedelta:
    """Return a deadline from now: a quarter within the hour, the others within four days."""
    if dice.random() < 1 / 4:
        return timedelta(seconds=dice.randrange(5 * 60, 60 * 60))
    return timedelta(seconds=dice.randrange(60 * 60, 4 * 24 * 3600))


def some_case(dice: random.Random) -> dict[str, Any]:
    """Return what most offices tell of a case: deadline, amount, reason, product, spec, buyer."""
    product, spec = some_product(dice)
    return {
        "deadline": some_deadline(dice),
        "amount_fen": some_amount_fen(dice),
        "reason": some_reason(dice),
        "product": product,
        "spec": spec,
        "buyer": some_buyer(dice),
    }
