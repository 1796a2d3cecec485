"""The ways in which one looks at the overlay, and which of them are tried with which state."""

from dataclasses import dataclass
from itertools import product
from typing import Literal

from agent.words import Language

Theme = Literal["dark", "light"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
THEMES: tuple[Theme, ...] = ("dark", "light")
WIDTHS = (320, 420, 1100)
ZOOMS = (1, 2)

_SMALLEST = (320, 420)
"""The window is never smaller than that, in the units of the system's own scale (`ui.window`)."""
_HEIGHTS = {320: 560, 420: 640, 1100: 760}


@dataclass(frozen=True, slots=True)
class Look:
    """One way of looking: a window so wide, and everything in it *zoom* times as large."""

    language: Language
    theme: Theme
    width: int
    zoom: int

    def __str__(self) -> str:
        """Return it as part of a file's name."""
        return f"{self.language}-{self.theme}-{self.width}-{self.zoom * 100}"

    @property
    def size(self) -> tuple[int, int]:
        """The room that the page has, in CSS pixels: at twice the size there is half of it."""
        height = _HEIGHTS[self.width]
        return max(self.width // self.zoom, _SMALLEST[0]), max(height // self.zoom, _SMALLEST[1])


ALL = tuple(Look(*one) for one in product(LANGUAGES, THEMES, WIDTHS, ZOOMS))

PAIRS = (
    (Look("zh", "dark", 320, 1), Look("en", "light", 320, 2)),
    (Look("zh", "light", 420, 2), Look("en", "dark", 420, 1)),
    (Look("zh", "light", 1100, 1), Look("en", "dark", 1100, 2)),
)
"""Six in which every two values of different kinds meet once at least."""


def looks(number: int, *, alike: bool = False) -> tuple[Look, ...]:
    """Return the looks for the state of that *number* on its page: one in each language.

    For one whose parts are *alike* those of others it is the English one: its words are the
    longest, and what was left in Chinese is seen.
    """
    pair = PAIRS[number % len(PAIRS)]
    return pair[1:] if alike else pair
