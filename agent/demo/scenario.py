"""What happens in the demo's three shops: who may sign in, what lies there, what comes when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from agent.clock import Clock
from agent.demo.doudian import (
    AfterSaleStatus,
    AfterSaleType,
    ArbitrateStatus,
    MakeBelieveDoudian,
)

OFFICE = MakeBelieveDoudian


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One make-believe account and the shops it may enter."""

    email: str
    password: str
    phone: str
    shops: tuple[str, ...]


FLAGSHIP = "山雀户外旗舰店"
OUTLET = "山雀户外专卖店"
TEA = "南岸茶器"

LOGINS = (
    DemoLogin("titmouse@example.com", "demo-titmouse", "10000000001", (FLAGSHIP, OUTLET)),
    DemoLogin("southbank@example.com", "demo-southbank", "10000000002", (TEA,)),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens *at_s* seconds into a round: a verb and what it is told.

    What the verb returns is kept under the name *keep*; the thing kept under *of* is told to the
    verb as its ticket or conversation.
    """

    at_s: float
    verb: str
    told: Mapping[str, Any] = field(default_factory=dict)
    keep: str = ""
    of: str = ""


STOCK: tuple[tuple[str, Mapping[str, Any]], ...] = (
    # Crosses the line of 30 minutes about 40 seconds into the demo.
    (FLAGSHIP, {"deadline": timedelta(minutes=30, seconds=40), "amount_fen": 46900}),
    # Already below that line.
    (
        OUTLET,
        {
            "after_sale_type": AfterSaleType.REFUND_UNSHIPPED,
            "deadline": timedelta(minutes=18, seconds=20),
            "reason": "不想要了",
            "product": "三季双人帐篷",
            "spec": "军绿",
            "amount_fen": 32900,
            "buyer": "山脚下的阿舟",
        },
    ),
    (
        FLAGSHIP,
        {
            "status": AfterSaleStatus.REFUSED_ONCE,
            "deadline": None,
            "arbitrate": ArbitrateStatus.EVIDENCE_DUE,
            "arbitrate_deadline": timedelta(hours=3, minutes=50),
            "reason": "商品与描述不符",
            "product": "碳纤维登山杖 一对",
            "spec": "红黑",
            "amount_fen": 25900,
            "buyer": "云上行者",
        },
    ),
    (
        FLAGSHIP,
        {
            "after_sale_type": AfterSaleType.RETURN_REFUND,
            "status": AfterSaleStatus.AWAITS_SECOND_CONSENT,
            "deadline": timedelta(days=1, hours=20, minutes=6),
            "logistics": "买家退货 已签收",
            "reason": "尺码偏大",
            "amount_fen": 19900,
            "buyer": "小麦穗",
        },
    ),
    (
        OUTLET,
        {
            "after_sale_type": AfterSaleType.EXCHANGE,
            "deadline": timedelta(days=2, hours=9, minutes=16),
            "reason": "颜色发错",
            "product": "防泼水双肩包 26L",
            "spec": "藏青",
            "amount_fen": 17900,
            "buyer": "半糖去冰",
        },
    ),
    (
        TEA,
        {
            "after_sale_type": AfterSaleType.RETURN_REFUND,
            "status": AfterSaleStatus.AWAITS_RETURN,
            "deadline": timedelta(days=5, hours=17, minutes=52),
            "reason": "杯口有瑕疵",
            "product": "手绘青花盖碗",
            "spec": "150ml",
            "amount_fen": 8800,
            "buyer": "听雨",
        },
    ),
    (
        TEA,
        {
            "after_sale_type": AfterSaleType.RESEND,
            "deadline": timedelta(hours=9, minutes=24, seconds=1),
            "reason": "少件/漏发",
            "product": "便携旅行茶具套装",
            "spec": "一壶四杯",
            "amount_fen": 12800,
            "buyer": "老陈爱喝茶",
        },
    ),
)

_TEA_LOGIN = LOGINS[1].email

ROUND_S = 240.0
# The stock is not of today: its tickets were applied for a good day before the demo begins.
STOCK_AGE = timedelta(hours=26, minutes=14)

STEPS: tuple[Step, ...] = (
    Step(
        10,
        "add_case",
        {
            "shop": FLAGSHIP,
            "after_sale_type": AfterSaleType.REFUND_UNSHIPPED,
            "deadline": timedelta(hours=23, minutes=59),
            "reason": "拍错了，想换一个颜色",
            "amount_fen": 39900,
            "buyer": "四月的风",
        },
        keep="new",
    ),
    Step(
        18,
        "message",
        {"shop": OUTLET, "buyer": "山里看云", "text": "请问帐篷今天能发货吗？"},
        keep="waiting",
    ),
    Step(
        24,
        "add_case",
        {
            "shop": OUTLET,
            "deadline": timedelta(minutes=30, seconds=25),
            "reason": "拉链坏了",
            "product": "抓绒内胆外套",
            "spec": "米白 / M",
            "amount_fen": 15900,
            "buyer": "橘子汽水",
        },
        keep="late",
    ),
    Step(32, "urge", {"shop": FLAGSHIP}, of="new"),
    Step(
        36,
        "message",
        {
            "shop": OUTLET,
            "buyer": "山里看云",
            "text": "催了三次都没人理！再不处理我就打12315投诉，还要去曝光你们！",
            "tags": ("重复来访", "服务态度预警"),
        },
    ),
    Step(
        44,
        "message",
        {"shop": TEA, "buyer": "慢慢来", "text": "收到的盖碗碎了一只，怎么办呀，很着急送人"},
        keep="tea_buyer",
    ),
    Step(52, "resolve", {"shop": FLAGSHIP}, of="new"),
    Step(60, "sign_out", {"username": _TEA_LOGIN}),
    Step(
        76,
        "dispute",
        {
            "shop": OUTLET,
            "arbitrate": ArbitrateStatus.NEGOTIATION,
            "deadline": timedelta(hours=11, minutes=30),
        },
        of="late",
    ),
    Step(
        84,
        "add_case",
        {
            "shop": FLAGSHIP,
            "complained": True,
            "deadline": timedelta(hours=6),
            "reason": "疑似假货，已投诉至监管",
            "product": "冲锋衣 三合一",
            "spec": "黑 / XL",
            "amount_fen": 89900,
            "buyer": "较真到底",
        },
        keep="complaint",
    ),
    Step(90, "sign_back_in", {"username": _TEA_LOGIN}),
    Step(96, "show_captcha", {"shop": OUTLET}),
    Step(122, "clear_captcha", {"shop": OUTLET}),
    Step(130, "go_down"),
    Step(150, "come_back"),
    Step(158, "extend_deadline", {"shop": OUTLET, "by": timedelta(hours=24)}, of="late"),
    Step(164, "deny_permission", {"shop": OUTLET}),
    Step(182, "allow_permission", {"shop": OUTLET}),
    Step(188, "switch_shop", {"shown": FLAGSHIP, "to": OUTLET}),
    Step(204, "switch_shop", {"shown": OUTLET, "to": FLAGSHIP}),
    Step(208, "reply", {"shop": OUTLET}, of="waiting"),
    Step(212, "slow", {"seconds": 3.0}),
    Step(222, "slow", {"seconds": 0.0}),
    Step(226, "rename_classes"),
    Step(232, "resolve", {"shop": OUTLET, "listed": False}, of="late"),
    Step(234, "resolve", {"shop": FLAGSHIP, "listed": False}, of="complaint"),
    Step(236, "resolve", {"shop": FLAGSHIP, "listed": False}, of="new"),
    Step(238, "end_conversation", {"shop": OUTLET}, of="waiting"),
    Step(239, "end_conversation", {"shop": TEA}, of="tea_buyer"),
)

# Which argument of a verb names the thing that an earlier step kept.
_NAMED_AS = {"reply": "conversation_id", "end_conversation": "conversation_id"}


def furnish(office: MakeBelieveDoudian) -> None:
    """Open the accounts and lay out what the shops have before anything happens."""
    for login in LOGINS:
        office.add_login(login.email, login.password, phone=login.phone, shops=login.shops)
    for shop, what in STOCK:
        office.add_case(shop, applied_ago=STOCK_AGE, **what)


def perform(office: MakeBelieveDoudian, step: Step, kept: dict[str, str]) -> None:
    """Do *step* in *office*; *kept* holds the names that earlier steps gave."""
    told = dict(step.told)
    if step.of:
        told[_NAMED_AS.get(step.verb, "case_id")] = kept[step.of]
    result = getattr(office, step.verb)(**told)
    if step.keep:
        kept[step.keep] = result


async def play(office: MakeBelieveDoudian, clock: Clock) -> None:
    """Let the steps happen in a furnished *office*, round after round, until cancelled."""
    while True:
        began = clock.monotonic()
        kept: dict[str, str] = {}
        for step in STEPS:
            await clock.sleep(max(0.0, began + step.at_s - clock.monotonic()))
            perform(office, step, kept)
        await clock.sleep(max(0.0, began + ROUND_S - clock.monotonic()))
