"""The tray's icon in a real panel: a window's program, Qt, a session bus, a virtual display."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from tests.channels.fake_desktop import session_bus
from tests.ui.display import SEARCH, place, run, until
from tests.ui.fake_panel import panel_at
from tests.ui.program import told, window_program
from ui.glance import Seen
from ui.tray_qt import sign

TRIES = 5_000

Answer = TypeVar("Answer")


async def becomes(expected: Answer, ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """Ask until the answer is *expected*; return the last one."""
    for _ in range(TRIES):
        if (found := await ask()) == expected:
            break
    return found


def put_away(display: str) -> None:
    """Close the window as a person does."""
    number = until(display, r"\d+", *SEARCH).split()[0]
    x, y = place(display, number)
    run(display, "/usr/bin/xdotool", "mousemove", str(x + 60), str(y + 420))
    run(display, "/usr/bin/xdotool", "click", "1", "key", "alt+F4")


@pytest.mark.parametrize(
    ("state", "number", "hushed", "written"),
    [
        ("urgent", "3", False, "3"),
        ("urgent", "3+", True, "3+"),
        ("blind", "3", True, "?"),
        ("stopped", "", None, "!"),
        ("paused", "3", True, ""),
        ("calm", "", False, ""),
        ("calm", "", True, "z"),
        ("handled", "", True, "z"),
    ],
)
def test_silence_is_written_where_nothing_else_is(
    state: str, number: str, written: str, *, hushed: bool | None
) -> None:
    """A list that rings no more does not look like one that has nothing to ring for."""
    assert written == sign(Seen(state, number, hushed=hushed))


@pytest.mark.screen
async def test_icon_says_how_things_stand_and_does_what_its_menu_says(
    display: str, tmp_path: Path
) -> None:
    """It tells the verdict, brings the window back, silences, and ends the program."""
    with session_bus(tmp_path) as address:
        environment = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        async with (
            panel_at(address) as panel,
            window_program(0, tmp_path, **environment) as program,
        ):
            ready = await told(program)
            says = await becomes("2 件紧急待办", panel.says)
            wide, high, dots = await panel.picture()
            menu = await panel.menu()
            put_away(display)
            away = await told(program)
            await panel.click()
            until(display, r"\d+", *SEARCH)
            await panel.choose("马上全部安静 10 分钟")
            hushed = await told(program)
            await panel.choose("退出，停止监看")
            end, code = await told(program), await program.wait()

    assert ("ready", "2 件紧急待办") == (ready, says)
    assert (wide, high) >= (22, 22)
    assert len(set(dots)) > 2
    assert ["打开小窗", "马上全部安静 10 分钟"] == menu[:2]
    assert ["退出鸽哨", ["退出，停止监看"]] == menu[-2:]
    assert ("put away", "hush 10", "closed", 0) == (away, hushed, end, code)
