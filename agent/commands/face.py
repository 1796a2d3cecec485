"""Run the agent on a thread of its own, with a face on the main thread, until somebody ends it."""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from agent.clock import Clock
from agent.desk import AgentDesk
from agent.words import Language
from ui.bridge import Bridge
from ui.screenshot import screenshot
from ui.signals import stopping
from ui.terminal import run_terminal
from ui.view import present

_END_LIMIT_S = 3.0

OpenAgent = Callable[[], AbstractAsyncContextManager[AgentDesk]]


@dataclass(frozen=True, slots=True)
class Face:
    """What the person wants to see: a *window* or the terminal, and a picture at the end."""

    window: bool
    language: Language
    picture: Path | None = None
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class _Ready:
    desk: AgentDesk
    loop: asyncio.AbstractEventLoop


class _AgentThread:
    """The agent, on its own thread and event loop."""

    def __init__(self, open_agent: OpenAgent, face: Face, clock: Clock) -> None:
        self._open_agent = open_agent
        self._face = face
        self._clock = clock
        self._news: queue.Queue[_Ready | BaseException | None] = queue.Queue()
        self._stop = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._opening: asyncio.Task[None] | None = None
        self.over = threading.Event()
        self.on_over: Callable[[], None] = lambda: None
        self.error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="agent", daemon=True)

    def start(self) -> _Ready | None:
        """Start the agent; return when it watches, None if it was asked to end before.

        Raises what kept it from starting.
        """
        self._thread.start()
        news = self._news.get()
        if isinstance(news, BaseException):
            raise news
        return news

    def ask_to_end(self) -> None:
        """Ask the agent to end, from any thread, as often as you like."""
        self._news.put(None)
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._end)

    def join(self) -> None:
        """Wait until the agent has ended, for at most three seconds."""
        self._thread.join(_END_LIMIT_S)

    def _end(self) -> None:
        self._stop.set()
        if self._opening is not None:
            self._opening.cancel()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except asyncio.CancelledError:
            return  # asked to end before it had begun
        except BaseException as error:  # noqa: BLE001 (it is carried to the main thread)
            self.error = error
            self._news.put(error)
        finally:
            self.over.set()
            self.on_over()

    async def _serve(self) -> None:
        self._loop, self._opening = asyncio.get_running_loop(), asyncio.current_task()
        async with self._open_agent() as desk:
            self._opening = None
            self._news.put(_Ready(desk, self._loop))
            async with asyncio.TaskGroup() as tasks:
                if self._face.minutes is not None:
                    timer = tasks.create_task(self._end_after(self._face.minutes * 60))
                await desk.work(self._stop)
                if self._face.minutes is not None:
                    timer.cancel()
            await self._take_picture(desk)

    async def _end_after(self, seconds: float) -> None:
        await self._clock.wait(self._stop, seconds)
        self._stop.set()

    async def _take_picture(self, desk: AgentDesk) -> None:
        if self._face.picture is None:
            return
        view = present(await desk.snapshot(), self._face.language)
        await screenshot(await desk.host.browser(), view, self._face.picture)


def show(open_agent: OpenAgent, face: Face, clock: Clock) -> None:
    """Watch until the person closes the window, presses Ctrl-C, or the minutes are over.

    Raises what ended the agent, if that was no person.
    """
    agent = _AgentThread(open_agent, face, clock)
    with stopping(agent.ask_to_end):
        try:
            ready = agent.start()
            if ready is not None:
                _show_face(agent, ready, face)
        finally:
            agent.ask_to_end()
            agent.join()
    if agent.error is not None:
        raise agent.error


def _show_face(agent: _AgentThread, ready: _Ready, face: Face) -> None:
    if face.window:
        _show_window(agent, ready, face)
        return
    bridge = Bridge(ready.desk, ready.loop, face.language, agent.over.set)
    run_terminal(bridge.snapshot, agent.over, language=face.language)


def _show_window(agent: _AgentThread, ready: _Ready, face: Face) -> None:
    from ui import window  # noqa: PLC0415 (it loads Qt, which a machine without a screen may lack)

    agent.on_over = window.close
    bridge = Bridge(ready.desk, ready.loop, face.language, window.close)
    window.show(bridge, language=face.language)
