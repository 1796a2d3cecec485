"""A road or a sound, tried by whoever wants to know that it arrives."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from loguru import logger

from agent.cases import Tier
from agent.channels.road import Road
from agent.config import Settings
from agent.errors import ChannelRefused, GeshaoError
from agent.settings.roads import trial_notice
from agent.settings.sounds import play, sound_of
from agent.settings.stand import Trial

Begin = Callable[[Callable[[], Awaitable[None]]], None]
"""Has something done beside the watching."""
Remember = Callable[[str], None]


def sound_key(tier: Tier) -> str:
    """Return under what the sound of *tier* is known; no road can be called that."""
    return f"sound:{tier.name.lower()}"


class Trials:
    """How each was tried last, by the road's name or `sound_key`; *begin* has one done."""

    def __init__(self, begin: Begin) -> None:
        self._begin = begin
        self.known: dict[str, Trial] = {}

    def road(self, name: str, opened: Callable[[], Road], remember: Remember) -> None:
        """Begin to send a message that asks for nothing; *opened* and *remember* may block.

        *remember* hears why it was refused, or "".
        """

        async def send() -> None:
            road = await asyncio.to_thread(opened)
            try:
                await road.deliver(trial_notice())
            except ChannelRefused as refused:
                await asyncio.to_thread(remember, str(refused))
                raise
            await asyncio.to_thread(remember, "")

        self._try(name, send)

    def sound(self, tier: Tier, settings: Settings) -> None:
        """Begin to play what *tier* sounds like. Raises ConfigError if sound is switched off."""
        faults: list[str] = []
        sound = sound_of(settings, faults.append)

        async def heard() -> None:
            await play(sound, tier)
            if faults:
                raise GeshaoError("".join(faults))

        self._try(sound_key(tier), heard)

    def _try(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        if name in self.known and self.known[name].state == "running":
            raise GeshaoError("正在试，还没有结果。", "请等它做完。")
        self.known[name] = Trial("running")
        self._begin(partial(self._tried, name, work))

    async def _tried(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
            self.known[name] = Trial("passed")
        except GeshaoError as error:
            self.known[name] = Trial("failed", str(error))
        except Exception as error:  # noqa: BLE001 (a bug in one trial must not end the next)
            logger.opt(exception=error).error("the trial failed")
            self.known[name] = Trial("failed", f"鸽哨自己出错了（{type(error).__name__}）。")
