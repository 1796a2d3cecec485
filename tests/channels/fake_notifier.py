"""Stands where the notification library does, on a machine without a desktop."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

from desktop_notifier import Capability, DesktopNotifier

from agent.channels.desktop import Desktop


class FakeNotifier:
    """Stands where the library does: takes notifications, or fails as *failure* says."""

    def __init__(self, failure: str = "") -> None:
        self._failure = failure
        self.sent: list[tuple[str, str, dict[str, Any]]] = []
        self.cleared: list[str] = []
        self.on_clicked: Callable[[str], None] = print

    async def get_capabilities(self) -> frozenset[Capability]:
        """Tell what can be shown, if anything can."""
        if self._failure == "stalls":
            await asyncio.Event().wait()
        if self._failure == "no bus":
            raise FileNotFoundError
        return frozenset() if self._failure == "dummy" else frozenset({Capability.TITLE})

    async def request_authorisation(self) -> bool:
        """Ask the user."""
        return self._failure != "forbidden"

    async def send(
        self, title: str, message: str, *, on_dispatched: Callable[[], None], **options: object
    ) -> str:
        """Take one notification and name it; like the library, keep failures secret."""
        if self._failure != "swallowed":
            self.sent.append((title, message, options))
            on_dispatched()
        return str(len(self.sent))

    async def clear(self, identifier: str) -> None:
        """Take one notification away, if it is still there."""
        if self._failure == "gone":
            raise KeyError(identifier)
        self.cleared.append(identifier)


def on(notifier: FakeNotifier) -> Desktop:
    """Return the channel that speaks through *notifier*."""
    return Desktop(connect=lambda: cast("DesktopNotifier", notifier))
