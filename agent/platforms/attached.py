"""A desktop client built on Chromium: its own page, read through its debugging port."""

import asyncio
from urllib.parse import urlsplit

from playwright.async_api import Browser, Dialog, Page
from playwright.async_api import Error as PlaywrightError

from agent.cases import Outcome
from agent.platforms.closing import closed
from agent.platforms.lodging import Lodging
from agent.platforms.pack import Pack
from agent.platforms.unread import CannotRead

NO_SUCH_PAGE = "客户端里找不到要看的页面：请打开它的会话列表。"
_ASKS = "客户端正等人回答一个对话框：请到客户端里回答它。"

_REACH_LIMIT_S = 5
_LET_GO_LIMIT_S = 2
_ANSWER_LIMIT_S = 1


class AttachedClient:
    """The client that a pack attaches to; it belongs to the person, and is only looked at."""

    def __init__(self, host: Lodging, pack: Pack) -> None:
        self._host = host
        self._pack = pack
        self._lines: set[Browser] = set()
        self._asking: set[Page] = set()

    async def page(self) -> Page:
        """Return the client's page that the pack names, over a line of its own.

        What is exposed to a page, and who listens to it, lasts as long as the line: `leave` ends
        it. Raises CannotRead: the client does not run with that port, or waits for its person
        (unreachable), or shows no such page (page changed).
        """
        for page in tuple(self._asking):
            await self.leave(page)
        if self._asking:
            raise CannotRead(Outcome.UNREACHABLE, _ASKS)
        line = await self._new_line()
        for context in line.contexts:
            for page in context.pages:
                if is_named(page, self._pack):
                    # A box that nobody listens for would be answered at once, and it is not ours.
                    page.on("dialog", self._on_dialog)
                    return page
        await _hang_up(line)
        raise CannotRead(Outcome.PAGE_CHANGED, NO_SUCH_PAGE)

    async def leave(self, page: Page) -> None:
        """Hang up on *page*, unless it waits for its person, whom that would answer for."""
        if page in self._asking and not await _answers(page):
            return
        self._asking.discard(page)
        await _hang_up(page.context.browser)

    def _on_dialog(self, box: Dialog) -> None:
        if box.page is not None:
            self._asking.add(box.page)

    async def _new_line(self) -> Browser:
        site = self._pack.sites[self._pack.attach.site] if self._pack.attach else ""
        driver = await self._host.playwright()
        try:
            async with asyncio.timeout(_REACH_LIMIT_S + 1):
                # By default downloads, focus and colours of whoever is attached to are changed.
                line = await driver.chromium.connect_over_cdp(
                    site, no_defaults=True, timeout=_REACH_LIMIT_S * 1000
                )
        except (PlaywrightError, TimeoutError) as error:
            raise CannotRead(Outcome.UNREACHABLE, _how_to_start(site)) from error
        self._lines = {one for one in self._lines if one.is_connected()} | {line}
        return line

    async def let_go(self) -> None:
        """Let the client be; it goes on running."""
        lines, self._lines = self._lines, set()
        self._asking.clear()
        for line in lines:
            await _hang_up(line)


def is_named(page: Page, pack: Pack) -> bool:
    """Tell whether *page* is the one that *pack* attaches to, if it attaches to any."""
    return pack.attach is None or pack.attach.page in page.url


async def _answers(page: Page) -> bool:
    """Tell whether *page* has nothing open that holds it up; one that is gone has not."""
    try:
        async with asyncio.timeout(_ANSWER_LIMIT_S):
            await page.evaluate("1")
    except TimeoutError:
        return False
    except PlaywrightError:
        return True
    return True


async def _hang_up(line: Browser | None) -> None:
    """End *line*; of a client that was attached to, closing only does that."""
    if line is None or not line.is_connected():
        return
    await closed(line.close, _LET_GO_LIMIT_S, "the line to the client")


def _how_to_start(site: str) -> str:
    port = urlsplit(site).port
    return (
        f"连不上客户端：它没有打开，或者没有带调试端口。"
        f"请完全退出客户端，再带参数 --remote-debugging-port={port} 启动它。"
    )
