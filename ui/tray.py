"""The icon beside the system's clock: what it shows, and what can be done there without a window.

It is one more face and never a condition: where a system has no such place, or what draws it
fails, the watching and the window go on as ever.
"""

import threading
from collections.abc import Callable
from typing import NamedTuple, Protocol

from loguru import logger

from agent.words import Language
from ui.answer import Answer
from ui.bridge import Bridge
from ui.glance import Glance, Seen
from ui.words import say

_HUSH_MINUTES = 10

Act = Callable[[], Answer | None]


class Entry(NamedTuple):
    """One line of the menu: it does something, or unfolds into *entries*."""

    text: str
    act: Act | None = None
    entries: tuple["Entry", ...] = ()


class Icon(Protocol):
    """What draws the tray on one system; it is told what is new on whatever thread."""

    def refresh(self, seen: Seen) -> None:
        """Show *seen*, and its menu."""

    def complain(self, text: str) -> None:
        """Say beside the icon why something could not be done."""


class Tray:
    """What the icon says and does; *appear* brings the window."""

    def __init__(
        self, glance: Glance, bridge: Bridge, appear: Callable[[], object], language: Language
    ) -> None:
        self._glance = glance
        self._bridge = bridge
        self._appear = appear
        self._language = language
        self._icon: Icon | None = None

    def follow(self, icon: Icon, over: Callable[[], bool]) -> None:
        """Keep *icon* up to date until it is *over*, which waits a moment each time."""
        self._icon = icon
        shown: Seen | None = None
        while not over():
            seen = self.look()
            if seen != shown:
                icon.refresh(seen)
                shown = seen

    def look(self) -> Seen:
        """Return how things stand; ask for it only where no page was told just now."""
        if not self._glance.fresh:
            answer = self._bridge.snapshot(self._glance.revision)
            if not answer["ok"]:
                self._glance.lost(say("page.stopped", self._language))
        return self._glance.seen

    def open(self) -> None:
        """Bring the window."""
        self.do(Entry("", self._show))

    def do(self, entry: Entry) -> None:
        """Do what *entry* says, off the thread that draws; say why if it could not be done."""
        threading.Thread(target=self._do, args=[entry], daemon=True).start()

    def entries(self, seen: Seen) -> tuple[Entry, ...]:
        """Return the menu's lines. What ends the watching lies one step deeper than the rest."""
        bridge, word = self._bridge, self._word
        leave = Entry(word("page.quit_yes"), bridge.quit)
        return (
            Entry(word("tray.open"), self._show),
            *self._silences(seen),
            *self._pauses(seen),
            Entry(word("page.quit"), entries=(leave,)),
        )

    def _silences(self, seen: Seen) -> tuple[Entry, ...]:
        bridge, word = self._bridge, self._word
        if seen.hushed is None:
            return ()
        if seen.hushed:
            return (Entry(word("page.unhush"), bridge.unhush),)
        return (Entry(word("tray.hush"), lambda: bridge.hush(_HUSH_MINUTES)),)

    def _pauses(self, seen: Seen) -> tuple[Entry, ...]:
        bridge, word = self._bridge, self._word
        if seen.all_paused:
            return (Entry(word("page.resume_all"), lambda: bridge.resume("")),)
        if not seen.pauses:
            return ()

        def lasting(minutes: int) -> Act:
            return lambda: bridge.pause("", minutes)

        spans = tuple(Entry(one["text"], lasting(one["minutes"])) for one in seen.pauses)
        return (Entry(word("page.pause"), entries=spans),)

    def _word(self, term: str) -> str:
        return say(term, self._language)

    def _show(self) -> None:
        self._appear()

    def _do(self, entry: Entry) -> None:
        try:
            answer = (entry.act and entry.act()) or {"ok": True}
        except Exception as error:  # noqa: BLE001 (a window that is just gone, say)
            logger.warning("the tray's {!r} failed: {}", entry.text, error)
            return
        if answer["ok"] or self._icon is None:
            return
        logger.warning("the tray's {!r} was refused: {}", entry.text, answer["error"])
        self._icon.complain(answer["error"] + answer["next_step"])
