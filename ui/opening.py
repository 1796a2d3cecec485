"""What the window shows while there is no agent to ask: before it works, and after it broke."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, TypedDict

from agent.clock import Clock
from agent.errors import GeshaoError
from agent.words import Language
from ui.answer import Answer
from ui.bridge import Bridge
from ui.crossing import Crossing
from ui.desk import Desk
from ui.glance import Glance
from ui.settings_calls import lead
from ui.words import page_words, say

_AGAIN_S = 20.0
"""Somebody who installs a browser meanwhile need not press anything."""


class StartView(TypedDict):
    """What is shown instead of the inbox; *words* are the page's own."""

    state: Literal["connecting", "blind", "stopped"]
    headline: str
    subline: str
    again: bool
    language: Language
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why nothing is watched; *over* says that nobody tries any more."""

    says: str
    over: bool


class Opening:
    """How far the agent is: told on its thread, asked on those of the window.

    Each thing told replaces the one before; what keeps the agent from starting stays until it has.
    """

    def __init__(self, clock: Clock, language: Language) -> None:
        self._clock = clock
        self._language = language
        self._text = ""
        self._trouble: _Trouble | None = None
        self._unseen = False
        self._meets: list[Callable[[Desk, Crossing], None]] = []
        self._met: tuple[Desk, Crossing] | None = None
        self._wake: Callable[[], object] = bool

    def introduce(self, meet: Callable[[Desk, Crossing], None]) -> None:
        """Have *meet* called with the agent once it works; to be asked for before it begins."""
        self._meets.append(meet)

    def ready(self, desk: Desk, crossing: Crossing) -> None:
        """Let those who wait talk to the agent from now on."""
        for meet in self._meets:
            meet(desk, crossing)
        self._met, self._trouble = (desk, crossing), None

    def say(self, text: str) -> None:
        """Show what takes time just now."""
        self._text = text

    async def failed(self, error: GeshaoError) -> None:
        """Show what is missing; return when it is to be tried again: soon, or when somebody asks.

        On the agent's loop.
        """
        self._unseen |= self._trouble is None  # the same trouble again is no news
        self._trouble = _Trouble(_lines(error.message, error.next_step), over=False)
        loop, asked = asyncio.get_running_loop(), asyncio.Event()
        self._wake = lambda: loop.call_soon_threadsafe(asked.set)
        await self._clock.wait(asked, _AGAIN_S)
        self._wake = bool

    def try_again(self) -> None:
        """Wait no longer before the next try."""
        with suppress(RuntimeError):  # the loop has ended meanwhile
            self._wake()

    def stopped(self, message: str, next_step: str) -> None:
        """Show why nothing is watched any more."""
        self._trouble, self._unseen = _Trouble(_lines(message, next_step), over=True), True

    def has_news(self) -> bool:
        """Tell, once, that there is trouble which somebody has to see."""
        unseen, self._unseen = self._unseen, False
        return unseen

    @property
    def over(self) -> bool:
        """Whether nothing is watched any more, and nobody tries."""
        return self._trouble is not None and self._trouble.over

    @property
    def begun(self) -> bool:
        """Whether there ever was an agent to be asked."""
        return self._met is not None

    @property
    def at_work(self) -> bool:
        """Whether there is an agent to be asked."""
        return self._met is not None and self._trouble is None

    def put_away(self) -> bool:
        """Have a notification say that all goes on; return whether there was anybody to say so."""
        if self._met is None or not self.at_work:
            return False
        desk, crossing = self._met
        with suppress(TimeoutError, GeshaoError):
            crossing.carry(desk.controls.mention(say("window.away", self._language)))
            return True
        return False

    def view(self) -> StartView:
        """Return what is to be shown instead of the inbox."""
        trouble, language = self._trouble, self._language
        state: Literal["connecting", "blind", "stopped"] = "connecting"
        if trouble is not None:
            state = "stopped" if trouble.over else "blind"
        known = "opening.broke" if self._met is not None else f"opening.{state}"
        after = {"blind": "opening.again", "stopped": "opening.look"}.get(state)
        said = _lines(trouble.says, say(after, language)) if trouble and after else self._text
        return StartView(
            state=state,
            headline=say(known, language),
            subline=said or say("opening.first", language),
            again=state == "blind",
            language=language,
            words=page_words(language),
        )


class PatientBridge(Bridge):
    """The bridge of a window that is open before the agent works, and after it broke."""

    def __init__(
        self,
        opening: Opening,
        language: Language,
        quit: Callable[[], None],  # noqa: A002 (the word on the button)
        glance: Glance | None = None,
    ) -> None:
        self._opening = opening
        self._language = language
        self._quit = quit
        self._glance = glance
        opening.introduce(self._meet)

    def snapshot(self, revision: object = "", patches: object = False) -> Answer:  # noqa: FBT002 (JSON has no keywords)
        """Answer as ever, or, while there is no agent, with how far it is; *glance* hears it."""
        if self._opening.at_work:
            answer = super().snapshot(revision, patches)
        else:
            answer = {"ok": True, "start": self._opening.view()}
        if self._glance is not None:
            self._glance.take(answer)
        return answer

    def try_again(self) -> Answer:
        """Wait no longer before the next try to start."""
        self._opening.try_again()
        return {"ok": True}

    def quit(self) -> Answer:
        """End the program, whether the agent works or not."""
        return super()._answer(self._leave)

    def _leave(self) -> Answer:
        self._quit()
        return {}

    def _meet(self, desk: Desk, crossing: Crossing) -> None:
        if self._opening.begun:  # opened anew: the page goes on
            lead(self, desk, crossing)
        else:
            super().__init__(desk, crossing, self._language, self._quit)

    def _answer(self, ask: Callable[[], Answer]) -> Answer:
        if self._opening.at_work:
            return super()._answer(ask)
        return self._refusal("error.no_agent")


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))
