"""`geshao run` from one change of the settings to the next: the plan, and what is opened by it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from random import Random

from agent.app import Plan, opened
from agent.clock import Clock
from agent.commands.background import Renewal
from agent.commands.places import Places
from agent.commands.plans import planned_again
from agent.config import Settings
from agent.desk import AgentDesk
from agent.errors import GeshaoError
from agent.platforms.system import ThisSystem, answer
from agent.settings.live import LiveSettings
from agent.settings.stand import Home
from agent.settings.starting import Starting

_BUSY = "正开着窗口或等扫码，现在重新打开各店会把它关掉。"


class Runs:
    """Opens the agent by the *plan* that was made for *settings*, and by a newer one later.

    *words* are the options that lead another run to the same places.
    """

    def __init__(
        self,
        places: Places,
        plan: Plan,
        settings: Settings,
        clock: Clock,
        *,
        mute: bool,
        words: Sequence[str],
    ) -> None:
        self._places = places
        self._plan = plan
        self._settings = settings
        self._clock = clock
        self._mute = mute
        self._words = words
        self._desk: AgentDesk | None = None
        self.renewal = Renewal()

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[AgentDesk]:
        """Open the agent, with settings that can be changed; see `agent.app.opened`."""
        live = LiveSettings(self._home(), self._settings, self._clock, self._renew)
        try:
            async with (
                opened(self._plan, self._clock, Random()) as desk,  # noqa: S311 (spreading, not secrets)
                asyncio.TaskGroup() as tasks,
            ):
                self._desk, desk.controls.settings = desk, live
                working = tasks.create_task(live.run())
                yield desk
                working.cancel()
        finally:
            await asyncio.to_thread(live.tidy)

    def _home(self) -> Home:
        system = ThisSystem()
        starting = Starting.here(
            system.platform,
            lambda *asked: asyncio.run(answer(system, *asked)),
            self._words,
        )
        places, plan = self._places, self._plan
        return Home(places.config, places.data, plan.vault, plan.packs, starting)

    async def _renew(self) -> None:
        """Have the agent opened anew, by what the file says now.

        Raises GeshaoError, also while somebody signs in: their window would be closed.
        """
        assert self._desk is not None  # noqa: S101 (for mypy: whoever asks was opened)
        again = await planned_again(self._places, self._plan, self._settings, mute=self._mute)
        # Asked last: a plan may take minutes, in which somebody may begin to sign in.
        busy = [shop for shop in (await self._desk.snapshot()).shops if shop.busy]
        if busy:
            raise GeshaoError(f"{busy[0].shop.name}{_BUSY}", "弄好以后点「现在生效」。")
        self._plan, self._settings = again
        self.renewal.wanted.set()
