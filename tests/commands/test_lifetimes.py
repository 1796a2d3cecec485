"""The program from its start to its end, with a real browser: asked to end, or run twice."""

import json
import signal
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from agent.platforms.host import BrowserHost
from tests.commands.home import Home
from tests.commands.household import NAME, SHOP, Household, a_household
from tests.commands.program import CLOCK, geshao, page_by
from tests.ports import free_port

END_LIMIT_S = 30.0
"""The promise is 3 s on a machine of its own; what it took is told at the end of the run."""
PNG = b"\x89PNG\r\n\x1a\n"
WIDTH_AT_TWO_DOTS = (760).to_bytes(4, "big")

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(
    ("signal_", "once"),
    [
        pytest.param(signal.SIGTERM, "正在寻找浏览器…", id="SIGTERM in the search"),
        pytest.param(signal.SIGINT, "正在打开…", id="SIGINT while it opens"),
        pytest.param(signal.SIGTERM, "正在第一次读取…", id="SIGTERM before the first reading"),
    ],
)
async def test_demo_ends_in_order_while_it_starts(
    tmp_path: Path, signal_: signal.Signals, once: str, figure: Callable[[str], None]
) -> None:
    """However far it has got, it ends in time, and nothing of it is left."""
    arguments = ("demo", "--no-window", "--mute", "--events", "-")
    async with geshao(tmp_path / "home", *arguments) as program:
        await program.says(once)
        end = await program.ends_after(signal_)
        figure(f"demo ended {end.seconds:.1f} s after {signal_.name}")

        assert (0, []) == (end.code, end.left)
        assert end.seconds <= END_LIMIT_S
        assert [] == await program.leftovers()
        assert "Traceback" not in program.err


async def test_demo_ends_by_itself_with_events_and_a_picture(tmp_path: Path) -> None:
    """Standard output holds nothing but events; the picture is the overlay's, at two dots each."""
    home, picture = tmp_path / "home", tmp_path / "overlay.png"
    arguments = ("--no-window", "--mute", "--events", "-", "--minutes", "0.05")
    async with geshao(home, "demo", *arguments, "--screenshot", str(picture)) as program:
        await program.says("画面已存到")
        code = await program.ends()
        events = [json.loads(line) for line in program.out.splitlines()]

        assert 0 == code
        assert all("event" in event for event in events)
        assert f"画面已存到 {picture}" in program.err
        assert [] == await program.leftovers()
    assert PNG == picture.read_bytes()[:8]
    assert WIDTH_AT_TWO_DOTS == picture.read_bytes()[16:20]


def screen_at(port: int) -> dict[str, str]:
    """Return what makes a window without a screen, whose page can be driven at *port*."""
    return {
        "QT_QPA_PLATFORM": "offscreen",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "QTWEBENGINE_REMOTE_DEBUGGING": str(port),
    }


async def test_window_of_the_demo_shows_its_shops_and_ends_in_order(
    tmp_path: Path, host: BrowserHost, figure: Callable[[str], None]
) -> None:
    """The real window has the make-believe cases in it, and SIGTERM ends window and browsers."""
    port = free_port()
    screen = screen_at(port)
    async with geshao(tmp_path / "home", "demo", "--mute", "--events", "-", **screen) as program:
        async with page_by(await host.playwright(), program, port) as page:
            await expect(page.locator("li.row").first).to_be_visible(timeout=60_000)
            shops = await page.locator("body").inner_text()
        await program.until(lambda: '"event": "reading"' in program.out)
        end = await program.ends_after(signal.SIGTERM)
        figure(f"demo with its window ended {end.seconds:.1f} s after SIGTERM")
        events = [json.loads(line) for line in program.out.splitlines()]

        assert "山雀户外" in shops
        assert all("event" in event for event in events)
        assert (0, []) == (end.code, end.left)
        assert end.seconds <= END_LIMIT_S
        assert [] == await program.leftovers()


@pytest_asyncio.fixture(loop_scope="session")
async def household(tmp_path: Path) -> AsyncIterator[Household]:
    """Give an office and a configured shop in it."""
    async with a_household(tmp_path) as household:
        yield household


async def test_two_programs_share_a_data_folder(household: Household, home: Home) -> None:
    """A second `run` is refused at once; `ack` reaches the first, which has kept its session."""
    async with household.watches() as running:
        await running.tells("reading", queue="aftersale", outcome="verified_empty")
        taken, other = household.office.add_case(NAME), household.office.add_case(NAME)
        async with household.watches() as second:
            refused = await second.ends()
        alert = await running.tells("alert", case=taken)
        await running.tells("alert", case=other)
        acking = await household.types(home, "ack", str(alert["number"]))
        silent_from = CLOCK.now()
        before = len(running.events("alert", case=other))
        await running.tells("alert", case=other, more_than=before + 1)

        assert household.vault().load_session(SHOP) is not None
        assert 5 == refused
        assert "✗ 另一个鸽哨正在使用这个数据目录。\n→ " in second.err
        assert "浏览器" not in second.err
        assert 0 == acking.code
        assert f"✓ #{alert['number']} 由您处理" in acking.out
        assert {"repeat"} == {one["reason"] for one in running.events("alert", case=other)[1:]}
        rang = [datetime.fromisoformat(one["at"]) for one in running.events("alert", case=taken)]
        assert [] == [at for at in rang if at > silent_from]


async def test_without_a_browser_the_window_says_so_and_is_called_back(
    household: Household, host: BrowserHost
) -> None:
    """It opens all the same, with the next step; another start shows it, and SIGTERM ends it."""
    port = free_port()
    missing = {**screen_at(port), "GESHAO_BROWSER": "/nowhere/chromium"}
    async with household.runs("run", "--mute", **missing) as program:
        async with page_by(await host.playwright(), program, port) as page:
            await expect(page.locator("#headline")).to_have_text("还没有开始监看", timeout=60_000)
            says = await page.locator("#subline").inner_text()
            can_try = await page.locator("#again").is_visible()
        async with household.runs("run", QT_QPA_PLATFORM="offscreen") as second:
            shown = await second.ends()
        end = await program.ends_after(signal.SIGTERM)

    assert "/nowhere/chromium 不存在" in says
    assert "自己再试" in says
    assert can_try
    assert (0, True) == (shown, "小窗已经显示出来" in second.out)
    assert (0, []) == (end.code, end.left)
