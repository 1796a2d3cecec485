"""Where a browser is on this machine, how to get one, and how it is started."""

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from playwright.async_api import Browser, Playwright
from playwright.async_api import Error as PlaywrightError

from agent.errors import BrowserMissing
from agent.platforms import debian
from agent.platforms.family import mark_argument
from agent.platforms.system import Ran, Say, System, ThisSystem

VARIABLE = "GESHAO_BROWSER"
FONT = "fonts-noto-cjk"
DRIVER_LIBRARY = "libatomic1"  # Playwright's Node links to it; a small Debian does without
PACKAGES = ("chromium", "chromium-headless-shell", FONT)

_PLAYWRIGHT = (sys.executable, "-m", "playwright")
_SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
_PLAYWRIGHT_SHELLS = (
    *("chrome-headless-shell", "chrome-headless-shell.exe"),
    *("headless_shell", "headless_shell.exe"),  # as it was called up to Playwright 1.56
)
_LINUX_NAMES = (
    *("microsoft-edge", "microsoft-edge-stable", "google-chrome", "google-chrome-stable"),
    *("chromium", "chromium-browser"),
)
_LINUX_PATHS = (
    "/opt/microsoft/msedge/msedge",
    "/opt/google/chrome/chrome",
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
)
_WINDOWS_FOLDERS = ("PROGRAMFILES(X86)", "PROGRAMFILES", "LOCALAPPDATA")
_WINDOWS_PATHS = (
    "Microsoft/Edge/Application/msedge.exe",
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
)
_MAC_NAMES = ("Microsoft Edge", "Google Chrome", "Chromium")

_READING = (
    "--disable-auto-reload",  # of a page that failed: we decide when a back office is asked again
    "--disable-shared-workers",  # they outlive their page, and nothing sees their web sockets
    "--js-flags=--max-old-space-size=1024",  # MB a page: one that takes more and more crashes
)
"""Only for pages that are read: a window is the person's."""

_AGAIN = "然后重新启动鸽哨。"
_INSTALL_ONE = f"请安装 Microsoft Edge 或 Google Chrome，{_AGAIN}"
_INSTALL_COMMANDS = {  # the first that is there
    "apt-get": "sudo apt-get install chromium",
    "dnf": "sudo dnf install chromium",
    "zypper": "sudo zypper install chromium",
    "pacman": "sudo pacman -S chromium",
    "apk": "sudo apk add chromium",
}


@dataclass(frozen=True, slots=True)
class FoundBrowser:
    """A browser on this machine.

    *headless* works without a screen; *visible* opens a window for a person, None if only a
    headless shell is there. *origin* says how it was found, in Chinese.
    """

    headless: Path
    visible: Path | None
    origin: str


NONE_HERE = FoundBrowser(Path(), None, "")
"""What stands for the browser of a computer without one."""


async def find_browser(
    configured: Path | None, progress: Say, *, needed: bool = True, system: System | None = None
) -> FoundBrowser:
    """Return the browser to use, after fetching one if there is none; if not *needed*, NONE_HERE.

    *configured* comes first, then the variable GESHAO_BROWSER, what is installed, Playwright's
    own, the distribution's package. *progress* is told what takes time, in Chinese. Raises
    BrowserMissing if what was asked for is no program, if nothing was found nor could be fetched,
    or if Playwright's driver does not run here.
    """
    system = system or ThisSystem()
    asked_for = _asked_for(configured, system)
    await _provide_driver(progress, system)
    found = (
        asked_for
        or await _installed(system)
        or await _playwrights(progress, system, fetch=needed)
        or (await _packaged(progress, system) if needed else NONE_HERE)
    )
    if found is NONE_HERE:
        return found
    if found is None:
        raise BrowserMissing("没有找到可用的浏览器。", _what_to_install(system))
    await _provide_font(progress, system)
    return found


async def launch(
    playwright: Playwright, found: FoundBrowser, *, headless: bool, mark: str
) -> Browser:
    """Start *found* and return it; *mark* lets `leftovers.sweep` know its processes again.

    Raises BrowserMissing if it does not start, or has no window while one is asked for.
    """
    path = found.headless if headless else found.visible
    if path is None:
        raise BrowserMissing("这台电脑上只有不带窗口的浏览器。", _INSTALL_ONE)
    try:
        return await playwright.chromium.launch(
            executable_path=path,
            headless=headless,
            chromium_sandbox=not ThisSystem().is_root,  # root's browser refuses to start in one
            args=[mark_argument(mark), *(_READING if headless else ())],
            # The program closes it in its own order; the driver would do it at once.
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
    except PlaywrightError as error:
        first_line = error.message.splitlines()[0]
        raise BrowserMissing(
            f"浏览器 {path} 没能启动（{first_line}）。", _after_refusal(error.message)
        ) from error


def _asked_for(configured: Path | None, system: System) -> FoundBrowser | None:
    variable = system.env.get(VARIABLE, "")
    if configured is None and not variable:
        return None
    path, origin = (configured, "设置") if configured else (Path(variable), f"环境变量 {VARIABLE}")
    if not system.is_program(path):
        raise BrowserMissing(
            f"{origin}里写的浏览器 {path} 不存在或不能运行。",
            "请改正这个路径，或者删掉它，让鸽哨自己找浏览器。",
        )
    is_shell = "headless" in path.name
    return FoundBrowser(path, None if is_shell else path, origin)


async def _provide_driver(progress: Say, system: System) -> None:
    if system.platform != "linux":
        return
    ran = await _try_driver(system)
    if ran.code != 0 and debian.may_install(system):
        await debian.install([DRIVER_LIBRARY], progress, system)
        ran = await _try_driver(system)
    if ran.code != 0:
        raise BrowserMissing(
            f"浏览器的驱动不能运行（{' '.join(ran.lines[:1])}）。",
            f"请安装它缺少的系统库（例如“sudo apt-get install {DRIVER_LIBRARY}”），{_AGAIN}",
        )


def driver_command() -> Sequence[str]:
    """Return what runs if the driver does: its Node, where Playwright tells where that lies.

    Node alone lacks what the driver would lack, and answers a hundred times sooner.
    """
    try:
        private = import_module("playwright._impl._driver")
        return (str(private.compute_driver_executable()[0]),)
    except (ImportError, AttributeError, LookupError):  # nobody has promised that it stays there
        return _PLAYWRIGHT


async def _try_driver(system: System) -> Ran:
    return await system.run(*driver_command(), "--version")


async def _installed(system: System) -> FoundBrowser | None:
    visible = await _first_that_starts(_installed_paths(system), system)
    shell = None
    if system.platform == "linux":
        shell = await _first_that_starts(_on_search_path(_SHELLS, system), system)
    return _found(shell, visible, "电脑上已安装")


def _found(shell: Path | None, visible: Path | None, origin: str) -> FoundBrowser | None:
    # A shell needs half the memory of a whole browser without its window.
    headless = shell or visible
    return None if headless is None else FoundBrowser(headless, visible, origin)


def _installed_paths(system: System) -> Iterable[Path]:
    if system.platform == "win32":
        folders = [Path(system.env[name]) for name in _WINDOWS_FOLDERS if name in system.env]
        return [folder / path for path in _WINDOWS_PATHS for folder in folders]
    if system.platform == "darwin":
        folders = [Path("/Applications"), Path(system.env.get("HOME", "/")) / "Applications"]
        return [
            folder / f"{name}.app" / "Contents" / "MacOS" / name
            for name in _MAC_NAMES
            for folder in folders
        ]
    return [*_on_search_path(_LINUX_NAMES, system), *map(Path, _LINUX_PATHS)]


def _on_search_path(names: Iterable[str], system: System) -> list[Path]:
    return [path for name in names if (path := system.which(name)) is not None]


async def _first_that_starts(paths: Iterable[Path], system: System) -> Path | None:
    for path in paths:
        if system.is_program(path) and await _starts(path, system):
            return path
    return None


async def _starts(path: Path, system: System) -> bool:
    """Tell whether *path* runs here.

    On Linux a browser may lack libraries, or be a stub that only tells how to install it. On
    Windows asking for the version would open a window.
    """
    if system.platform != "linux":
        return True
    return (await system.run(path, "--version")).code == 0


async def _playwrights(progress: Say, system: System, *, fetch: bool) -> FoundBrowser | None:
    expected = await system.playwright_chromium()
    if fetch and not system.is_program(expected):
        progress("电脑上没有浏览器，正在下载 Chromium（约 300 MB）……")
        ran = await system.run(*_PLAYWRIGHT, "install", "chromium", say=_downloaded(progress))
        if ran.code != 0:
            progress("Chromium 没能下载。")
    visible = await _first_that_starts([expected], system)
    shell = await _first_that_starts(_playwright_shells(expected, system), system)
    return _found(shell, visible, "Playwright 下载")


def _playwright_shells(chromium: Path, system: System) -> list[Path]:
    """Return the shells that belong to Playwright's *chromium*: they lie in a folder beside it."""
    for folder in chromium.parents:
        if folder.name.startswith("chromium-"):
            name = folder.name.replace("chromium-", "chromium_headless_shell-")
            found = [system.find(folder.parent / name, f"*/{file}") for file in _PLAYWRIGHT_SHELLS]
            return [path for paths in found for path in paths]
    return []


def _downloaded(progress: Say) -> Say:
    def hear(line: str) -> None:
        share = re.search(r"(\d+)% of (\S+ \w+)", line)
        if share is not None:
            progress(f"正在下载 {share[1]}%（共 {share[2]}）")

    return hear


async def _packaged(progress: Say, system: System) -> FoundBrowser | None:
    if not debian.may_install(system) or not await debian.install(PACKAGES, progress, system):
        return None
    return await _installed(system)


async def _provide_font(progress: Say, system: System) -> None:
    if system.platform != "linux":
        return
    fonts = await system.run("fc-list", ":lang=zh")
    if fonts.code == 0 and any(fonts.lines):
        return
    if debian.may_install(system) and await debian.install([FONT], progress, system):
        return
    progress(f"电脑上没有中文字体，截图里的汉字会显示成方框。请安装中文字体，例如 {FONT}。")


def _what_to_install(system: System) -> str:
    if system.platform != "linux":
        return _INSTALL_ONE
    for manager, command in _INSTALL_COMMANDS.items():
        if system.which(manager) is not None:
            return f"请运行“{command}”，或者安装 Google Chrome，{_AGAIN}"
    return f"请安装 Chromium 或 Google Chrome，{_AGAIN}"


def _after_refusal(message: str) -> str:
    if "XServer" in message or "Missing X server" in message:
        return "打开窗口需要屏幕：请在有屏幕的电脑上操作。"
    if "sandboxing failed" in message or "No usable sandbox" in message:
        return f"系统不允许它使用沙箱：请改用系统软件源里的 Chromium 或 Google Chrome，{_AGAIN}"
    return f"请重新安装浏览器，或者换一个（环境变量 {VARIABLE}），{_AGAIN}"
