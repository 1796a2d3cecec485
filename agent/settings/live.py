"""The settings of a running program: what the file says, what is in use, and how to change it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from loguru import logger

from agent.cases import Tier
from agent.clock import Clock
from agent.config import (
    Settings,
    line_of,
    read_road,
    remove_road,
    remove_shop,
    set_value,
)
from agent.errors import ConfigError, GeshaoError
from agent.journal import ChannelHealth
from agent.roads import opened_road
from agent.settings.people import Person, put_person, remove_person
from agent.settings.roads import key_of, put_road, remember, set_tiers
from agent.settings.rules import RULES
from agent.settings.shops import free_id, new_shop, put_shop
from agent.settings.stand import Done, Home, Stand, stand_of
from agent.settings.starting import ALONE, COMPANY, asks_nobody
from agent.settings.trials import Trials
from agent.settings.wiping import wipe
from agent.words import Language

_QUIET = ("policy", "quiet")
_PATIENCE_S = 2.0
"""A keyring may ask its owner first; the page hears of it later then."""
_LOOK_ANEW_S = 30.0
"""What is kept beside the file is looked at again after so long."""

Renew = Callable[[], Awaitable[None]]


class LiveSettings:
    """What a person may set while the program works with the settings *used*.

    One change at a time is made, in a thread; *renew* has the work begun anew with what the file
    says. What cannot be done raises a GeshaoError, and leaves all as it was.
    """

    def __init__(self, home: Home, used: Settings, clock: Clock, renew: Renew) -> None:
        self._home = home
        self._used = used
        self._clock = clock
        self._renew = renew
        self._begun = clock.now().isoformat()
        self._stand = Stand(home.file, used)
        self._turn = asyncio.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._wanted: asyncio.Queue[Callable[[], Awaitable[None]]] = asyncio.Queue()
        self._trials = Trials(self._begin)
        self._gone: list[str] = []
        self._failed = ""

    @property
    def language(self) -> Language:
        """What the faces speak."""
        return self._used.language

    async def run(self) -> None:
        """Do what takes long, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                work = await self._wanted.get()
                tasks.create_task(_awaited(work))

    async def look(self) -> Stand:
        """Return how everything stands now."""
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp
            self._stand = await asyncio.to_thread(stand_of, self._home, self._used)
        found = self._stand
        return replace(found, begun=self._begun, trials={**self._trials.known}, failed=self._failed)

    async def renew(self) -> Done:
        """Begin the work anew, with what the file says now. Raises GeshaoError if it cannot be."""
        await self._renew()
        return Done(anew=True)

    async def add_shop(self, platform: str, name: str, username: str, password: str) -> Done:
        """Add a shop, keep its *password* if there is one, and have it watched."""
        if password and not username:
            raise ConfigError("有密码，却没有登录账号。", "请填上登录账号。")

        def add() -> Done:
            known = [shop.id for shop in self._home.read().shops]
            shop_id = free_id(platform, {*known, *self._gone})
            words = {"platform": platform, "name": name, "id": shop_id}
            if username:
                words["username"] = username
            shop = new_shop(words, self._home.packs)
            keep = partial(self._home.vault.set_password, shop.id, password)
            put_shop(self._home.file, shop, keep if password else lambda: None)
            at = ("shops", len(known))
            return Done("shops", line_of(self._home.file, at), shop.id)

        return await self._changed(add, renews=True)

    async def remove_shop(self, shop_id: str) -> Done:
        """Take a shop out; its password, its session and its records go once nobody works."""

        def remove() -> Done:
            remove_shop(self._home.file, shop_id)
            self._gone.append(shop_id)
            return Done("shops")

        return await self._changed(remove, renews=True)

    async def add_road(self, words: Mapping[str, Any], url: str, secret: str) -> Done:
        """Add a road as *words* describe it by the file's keys, and keep what opens it."""

        def add() -> Done:
            road = read_road(words)
            key = key_of(road, url, secret)
            put_road(self._home.file, road, partial(self._home.vault.set_road, road.name, key))
            at = ("roads", len(self._home.read().roads) - 1)
            return Done("roads", line_of(self._home.file, at))

        return await self._changed(add)

    async def remove_road(self, name: str) -> Done:
        """Take a road out, with what opens it.

        If the keyring then refuses, `geshao channel remove` takes that out later.
        """

        def remove() -> Done:
            remove_road(self._home.file, name)
            self._home.vault.forget_road(name)
            return Done("roads")

        return await self._changed(remove)

    async def set_tiers(self, name: str, tiers: Sequence[str]) -> Done:
        """Have the road called *name* hear these *tiers* from now on; none: only when named."""
        write = partial(set_tiers, self._home.file, name, tiers)
        return await self._changed(lambda: Done("roads", write()))

    async def set_person(self, person: Person, *, new: bool) -> Done:
        """Have *person* in the roster, as somebody *new* or in place of what it says of them."""
        write = partial(put_person, self._home.file, person, new=new)
        return await self._changed(lambda: Done("roster", write()))

    async def remove_person(self, name: str) -> Done:
        """Take somebody out of the roster, with the kinds that were theirs."""

        def remove() -> Done:
            remove_person(self._home.file, name)
            return Done("roster.people")

        return await self._changed(remove)

    async def set(self, spot: tuple[str, ...], value: str) -> Done:
        """Write *value* at *spot* of the file."""

        def write() -> Done:
            return Done(".".join(spot), set_value(self._home.file, spot, value))

        return await self._changed(write)

    async def set_quiet(self, begins: str, ends: str) -> Done:
        """Let only what is urgent, or what the file says already, ring from a time to another.

        Without both times there are no such hours any more.
        """
        if not (begins and ends):
            return await self.set(_QUIET, "never")
        known = (await asyncio.to_thread(self._home.read)).policy.quiet
        named = [tier.name.lower() for tier in known.through] if known else []
        through = f", through: [{', '.join(named)}]" if named else ""
        return await self.set(_QUIET, f'{{from: "{begins}", to: "{ends}"{through}}}')

    async def set_rule(self, name: str, number: int) -> Done:
        """Change the one number of the rule called *name*."""
        rule = next((rule for rule in RULES if rule.name == name), None)
        if rule is None:
            raise ConfigError(f"没有名为 {name} 的规则。", "请刷新设置再试。")
        return await self.set(rule.spot, rule.written(number))

    async def set_autostart(self, on: bool) -> Done:  # noqa: FBT001 (JSON has no keywords)
        """Have the program started with the user's session, or not any more."""

        def switch() -> Done:
            if on and asks_nobody(self._home.folder):
                raise GeshaoError(ALONE, COMPANY)
            (self._home.starting.turn_on if on else self._home.starting.turn_off)()
            return Done()

        return await self._changed(switch)

    async def try_road(self, name: str) -> Done:
        """Begin to send a message that asks for nothing on the road called *name*."""
        road = next((road for road in self._stand.said.roads if road.name == name), None)
        if road is None:
            raise ConfigError(f"没有名为 {name} 的通道。", "请刷新设置再试。")
        vault, language = self._home.vault, self._used.language
        opened = partial(opened_road, road, vault, self._clock, language)
        self._trials.road(name, opened, partial(self._remember, name))
        return Done()

    async def try_sound(self, tier: str) -> Done:
        """Begin to play what *tier* sounds like."""
        said = await asyncio.to_thread(self._home.read)
        self._trials.sound(Tier[tier.upper()], said)
        return Done()

    def tidy(self) -> None:
        """Wipe what is left of shops that were taken out; nobody may be at work any more.

        Not of one that stands in the file again: somebody put it back.
        """
        while self._gone:
            shop = self._gone.pop()
            try:
                if any(one.id == shop for one in self._home.read().shops):
                    continue
                gone = wipe(self._home.folder, lambda: self._home.vault, shop)
                logger.info("{}: removed, with {}", shop, gone)
            except (GeshaoError, OSError) as error:
                logger.warning("{}: what is left of it was not removed: {}", shop, error)

    def _remember(self, road: str, refused: str) -> None:
        at = None if refused else self._clock.now()
        remember(self._home.folder, ChannelHealth(road, at, refused))

    async def _changed(self, work: Callable[[], Done], *, renews: bool = False) -> Done:
        """Make a change beside the watching; answer once it is made, or that it takes long."""
        outcome: asyncio.Future[Done | GeshaoError] = asyncio.get_running_loop().create_future()
        self._failed = ""
        self._begin(partial(self._make, work, outcome, renews=renews))
        made, _ = await asyncio.wait([outcome], timeout=_PATIENCE_S)
        if not made:
            outcome.add_done_callback(self._note)
            return Done(waits=True)
        if isinstance(result := outcome.result(), GeshaoError):
            raise result
        return result

    async def _make(
        self,
        work: Callable[[], Done],
        outcome: asyncio.Future[Done | GeshaoError],
        *,
        renews: bool,
    ) -> None:
        try:
            async with self._turn:
                done = await asyncio.to_thread(work)
            self._seen = None
            outcome.set_result(await self._renewed(done) if renews else done)
        except GeshaoError as error:
            outcome.set_result(error)
        except Exception as error:  # noqa: BLE001 (a bug in one change must not end the next)
            logger.opt(exception=error).error("the change of the settings failed")
            what = f"没有成功，鸽哨自己出错了（{type(error).__name__}）。"
            outcome.set_result(GeshaoError(what, "请再试一次；日志里有细节。"))

    async def _renewed(self, done: Done) -> Done:
        """Have the work begun anew after *done*, which stays done where that is not possible."""
        try:
            await self._renew()
        except GeshaoError as error:
            return replace(done, not_yet=str(error))
        return replace(done, anew=True)

    def _note(self, outcome: asyncio.Future[Done | GeshaoError]) -> None:
        result = outcome.result()
        self._failed = str(result) if isinstance(result, GeshaoError) else ""

    def _begin(self, work: Callable[[], Awaitable[None]]) -> None:
        self._wanted.put_nowait(work)

    def _stamp(self) -> tuple[int, int, int]:
        """Return what differs when there may be something new: the file, or the time."""
        age = int(self._clock.monotonic() / _LOOK_ANEW_S)
        try:
            found = self._home.file.stat()
        except OSError:
            return 0, 0, age
        return found.st_mtime_ns, found.st_size, age


async def _awaited(work: Callable[[], Awaitable[None]]) -> None:
    await work()
