"""The tray's icon as Qt draws it: made, and touched, on the thread that draws and on no other."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from queue import Empty, SimpleQueue
from typing import Any

from loguru import logger

from ui.glance import Seen
from ui.tray import Entry, Tray

_EVERY_MS = 500
_SIDE = 64
_GROUNDS = {
    "urgent": "#c9182b",
    "stopped": "#c9182b",
    "waiting": "#f4b63c",
    "paused": "#5a4a8a",
    "calm": "#1b6b4a",
    "handled": "#2a5088",
}
_PLAIN = "#474d57"
_SIGNS = {"blind": "?", "stopped": "!", "connecting": "…", "starting": "…", "empty": "…"}
"""What stands in place of a number that nobody confirms."""
_SLEEPS = "z"
_PAUSED, _TICK = ((24, 18, 24, 46), (40, 18, 40, 46)), ((17, 34, 28, 45), (28, 45, 47, 22))


def sign(seen: Seen) -> str:
    """Return what is written on the icon; "" where it is drawn: a pause, or that all is well.

    Silence must not look like a list that has nothing to ring for.
    """
    if seen.state == "paused":
        return ""
    return _SIGNS.get(seen.state) or seen.number or (_SLEEPS if seen.hushed else "")


class QtIcon:
    """The icon and its menu beside the window *parent*, both of the toolkit's own kind."""

    def __init__(self, tray: Tray, parent: Any) -> None:  # noqa: ANN401 (the toolkit has no types)
        self._tray = tray
        self._gui, widgets = import_module("qtpy.QtGui"), import_module("qtpy.QtWidgets")
        core = import_module("qtpy.QtCore")
        self._core = core
        self._news: SimpleQueue[Callable[[], object]] = SimpleQueue()
        self._entries: tuple[Entry, ...] = ()
        # A menu that closes while the window is put away is not the end.
        widgets.QApplication.setQuitOnLastWindowClosed(False)
        self._menu = widgets.QMenu(parent)
        self._icon = widgets.QSystemTrayIcon(parent)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._clicked)
        self._trigger = widgets.QSystemTrayIcon.ActivationReason.Trigger
        self._timer = core.QTimer(parent)
        self._timer.timeout.connect(self._work)
        self._draw(Seen())
        self._icon.show()
        self._timer.start(_EVERY_MS)

    def refresh(self, seen: Seen) -> None:
        """Show *seen* within half a second, from any thread."""
        self._news.put(partial(self._draw, seen))

    def complain(self, text: str) -> None:
        """Say *text* beside the icon, from any thread."""
        self._news.put(partial(self._icon.showMessage, "", text))

    def _work(self) -> None:
        with suppress(Empty):
            while True:
                work = self._news.get_nowait()
                try:
                    work()
                except Exception as error:  # noqa: BLE001 (an icon is no reason to end anything)
                    logger.warning("the tray's icon was not drawn: {}", error)

    def _clicked(self, reason: object) -> None:
        if reason == self._trigger:
            self._tray.open()

    def _draw(self, seen: Seen) -> None:
        self._icon.setIcon(self._gui.QIcon(self._picture(seen)))
        self._icon.setToolTip(seen.text)
        entries = self._tray.entries(seen)
        if _texts(entries) != _texts(self._entries):  # one that is open just now would close
            self._menu.clear()
            self._fill(self._menu, entries)
        self._entries = entries

    def _fill(self, menu: Any, entries: tuple[Entry, ...]) -> None:  # noqa: ANN401 (as above)
        for entry in entries:
            if entry.entries:
                self._fill(menu.addMenu(entry.text), entry.entries)
                continue
            menu.addAction(entry.text).triggered.connect(partial(self._chosen, entry))

    def _chosen(self, entry: Entry, *_: object) -> None:
        self._tray.do(entry)

    def _picture(self, seen: Seen) -> Any:  # noqa: ANN401 (as above)
        gui, brushes = self._gui, self._core.Qt.BrushStyle
        pixmap = gui.QPixmap(_SIDE, _SIDE)
        pixmap.fill(gui.QColor(0, 0, 0, 0))
        painter = gui.QPainter(pixmap)
        painter.setRenderHint(gui.QPainter.RenderHint.Antialiasing)
        painter.setPen(self._core.Qt.PenStyle.NoPen)
        painter.setBrush(gui.QColor(_GROUNDS.get(seen.state, _PLAIN)))
        painter.drawRoundedRect(1, 1, _SIDE - 2, _SIDE - 2, 14, 14)
        if seen.state == "blind":
            painter.setBrush(gui.QBrush(gui.QColor("#8a919c"), brushes.BDiagPattern))
            painter.drawRoundedRect(1, 1, _SIDE - 2, _SIDE - 2, 14, 14)
        self._sign(painter, seen)
        painter.end()
        return pixmap

    def _sign(self, painter: Any, seen: Seen) -> None:  # noqa: ANN401 (as above)
        gui = self._gui
        ink = gui.QColor("#231800" if seen.state == "waiting" else "#ffffff")
        text = sign(seen)
        if not text:
            pen = gui.QPen(ink, 8)
            pen.setCapStyle(self._core.Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            for line in _PAUSED if seen.state == "paused" else _TICK:
                painter.drawLine(*line)
            return
        font = gui.QFont()
        font.setBold(True)
        font.setPixelSize(46 if len(text) < 2 else 38 if len(text) < 3 else 26)  # noqa: PLR2004 (digits that fit)
        painter.setFont(font)
        painter.setPen(ink)
        area = self._core.QRect(0, 0, _SIDE, _SIDE)
        painter.drawText(area, self._core.Qt.AlignmentFlag.AlignCenter, text)


def _texts(entries: tuple[Entry, ...]) -> list[object]:
    return [(entry.text, _texts(entry.entries)) for entry in entries]
