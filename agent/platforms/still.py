"""Whether a list's page stands as it was read, and proves itself alive."""

from playwright.async_api import Error as PlaywrightError

from agent.cases import Outcome
from agent.platforms.overheard import ROWS
from agent.platforms.queue_page import QueuePage
from agent.platforms.session import ShopSession
from agent.platforms.unread import CannotRead


class Still:
    """Knows whether what a list's page showed last holds, as long as nothing speaks against it."""

    def __init__(self, session: ShopSession) -> None:
        self._session = session
        self._complete = False

    def ended(self, outcome: Outcome) -> None:
        """Take note of how a reading ended: one that failed holds for nothing."""
        self._complete = outcome.complete

    async def holds(self, page: QueuePage | None, spared_s: float) -> bool:
        """Tell whether *page* proves for *spared_s* that all is as it was read.

        It is looked at, for a gate or another shop's name, and not loaded. That it lives confirms
        no list anew.
        """
        if not self._complete or page is None or not self._is_proven(page, spared_s):
            return False
        try:
            look = await page.look()
        except (CannotRead, PlaywrightError, TimeoutError):
            return False
        if not page.is_ours(page.shop_shown(look)):
            return False
        await page.rest()
        return True

    def _is_proven(self, page: QueuePage, spared_s: float) -> bool:
        if not (page.standing and page.usable and self._session.holds(page.raw)):
            return False
        proof = page.vigil.proof()
        asks = not page.traffic.calm or page.answers.awaits(ROWS)
        news = asks or page.answers.has_news
        return proof is not None and not news and proof.spares(spared_s)
