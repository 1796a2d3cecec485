"""A sign of life to a service outside: it tells the person when it stays away.

A program cannot tell that it was killed, that the laptop is off, or that it has gone blind while
nobody looks at its screen. So a web address of the person's choice is asked for every few minutes,
only while every shop is truly watched; whoever is waited for in vain is missed. Healthchecks.io and
Uptime Kuma (its push monitors) wait for exactly that.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import aiohttp
from loguru import logger

from agent.clock import Clock
from agent.log import conceal
from agent.snapshot import ShopState, Snapshot

_ASK_LIMIT_S = 10
_IN_SIGHT = {ShopState.CALM, ShopState.WAITING}


class Heartbeat:
    """Asks for *url* at each *every* as long as `is_watching` what *look* returns.

    *ask* fetches a web address; what it raises is told once in the log, and tried again at the
    next beat.
    """

    def __init__(
        self,
        url: str,
        every: timedelta,
        look: Callable[[], Snapshot],
        clock: Clock,
        ask: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        conceal(url)
        self._url = url
        self._every_s = every.total_seconds()
        self._look = look
        self._clock = clock
        self._ask = ask or ask_for
        self._arrived = True

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            if is_watching(self._look()):
                await self._beat()
            await self._clock.sleep(self._every_s)

    async def _beat(self) -> None:
        try:
            await self._ask(self._url)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            if self._arrived:
                # Not the error's own words: they hold the address, which is a secret.
                logger.warning("the sign of life did not arrive: {}", type(error).__name__)
            self._arrived = False
        else:
            self._arrived = True


def is_watching(shown: Snapshot) -> bool:
    """Tell whether every shop is in sight; those that a person paused don't count."""
    states = {shop.state for shop in shown.shops} - {ShopState.PAUSED}
    return bool(states) and states <= _IN_SIGHT


async def ask_for(url: str) -> None:
    """Fetch *url* and forget what it says.

    Raises aiohttp.ClientError if it is not there or refuses, TimeoutError if it does not answer.
    """
    limit = aiohttp.ClientTimeout(total=_ASK_LIMIT_S)
    async with (
        aiohttp.ClientSession(timeout=limit, raise_for_status=True) as session,
        session.get(url),
    ):
        pass
