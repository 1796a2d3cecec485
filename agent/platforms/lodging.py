"""Where a shop's pages live, whoever keeps the browser: on this computer, or on others."""

from typing import Protocol
from weakref import WeakSet

from playwright.async_api import Browser, Playwright

from agent.platforms.browser import FoundBrowser


class Guest(Protocol):
    """Who has a context in the browser (`agent.platforms.session.ShopSession`)."""

    async def save(self, *, at_once: bool = False) -> None:
        """Keep what its session has become."""


class House(Protocol):
    """What knows the browser of this computer (`host.BrowserHost`, `fleet.Fleet`)."""

    @property
    def found(self) -> FoundBrowser:
        """The browser of this computer, where a window opens for a person."""


class Lodging(House, Protocol):
    """A browser for a shop's context (`host.BrowserHost`, `fleet.Berth`)."""

    guests: WeakSet[Guest]

    @property
    def mark(self) -> str:
        """What the browsers that were started here are known by."""

    async def browser(self) -> Browser:
        """Return the browser for a new context. Raises BrowserMissing if none is to be had."""

    def serves(self, browser: Browser | None) -> bool:
        """Tell whether contexts of *browser* are still to be used."""

    def doubt(self) -> None:
        """Take note that the browser opened no page."""

    async def playwright(self) -> Playwright:
        """Return a driver, for a window that a person uses. Raises BrowserMissing."""
