"""Where the window was and how large, for each of its sizes; kept over a restart."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from loguru import logger
from pydantic import BaseModel, ConfigDict, Field, ValidationError

Size = Literal["inbox", "whistle", "tab"]
"""The whole list, a pill that shows only how things stand, or no more of it than the numbers."""

TAB = 52, 148
SMALLEST: dict[Size, tuple[int, int]] = {"inbox": (320, 420), "whistle": (300, 56), "tab": TAB}
_FIRST: dict[Size, tuple[int, int]] = {"inbox": (380, 640), "whistle": (380, 60), "tab": TAB}
_LARGEST: dict[Size, tuple[int, int]] = {"inbox": (4000, 4000), "whistle": (720, 120), "tab": TAB}

MARGIN = 24, 72
"""Free room at the right of the screen and above the window, where it was never moved."""
_IN_SIGHT = 48
"""So much of it, at least, must lie on a screen for a hand to get hold of it."""

_Pixels = Annotated[int, Field(strict=True, ge=-100_000, le=100_000)]
_Length = Annotated[int, Field(strict=True, ge=1, le=20_000)]


class Area(NamedTuple):
    """A part of the desktop, in the toolkit's own pixels."""

    x: int
    y: int
    width: int
    height: int


class Place(BaseModel):
    """Where a window is, and how large."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    x: _Pixels
    y: _Pixels
    width: _Length
    height: _Length


class Kept(BaseModel):
    """What is kept of the window: in which size it was, where in each, if one sees through it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: Size = "inbox"
    inbox: Place | None = None
    whistle: Place | None = None
    tab: Place | None = None
    faded: bool = False

    def place(self, size: Size) -> Place | None:
        """Return where the window was in *size*, None if it never was."""
        return {"inbox": self.inbox, "whistle": self.whistle, "tab": self.tab}[size]

    def moved(self, size: Size, place: Place) -> "Kept":
        """Return this with the window in *size* at *place*."""
        return self.model_copy(update={"size": size, size: place})


def read_kept(file: Path | None) -> Kept:
    """Return what *file* keeps; one that is missing, or makes no sense, keeps nothing."""
    if file is None:
        return Kept()
    try:
        return Kept.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return Kept()
    except (OSError, ValidationError) as error:
        logger.warning("where the window was is forgotten: {}", error)
        return Kept()


def write_kept(file: Path | None, kept: Kept) -> None:
    """Keep *kept* in *file*; a disk that does not take it costs only the place."""
    if file is None:
        return
    new = file.with_name(f"{file.name}.new")
    try:
        new.write_text(kept.model_dump_json(), encoding="utf-8")
        new.replace(file)
    except OSError as error:
        logger.warning("where the window is was not kept: {}", error)


def limited(size: Size, width: int, height: int) -> tuple[int, int]:
    """Return *width* and *height* within what *size* may have."""
    (least_wide, least_high), (most_wide, most_high) = SMALLEST[size], _LARGEST[size]
    return min(max(width, least_wide), most_wide), min(max(height, least_high), most_high)


def fitted(place: Place | None, size: Size, screens: Sequence[Area]) -> Place:
    """Return where the window goes in *size*: to *place* if that can be seen, else to the corner.

    A screen may have been taken away since, or have become smaller.
    """
    if place is None:
        return _corner(size, *_FIRST[size], screens)
    width, height = limited(size, place.width, place.height)
    shown = next((screen for screen in screens if in_sight(place, screen)), None)
    if shown is None:
        return _corner(size, width, height, screens)
    width, height = limited(size, min(width, shown.width), min(height, shown.height))
    x = max(shown.x, min(place.x, shown.x + shown.width - width))
    y = max(shown.y, min(place.y, shown.y + shown.height - height))
    return Place(x=x, y=y, width=width, height=height)


def docked(place: Place, screens: Sequence[Area]) -> Place:
    """Return where a tab lies, at *place*'s height, at the nearer side of the screen it is on."""
    width, height = TAB
    middle = place.x + place.width // 2
    screen = next((one for one in screens if one.x <= middle < one.x + one.width), None)
    if screen is None:
        return _corner("tab", width, height, screens)
    left = middle < screen.x + screen.width // 2
    x = screen.x if left else screen.x + screen.width - width
    return Place(x=x, y=place.y, width=width, height=height)


def in_sight(place: Place, screen: Area) -> bool:
    """Tell whether so much of *place* is on *screen* that a hand can get hold of it."""
    wide = min(place.x + place.width, screen.x + screen.width) - max(place.x, screen.x)
    high = min(place.y + place.height, screen.y + screen.height) - max(place.y, screen.y)
    return wide >= _IN_SIGHT and high >= min(_IN_SIGHT, place.height)


def _corner(size: Size, width: int, height: int, screens: Sequence[Area]) -> Place:
    """Return the place at the right of the main screen: a new window opens in its middle."""
    main = next((one for one in screens if (one.x, one.y) == (0, 0)), None) or Area(0, 0, 1280, 800)
    width, height = limited(size, min(width, main.width), min(height, main.height - MARGIN[1]))
    x = max(main.x, main.x + main.width - width - MARGIN[0])
    return Place(x=x, y=main.y + MARGIN[1], width=width, height=height)
