"""The way back from a phone: its topic, whether that is listened to, and whether it works."""

import asyncio

from agent.answering import hearing
from agent.channels.channel import Notice
from agent.channels.letter import letter_for
from agent.channels.ntfy import ThroughNtfy
from agent.channels.slip import Slip, Verb, read_slip
from agent.channels.stream import Line, follow
from agent.clock import Clock
from agent.commands.places import Places
from agent.config import RoadSettings
from agent.folder import is_held
from agent.journal import ChannelHealth
from agent.words import say

PATIENCE_S = 60.0
_AGAIN_S = 2.0


def heard(places: Places, road: RoadSettings, health: ChannelHealth | None) -> ChannelHealth:
    """Return *health* of listening for *road*, with why nothing is heard as its error."""
    channel = hearing(road.name)
    if not is_held(places.data):
        return ChannelHealth(channel, error="鸽哨没有运行，开着时才能从手机应答")
    if health is None:
        return ChannelHealth(channel, error="还没有连上过应答的主题")
    if not health.error:
        return health
    at = health.delivered_at
    since = "" if at is None else f"{at.astimezone():%m-%d %H:%M} 起"
    return ChannelHealth(channel, at, f"{since}不能从手机应答：{health.error}")


def heard_words(health: ChannelHealth) -> str:
    """Return what `heard` found as words."""
    return health.error or "能从手机应答"


async def ask_the_phone(carrier: ThroughNtfy, notice: Notice, clock: Clock) -> Slip:
    """Send *notice* with a button by which to say that it was seen; return what that publishes.

    Raises ChannelRefused if the server did not take it.
    """
    service = carrier.service
    slip = Slip.new(Verb.TEST, (), clock.now())
    button = (say("answer.test", service.language), slip.written(service.key))
    letter = letter_for(notice, clock.now(), whole=False)
    await carrier.publish(service.request(letter, [button]))
    return slip


async def hear_the_phone(carrier: ThroughNtfy, slip: Slip, clock: Clock) -> str:
    """Wait until *slip* comes back; return "", or why it did not within `PATIENCE_S`."""
    pressed, why = asyncio.Event(), ""
    key = carrier.service.key

    async def hear(line: Line) -> None:
        came = read_slip(line.message, key)
        if came is not None and came.nonce == slip.nonce:
            pressed.set()

    async def listen() -> None:
        nonlocal why
        while True:
            why = str(await follow(carrier.service, "10m", hear, clock))
            await clock.sleep(_AGAIN_S)

    async with asyncio.TaskGroup() as tasks:
        listening = tasks.create_task(listen())
        came = await clock.wait(pressed, PATIENCE_S)
        listening.cancel()
    return "" if came else why or f"{PATIENCE_S:.0f} 秒里没有人点。"
