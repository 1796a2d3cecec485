"""Wire everything, run it, close it in reverse."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from loguru import logger

from agent.channels.channel import Channel
from agent.channels.desktop import Desktop
from agent.channels.sound import Sound
from agent.clock import Clock
from agent.config import Settings, ShopSettings
from agent.desk import AgentDesk, ShopAtWork
from agent.dispatcher import Dispatcher, Told
from agent.events import EventLog
from agent.folder import held, journal_file, mark_of
from agent.journal import Journal
from agent.listing import inbox_for, pack_for, watched_shop
from agent.platforms.browser import FoundBrowser
from agent.platforms.door import StoredDoor
from agent.platforms.host import BrowserHost
from agent.platforms.leftovers import sweep
from agent.platforms.login import Account
from agent.platforms.pack import Pack
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.vault import Vault
from agent.watcher import Pace, Watcher

_KEEP_LIMIT_S = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run needs: the user's *settings*, the *packs* by platform, where things lie.

    *channels* are the roads to the person (see `own_channels`).
    """

    settings: Settings
    packs: Mapping[str, Pack]
    vault: Vault
    folder: Path
    found: FoundBrowser
    channels: Sequence[Channel]
    events: str | None = None


def own_channels(settings: Settings, *, mute: bool) -> list[Channel]:
    """Return the roads that *settings* switch on; *mute* leaves out the sound."""
    enabled = settings.channels.enabled()
    channels: list[Channel] = []
    if "sound" in enabled and not mute:
        channels.append(Sound(settings.channels.sound.volume))
    if "desktop" in enabled:
        channels.append(Desktop())
    return channels


@asynccontextmanager
async def opened(plan: Plan, clock: Clock, chance: Random) -> AsyncIterator[AgentDesk]:
    """Open everything that *plan* needs; close it in reverse.

    Raises AlreadyRunning if another agent holds the data folder, BrowserMissing, GeshaoError.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(held(plan.folder))
        mark = mark_of(plan.folder)
        await asyncio.to_thread(sweep, mark)
        events = stack.enter_context(EventLog(plan.events, clock))
        journal = stack.enter_context(Journal.open(journal_file(plan.folder)))
        host = BrowserHost(plan.found, mark)
        stack.push_async_exit(host)  # first: a browser that fails to start has a driver to stop
        await host.browser()
        for channel in plan.channels:
            if isinstance(channel, Desktop):
                stack.push_async_callback(channel.aclose)
        policy = plan.settings.to_policy()
        told = Told(
            {shop.id: shop.to_shop() for shop in plan.settings.shops}, plan.settings.language
        )
        dispatcher = Dispatcher(
            journal=journal,
            policy=policy,
            channels=plan.channels,
            events=events,
            clock=clock,
            told=told,
        )
        bench = _Bench(plan, journal, events, host, clock, chance, dispatcher.look_now)
        shops = [bench.shop(settings) for settings in plan.settings.shops]
        stack.push_async_callback(_keep_sessions, [shop.session for shop in shops])
        names = [channel.name for channel in plan.channels]
        inbox = inbox_for(plan.settings, plan.packs, journal, clock, channels=names)
        yield AgentDesk(inbox, dispatcher, shops, host, clock)


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where shops are put together."""

    plan: Plan
    journal: Journal
    events: EventLog
    host: BrowserHost
    clock: Clock
    chance: Random
    recorded: Callable[[], None]

    def shop(self, settings: ShopSettings) -> ShopAtWork:
        shop, pack = settings.to_shop(), pack_for(settings, self.plan.packs)
        session = ShopSession(self.host, self.plan.vault, pack, shop, self.clock)
        watcher = Watcher(
            shop,
            watched_shop(settings, pack).queues,
            journal=self.journal,
            policy=self.plan.settings.to_policy(),
            events=self.events,
            pace=Pace(self.plan.settings.pace.interval, self.plan.settings.pace.jitter),
            clock=self.clock,
            chance=self.chance,
            recorded=self.recorded,
        )
        readers = tuple(
            QueueReader(
                session, name, self.clock, partial(watcher.stir, name), details=settings.details
            )
            for name in pack.queues
        )
        door = StoredDoor(session, lambda: self._account(settings), self.clock)
        return ShopAtWork(settings, session, watcher, readers, door)

    def _account(self, shop: ShopSettings) -> Account | None:
        password = self.plan.vault.password(shop.id)
        if not shop.username or not password:
            return None
        return Account(shop.username, password, shop.name)


async def _keep_sessions(sessions: Sequence[ShopSession]) -> None:
    """Keep what each session has become since it was last kept; the pages go with the browser."""
    kept = (session.save(at_once=True) for session in sessions)
    try:
        async with asyncio.timeout(_KEEP_LIMIT_S):
            outcomes = await asyncio.gather(*kept, return_exceptions=True)
    except TimeoutError:
        logger.warning("the sessions could not all be kept in time")
        return
    for error in outcomes:
        if isinstance(error, BaseException):
            logger.debug("a session was not kept at the end: {}", error)
