"""Which browser is taken, how one is fetched, and whether it really starts."""

from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from agent.errors import BrowserMissing
from agent.platforms.browser import (
    DRIVER_LIBRARY,
    FONT,
    NONE_HERE,
    PACKAGES,
    FoundBrowser,
    find_browser,
    launch,
)
from tests.platforms.made_up_system import NODE, OWN, MadeUpSystem

EDGE_ON_WINDOWS = "C:/Programs86/Microsoft/Edge/Application/msedge.exe"
CHROME_ON_WINDOWS = "C:/Users/x/Google/Chrome/Application/chrome.exe"
WINDOWS = {"PROGRAMFILES(X86)": "C:/Programs86", "LOCALAPPDATA": "C:/Users/x"}
EDGE_ON_MAC = "/Users/x/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"
CHROME_ON_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
CHROMIUM = "/usr/bin/chromium"
SHELL = "/usr/bin/chromium-headless-shell"
OWN_SHELL = (
    "/cache/chromium_headless_shell-1255/chrome-headless-shell-linux64/chrome-headless-shell"
)


def silent(_line: str) -> None:
    """Hear nothing of the progress."""


@pytest.mark.parametrize(
    ("system", "configured", "headless", "visible"),
    [
        (MadeUpSystem(CHROMIUM, "/my/chrome"), "/my/chrome", "/my/chrome", "/my/chrome"),
        (MadeUpSystem("/my/headless_shell"), "/my/headless_shell", "/my/headless_shell", None),
        (
            MadeUpSystem(CHROMIUM, "/my/c", env={"GESHAO_BROWSER": "/my/c"}),
            *(None, "/my/c", "/my/c"),
        ),
        (
            MadeUpSystem("/my/a", "/my/b", env={"GESHAO_BROWSER": "/my/b"}),
            *("/my/a", "/my/a", "/my/a"),
        ),
        (MadeUpSystem(CHROMIUM, env={"GESHAO_BROWSER": ""}), None, CHROMIUM, CHROMIUM),
        (
            MadeUpSystem(CHROME_ON_WINDOWS, EDGE_ON_WINDOWS, platform="win32", env=WINDOWS),
            *(None, EDGE_ON_WINDOWS, EDGE_ON_WINDOWS),
        ),
        (
            MadeUpSystem(CHROME_ON_WINDOWS, platform="win32", env=WINDOWS),
            *(None, CHROME_ON_WINDOWS, CHROME_ON_WINDOWS),
        ),
        (
            MadeUpSystem(CHROME_ON_MAC, platform="darwin", env={"HOME": "/Users/x"}),
            *(None, CHROME_ON_MAC, CHROME_ON_MAC),
        ),
        (
            MadeUpSystem(CHROME_ON_MAC, EDGE_ON_MAC, platform="darwin", env={"HOME": "/Users/x"}),
            *(None, EDGE_ON_MAC, EDGE_ON_MAC),
        ),
        (MadeUpSystem(CHROMIUM, SHELL), None, SHELL, CHROMIUM),
        (MadeUpSystem(CHROMIUM), None, CHROMIUM, CHROMIUM),
        (MadeUpSystem(SHELL), None, SHELL, None),
        (MadeUpSystem("/opt/google/chrome/chrome"), None, *["/opt/google/chrome/chrome"] * 2),
        (
            MadeUpSystem("/usr/bin/google-chrome", CHROMIUM, broken=("/usr/bin/google-chrome",)),
            *(None, CHROMIUM, CHROMIUM),
        ),
        (MadeUpSystem(CHROMIUM, SHELL, OWN, OWN_SHELL), None, SHELL, CHROMIUM),
        (MadeUpSystem(OWN, OWN_SHELL), None, OWN_SHELL, OWN),
        (MadeUpSystem(OWN), None, OWN, OWN),
        (MadeUpSystem(download=(OWN, OWN_SHELL)), None, OWN_SHELL, OWN),
        (
            MadeUpSystem(
                "/usr/bin/apt-get",
                is_root=True,
                packages={"chromium": CHROMIUM, "chromium-headless-shell": SHELL, FONT: "/font"},
            ),
            *(None, SHELL, CHROMIUM),
        ),
        (
            # The download lacks libraries here; the distribution's package brings its own.
            MadeUpSystem(
                *("/usr/bin/apt-get", OWN),
                is_root=True,
                broken=(OWN,),
                packages={"chromium": CHROMIUM},
            ),
            *(None, CHROMIUM, CHROMIUM),
        ),
    ],
)
async def test_order_of_search(
    system: MadeUpSystem, configured: str | None, headless: str, visible: str | None
) -> None:
    """What was asked for comes first, then what is there, then what can be fetched."""
    found = await find_browser(Path(configured) if configured else None, silent, system=system)

    assert Path(headless) == found.headless
    assert (Path(visible) if visible else None) == found.visible


@pytest.mark.parametrize(
    ("configured", "env", "words"),
    [
        (Path("/my/chrome"), {}, "设置里写的浏览器 /my/chrome 不存在或不能运行。"),
        (None, {"GESHAO_BROWSER": "/no"}, "环境变量 GESHAO_BROWSER里写的浏览器 /no 不存在"),
    ],
)
async def test_no_other_than_the_one_asked_for(
    configured: Path | None, env: dict[str, str], words: str
) -> None:
    """A path that leads to no program is refused, though another browser is there."""
    with pytest.raises(BrowserMissing, match=words):
        await find_browser(configured, silent, system=MadeUpSystem(CHROMIUM, env=env))


@pytest.mark.parametrize(
    ("system", "advice"),
    [
        (MadeUpSystem(platform="win32"), "请安装 Microsoft Edge 或 Google Chrome，"),
        (MadeUpSystem(platform="darwin"), "请安装 Microsoft Edge 或 Google Chrome，"),
        (MadeUpSystem("/usr/bin/apt-get"), "“sudo apt-get install chromium”"),
        (MadeUpSystem("/usr/bin/apt-get", is_root=True), "“sudo apt-get install chromium”"),
        (MadeUpSystem("/usr/bin/dnf", is_root=True), "“sudo dnf install chromium”"),
        (MadeUpSystem("/usr/bin/pacman"), "“sudo pacman -S chromium”"),
        (MadeUpSystem(), "请安装 Chromium 或 Google Chrome，"),
    ],
)
async def test_advice_fits_the_system(system: MadeUpSystem, advice: str) -> None:
    """When nothing can be had, one sentence says what to install on this very system."""
    with pytest.raises(BrowserMissing, match="没有找到可用的浏览器。") as caught:
        await find_browser(None, silent, system=system)

    assert advice in caught.value.next_step


@pytest.mark.parametrize(
    ("system", "found"),
    [
        (MadeUpSystem(download=(OWN,)), NONE_HERE),
        (MadeUpSystem(CHROMIUM), FoundBrowser(Path(CHROMIUM), Path(CHROMIUM), "电脑上已安装")),
    ],
    ids=["none", "one"],
)
async def test_one_that_is_not_needed_is_not_fetched(
    system: MadeUpSystem, found: FoundBrowser
) -> None:
    """Where the pages are read elsewhere, it only opens windows; the driver is needed anyway."""
    told: list[str] = []

    assert found == await find_browser(None, told.append, needed=False, system=system)
    assert [] == told


async def test_progress_of_a_download() -> None:
    """A download tells in Chinese how far it is."""
    told: list[str] = []
    await find_browser(None, told.append, system=MadeUpSystem(download=(OWN,)))

    assert [
        "电脑上没有浏览器，正在下载 Chromium（约 300 MB）……",
        "正在下载 40%（共 160.4 MiB）",
    ] == told


async def test_a_refused_download_goes_on_to_the_packages() -> None:
    """A failed download is told without the driver's own words; then the packages are fetched."""
    told: list[str] = []
    system = MadeUpSystem(
        "/usr/bin/apt-get", is_root=True, packages={"chromium": CHROMIUM, FONT: "/font"}
    )
    found = await find_browser(None, told.append, system=system)

    assert FoundBrowser(Path(CHROMIUM), Path(CHROMIUM), "电脑上已安装") == found
    assert [
        "电脑上没有浏览器，正在下载 Chromium（约 300 MB）……",
        "Chromium 没能下载。",
        "正在更新系统的软件列表……",
        "系统的软件源里没有 chromium-headless-shell。",
        f"正在用系统的软件源安装：chromium、{FONT}……",
        "正在安装 40%",
    ] == told


@pytest.mark.parametrize(
    ("is_root", "offered", "told"),
    [
        (True, True, "正在安装 40%"),
        (True, False, f"请安装中文字体，例如 {FONT}。"),
        (False, True, f"请安装中文字体，例如 {FONT}。"),
    ],
)
async def test_a_chinese_font_is_seen_to(is_root: bool, offered: bool, told: str) -> None:  # noqa: FBT001 (columns of the table)
    """Without a Chinese font one is installed if we may, and asked for otherwise."""
    lines: list[str] = []
    packages = {FONT: "/font"} if offered else {}
    system = MadeUpSystem(
        CHROMIUM, "/usr/bin/apt-get", is_root=is_root, packages=packages, fonts=()
    )
    await find_browser(None, lines.append, system=system)

    assert lines[-1].endswith(told)


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
async def test_nothing_is_said_where_nothing_is_missing(platform: str) -> None:
    """A machine with a browser and fonts is asked little, and nobody is told anything."""
    told: list[str] = []
    programs = (CHROMIUM, EDGE_ON_WINDOWS, CHROME_ON_MAC)
    system = MadeUpSystem(*programs, platform=platform, env=WINDOWS)
    await find_browser(None, told.append, system=system)

    assert [] == told
    assert (
        [
            f"{NODE} --version",
            f"{CHROMIUM} --version",
            "fc-list :lang=zh",
        ]
        if platform == "linux"
        else []
    ) == system.commands


async def test_the_driver_is_mended() -> None:
    """A driver that lacks its library gets it where we may install."""
    packages = {DRIVER_LIBRARY: "/usr/lib/libatomic.so.1"}
    system = MadeUpSystem(
        CHROMIUM, "/usr/bin/apt-get", is_root=True, driver=False, packages=packages
    )
    found = await find_browser(None, silent, system=system)

    assert Path(CHROMIUM) == found.headless


async def test_a_driver_that_cannot_be_mended_is_told() -> None:
    """Without the right to install, the library is named."""
    system = MadeUpSystem(CHROMIUM, "/usr/bin/apt-get", driver=False)

    with pytest.raises(BrowserMissing, match=r"libatomic\.so\.1") as caught:
        await find_browser(None, silent, system=system)

    assert f"sudo apt-get install {DRIVER_LIBRARY}" in caught.value.next_step


def test_packages_hold_the_font() -> None:
    """Whoever gets the browser from the distribution gets a Chinese font with it."""
    assert FONT in PACKAGES


async def test_the_browser_of_this_machine_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser that is found here opens a page, and has no window without a screen."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    found = await find_browser(None, silent)

    async with async_playwright() as playwright:
        browser = await launch(playwright, found, headless=True, mark="test-browser")
        page = await browser.new_page()
        await page.set_content("<h1>鸽哨</h1>")
        heading = await page.inner_text("h1")
        await browser.close()
        with pytest.raises(BrowserMissing) as caught:
            await launch(playwright, found, headless=False, mark="test-browser")

    assert "鸽哨" == heading
    assert "屏幕" in caught.value.next_step


async def test_a_program_that_is_no_browser_is_told(tmp_path: Path) -> None:
    """What does not start is named, and the next step with it."""
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    program.chmod(0o700)
    found = await find_browser(program, silent)

    async with async_playwright() as playwright:
        with pytest.raises(BrowserMissing, match="没能启动") as caught:
            await launch(playwright, found, headless=True, mark="test-browser")

    assert str(program) in caught.value.message
    assert "GESHAO_BROWSER" in caught.value.next_step


async def test_a_shell_has_no_window() -> None:
    """Asking a headless shell for a window says what to install."""
    found = FoundBrowser(Path(SHELL), None, "")

    async with async_playwright() as playwright:
        with pytest.raises(BrowserMissing, match="不带窗口"):
            await launch(playwright, found, headless=False, mark="test-browser")
