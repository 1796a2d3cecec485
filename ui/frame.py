"""The window around the page: its sizes, its place, and that closing it only puts it away."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

import webview

from ui.places import Area, Place, Size, docked, fitted, in_sight, limited, read_kept, write_kept

_SCREENS_EVERY = 10
"""Screens come and go less often than calls."""
_FADED = 0.55
"""So much that its words can still be read."""


class Shown(Protocol):
    """What is asked of the toolkit's window (`webview.Window`)."""

    @property
    def x(self) -> int:
        """Return where its left edge is."""

    @property
    def y(self) -> int:
        """Return where its upper edge is."""

    @property
    def width(self) -> int:
        """Return how wide it is."""

    @property
    def height(self) -> int:
        """Return how high it is."""

    def move(self, x: int, y: int) -> None:
        """Put its corner there."""

    def resize(self, width: int, height: int) -> None:
        """Make it so large."""

    def show(self) -> None:
        """Show it again."""

    def restore(self) -> None:
        """Bring it before all others."""

    def hide(self) -> None:
        """Take it off the screen."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """What lets a window be put away while the agent goes on.

    *file* keeps its place. *called* tells whether somebody asked for the window since, *alarmed*
    whether something broke that has to be seen; *hidden* is told when it is put away, until it
    returns that it has said what goes on then. What is *over* leaves nothing to be called back for.
    """

    file: Path
    called: Callable[[], bool]
    alarmed: Callable[[], bool]
    hidden: Callable[[], bool]
    over: Callable[[], bool]


class Frame:
    """Moves *window* about, on any thread.

    It holds no lock: the toolkit may make one thread wait for another that waits here.
    """

    def __init__(
        self,
        window: Shown,
        keeping: Keeping | None,
        opacity: Callable[[float], object] | None = None,
    ) -> None:
        self._window = window
        self._opacity = opacity
        self._keeping = keeping
        self._kept = read_kept(keeping.file if keeping else None)
        self._told = False
        self._screens: list[Area] = []

    def settle(self) -> None:
        """Put the window where it was when it was last seen, or into the corner."""
        self._screens = _screens()
        place = fitted(self._kept.place(self._kept.size), self._kept.size, self._screens)
        self._window.resize(place.width, place.height)
        self._window.move(place.x, place.y)
        self._shine()

    def size(self, wanted: object = None) -> Size:
        """Make the window an inbox or a whistle, each where it was, or a tab at the nearer edge.

        Returns which it is now.
        """
        if wanted in ("inbox", "whistle", "tab") and wanted != self._kept.size:
            self._take_note()
            left = self._kept.place(self._kept.size)
            self._kept = self._kept.model_copy(update={"size": wanted})
            if wanted == "tab" and left is not None:
                self._kept = self._kept.moved("tab", docked(left, _screens()))
            self.settle()
            self._write()
        return self._kept.size

    def fade(self, wanted: object = None) -> bool:
        """Have what lies behind the small sizes shine through, or not; return whether it does."""
        if isinstance(wanted, bool) and wanted != self._kept.faded:
            self._kept = self._kept.model_copy(update={"faded": wanted})
            self._shine()
            self._write()
        return self._kept.faded

    def resize(self, width: object = None, height: object = None) -> None:
        """Make the window as large as the page's corner was pulled."""
        if isinstance(width, int) and isinstance(height, int):
            self._window.resize(*limited(self._kept.size, width, height))

    def hide(self) -> bool:
        """Put the window away, if the agent goes on behind it; return whether it is away."""
        if self._keeping is None or self._keeping.over():
            return False
        self.keep()
        self._window.hide()
        if not self._told:
            self._told = True
            # It may wait for the agent, and this may be the thread that draws.
            threading.Thread(target=self._tell, args=[self._keeping], daemon=True).start()
        return True

    def appear(self) -> None:
        """Show the window before all others."""
        self._window.show()
        self._window.restore()

    def keep(self) -> None:
        """Keep where the window is."""
        self._take_note()
        self._write()

    def attend(self, over: Callable[[], bool]) -> None:
        """Show the window whenever somebody asks for it, and keep it in sight, until *over*."""
        for turn in count(1):
            if over():
                return
            if self._keeping is not None:
                self._heed(self._keeping)
            if turn % _SCREENS_EVERY == 0 and _screens() != self._screens:
                self._stay_in_sight()

    def _tell(self, keeping: Keeping) -> None:
        self._told = keeping.hidden()

    def _heed(self, keeping: Keeping) -> None:
        called, alarmed = keeping.called(), keeping.alarmed()
        if called:
            self.appear()
        elif alarmed:  # nobody asked for it, so nobody wants to type in it
            self._window.show()

    def _stay_in_sight(self) -> None:
        """Move the window if the screen that it was on has gone."""
        self._take_note()
        self._screens, place = _screens(), self._kept.place(self._kept.size)
        if place is not None and not any(in_sight(place, screen) for screen in self._screens):
            self.settle()

    def _shine(self) -> None:
        if self._opacity is not None:
            self._opacity(_FADED if self._kept.faded and self._kept.size != "inbox" else 1.0)

    def _take_note(self) -> None:
        window, size = self._window, self._kept.size
        found = (window.x, window.y, window.width, window.height)
        if all(isinstance(number, int) for number in found) and min(found[2:]) > 0:
            x, y, width, height = found
            self._kept = self._kept.moved(size, Place(x=x, y=y, width=width, height=height))

    def _write(self) -> None:
        write_kept(self._keeping.file if self._keeping else None, self._kept)


def _screens() -> list[Area]:
    return [Area(one.x, one.y, one.width, one.height) for one in webview.screens]
