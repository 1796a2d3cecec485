"""A panel beside the clock for tests: programs put up their icons with it, as on KDE or GNOME."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusInt32, DBusStr
from dbus_fast.constants import PropertyAccess
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

NAME = "org.kde.StatusNotifierWatcher"
_ITEM, _MENU = "org.kde.StatusNotifierItem", "com.canonical.dbusmenu"


class _Watcher(ServiceInterface):
    """Takes note of who put up an icon."""

    def __init__(self) -> None:
        super().__init__(NAME)
        self.items: list[str] = []

    @dbus_method("RegisterStatusNotifierItem")
    def register(self, service: DBusStr) -> None:
        """Take an icon in."""
        self.items.append(service)
        self.registered(service)

    @dbus_method("RegisterStatusNotifierHost")
    def register_host(self, service: DBusStr) -> None:
        """Take it that somebody draws icons."""

    @dbus_signal("StatusNotifierItemRegistered")
    def registered(self, service: DBusStr) -> DBusStr:
        """Tell of a new icon."""
        return service

    @dbus_property(PropertyAccess.READ, "IsStatusNotifierHostRegistered")
    def has_host(self) -> DBusBool:
        """Tell that there is room for icons."""
        return True

    @dbus_property(PropertyAccess.READ, "ProtocolVersion")
    def version(self) -> DBusInt32:
        """Tell how icons are spoken of."""
        return 0


class Panel:
    """Where the one icon of a program stands, and a hand that uses it."""

    def __init__(self, bus: MessageBus, watcher: _Watcher) -> None:
        self._bus = bus
        self._watcher = watcher

    @property
    def stands(self) -> bool:
        """Whether there is an icon."""
        return bool(self._watcher.items)

    async def says(self) -> str:
        """Return what is said beside the icon."""
        (_, _, title, text), *_ = [await self._property("ToolTip")]
        return f"{title}{text}"

    async def picture(self) -> tuple[int, int, bytes]:
        """Return the largest picture: how wide, how high, its dots."""
        wide, high, dots = max(await self._property("IconPixmap"))
        return wide, high, bytes(dots)

    async def click(self) -> None:
        """Click on the icon."""
        await self._call("/StatusNotifierItem", _ITEM, "Activate", "ii", 0, 0)

    async def menu(self) -> list[Any]:
        """Return the menu: each line's text, and a list behind a line that unfolds."""
        return _lines(await self._layout())

    async def choose(self, text: str) -> None:
        """Choose the line with *text*, however deep it lies."""
        number = _find(await self._layout(), text)
        body = ("isvu", number, "clicked", Variant("i", 0), 0)
        await self._call(await self._property("Menu"), _MENU, "Event", *body)

    async def _layout(self) -> Any:  # noqa: ANN401 (a tree of whatever the bus carries)
        path = await self._property("Menu")
        await self._call(path, _MENU, "AboutToShow", "i", 0)
        _, layout = await self._call(path, _MENU, "GetLayout", "iias", 0, -1, ["label"])
        return layout

    async def _property(self, name: str) -> Any:  # noqa: ANN401 (as above)
        interface = "org.freedesktop.DBus.Properties"
        body = await self._call("/StatusNotifierItem", interface, "Get", "ss", _ITEM, name)
        return body[0].value

    async def _call(self, path: str, interface: str, member: str, form: str, *body: Any) -> Any:  # noqa: ANN401 (as above)
        reply = await self._bus.call(
            Message(
                destination=self._watcher.items[0],
                path=path,
                interface=interface,
                member=member,
                signature=form,
                body=list(body),
            )
        )
        assert reply is not None
        assert MessageType.METHOD_RETURN == reply.message_type, reply.body
        return reply.body


def _lines(layout: Any) -> list[Any]:  # noqa: ANN401 (as above)
    lines: list[Any] = []
    for _, values, inner in (child.value for child in layout[2]):
        lines.append(values["label"].value)
        if inner:
            lines.append(_lines((0, values, inner)))
    return lines


def _find(layout: Any, text: str) -> int:  # noqa: ANN401 (as above)
    number, values, inner = layout
    if "label" in values and values["label"].value == text:
        return int(number)
    return next((found for child in inner if (found := _find(child.value, text))), 0)


@asynccontextmanager
async def panel_at(address: str) -> AsyncIterator[Panel]:
    """Offer a panel on the bus at *address* while the `with` lasts."""
    bus = await MessageBus(address).connect()
    watcher = _Watcher()
    bus.export("/StatusNotifierWatcher", watcher)
    await bus.request_name(NAME)
    yield Panel(bus, watcher)
    bus.disconnect()
    await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # dbus_fast's
