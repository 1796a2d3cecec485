"""Keep the browser alive and small while the shops are watched, and at no shop's cost."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from loguru import logger

from agent.clock import Clock
from agent.ending import is_ending
from agent.errors import GeshaoError
from agent.platforms.renewal import Remedy, Rota, Scale

BEAT_S = 6.0
"""With the eight seconds until silence counts, no trouble stays unseen for fifteen."""
_TEND_EVERY_S = 5.0
_WEIGH_EVERY_S = 60.0
_KEEP_EVERY_S = 30.0
"""With the four minutes for which a session is left alone, none is lost that is older than five."""
_MOVE_WITHIN_S = 600.0
"""A shop that found no moment to move to the new browser until then is moved without one."""


class Heart(Protocol):
    """One browser of those that shops are in."""

    async def beat(self) -> bool:
        """Look after it; return False if it was started again, or lost."""

    def concerns(self, shop: str) -> bool:
        """Tell whether *shop* is in it, or waits for it."""


class Host(Protocol):
    """The browser, or several (`agent.platforms.host.BrowserHost`, `fleet.Fleet`)."""

    def hearts(self) -> Sequence[Heart]:
        """Return what is looked after, each by itself: one that hangs keeps no other waiting."""

    async def weight_mb(self) -> float:
        """Return the memory that it takes."""

    async def replace(self) -> bool:
        """Start another one for all new contexts; return whether that was done."""

    async def let_go(self) -> None:
        """Close the one whose place was taken."""


class Session(Protocol):
    """A shop's context (`agent.platforms.session.ShopSession`)."""

    signing_in: asyncio.Lock

    async def keep(self) -> None:
        """Keep the session if that is due; raises GeshaoError or OSError."""

    async def renew(self) -> None:
        """Keep the session and close its context; raises GeshaoError or OSError."""


class Reader(Protocol):
    """What reads one queue (`agent.platforms.reader.QueueReader`)."""

    async def beat(self) -> None:
        """Look after its open page."""

    async def collect(self) -> None:
        """Give back memory."""

    @property
    def is_reading(self) -> bool:
        """Whether it reads just now."""

    def held(self) -> AbstractAsyncContextManager[None]:
        """Keep it from reading."""

    def wake(self) -> None:
        """Have it read soon."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One shop that is looked after."""

    session: Session
    readers: Sequence[Reader]


class Upkeep:
    """Looks after *host* and the *shops* in it; a shop that *is_busy* with a person is let be."""

    def __init__(
        self,
        host: Host,
        shops: Mapping[str, Charge],
        clock: Clock,
        *,
        most_mb: float,
        is_busy: Callable[[str], bool],
    ) -> None:
        self._host = host
        self._shops = shops
        self._clock = clock
        self._is_busy = is_busy
        self._rota = Rota(shops, clock.monotonic())
        self._scale = Scale(most_mb)
        self._to_move: set[str] = set()
        self._move_by = 0.0

    async def run(self) -> None:
        """Do so until cancelled; what hangs in one place keeps no other waiting."""
        async with asyncio.TaskGroup() as tasks:
            for heart in self._host.hearts():
                tasks.create_task(self._forever(BEAT_S, partial(self._beat, heart)))
            tasks.create_task(self._forever(_TEND_EVERY_S, self._tend))
            tasks.create_task(self._forever(_WEIGH_EVERY_S, self._weigh))
            for reader in self._readers():
                tasks.create_task(self._forever(BEAT_S, reader.beat))
            for shop in self._shops:
                tasks.create_task(self._forever(_KEEP_EVERY_S, partial(self._keep, shop)))

    async def _forever(self, every_s: float, act: Callable[[], Awaitable[None]]) -> None:
        stumbled = False
        while True:
            await self._clock.sleep(every_s)
            try:
                await act()
            except (Exception, asyncio.CancelledError) as error:
                if is_ending():
                    raise asyncio.CancelledError from error
                level = "DEBUG" if stumbled else "ERROR"
                logger.opt(exception=error).log(level, "looking after the browser failed")
                stumbled = True
            else:
                stumbled = False

    async def _beat(self, heart: Heart) -> None:
        if not await heart.beat():
            self._wake(heart.concerns)

    async def _tend(self) -> None:
        """Renew the shop whose turn it is, if there is one."""
        now = self._clock.monotonic()
        shop = self._rota.turn(now)
        if shop is not None and await self._is_renewed(shop):
            self._rota.done(shop, self._clock.monotonic())
            self._to_move.discard(shop)
        elif shop is not None:
            self._rota.put_off(shop, now)
        await self._end_move(now)

    async def _is_renewed(self, shop: str) -> bool:
        """Renew *shop* between two readings; return False if this is no moment for it."""
        charge = self._shops[shop]
        at_work = any(reader.is_reading for reader in charge.readers)
        if at_work or charge.session.signing_in.locked() or self._is_busy(shop):
            return False
        async with AsyncExitStack() as held:
            await held.enter_async_context(charge.session.signing_in)
            for reader in charge.readers:
                await held.enter_async_context(reader.held())
            try:
                await charge.session.renew()
            except (GeshaoError, OSError) as error:
                logger.debug("{}: its session could not be kept: {}", shop, error)
                return False
        for reader in charge.readers:
            reader.wake()
        return True

    async def _keep(self, shop: str) -> None:
        """Keep the session of *shop*, however seldom it is read; a person's trial is not ours."""
        session = self._shops[shop].session
        if session.signing_in.locked() or self._is_busy(shop):
            return
        try:
            await session.keep()
        except (GeshaoError, OSError) as error:
            logger.debug("{}: its session could not be kept: {}", shop, error)

    async def _weigh(self) -> None:
        weight_mb = await self._host.weight_mb()
        remedy = self._scale.remedy(weight_mb, self._clock.monotonic())
        if remedy is Remedy.COLLECT:
            logger.info("the browser takes {:.0f} MB; its pages are tidied", weight_mb)
            for reader in self._readers():
                await reader.collect()
        elif remedy is Remedy.REPLACE and await self._host.replace():
            logger.warning("the browser takes {:.0f} MB; another takes its place", weight_mb)
            now = self._clock.monotonic()
            self._rota.everyone(now)
            self._to_move, self._move_by = set(self._shops), now + _MOVE_WITHIN_S

    async def _end_move(self, now: float) -> None:
        """Close the old browser once nobody is in it, or nobody has found a moment to leave."""
        if self._move_by and (not self._to_move or now >= self._move_by):
            self._to_move, self._move_by = set(), 0.0
            await self._host.let_go()
            self._wake(lambda _shop: True)

    def _readers(self) -> list[Reader]:
        return [reader for charge in self._shops.values() for reader in charge.readers]

    def _wake(self, concerns: Callable[[str], bool]) -> None:
        for shop, charge in self._shops.items():
            for reader in charge.readers if concerns(shop) else ():
                reader.wake()
