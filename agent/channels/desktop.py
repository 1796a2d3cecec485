"""The road through the system's own notifications."""

import asyncio
import html
import logging
import sys
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from desktop_notifier import Capability, DesktopNotifier, Urgency

from agent.cases import Tier
from agent.cases.drill import DRILL_SHOP
from agent.channels.channel import Notice
from agent.errors import ChannelRefused

_FAILURES: tuple[type[Exception], ...] = (OSError, EOFError, ValueError, RuntimeError, LookupError)
if sys.platform == "linux":
    from dbus_fast.errors import DBusError, InterfaceNotFoundError

    # AttributeError: a service that lacks a method, since these are made up while running.
    _FAILURES = (*_FAILURES, DBusError, InterfaceNotFoundError, AttributeError)

_LIMIT_SECONDS = 10.0
_MAX_CHARACTERS = 1_000  # what a toast on Windows takes is bounded; nobody reads more in one
_MOST_KEPT = 100
"""Notifications on the screen; the library remembers each until it is closed or taken away."""
_UNTIL_DISMISSED = 0  # seconds, in the words of the notification specification
_AS_THE_SYSTEM_LIKES = -1

_URGENCY = {
    Tier.NORMAL: Urgency.Low,
    Tier.IMPORTANT: Urgency.Normal,
    Tier.URGENT: Urgency.Critical,
}


class Desktop:
    """Shows notices as notifications of the desktop; urgent ones stay until they are dismissed.

    The latest hundred do, that is: those before them are taken away.
    It connects at the first delivery and stays connected, because some desktops take away the
    notifications of a program that hangs up; `aclose` ends the connection. *opens* is called with
    the number of the first case of a notice that is clicked on, on the loop that delivered it.
    """

    def __init__(self, connect: Callable[[], DesktopNotifier] | None = None) -> None:
        self._connect = connect or _connect
        self._notifier: DesktopNotifier | None = None
        self._turn = asyncio.Lock()
        self.opens: Callable[[int], None] = lambda _number: None
        self._kept: dict[str, int] = {}
        """The case to open, 0 for none, by the library's name for the notification."""

    @property
    def name(self) -> str:
        """The name under which the policy and the journal know it."""
        return "desktop"

    async def deliver(self, notice: Notice) -> None:
        """Hand *notice* to the desktop.

        Raises ChannelRefused when there is no notification service, or when it does not take it;
        the next delivery connects anew.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(_LIMIT_SECONDS):
                    await self._show(notice)
            except TimeoutError as error:
                self._disconnect()
                raise ChannelRefused(
                    "系统的通知服务没有反应。", "请看看系统的通知设置；程序会自动再试。"
                ) from error
            except _FAILURES as error:
                self._disconnect()
                raise _no_service() from error
            except ChannelRefused:
                self._disconnect()
                raise

    async def aclose(self) -> None:
        """Hang up, if ever connected; a later delivery would connect again."""
        async with self._turn:
            self._disconnect()

    async def _show(self, notice: Notice) -> None:
        if self._notifier is None:
            self._notifier = self._connect()
            # Not one for each: Windows tells the library that a notification is over when it goes
            # from the screen to the action centre, where it can still be clicked on.
            self._notifier.on_clicked = partial(self._clicked, asyncio.get_running_loop())
        if Capability.TITLE not in await self._notifier.get_capabilities():
            raise ChannelRefused(
                "这样安装的程序在本系统上不能弹通知。", "请改用声音或手机提醒。", permanent=True
            )
        if not await self._notifier.request_authorisation():
            raise ChannelRefused(
                "系统不允许本程序弹通知。", "请在系统设置的“通知”里允许它；程序会自动再试。"
            )
        await self._send(self._notifier, notice)

    async def _send(self, notifier: DesktopNotifier, notice: Notice) -> None:
        body = _plain("\n".join(notice.lines))
        if await _reads_markup(notifier):
            body = html.escape(body, quote=False)
        await self._make_room(notifier)
        taken = asyncio.Event()
        identifier = await notifier.send(
            _plain(notice.title),
            body,
            urgency=_URGENCY[notice.tier],
            timeout=_UNTIL_DISMISSED if notice.tier is Tier.URGENT else _AS_THE_SYSTEM_LIKES,
            on_dispatched=taken.set,
        )
        if not taken.is_set():  # the library keeps its failures to itself
            raise _no_service()
        self._kept[identifier] = _opened_by_click(notice)

    async def _make_room(self, notifier: DesktopNotifier) -> None:
        """Take the oldest notifications away, where nobody else did."""
        while len(self._kept) >= _MOST_KEPT:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            with suppress(*_FAILURES):  # it is gone already, or the next sending fails too
                await notifier.clear(oldest)

    def _clicked(self, loop: asyncio.AbstractEventLoop, identifier: str) -> None:
        # On a Mac this is called on the main thread, maybe when the loop has ended.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(self._open, identifier)

    def _open(self, identifier: str) -> None:
        if number := self._kept.get(identifier):
            self.opens(number)

    def _disconnect(self) -> None:
        # The library has no way to hang up; without this each failed try would leave a socket.
        bus = getattr(_backend(self._notifier), "bus", None)
        self._notifier = None
        if bus is not None:
            bus.disconnect()


def _connect() -> DesktopNotifier:
    # At level debug the library logs what it shows: a buyer's words.
    logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)
    return DesktopNotifier(app_name="鸽哨", app_icon=None)


def _opened_by_click(notice: Notice) -> int:
    """Return the number of the most urgent case of *notice*, 0 if there is nothing to open."""
    if notice.quiet or not notice.cases or notice.cases[0].shop == DRILL_SHOP.shop_id:
        return 0
    return notice.cases[0].number


def _no_service() -> ChannelRefused:
    return ChannelRefused(
        "这台电脑上没有可用的桌面通知服务。",
        "请在桌面环境里运行本程序，或改用声音、手机提醒；程序会自动再试。",
    )


async def _reads_markup(notifier: DesktopNotifier) -> bool:
    """Tell whether the body is parsed as markup; only desktops on Linux do, and not all of them."""
    interface = getattr(_backend(notifier), "interface", None)
    return interface is not None and "body-markup" in await interface.call_get_capabilities()


def _backend(notifier: DesktopNotifier | None) -> object:
    return getattr(notifier, "_backend", None)


def _plain(text: str) -> str:
    """Return *text* without what a bus or an XML document cannot carry, and not endlessly long."""
    short = text if len(text) <= _MAX_CHARACTERS else text[: _MAX_CHARACTERS - 1] + "…"
    return "".join(
        character
        if character == "\n" or unicodedata.category(character) not in {"Cc", "Cs", "Cn"}
        else " "
        for character in short
    )
