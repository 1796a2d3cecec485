"""The drill that a person begins at the screen, follows there, and answers."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from loguru import logger

from agent.cases import Case, Tier
from agent.cases.link import Link, LinkState
from agent.clock import Clock
from agent.drill import ANSWERED, JUDGED, WRITTEN, Drill, is_under_way, remember
from agent.errors import GeshaoError
from agent.journal import Journal
from agent.snapshot import ShownDrill

WORD_LIMIT_S = 60.0
"""Long enough to take a phone out of a pocket; a drill is given up three minutes after it began."""
_LOOK_S = 1.0
"""What was answered elsewhere, on a phone or by a command, is noticed within this time."""


class Trial:
    """Rehearses an urgent case on all *roads* when a person wants it, one at a time."""

    def __init__(
        self, drill: Drill, roads: Sequence[str], *, journal: Journal, clock: Clock
    ) -> None:
        self._drill = drill
        self._roads = roads
        self._journal = journal
        self._clock = clock
        self._wanted = asyncio.Event()
        self._said = asyncio.Event()
        self._heard = False
        self._shown = ShownDrill((), over=True)

    def begin(self) -> None:
        """Have a drill begin. Raises GeshaoError if one goes on already, or none would ring."""
        if not self._shown.over or self._drill.busy or is_under_way(self._journal):
            raise GeshaoError("演习正在进行，没有再开始一次。", "请等它做完。")
        if (hindered := self._drill.hindered(Tier.URGENT)) is not None:
            raise hindered
        names = (JUDGED, WRITTEN, *self._roads, ANSWERED)
        self._shown = ShownDrill(names)
        self._said.clear()
        self._wanted.set()

    def answer(self, *, heard: bool) -> None:
        """Take a person's word that the messages were noticed, or were not.

        Raises GeshaoError unless the drill asks for it.
        """
        if not self._shown.asks:
            raise GeshaoError("演习现在不用您确认。", "等消息都发完，再说有没有看到。")
        self._heard = heard
        self._said.set()

    def shown(self) -> ShownDrill | None:
        """Return the last drill that was begun here, None if there was none."""
        return self._shown if self._shown.names else None

    async def run(self) -> None:
        """Rehearse whenever somebody wants it, until cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await self._rehearse()

    async def _rehearse(self) -> None:
        broken = "演习没有做完。"
        try:
            links = await self._drill.run(Tier.URGENT, self._roads, self)
            self.see(links)
            remember(self._journal, links, self._clock.now())
            broken = ""
        except GeshaoError as error:
            broken = error.message + error.next_step
        except Exception as error:  # noqa: BLE001 (a bug in a drill must not end the next one)
            broken = f"没有成功，鸽哨自己出错了（{type(error).__name__}）。请再试一次。"
            logger.opt(exception=error).error("the drill failed")
        finally:
            self._shown = replace(self._shown, over=True, broken=broken)

    def see(self, links: Sequence[Link]) -> None:
        """Show the *links* that are done."""
        self._shown = replace(self._shown, links=tuple(links))

    async def heard(self, case: Case) -> GeshaoError | None:
        """Wait for a person's word here, or for *case* to be taken in hand elsewhere.

        Where nothing arrived there is nothing to be noticed, and nobody is asked.
        """
        if not self._arrived():
            return None
        begun = self._clock.monotonic()
        self._shown = replace(self._shown, asks=True)
        try:
            while not self._said.is_set():
                if self._journal.find(str(case.key)).acknowledged_at is not None:
                    return None
                if self._clock.monotonic() - begun >= WORD_LIMIT_S:
                    return GeshaoError(f"{WORD_LIMIT_S:.0f} 秒里没有人确认。", _WATCH)
                await self._clock.wait(self._said, _LOOK_S)
        finally:
            self._shown = replace(self._shown, asks=False)
        return None if self._heard else GeshaoError("发出去了，可是您没有看到。", _LOOK)

    def _arrived(self) -> bool:
        passed = {link.name for link in self._shown.links if link.state is LinkState.PASSED}
        return not passed.isdisjoint(self._roads)


_WATCH = "演习时请守在旁边：看到消息后点「看到了」。"
_LOOK = "看看手机的通知权限、免打扰和群的消息提醒，处理好后再演习一次。"
