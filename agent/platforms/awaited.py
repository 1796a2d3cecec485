"""A browser that somebody waits for: looked for and started in sight of a person, and tried again.

Where nobody reads a terminal, a browser that is missing must not end the program: that would look
like quiet. It says what is wrong and what helps, and looks again.
"""

from pathlib import Path
from typing import Protocol

from loguru import logger

from agent.errors import BrowserMissing, GeshaoError
from agent.platforms.browser import FoundBrowser, find_browser
from agent.platforms.fleet import Browsers


class Waiting(Protocol):
    """Who waits for the start, and sees how far it is."""

    def say(self, text: str) -> None:
        """Show what takes time just now."""

    async def failed(self, error: GeshaoError) -> None:
        """Show what is missing; return when it is to be tried again."""


class AwaitedBrowser:
    """The browser at *configured*, or any, for somebody who is *waiting*.

    Where all pages are read on other computers none is *needed* here.
    """

    def __init__(self, configured: Path | None, waiting: Waiting, *, needed: bool = True) -> None:
        self._configured = configured
        self._waiting = waiting
        self._needed = needed
        self._found: FoundBrowser | None = None

    async def found(self) -> FoundBrowser:
        """Return the browser once there is one, however long that takes."""
        while self._found is None:
            self._waiting.say("正在寻找浏览器…")
            try:
                self._found = await find_browser(
                    self._configured, self._waiting.say, needed=self._needed
                )
            except BrowserMissing as error:
                logger.warning("there is no browser yet: {}", error)
                await self._waiting.failed(error)
        return self._found

    async def start(self, host: Browsers) -> None:
        """Have the browser of *host* ready; else the shops ring for it, and try again."""
        self._waiting.say("正在启动浏览器…")
        try:
            await host.begin()
        except BrowserMissing as error:
            logger.warning("the browser did not start, the shops will try again: {}", error)
        self._waiting.say("正在打开各家店…")


Browser = FoundBrowser | AwaitedBrowser
"""One that is known, or one that is still to come."""


async def found(browser: Browser) -> FoundBrowser:
    """Return which browser *browser* is, once that is known."""
    return await browser.found() if isinstance(browser, AwaitedBrowser) else browser


async def start(host: Browsers, browser: Browser) -> None:
    """Have the browser of *host* ready.

    Raises BrowserMissing if *browser* is one that nobody waits for and it cannot be started.
    """
    if isinstance(browser, AwaitedBrowser):
        await browser.start(host)
    else:
        await host.begin()
