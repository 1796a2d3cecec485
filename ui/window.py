"""The overlay's window."""

import os
import sys
import threading
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any, Literal

import webview
from loguru import logger

from agent.words import Language
from ui.bridge import Bridge
from ui.frame import Frame, Keeping
from ui.glance import Glance
from ui.page import address
from ui.places import SMALLEST
from ui.signals import stopping
from ui.tray import Tray
from ui.tray_qt import QtIcon
from ui.undying import keep_alive
from ui.words import say

_WIDTH, _HEIGHT = 380, 640
_BACKGROUND = "#14171c"

_LOOK_S = 0.4
"""How soon somebody who asks for the window gets it."""

_FLAGS = "--js-flags=--initial-old-space-size=16 --log-level=3"
"""Left to itself a page first tidies up when it holds a gigabyte, where there is so much memory;
this one needs some MB. And what Chromium says is not for a person's terminal."""

_closing = threading.Event()


def screen_available(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a window can be shown: Linux may have no screen at all."""
    if sys.platform != "linux":
        return True
    offscreen = environment.get("QT_QPA_PLATFORM", "").startswith("offscreen")
    return offscreen or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def show(
    bridge: Bridge,
    *,
    language: Language = "zh",
    debugging_port: int | None = None,
    on_ready: Callable[[], None] | None = None,
    keeping: Keeping | None = None,
    glance: Glance | None = None,
) -> None:
    """Show the overlay and return once it is closed; main thread only, once a process.

    With *keeping* a person who closes it only puts it away, with a *glance* an icon stands beside
    the system's clock where there is room for one. *bridge* may have no agent yet.
    *on_ready* is called on another thread when the page can call the bridge. With a
    *debugging_port* other programs can drive the page there: for tests only.
    """
    _prepare(debugging_port)
    with stopping(close):
        if _closing.is_set():
            return
        window = _window(bridge, language)
        frame = _framed(window, keeping)
        if glance is not None and sys.platform == "linux":
            tray = Tray(glance, bridge, frame.appear, language)
            window.events.before_show += lambda: _stand_beside(window, tray)
        if on_ready is not None:
            window.events.loaded += on_ready
        gui: Literal["qt"] | None = "qt" if sys.platform == "linux" else None
        webview.start(_attend, [window, frame], gui=gui)


def browser_flags(given: str) -> str:
    """Return what Qt's browser is started with; of two that differ the *given* ones count."""
    return f"{_FLAGS} {given}".strip()


def close() -> None:
    """Close the overlay from any thread; also before it has opened."""
    _closing.set()
    for window in list(webview.windows):
        window.destroy()


def _prepare(debugging_port: int | None) -> None:
    if sys.platform == "linux":
        keep_alive()
    if sys.platform == "linux" and os.geteuid() == 0:
        # Chromium refuses to run sandboxed as root, and Qt has no other way to say so.
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    # A person's terminal is no place for what Qt says about missing graphics cards.
    os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")
    given = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = browser_flags(given)
    webview.settings["REMOTE_DEBUGGING_PORT"] = debugging_port
    # Else a press on a button in the header would drag the window.
    webview.settings["DRAG_REGION_DIRECT_TARGET_ONLY"] = True
    webview.settings["OPEN_EXTERNAL_LINKS_IN_BROWSER"] = False


def _window(bridge: Bridge, language: Language) -> webview.Window:
    window = webview.create_window(
        say("page.title", language),
        address(language),
        js_api=bridge,
        width=_WIDTH,
        height=_HEIGHT,
        min_size=(SMALLEST["tab"][0], SMALLEST["whistle"][1]),
        frameless=True,
        # The default crashes Qt together with frameless; the page has a header to drag by.
        easy_drag=False,
        on_top=True,
        background_color=_BACKGROUND,
        # The page has its own rule, and the one put in by pywebview is against its content policy.
        text_select=True,
    )
    if window is None:
        raise RuntimeError("the window was refused before it opened")
    _answer_without_eval(window)
    return window


def _framed(window: webview.Window, keeping: Keeping | None) -> Frame:
    """Return what moves *window*: without a frame of the system it has no edges to pull."""
    can_fade = sys.platform == "linux"
    frame = Frame(window, keeping, partial(_set_opacity, window) if can_fade else None)
    window.expose(frame.resize, frame.size)
    if can_fade:
        window.expose(frame.fade)
    if keeping is not None:
        window.expose(frame.hide)

    def closing() -> bool:
        """Tell whether it may close: only who quits closes it for good."""
        if _closing.is_set():
            frame.keep()
            return True
        return not frame.hide()

    window.events.closing += closing
    if sys.platform == "linux":
        window.events.before_show += lambda: _leave_the_focus(window)
    return frame


def _set_opacity(window: webview.Window, share: float) -> None:
    """Let what lies behind the window shine through it; on the thread that draws, from any."""
    native: Any = window.native
    timer = import_module("qtpy.QtCore").QTimer
    timer.singleShot(0, native, partial(native.setWindowOpacity, share))


def _leave_the_focus(window: webview.Window) -> None:
    """Let the window appear without taking the keyboard from whoever types elsewhere."""
    qt = import_module("qtpy.QtCore").Qt
    native: Any = window.native  # the toolkit's own
    native.setAttribute(qt.WA_ShowWithoutActivating)


def _stand_beside(window: webview.Window, tray: Tray) -> None:
    """Put up the *tray*'s icon, on the thread that draws; without one all goes on as ever."""
    try:
        icon = QtIcon(tray, window.native)
    except Exception as error:  # noqa: BLE001 (whatever a desktop lacks: the window is there)
        logger.warning("there is no icon beside the clock: {}", error)
        return
    over = partial(_over, window)
    threading.Thread(target=tray.follow, args=[icon, over], name="tray", daemon=True).start()


def _over(window: webview.Window) -> bool:
    """Wait a moment; tell whether the window is closed for good."""
    return _closing.wait(_LOOK_S) or window.events.closed.is_set()


def _attend(window: webview.Window, frame: Frame) -> None:
    frame.settle()
    frame.attend(partial(_over, window))


def _answer_without_eval(window: webview.Window) -> None:
    """Hand answers to the page without `eval`, which the page's content policy forbids.

    pywebview waits for the page on the thread that carries the answer, without end if the window
    closes meanwhile; a daemon thread does not keep the program alive.
    """

    def deliver(script: str, *_: Any) -> None:  # noqa: ANN401 (pywebview's own signature)
        threading.Thread(target=window.run_js, args=(script,), daemon=True).start()

    window.evaluate_js = deliver  # type: ignore[method-assign, assignment] # no other way in
