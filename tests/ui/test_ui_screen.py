"""The window on a real, if virtual, display with a window manager."""

from pathlib import Path

import pytest

from agent.folder import call
from tests.ui.display import SCREEN, SEARCH, arrives, drag, place, run, until
from tests.ui.program import told, window_program
from ui import window
from ui.places import MARGIN, TAB, read_kept

CORNER = SCREEN[0] - window._WIDTH - MARGIN[0], MARGIN[1]
EDGE = SCREEN[0] - TAB[0]
BAR = SCREEN[0] - 380 - MARGIN[0], MARGIN[1]


@pytest.mark.screen
async def test_window_stays_above_and_is_dragged_by_its_header(display: str) -> None:
    """The overlay lies over other windows, and its header moves it, but not its list."""
    environment = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    async with window_program(**environment) as program:
        ready = await told(program)
        number = until(display, r"\d+", *SEARCH).split()[0]
        until(display, "_NET_WM_STATE_ABOVE", "/usr/bin/xprop", "-id", number, "_NET_WM_STATE")
        before = arrives(display, number, CORNER)
        drag(display, (before[0] + 60, before[1] + 420), by=(100, 50))
        after_list = place(display, number)
        drag(display, (before[0] + 60, before[1] + 20), by=(-100, 50))
        after_header = arrives(display, number, (before[0] - 100, before[1] + 50))

    assert "ready" == ready
    assert CORNER == before == after_list
    assert (before[0] - 100, before[1] + 50) == after_header


@pytest.mark.screen
async def test_whistle_is_dragged_put_away_and_called_back(display: str, tmp_path: Path) -> None:
    """Dragged by any spot; closed it watches on, and a call shows it; seen through; at the edge."""
    environment = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    async with window_program(0, tmp_path, **environment) as program:
        await told(program)
        number = until(display, r"\d+", *SEARCH).split()[0]
        arrives(display, number, CORNER)
        focus = run(display, "/usr/bin/xdotool", "getwindowfocus").strip()
        run(display, "/usr/bin/xdotool", "mousemove", str(CORNER[0] + 60), str(CORNER[1] + 420))
        run(display, "/usr/bin/xdotool", "click", "1", "key", "w")
        small = arrives(display, number, BAR)
        until(display, "Geometry: 380x60", "/usr/bin/xdotool", "getwindowgeometry", number)
        drag(display, (BAR[0] + 40, BAR[1] + 20), by=(-200, 300))
        moved = arrives(display, number, (BAR[0] - 200, BAR[1] + 300))
        run(display, "/usr/bin/xdotool", "key", "alt+F4")
        away = await told(program)
        call(tmp_path)
        back = until(display, r"\d+", *SEARCH).split()[0]
        still = arrives(display, back, moved)
        run(display, "/usr/bin/xdotool", "key", "t")
        until(display, "OPACITY.*=", "/usr/bin/xprop", "-id", back, "_NET_WM_WINDOW_OPACITY")
        run(display, "/usr/bin/xdotool", "key", "e")
        edge = arrives(display, back, (EDGE, moved[1]))
    kept = read_kept(tmp_path / "window.json")

    assert number != focus
    assert (BAR, (BAR[0] - 200, BAR[1] + 300)) == (small, moved)
    assert ("put away", moved) == (away, still)
    assert kept.whistle is not None
    assert ("tab", moved) == (kept.size, (kept.whistle.x, kept.whistle.y))
    assert ((EDGE, moved[1]), True) == (edge, kept.faded)
