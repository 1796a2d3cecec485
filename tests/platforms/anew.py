"""What lets a test begin as in a new browser on pages that are open already.

To open a page, and a context for it, costs twice what it costs to load it again.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from playwright.async_api import Error as PlaywrightError

from agent.demo.offices import Office
from agent.platforms.queue_page import QueuePage
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.platforms.wear import is_worn
from tests.platforms.waiting import change_patience, until

_NOWHERE = "/nothing-is-here"
"""An address of every site: what it answers has no script, so that nothing listens or stirs."""


async def emptied(reader: QueueReader) -> QueuePage | None:
    """Return the page of *reader* for another reader of its queue, with nothing left on it.

    None if it is not fit for that; then it is closed.
    """
    page = reader.page
    # One that is half worn would be replaced in the middle of another test.
    if page is not None and page.usable and not is_worn(page.loads * 2, page.traffic.asked * 2):
        page.busy, page.standing, page._was_read = True, False, False
        try:
            await page.raw.evaluate("localStorage.clear()")
            await page.raw.goto(urljoin(page.raw.url, _NOWHERE))
        except PlaywrightError:  # it shows an error, or is on its way elsewhere by itself
            pass
        else:
            return page
    await reader.close()
    return None


def take_over(reader: QueueReader, page: QueuePage | None) -> None:
    """Let *reader*, which is new, go on with *page*, if there is one."""
    reader._page = page
    if page is not None:
        reader._glimpser.follow(page)
    change_patience(reader, reader._patience)


async def open_anew(office: Office, shops: Sequence[str], *, seed: int) -> None:
    """Let *office* be well again and know of nothing, as if it had just opened for *shops*."""
    await until(lambda: not office.listening_pages, "has left off listening")
    state = office._state
    office.trouble(None)
    office.come_back()
    office.slow(0)
    office.rename_classes()
    state.heals = True
    state.sessions.clear()
    state.shops.clear()
    for shop in shops:
        state.ensure_shop(shop)
    for dice in (state.rng, office._dice):
        dice.seed(seed)
    office.requests.clear()
    office.writes.clear()


async def sign_in_anew(session: ShopSession, cookies: Sequence[Any]) -> None:
    """Let the context of *session* have *cookies*, and no others."""
    context = await session._ready_context()
    await context.clear_cookies()
    if cookies:
        await context.add_cookies(cookies)
