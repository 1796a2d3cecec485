"""Believable shops, cases and snapshots, each made with one call."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from agent.cases import (
    Band,
    Case,
    CaseKey,
    Fen,
    Kind,
    Outcome,
    Pause,
    Policy,
    QueueHealth,
    Shop,
    Sighting,
    Stage,
    Tier,
)
from agent.cases.handing import Lost
from agent.inbox import Row, ShopHealth, ShopState, Snapshot
from agent.journal import ChannelHealth
from agent.journal.past import Past
from agent.pace import Promise
from agent.snapshot import Dossier
from tests.fakes import NOON
from ui.view import present

FAWN = Shop("doudian", "fawn", "小鹿女装旗舰店")
TEA = Shop("pdd", "tea", "山前茶叶专营店")
LAMP = Shop("taobao", "lamp", "暖灯家居")


def ago(**span: float) -> datetime:
    """Return a moment before noon."""
    return NOON - timedelta(**span)


def within(**span: float) -> datetime:
    """Return a moment after noon."""
    return NOON + timedelta(**span)


def a_case(number: int = 1, shop: Shop = FAWN, **latest: Any) -> Case:  # noqa: ANN401 (any field)
    """Return an open case; *latest* are fields of its sighting."""
    sighting = {
        "kind": Kind.REFUND_ONLY,
        "stage": Stage.MERCHANT,
        "reason": "衣服尺码偏小，穿不下",
        "amount": Fen(12_800),
        "buyer": "小**鱼",
        "respond_by": within(minutes=21, seconds=30),
        "consequence": "自动同意退款",
        "order_id": f"69{number:014}",
        "product": "加绒牛仔外套 秋冬新款",
        "status": "待商家处理",
        **latest,
    }
    key = CaseKey(shop.shop_id, "aftersale", f"T{number}")
    moment = ago(minutes=9)
    return Case(
        latest=Sighting(key=key, **sighting),
        first_seen_at=moment,
        last_seen_at=ago(seconds=12),
        asked_at=moment,
        number=number,
    )


def a_row(
    number: int = 1,
    *,
    shop: Shop = FAWN,
    tier: Tier = Tier.URGENT,
    band: Band = Band.FINAL,
    quiet: bool = False,
    own_target: bool = False,
    assigned: str = "",
    lost: Lost | None = None,
    case: dict[str, Any] | None = None,
    **latest: Any,  # noqa: ANN401 (any field)
) -> Row:
    """Return a row; *case* are fields of its case, *latest* those of its sighting."""
    made = replace(a_case(number, shop, **latest), **(case or {}))
    return Row(
        case=made,
        shop=shop,
        tier=tier,
        band=band,
        due_at=made.latest.respond_by,
        own_target=own_target,
        quiet=quiet,
        assigned=assigned,
        lost=lost,
    )


def a_dossier(number: int = 12, past: Past | None = None, **fields: Any) -> Dossier:  # noqa: ANN401 (any field)
    """Return all that is known at noon of a case, whose row has *fields*."""
    row = a_row(number, **fields)
    return Dossier.of(row, past or Past((), ()), Policy(), NOON)


def an_outage(number: int = 9, shop: Shop = LAMP, outcome: Outcome = Outcome.SIGNED_OUT) -> Row:
    """Return the row of a shop out of sight."""
    return a_row(
        number,
        shop=shop,
        tier=Tier.IMPORTANT,
        band=Band.FAR,
        kind=Kind.OUTAGE,
        status=outcome.value,
        reason="",
        product="售后单",
        amount=None,
        buyer="",
        order_id="",
        respond_by=None,
        consequence="",
    )


def a_shop(
    shop: Shop = FAWN,
    state: ShopState = ShopState.CALM,
    *,
    pending: int | None = 0,
    confirmed_at: datetime | None = None,
    **more: Any,  # noqa: ANN401 (any field)
) -> ShopHealth:
    """Return a shop's health, confirmed 40 seconds ago."""
    confirmed_at = confirmed_at or ago(seconds=40)
    queue = QueueHealth(
        "aftersale",
        title="售后单",
        confirmed_at=confirmed_at,
        pending=pending,
        read_at=confirmed_at,
        outcome=Outcome.ROWS if pending else Outcome.VERIFIED_EMPTY,
    )
    health = ShopHealth(
        shop=shop,
        platform_title="抖店",
        state=state,
        queues=(queue,),
        confirmed_at=confirmed_at,
        pending=pending,
    )
    return replace(health, **more)


def a_starting_shop(shop: Shop = FAWN) -> ShopHealth:
    """Return a shop that was not read yet."""
    queue = QueueHealth("aftersale", title="售后单")
    return replace(
        a_shop(shop, ShopState.STARTING, pending=None), confirmed_at=None, queues=(queue,)
    )


def a_blind_shop(
    shop: Shop = LAMP,
    outcome: Outcome | None = Outcome.SIGNED_OUT,
    **more: Any,  # noqa: ANN401 (any field)
) -> ShopHealth:
    """Return a shop not seen for twelve minutes."""
    seen = ago(minutes=12)
    queue = QueueHealth(
        "aftersale",
        title="售后单",
        confirmed_at=seen,
        pending=3,
        read_at=ago(seconds=5),
        outcome=outcome,
    )
    blind = a_shop(shop, ShopState.BLIND, pending=None, confirmed_at=seen)
    return replace(blind, queues=(queue,), outcome=outcome, **more)


def a_paused_shop(shop: Shop = TEA, pause: Pause | None = None) -> ShopHealth:
    """Return a shop that a person paused ten minutes ago, for an hour."""
    paused = pause or Pause(ago(minutes=10), within(minutes=50))
    resting = a_shop(shop, ShopState.PAUSED, pending=None, confirmed_at=ago(minutes=11))
    return replace(resting, paused=paused)


def a_snapshot(
    *rows: Row,
    shops: tuple[ShopHealth, ...] | None = None,
    channels: tuple[ChannelHealth, ...] | None = None,
    taken_at: datetime = NOON,
    **more: Any,  # noqa: ANN401 (any field)
) -> Snapshot:
    """Return a snapshot at noon; two calm shops unless told otherwise."""
    return Snapshot(
        revision=more.pop("revision", 7),
        taken_at=taken_at,
        rows=rows,
        resolved=more.pop("resolved", ()),
        shops=(a_shop(FAWN), a_shop(TEA)) if shops is None else shops,
        channels=(ChannelHealth("sound", ago(hours=3)), ChannelHealth("desktop", ago(hours=3)))
        if channels is None
        else channels,
        pace=more.pop("pace", Promise(timedelta(seconds=30))),
        **more,
    )


def view(snapshot: Snapshot) -> dict[str, Any]:
    """Return *snapshot* as the page gets it."""
    return dict(present(snapshot, "zh"))


HANDLED = {"acknowledged_tier": Tier.URGENT, "acknowledged_at": ago(seconds=1)}
