"""Clicks on notifications: what was clicked on is opened, one after the other, or told why not."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from loguru import logger

from agent.channels.channel import Channel
from agent.channels.desktop import Desktop
from agent.channels.wording import plain_notice
from agent.dispatcher import Dispatcher
from agent.errors import GeshaoError
from agent.inbox import Inbox


class Clicks:
    """Keeps the numbers that were clicked on until *opens* has been called with each.

    Nobody waits for an answer to a click: what is wrong is told in a notification.
    """

    def __init__(
        self, opens: Callable[[int], Awaitable[None]], inbox: Inbox, dispatcher: Dispatcher
    ) -> None:
        self._opens = opens
        self._inbox = inbox
        self._dispatcher = dispatcher
        self._numbers: asyncio.Queue[int] = asyncio.Queue()

    def come_from(self, channels: Iterable[Channel]) -> None:
        """Hear the clicks on what those of *channels* show that can be clicked on."""
        for channel in channels:
            if isinstance(channel, Desktop):
                channel.opens = self._numbers.put_nowait

    async def run(self) -> None:
        """Open what is clicked on, until cancelled."""
        while True:
            await self._open(await self._numbers.get())

    async def _open(self, number: int) -> None:
        try:
            # A notification may lie on the screen for longer than its case is open.
            self._inbox.find_open(str(number))
            await self._opens(number)
        except GeshaoError as error:
            logger.warning("#{} was clicked on and not opened: {}", number, error)
            self._tell(error.message + error.next_step)
        except Exception as error:  # noqa: BLE001 (a bug must not make the next click a dead one)
            logger.exception("#{} was clicked on: that broke", number)
            name = type(error).__name__
            self._tell(f"没有打开，鸽哨自己出错了（{name}）。请在小窗里再试一次。")

    def _tell(self, text: str) -> None:
        self._dispatcher.announce(plain_notice(text))
