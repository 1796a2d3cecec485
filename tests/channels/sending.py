"""A notice on its way: what is sent in the tests, on which roads, and how that ended."""

import asyncio
from datetime import timedelta

from agent.cases import Kind, Reason, Tier
from agent.channels.channel import Channel, Mention, Notice, Words
from agent.channels.post import LIMIT_S
from agent.channels.road import Road
from agent.config import RoadSettings, RoadType
from agent.errors import ChannelHeld, ChannelRefused
from agent.roads import road_with
from agent.vault import RoadKey
from tests.channels.services import KEYWORD, SECRET, Services
from tests.fakes import NOON

BUYER = "木木西"
MOBILE = "13800138000"
ARRIVED, LATER, NEVER, HELD = "arrived", "later", "never", "held"

MENTION = Mention(
    12, "shanque", Kind.REFUND_ONLY, Tier.URGENT, Reason.NEW, NOON + timedelta(minutes=21)
)
NOTICE = Notice(
    tier=Tier.URGENT,
    title="紧急 · 山雀户外旗舰店 · 仅退款",
    lines=(f"#12 · 新 · 剩 21 分 0 秒 · ¥129.00 · {BUYER} · 拍多了",),
    masked=Words("紧急 · shanque · 仅退款", ("新 · 剩 21 分 0 秒 · #12",)),
    cases=(MENTION,),
)


def a_road(kind: RoadType, told: Services, *, url: str = "", **more: object) -> Road:
    """Return a road of *kind* to the services, as the settings and the keyring would make it."""
    uses: dict[RoadType, dict[str, object]] = {
        "dingtalk": {"at": (MOBILE,), "keyword": KEYWORD},
        "feishu": {"at": ("ou_made_up",), "keyword": KEYWORD},
        "wecom": {"at": (MOBILE,)},
    }
    settings = RoadSettings.model_validate(
        {"name": "群", "type": kind, **uses.get(kind, {}), **more}
    )
    key = RoadKey(url or f"{told.url}/{kind}", SECRET if settings.may_be_signed else "")
    return road_with(settings, key, told.clock, "zh")


async def tried(channel: Channel, notice: Notice = NOTICE) -> tuple[str, str]:
    """Return how the delivery of *notice* ended, and what was said of it."""
    try:
        await channel.deliver(notice)
    except ChannelHeld as held:
        return HELD, str(held)
    except ChannelRefused as refused:
        return NEVER if refused.permanent else LATER, str(refused)
    return ARRIVED, ""


async def tried_patiently(channel: Channel, told: Services) -> tuple[str, str]:
    """Return how it ended with a service that keeps silent until our patience is over."""
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(tried(channel))
        await told.asked.wait()
        await told.clock.advance(LIMIT_S)
    return task.result()
