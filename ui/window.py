"""The overlay's window."""

import os
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any, Literal

import webview

from agent.words import Language
from ui.bridge import Bridge
from ui.page import PAGE
from ui.signals import stopping
from ui.undying import keep_alive
from ui.words import say

_WIDTH, _HEIGHT = 380, 640
_SMALLEST = (320, 420)
_BACKGROUND = "#14171c"

_MARGIN = 24, 72
"""Free room at the right of the screen and above the window."""

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
) -> None:
    """Show the overlay and return once it is closed; main thread only, once a process.

    *on_ready* is called on another thread when the page can call the bridge. With a
    *debugging_port* other programs can drive the page there: for tests only.
    """
    _prepare(debugging_port)
    with stopping(close):
        if _closing.is_set():
            return
        window = _window(bridge, say("page.title", language))
        if on_ready is not None:
            window.events.loaded += on_ready
        gui: Literal["qt"] | None = "qt" if sys.platform == "linux" else None
        webview.start(_into_the_corner, [window], gui=gui)


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
    # A person's terminal is no place for what Qt and Chromium say about missing graphics cards.
    os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = f"{flags} --log-level=3".strip()
    webview.settings["REMOTE_DEBUGGING_PORT"] = debugging_port
    # Else a press on a button in the header would drag the window.
    webview.settings["DRAG_REGION_DIRECT_TARGET_ONLY"] = True
    webview.settings["OPEN_EXTERNAL_LINKS_IN_BROWSER"] = False


def _window(bridge: Bridge, title: str) -> webview.Window:
    window = webview.create_window(
        title,
        PAGE.as_uri(),
        js_api=bridge,
        width=_WIDTH,
        height=_HEIGHT,
        min_size=_SMALLEST,
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
    window.expose(_resizing(window))
    _answer_without_eval(window)
    return window


def _into_the_corner(window: webview.Window) -> None:
    """Move out of the way: a new window opens in the middle of the screen."""
    main = next((screen for screen in webview.screens if (screen.x, screen.y) == (0, 0)), None)
    if main is not None:
        window.move(main.width - _WIDTH - _MARGIN[0], _MARGIN[1])


def _resizing(window: webview.Window) -> Callable[[object, object], None]:
    """Return what the page's corner calls: a window without a frame has no edges to pull."""

    def resize(width: object, height: object) -> None:
        if isinstance(width, int) and isinstance(height, int):
            window.resize(max(width, _SMALLEST[0]), max(height, _SMALLEST[1]))

    return resize


def _answer_without_eval(window: webview.Window) -> None:
    """Hand answers to the page without `eval`, which the page's content policy forbids.

    pywebview waits for the page on the thread that carries the answer, without end if the window
    closes meanwhile; a daemon thread does not keep the program alive.
    """

    def deliver(script: str, *_: Any) -> None:  # noqa: ANN401 (pywebview's own signature)
        threading.Thread(target=window.run_js, args=(script,), daemon=True).start()

    window.evaluate_js = deliver  # type: ignore[method-assign, assignment] # no other way in
