"""`geshao login`, in a real browser window on a virtual display."""

import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from agent.platforms.family import words_of
from tests.commands.home import Home
from tests.commands.household import NAME, SHOP, Household, a_household
from tests.commands.program import Program

pytestmark = pytest.mark.screen


@pytest.fixture
async def household(tmp_path: Path) -> AsyncIterator[Household]:
    """Give an office and a configured shop in it."""
    async with a_household(tmp_path) as household:
        yield household


@contextmanager
def a_screen() -> Iterator[str]:
    """Start an X server; give its name."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["/usr/bin/Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x900x24"],
        pass_fds=(write_end,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        name = f":{pipe.readline().strip()}"
    yield name
    server.terminate()
    server.wait()


def windows(program: Program) -> list[psutil.Process]:
    """Return the browsers of *program* that have a window."""
    family = psutil.Process(program.process.pid).children(recursive=True)
    return [
        one
        for one in family
        if (line := words_of(one))
        and any(word.startswith("--geshao-mark=") for word in line)
        and not any(word.startswith(("--headless", "--type=")) for word in line)
        and "headless" not in line[0]
    ]


async def test_window_closes_by_itself_once_the_shop_can_be_read(household: Household) -> None:
    """Whoever is signed in, by hand or still from the last time, is done; the session is kept."""
    household.stays_signed_in()
    with a_screen() as screen:
        async with household.runs("login", SHOP, DISPLAY=screen) as program:
            code = await program.ends()

    assert (0, f"✓ {NAME} 已登录，可以监看了。\n") == (code, program.out)
    assert "请在打开的浏览器窗口里登录" in program.err


async def test_window_closed_by_the_person_is_no_signing_in(household: Household) -> None:
    """Who closes the window without having signed in is told how to try again."""
    with a_screen() as screen:
        async with household.runs("login", SHOP, DISPLAY=screen) as program:
            await program.until(lambda: household.office.requests)
            windows(program)[0].terminate()
            code = await program.ends()

    assert 1 == code
    assert "✗ 没有登录成功，窗口就关闭了。\n→ 再试一次：geshao login shanque\n" in program.err


async def test_signing_in_by_hand_needs_a_screen(household: Household, home: Home) -> None:
    """Without one the person is told so, not asked to look at a window that is not there."""
    said = await household.types(home, "login", SHOP)

    assert 3 == said.code
    assert "✗ 这台电脑没有屏幕" in said.err
    assert "请在打开的浏览器窗口里登录" not in said.err
