"""What the person sees while the agent works: the window, the terminal, a picture at the end."""

import asyncio
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from playwright.async_api import Error as PlaywrightError
from rich.console import Console

from agent.clock import Clock
from agent.commands.background import Background, OpenAgent, Ready, Renewal
from agent.commands.speak import note, progress
from agent.desk import AgentDesk
from agent.errors import GeshaoError
from agent.events import STDOUT
from agent.log import console_taken
from agent.words import Language
from ui import window
from ui.bridge import Bridge
from ui.screenshot import screenshot
from ui.settings_calls import lead
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
    """How the agent shows itself: in a *window*, else on the *console*; a *picture* at the end."""

    window: bool
    console: Console
    language: Language
    picture: Path | None = None

    @classmethod
    def wanted(
        cls,
        *,
        no_window: bool,
        events: str | None,
        verbose: bool,
        language: Language,
        picture: Path | None,
    ) -> "Face":
        """Return the face that the options of a command ask for.

        Standard output belongs to the events if they go there. A talkative log and a table that
        renews itself cannot share a screen, so then each change becomes a line.
        """
        console = Console(stderr=events == STDOUT, force_terminal=False if verbose else None)
        return cls(window.screen_available() and not no_window, console, language, picture)

    def show(
        self,
        open_agent: OpenAgent,
        clock: Clock,
        *,
        minutes: float | None = None,
        renewal: Renewal | None = None,
    ) -> None:
        """Let the agent work until the person ends it, or *minutes* are over.

        It is opened again each time that *renewal* is wanted; the window stays.

        Raises what ended the agent, if that was no person.
        """
        renewal = renewal or Renewal()
        agent = Background(
            open_agent, clock, farewell=self._take_picture, minutes=minutes, renewal=renewal
        )
        with stopping(agent.ask_to_end):
            try:
                with progress("正在打开…"):
                    ready = agent.start()
                if ready is not None:
                    self._show_until_over(agent, ready, renewal)
            finally:
                agent.ask_to_end()
                agent.join()
        if agent.error is not None:
            raise agent.error

    def _show_until_over(self, agent: Background, ready: Ready, renewal: Renewal) -> None:
        if self.window:
            agent.when_over(window.close)
            bridge = Bridge(ready.desk, ready.crossing, self.language, window.close)
            renewal.follow = lambda again: lead(bridge, again.desk, again.crossing)
            window.show(bridge, language=self.language)
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
