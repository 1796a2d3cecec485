"""The last reading of a list whose page stands as it was read, and proves itself alive."""

from playwright.async_api import Error as PlaywrightError

from agent.cases import Reading
from agent.platforms.overheard import ROWS
from agent.platforms.queue_page import QueuePage
from agent.platforms.session import ShopSession
from agent.platforms.unread import CannotRead


class Still:
    """Keeps what a reading told, for as long as nothing speaks against it."""

    def __init__(self, session: ShopSession) -> None:
        self._session = session
        self._last: Reading | None = None

    def ended(self, reading: Reading) -> Reading:
        """Take note of how a reading ended, and return it; one that failed holds for nothing."""
        self._last = reading if reading.outcome.complete else None
        return reading

    async def holds(self, page: QueuePage | None, spared_s: float) -> Reading | None:
        """Return what was read last, and as of then: that *page* lives confirms no list anew.

        None if the page proves no more for *spared_s* that this is still so, or shows otherwise: it
        is looked at, for a gate or another shop's name, and not loaded.
        """
        if self._last is None or page is None or not self._is_proven(page, spared_s):
            return None
        try:
            look = await page.look()
        except (CannotRead, PlaywrightError, TimeoutError):
            return None
        if not page.is_ours(page.shop_shown(look)):
            return None
        await page.rest()
        return self._last

    def _is_proven(self, page: QueuePage, spared_s: float) -> bool:
        if not (page.standing and page.usable and self._session.holds(page.raw)):
            return False
        proof = page.vigil.proof()
        asks = not page.traffic.calm or page.answers.awaits(ROWS)
        news = asks or page.answers.has_news
        return proof is not None and not news and proof.spares(spared_s)
