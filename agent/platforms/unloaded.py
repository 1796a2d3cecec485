"""Read a list as its page shows it without being loaded, where that is enough."""

from agent.clock import Clock
from agent.platforms.collect import Collector, Haul
from agent.platforms.glimpsing import Glimpser
from agent.platforms.lists import rows_in
from agent.platforms.overheard import ROWS
from agent.platforms.queue_page import QueuePage
from agent.platforms.unread import CannotRead


async def unloaded(page: QueuePage, glimpser: Glimpser, clock: Clock, *, asks: bool) -> Haul | None:
    """Return what *page* shows of its list, None where that proves nothing.

    It fetched that by itself, or *asks* for it by its own button now. Whose shop a page shows was
    seen when it was loaded; an account that was switched to another shop since gets that one's data
    under the old name. Cases that were there before prove that the shop is the same: no two shops
    share a case.

    Raises CannotRead if the page says that a gate is shut.
    """
    haul = None
    if page.standing and glimpser.proven and (not asks or await _asked(page)):
        haul = await _collected(page, glimpser, clock)
    if haul is None:
        await page.last_words()  # what it says by now would be gone once it is loaded
    elif asks:
        page.vigil.confirmed()
    return haul


async def _asked(page: QueuePage) -> bool:
    """Have *page* ask for its list anew; return whether it does, and may be believed."""
    return page.traffic.calm and await page.ask_again()


async def _collected(page: QueuePage, glimpser: Glimpser, clock: Clock) -> Haul | None:
    if not await _has_news(page, clock):
        return None
    try:
        haul = await Collector(page, clock, loaded=False).collect()
    except CannotRead as error:
        if error.gate:
            raise
        return None
    return haul if glimpser.knows(haul.sightings) else None


async def _has_news(page: QueuePage, clock: Clock) -> bool:
    """Tell whether *page* fetched its list anew, so that it need not be loaded."""
    spec, patience = page.queue.response, page.patience
    if spec is None:
        return True
    began, news = clock.monotonic(), page.answers.capture.news
    while (answer := page.answers.heard(ROWS)) is None:
        # On a slow line an answer that is under way is sooner there than a page.
        limit_s = patience.turn if page.answers.awaits(ROWS) else patience.news
        if clock.monotonic() - began >= limit_s:
            return False
        news.clear()
        await clock.wait(news, patience.news)
    try:
        rows_in(answer, spec)
    except CannotRead:
        return False
    return True
