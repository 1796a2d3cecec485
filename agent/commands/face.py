"""What the person sees while the agent works: the window, the terminal, a picture at the end."""

import asyncio
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from loguru import logger
from playwright.async_api import Error as PlaywrightError
from rich.console import Console

from agent.clock import Clock
from agent.commands.background import Background, OpenAgent, Ready, Renewal
from agent.commands.speak import in_brief, note, progress
from agent.desk import AgentDesk
from agent.errors import GeshaoError
from agent.events import STDOUT
from agent.folder import was_called, window_file
from agent.log import console_taken
from agent.words import Language
from ui import window
from ui.bridge import Bridge
from ui.frame import Keeping
from ui.glance import Glance
from ui.opening import Opening, PatientBridge
from ui.screenshot import screenshot
from ui.signals import stopping
from ui.terminal import run_terminal
from ui.view import present

NoWindowOption = Annotated[bool, typer.Option("--no-window", help="不开小窗，用终端显示。")]
EventsOption = Annotated[
    str | None,
    typer.Option("--events", help="把事件逐行写入文件（JSON）；- 表示标准输出。"),
]
ScreenshotOption = Annotated[
    Path | None, typer.Option("--screenshot", help="结束时把小窗画面存成 PNG 文件。")
]
MuteOption = Annotated[bool, typer.Option("--mute", help="不出声。")]
VerboseOption = Annotated[bool, typer.Option("--verbose", help="显示详细日志。")]


@dataclass(frozen=True, slots=True)
class Face:
    """How the agent shows itself: in a *window*, else on the *console*; a *picture* at the end.

    The window of a *folder* can be put away, and called back by another start.
    """

    window: bool
    console: Console
    language: Language
    picture: Path | None = None
    folder: Path | None = None

    @classmethod
    def wanted(
        cls,
        *,
        no_window: bool,
        events: str | None,
        verbose: bool,
        language: Language,
        picture: Path | None,
        folder: Path | None = None,
    ) -> "Face":
        """Return the face that the options of a command ask for.

        Standard output belongs to the events if they go there. A talkative log and a table that
        renews itself cannot share a screen, so then each change becomes a line.
        """
        console = Console(stderr=events == STDOUT, force_terminal=False if verbose else None)
        is_window = window.screen_available() and not no_window
        return cls(is_window, console, language, picture, folder)

    def opening(self, clock: Clock) -> Opening | None:
        """Return what the window shows before the agent works, None in a terminal."""
        return Opening(clock, self.language) if self.window else None

    def show(
        self,
        open_agent: OpenAgent,
        clock: Clock,
        *,
        minutes: float | None = None,
        opening: Opening | None = None,
        renewal: Renewal | None = None,
    ) -> None:
        """Let the agent work until the person ends it, or *minutes* are over.

        It is opened again each time that *renewal* is wanted; the window stays. With an *opening*
        the window is there first, and stays if the agent breaks too. Raises what ended the agent,
        if that was no person.
        """
        renewal = renewal or Renewal()
        agent = Background(
            open_agent, clock, farewell=self._take_picture, minutes=minutes, renewal=renewal
        )
        with stopping(agent.ask_to_end):
            try:
                if opening is None:
                    self._show_terminal(agent)
                else:
                    self._show_window(agent, opening, clock, renewal)
            finally:
                agent.ask_to_end()
                agent.join()
        if agent.error is not None:
            raise agent.error

    def _show_window(
        self, agent: Background, opening: Opening, clock: Clock, renewal: Renewal
    ) -> None:
        def over() -> None:
            if agent.broke is None:
                window.close()
                return
            logger.opt(exception=agent.broke).error("the watching broke off")
            opening.stopped(*in_brief(agent.broke))

        def follow(ready: Ready) -> None:
            opening.ready(ready.desk, ready.crossing)

        glance = Glance(clock)
        bridge = PatientBridge(opening, self.language, window.close, glance)
        renewal.follow = follow
        agent.when_over(over)
        agent.begin(follow)
        keeping = self._keeping(opening)
        window.show(bridge, language=self.language, keeping=keeping, glance=glance)

    def _keeping(self, opening: Opening) -> Keeping | None:
        if self.folder is None:
            return None
        return Keeping(
            window_file(self.folder),
            called=partial(was_called, self.folder),
            alarmed=opening.has_news,
            hidden=opening.put_away,
            over=lambda: opening.over,
        )

    def _show_terminal(self, agent: Background) -> None:
        with progress("正在打开…"):
            ready = agent.start()
        if ready is None:
            return
        bridge = Bridge(ready.desk, ready.crossing, self.language, agent.over.set)
        with console_taken() if self.console.is_terminal else nullcontext():
            run_terminal(bridge.snapshot, agent.over, language=self.language, console=self.console)

    async def _take_picture(self, desk: AgentDesk, seconds: float) -> None:
        if self.picture is None:
            return
        try:
            async with asyncio.timeout(seconds):
                view = present(await desk.snapshot(), self.language)
                await screenshot(await desk.host.browser(), view, self.picture)
        except (PlaywrightError, OSError) as error:
            why = str(error).partition("\n")[0] or "来不及"
            raise GeshaoError(
                f"画面没有存成 {self.picture}（{why}）。", "请检查这个位置能不能写，再试一次。"
            ) from error
        note(f"画面已存到 {self.picture}")
