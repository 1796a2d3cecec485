"""Keep a shop's pages on the hosts that its pack names: the browser is sent nowhere else."""

from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from loguru import logger
from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from agent.platforms.pack import Pack

_EVERY_DOCUMENT = {"patterns": [{"urlPattern": "*", "resourceType": "Document"}]}


class Guard:
    """Stops pages on their way to hosts that are none of the pack's.

    Frames within a page are the page's own affair: verification centres live on hosts of their
    own.
    """

    def __init__(self, pack: Pack) -> None:
        # A site with a port of its own is that port only.
        self._sites = {urlsplit(site).netloc for site in pack.sites.values()}
        self._hosts = tuple(pack.hosts)
        self._stopped: WeakKeyDictionary[Page, str] = WeakKeyDictionary()

    def stopped_on(self, page: Page) -> str:
        """Return the address that *page* was last kept from, and forget it; "" if there is none."""
        return self._stopped.pop(page, "")

    def allows(self, url: str) -> bool:
        """Tell whether a page may be at *url*."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"}:
            return False
        host = parts.hostname or ""
        named = any(
            host.endswith(name[1:]) if name.startswith("*.") else host == name
            for name in self._hosts
        )
        return parts.netloc in self._sites or named

    async def watch(self, page: Page) -> None:
        """Stand guard over *page* from now on.

        Raises PlaywrightError if the browser fails.
        """
        line = await page.context.new_cdp_session(page)
        tree: dict[str, Any] = await line.send("Page.getFrameTree")
        top = tree["frameTree"]["frame"]["id"]

        async def decide(event: dict[str, Any]) -> None:
            await self._decide(page, line, top, event)

        line.on("Fetch.requestPaused", decide)
        await line.send("Fetch.enable", _EVERY_DOCUMENT)

    async def _decide(self, page: Page, line: CDPSession, top: str, event: dict[str, Any]) -> None:
        url, request = event["request"]["url"], {"requestId": event["requestId"]}
        try:
            if event["frameId"] != top or self.allows(url):
                await line.send("Fetch.continueRequest", request)
                return
            self._stopped[page] = urlsplit(url)._replace(query="", fragment="").geturl()
            logger.warning("a page was kept from going to {}", self._stopped[page])
            refusal = request | {"errorReason": "BlockedByClient"}
            await line.send("Fetch.failRequest", refusal)
        except PlaywrightError as error:
            logger.debug("the page was gone before it was decided where it goes: {}", error)
