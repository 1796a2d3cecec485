"""A desktop for tests: a private session bus, and a notification service that takes notes."""

import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Annotated, NamedTuple

from dbus_fast import RequestNameReply
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusDict, DBusInt32, DBusSignature, DBusStr, DBusUInt32
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


class Shown(NamedTuple):
    """One notification as it arrived."""

    app: str
    title: str
    body: str
    urgency: int
    milliseconds: int


class FakeDesktop(ServiceInterface):
    """A notification service that puts what it is told in a list."""

    def __init__(self, *abilities: str) -> None:
        super().__init__("org.freedesktop.Notifications")
        self._abilities = list(abilities)
        self.shown: list[Shown] = []
        self.taken_away: list[int] = []

    @dbus_method("Notify")
    def notify(
        self,
        app: DBusStr,
        _replaces: DBusUInt32,
        _icon: DBusStr,
        title: DBusStr,
        body: DBusStr,
        _actions: Annotated[list[str], DBusSignature("as")],
        hints: DBusDict,
        milliseconds: DBusInt32,
    ) -> DBusUInt32:
        """Take one notification."""
        self.shown.append(Shown(app, title, body, hints["urgency"].value, milliseconds))
        return len(self.shown)

    @dbus_method("CloseNotification")
    def close_notification(self, number: DBusUInt32) -> None:
        """Take a notification away; the first that came is number 1."""
        self.taken_away.append(number)
        self.closed(number, 3)

    @dbus_signal("NotificationClosed")
    def closed(self, number: int, reason: int) -> Annotated[list[int], DBusSignature("uu")]:
        """Tell that a notification is closed, and why (2: somebody dismissed it)."""
        return [number, reason]

    @dbus_signal("ActionInvoked")
    def clicked(
        self, number: int, action: str = "default"
    ) -> Annotated[tuple[int, str], DBusSignature("us")]:
        """Tell that somebody clicked on a notification."""
        return (number, action)

    @dbus_method("GetCapabilities")
    def get_capabilities(self) -> Annotated[list[str], DBusSignature("as")]:
        """Tell what this desktop can do."""
        return ["body", *self._abilities]

    @dbus_method("GetServerInformation")
    def get_server_information(self) -> Annotated[list[str], DBusSignature("ssss")]:
        """Tell who this is."""
        return ["fake", "test", "1", "1.2"]


@contextmanager
def session_bus(folder: Path) -> Iterator[str]:
    """Run a private session bus in *folder* while the `with` lasts; gives its address."""
    config = folder / "bus.conf"
    config.write_text(BUS_CONFIG.format(socket=folder / "bus.sock"))
    program = shutil.which("dbus-daemon") or "dbus-daemon"
    process = subprocess.Popen(
        [program, f"--config-file={config}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.terminate()


@asynccontextmanager
async def desktop_offering(*abilities: str) -> AsyncIterator[FakeDesktop]:
    """Offer a notification service with *abilities* on the bus while the `with` lasts."""
    bus = await MessageBus().connect()
    service = FakeDesktop(*abilities)
    bus.export("/org/freedesktop/Notifications", service)
    reply = await bus.request_name("org.freedesktop.Notifications")
    assert RequestNameReply.PRIMARY_OWNER == reply
    yield service
    bus.disconnect()
    await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # dbus_fast's
