"""Wire everything, run it, close it in reverse."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

from filelock import FileLock, Timeout
from loguru import logger

from agent.channels.channel import Channel
from agent.channels.desktop import Desktop
from agent.channels.sound import Sound
from agent.clock import Clock
from agent.config import Settings, ShopSettings
from agent.desk import AgentDesk, ShopAtWork
from agent.dispatcher import Dispatcher, Told
from agent.errors import AlreadyRunning, PackError
from agent.events import EventLog
from agent.inbox import Inbox, Watched
from agent.journal import Journal
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

_STALE_AFTER_INTERVALS = 4
_STALE_AFTER_AT_LEAST = timedelta(minutes=2)
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

    def pack_for(self, shop: ShopSettings) -> Pack:
        """Return the pack that reads *shop*. Raises PackError if there is none."""
        pack = self.packs.get(shop.platform)
        if pack is None:
            known = "、".join(sorted(self.packs))
            raise PackError(f"没有平台 {shop.platform} 的页面规则。", f"现有：{known}。")
        return pack.at(shop.sites)

    def watched(self) -> list[Watched]:
        """Return the shops as the inbox lists them."""
        return [watched_shop(shop, self.pack_for(shop)) for shop in self.settings.shops]


def watched_shop(shop: ShopSettings, pack: Pack) -> Watched:
    """Return *shop* as the inbox lists it."""
    titles = {name: queue.title for name, queue in pack.queues.items()}
    return Watched(shop.to_shop(), pack.title, titles)


def inbox_for(
    settings: Settings, journal: Journal, clock: Clock, watched: Sequence[Watched]
) -> Inbox:
    """Return the inbox of *watched* over *journal*, for the agent and for commands beside it."""
    stale_after = max(settings.pace.interval * _STALE_AFTER_INTERVALS, _STALE_AFTER_AT_LEAST)
    return Inbox(
        journal,
        settings.to_policy(),
        clock,
        watched,
        stale_after=stale_after,
        channels=sorted(settings.channels.enabled()),
    )


def own_channels(settings: Settings, *, mute: bool) -> list[Channel]:
    """Return the roads that *settings* switch on; *mute* leaves out the sound."""
    enabled = settings.channels.enabled()
    channels: list[Channel] = []
    if "sound" in enabled and not mute:
        channels.append(Sound(settings.channels.sound.volume))
    if "desktop" in enabled:
        channels.append(Desktop())
    return channels


def journal_file(folder: Path) -> Path:
    """Return where the journal of data *folder* lies."""
    return folder / "journal.sqlite3"


@asynccontextmanager
async def opened(plan: Plan, clock: Clock, chance: Random) -> AsyncIterator[AgentDesk]:
    """Open everything that *plan* needs; close it in reverse.

    Raises AlreadyRunning if another agent holds the data folder, BrowserMissing, GeshaoError.
    """
    async with AsyncExitStack() as stack:
        plan.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _lock(plan.folder, stack)
        mark = mark_of(plan.folder)
        await asyncio.to_thread(sweep, mark)
        events = stack.enter_context(EventLog(plan.events, clock))
        journal = stack.enter_context(Journal.open(journal_file(plan.folder)))
        host = await stack.enter_async_context(BrowserHost(plan.found, mark))
        watched = plan.watched()
        for channel in plan.channels:
            if isinstance(channel, Desktop):
                stack.push_async_callback(channel.aclose)
        policy = plan.settings.to_policy()
        told = Told({one.shop.shop_id: one.shop for one in watched}, plan.settings.language)
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
        inbox = inbox_for(plan.settings, journal, clock, watched)
        yield AgentDesk(inbox, dispatcher, shops, host, clock)


def mark_of(folder: Path) -> str:
    """Return what marks the browser processes that belong to data *folder*."""
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def _lock(folder: Path, stack: AsyncExitStack) -> None:
    lock = FileLock(folder / "geshao.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise AlreadyRunning("鸽哨已经在监看这些店铺。", "请看已经打开的窗口。") from error
    stack.callback(lock.release)


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
        shop, pack = settings.to_shop(), self.plan.pack_for(settings)
        session = ShopSession(self.host, self.plan.vault, pack, shop, self.clock)
        watcher = Watcher(
            shop,
            journal=self.journal,
            policy=self.plan.settings.to_policy(),
            events=self.events,
            pace=Pace(self.plan.settings.pace.interval, self.plan.settings.pace.jitter),
            clock=self.clock,
            chance=self.chance,
            recorded=self.recorded,
        )
        readers = tuple(
            QueueReader(session, name, self.clock, partial(watcher.stir, name))
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
