"""Wire everything, run it, close it in reverse."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from agent.answering import listening
from agent.bookkeeping import Bookkeeper, Sources
from agent.cases.drill import DRILL_SHOP
from agent.cases.line import THIS_COMPUTER, whole_platform
from agent.channels.channel import Channel
from agent.channels.desktop import Desktop
from agent.channels.sound import Sound
from agent.channels.wording import away_text, plain_notice
from agent.clock import Clock
from agent.config import Settings
from agent.controls import controls_for
from agent.desk import AgentDesk, Work
from agent.dispatcher import Dispatcher, Told
from agent.events import EventLog
from agent.folder import held, journal_file, mark_of
from agent.glimpses import Glimpses
from agent.heartbeat import Heartbeat
from agent.inbox import Inbox
from agent.journal import Journal
from agent.journal.enduring import EnduringJournal
from agent.listing import inbox_for, pace_of
from agent.mutes import Mutes
from agent.pauses import Pauses
from agent.platforms import awaited
from agent.platforms.browser import FoundBrowser
from agent.platforms.family import machine_mb
from agent.platforms.fleet import Browsers, Fleet
from agent.platforms.host import BrowserHost
from agent.platforms.leftovers import sweep
from agent.platforms.lull import Lull, rooms
from agent.platforms.pack import Pack
from agent.platforms.remote import Remote
from agent.platforms.renewal import most_mb
from agent.platforms.upkeep import Charge, Upkeep
from agent.power import battery
from agent.recording import Computer
from agent.roads import own_sound
from agent.signing import ShopAtWork, keep_sessions
from agent.sleep import Sleep
from agent.vault import Vault
from agent.workshop import Shared, Workshop

_MEND_EVERY_S = 30.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run needs: the user's *settings*, the *packs* by platform, where things lie.

    *channels* are the roads to the person (see `own_channels`). *found* may be a browser that is
    still to come. *config* is the settings' file, if it is to be heeded while the program runs.
    With *remotes* the pages are read in those.
    """

    settings: Settings
    packs: Mapping[str, Pack]
    vault: Vault
    folder: Path
    found: awaited.Browser
    channels: Sequence[Channel]
    events: str | None = None
    config: Path | None = None
    remotes: Sequence[Remote] = ()

    @property
    def names(self) -> list[str]:
        """The names of the channels."""
        return [channel.name for channel in self.channels]


def own_channels(settings: Settings, *, mute: bool, roads: Sequence[Channel] = ()) -> list[Channel]:
    """Return all that *settings* switch on, and *roads*; *mute* leaves out the sound."""
    enabled = settings.channels.enabled()
    channels: list[Channel] = []
    if "sound" in enabled and not mute:
        channels.append(own_sound(settings))
    if "desktop" in enabled:
        channels.append(Desktop())
    return [*channels, *roads]


def close_with(stack: AsyncExitStack, channels: Sequence[Channel]) -> None:
    """Have those of *channels* that stay connected hang up when *stack* is closed."""
    for channel in channels:
        if isinstance(channel, Desktop):
            stack.push_async_callback(channel.aclose)


@asynccontextmanager
async def opened(plan: Plan, clock: Clock, chance: Random) -> AsyncIterator[AgentDesk]:
    """Open everything that *plan* needs; close it in reverse.

    Raises AlreadyRunning if another agent holds the data folder, BrowserMissing, GeshaoError.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(held(plan.folder))
        host = _browsers(plan, await awaited.found(plan.found), clock)
        await asyncio.to_thread(sweep, host.mark)
        events, file = stack.enter_context(EventLog(plan.events, clock)), journal_file(plan.folder)
        journal = stack.enter_context(EnduringJournal.open_or_rebuild(file, clock.now))
        stack.push_async_exit(host)  # first: a browser that fails to start has a driver to stop
        await awaited.start(host, plan.found)
        close_with(stack, plan.channels)
        computer, pauses = Computer(journal, clock), Pauses(journal, clock, events)
        mutes = Mutes(journal, plan.settings.to_policy(), clock)
        dispatcher = Dispatcher(
            journal=journal,
            policy=plan.settings.to_policy(),
            channels=plan.channels,
            events=events,
            clock=clock,
            told=_told(plan),
            hushes=lambda case: any(one.hushes(case) for one in (computer, pauses, mutes)),
        )
        glimpses = Glimpses(journal, plan.settings, events, dispatcher.look_now)
        lull = Lull(clock, rooms(len(plan.remotes)))
        shared = Shared(journal, events, host, clock, chance, computer, glimpses, lull)
        shops = Workshop(plan.settings, plan.packs, plan.vault, shared).shops()
        stack.push_async_callback(keep_sessions, [shop.session for shop in shops])
        inbox = inbox_for(plan.settings, plan.packs, journal, clock, channels=plan.names)
        sleep = _sleep(plan, computer, journal, clock, _sayer(plan, host, inbox, dispatcher))
        controls, switched = controls_for(
            plan.settings,
            plan.names,
            plan.config,
            journal=journal,
            inbox=inbox,
            mutes=mutes,
            dispatcher=dispatcher,
            events=events,
            clock=clock,
        )
        book = _bookkeeper(plan, inbox, host, clock)
        upkeep = _upkeep(host, shops, inbox, clock, plan.settings.browser.memory_mb)
        work = [sleep.run, glimpses.run, *switched, upkeep.run, book.measure, book.write]
        work += _beside(plan, inbox, journal, dispatcher, clock)
        desk = AgentDesk(inbox, dispatcher, shops, host, clock, pauses, controls, book, beside=work)
        desk.clicks.come_from(plan.channels)
        yield desk


def _browsers(plan: Plan, found: FoundBrowser, clock: Clock) -> Browsers:
    """Return what keeps the browser, or reaches those of other computers."""
    mark = mark_of(plan.folder)
    if not plan.remotes:
        return BrowserHost(found, mark)
    shops = {shop.id: shop.browser for shop in plan.settings.shops}
    return Fleet(plan.remotes, shops, found, mark, clock)


def _bookkeeper(plan: Plan, inbox: Inbox, host: Browsers, clock: Clock) -> Bookkeeper:
    names = {shop_id: one.shop.name for shop_id, one in inbox.watched.items()}
    policy, file = plan.settings.to_policy(), journal_file(plan.folder)
    return Bookkeeper(Sources(inbox.records, names, policy, file), clock, host.memory, battery)


def _told(plan: Plan) -> Told:
    """Return whom alerts are about: each shop, its platform, and what all of them share."""
    shops = [shop.to_shop() for shop in plan.settings.shops]
    used = {shop.platform for shop in shops}
    whole = [whole_platform(name, pack.title) for name, pack in plan.packs.items() if name in used]
    known = (*shops, *whole, THIS_COMPUTER, DRILL_SHOP)
    return Told({shop.shop_id: shop for shop in known}, plan.settings.language)


def _sleep(
    plan: Plan, computer: Computer, journal: Journal, clock: Clock, say: Callable[[str], None]
) -> Sleep:
    """Return what takes note of sleeps, of the time before this start too."""
    sleep = Sleep(
        computer,
        journal=journal,
        policy=plan.settings.to_policy(),
        pace=pace_of(plan.settings),
        clock=clock,
        said=lambda away: say(away_text(away, plan.settings.language)),
    )
    sleep.begin()
    return sleep


def _sayer(
    plan: Plan, host: Browsers, inbox: Inbox, dispatcher: Dispatcher
) -> Callable[[str], None]:
    """Return what says a thing once; a sound that is not played, a browser that is lost."""
    say = partial(_say, inbox, dispatcher)
    for channel in plan.channels:
        if isinstance(channel, Sound):
            channel.tells = say
    if isinstance(host, Fleet):
        host.tells = say
    return say


async def _mend(journal: EnduringJournal, clock: Clock) -> None:
    """Bring what is remembered back into its file, once the disk takes it again."""
    while True:
        await clock.sleep(_MEND_EVERY_S)
        journal.mend()


def _beside(
    plan: Plan, inbox: Inbox, journal: EnduringJournal, dispatcher: Dispatcher, clock: Clock
) -> Iterator[Work]:
    """Yield what mends, and what is in touch with others: a sign of life, answers from phones."""
    yield partial(_mend, journal, clock)
    yield from (one.check_files for one in plan.channels if isinstance(one, Sound))
    own = plan.settings.heartbeat
    if own.url is not None:
        yield Heartbeat(own.url, own.every, inbox.snapshot, clock).run
    yield from listening(plan.channels, inbox, journal, dispatcher.look_now, clock)


def _say(inbox: Inbox, dispatcher: Dispatcher, text: str) -> None:
    """Say *text* once, on screen and as a notice: it is to be read, and asks for nothing."""
    inbox.say(text)
    dispatcher.announce(plain_notice(text))


def _upkeep(
    host: Browsers,
    shops: Sequence[ShopAtWork],
    inbox: Inbox,
    clock: Clock,
    memory_mb: int | None,
) -> Upkeep:
    return Upkeep(
        host,
        {shop.settings.id: Charge(shop.session, shop.readers) for shop in shops},
        clock,
        most_mb=memory_mb or most_mb(len(shops), machine_mb()),
        is_busy=lambda shop_id: shop_id in inbox.busy,
    )
