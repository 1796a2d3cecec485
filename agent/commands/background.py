"""The agent on a thread of its own, beside the face that has the main thread."""

import asyncio
import queue
import threading
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field

from loguru import logger

from agent.clock import Clock
from agent.desk import AgentDesk
from ui.crossing import Crossing

OpenAgent = Callable[[], AbstractAsyncContextManager[AgentDesk]]
Farewell = Callable[[AgentDesk, float], Awaitable[object]]
"""What is done last, while everything is still open, within so many seconds."""

_END_LIMIT_S = 2.8
"""Just below the three seconds that are promised."""
_FAREWELL_LIMIT_S = 1.5
_UNHURRIED_LIMIT_S = 30.0


@dataclass(frozen=True, slots=True)
class Ready:
    """The agent at work, and the way by which it is to be talked to."""

    desk: AgentDesk
    crossing: Crossing


@dataclass(eq=False)
class Renewal:
    """Has an agent closed and another opened in its place; it is *wanted* on the agent's loop.

    *follow* is told of each that is opened then, on that loop too.
    """

    wanted: asyncio.Event = field(default_factory=asyncio.Event)
    follow: Callable[[Ready], object] = lambda _ready: None


class Background:
    """Opens the agent, lets it work, and closes it in order.

    It ends by itself after *minutes*, if given, and then has time for its *farewell*. It is
    opened again each time that *renewal* is wanted.
    """

    def __init__(
        self,
        open_agent: OpenAgent,
        clock: Clock,
        *,
        farewell: Farewell,
        minutes: float | None,
        renewal: Renewal | None = None,
    ) -> None:
        self._renewal = renewal or Renewal()
        self._open_agent = open_agent
        self._clock = clock
        self._farewell = farewell
        self._minutes = minutes
        self._news: queue.Queue[Ready | BaseException | None] = queue.Queue()
        self._meet: Callable[[Ready], None] | None = None
        self._asked = threading.Event()
        self._stop = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._opening: asyncio.Task[None] | None = None
        self._when_over: list[Callable[[], None]] = []
        self._turn = threading.Lock()
        self.over = threading.Event()
        self.error: BaseException | None = None
        self.broke: Exception | None = None
        """What ended the watching, or kept it from beginning, if that was nobody's wish."""
        self._thread = threading.Thread(target=self._run, name="agent", daemon=True)

    def start(self) -> Ready | None:
        """Start the agent; return when it works, None if it was asked to end before.

        Raises what kept it from starting.
        """
        self.begin()
        news = self._news.get()
        if isinstance(news, BaseException):
            raise news
        return news

    def begin(self, meet: Callable[[Ready], None] | None = None) -> None:
        """Start the agent and return at once; *meet* is called on its thread when it works."""
        self._meet = meet
        self._thread.start()

    def when_over(self, tell: Callable[[], None]) -> None:
        """Have *tell* called, on whatever thread, once the agent ends or if it has already."""
        with self._turn:
            if not self.over.is_set():
                self._when_over.append(tell)
                return
        tell()

    def ask_to_end(self) -> None:
        """Ask the agent to end, from any thread, as often as you like."""
        self._asked.set()
        self._news.put(None)
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended by itself meanwhile
                self._loop.call_soon_threadsafe(self._end)

    def join(self) -> None:
        """Wait until the agent has ended, but not for ever: its browser ends with this process."""
        self._thread.join(_END_LIMIT_S)
        if self._thread.is_alive():
            logger.warning("the agent did not end within {} s", _END_LIMIT_S)

    def _end(self) -> None:
        self._stop.set()
        if self._opening is not None:
            self._opening.cancel()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except asyncio.CancelledError:
            pass  # asked to end before it had begun
        except BaseException as error:  # noqa: BLE001 (it is carried to the main thread)
            self.error = error
            if isinstance(error, Exception) and not self.over.is_set():
                self.broke = error
            self._news.put(error)
        self._say_over()

    def _say_over(self) -> None:
        """Say, once, that there is nothing more to be asked; what is open may still be closed."""
        with self._turn:
            if self.over.is_set():
                return
            self.over.set()
        for tell in self._when_over:
            tell()

    async def _serve(self) -> None:
        self._loop, self._opening = asyncio.get_running_loop(), asyncio.current_task()
        if self._asked.is_set():
            return
        await self._live(self._loop, self._greet)
        while self._renews():
            self._renewal.wanted.clear()
            self._stop.clear()
            self._opening = asyncio.current_task()
            await self._live(self._loop, self._renewal.follow)

    def _renews(self) -> bool:
        return self._renewal.wanted.is_set() and not self._asked.is_set()

    async def _live(self, loop: asyncio.AbstractEventLoop, tell: Callable[[Ready], object]) -> None:
        """Open the agent, *tell* that it is ready, let it work, and close it."""
        async with self._open_agent() as desk:
            self._opening = None
            crossing = Crossing(loop)
            tell(Ready(desk, crossing))
            try:
                await self._watch(desk)
                if not self._renews():
                    hurried = self._asked.is_set()
                    await self._farewell(desk, _FAREWELL_LIMIT_S if hurried else _UNHURRIED_LIMIT_S)
            finally:
                if not self._renews():
                    self._say_over()  # first, or a face that asks once more would find us dead
                await crossing.shut()

    async def _watch(self, desk: AgentDesk) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                beside = [tasks.create_task(one) for one in (self._end_in_time(), self._heed())]
                await desk.work(self._stop)
                for task in beside:
                    task.cancel()
        except Exception as error:
            self.broke = error
            raise

    def _greet(self, ready: Ready) -> None:
        self._news.put(ready)
        if self._meet is not None:
            self._meet(ready)

    async def _heed(self) -> None:
        await self._renewal.wanted.wait()
        self._stop.set()

    async def _end_in_time(self) -> None:
        if self._minutes is not None:
            await self._clock.wait(self._stop, self._minutes * 60)
            self._stop.set()
