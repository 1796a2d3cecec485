"""What a person may ask of the running program."""

import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal

from loguru import logger

from agent.bookkeeping import Bookkeeper
from agent.cases import EVERY_SHOP, Kind, Outcome, QueueHealth
from agent.cases.drill import UNREACHED_KEY
from agent.cases.line import THIS_COMPUTER, platform_key
from agent.clicks import Clicks
from agent.clock import Clock
from agent.controls import Controls
from agent.daybook import Daybook
from agent.dispatcher import Dispatcher
from agent.errands import Errand, Errands
from agent.errors import GeshaoError
from agent.inbox import Inbox, Snapshot
from agent.pauses import Pauses, ShopWork
from agent.platforms.fleet import Browsers
from agent.platforms.window import check_window, open_window
from agent.signing import ShopAtWork, sign_in_by_hand, sign_in_by_scan
from agent.snapshot import Dossier, ShopHealth, ShownCode
from agent.turns import Turns

Work = Callable[[], Coroutine[Any, Any, None]]
"""What goes on beside the watching as long as that does."""

Help = Literal["read", "window", "code"]
"""What was begun for a shop: reading anew, a browser window, or a code for a phone."""

_READ_AGAIN = {Outcome.UNREACHABLE, Outcome.MAINTENANCE}
"""Where nothing that a person could do in a window would help."""
_AGAIN_S = 60.0
_SCAN_LIMIT_S = 900.0
"""Longer than a code is shown; whatever becomes of it, the shop is then read again at once."""
_AT_ONCE = os.cpu_count() or 1
"""So many shops are read first at a time: their pages load at once."""


class AgentDesk:
    """The program at work; a face talks to it on its event loop (`ui.desk.Desk`)."""

    def __init__(
        self,
        inbox: Inbox,
        dispatcher: Dispatcher,
        shops: Sequence[ShopAtWork],
        host: Browsers,
        clock: Clock,
        pauses: Pauses,
        controls: Controls,
        keeper: Bookkeeper,
        *,
        beside: Sequence[Work] = (),
    ) -> None:
        self._inbox = inbox
        self._dispatcher = dispatcher
        self._shops = {shop.settings.id: shop for shop in shops}
        self.host = host
        self._clock = clock
        self._pauses = pauses
        self.controls = controls
        self._keeper = keeper
        self._beside = beside
        self.clicks = Clicks(self.open_case, inbox, dispatcher)
        self._errands = Errands(inbox, clock, pauses)

    async def snapshot(self) -> Snapshot:
        """Return everything there is to show, now."""
        snapshot = self.controls.shown(self._inbox.snapshot())
        shops = tuple(self._with_errand(one) for one in snapshot.shops)
        return replace(snapshot, shops=shops, machine=self._keeper.machine)

    async def day(self) -> Daybook | None:
        """Return what came and went lately, None while that is still being read."""
        return self._keeper.day()

    async def acknowledge(self, number: int) -> None:
        """Take case *number* in hand."""
        self._inbox.acknowledge(str(number))
        self._dispatcher.look_now()

    async def acknowledge_all(self, numbers: Sequence[int]) -> int:
        """Take cases *numbers* in hand, all in one; return how many were waiting."""
        taken = self._inbox.acknowledge_all(numbers)
        self._dispatcher.look_now()
        return len(taken.cases)

    async def take_back(self, numbers: Sequence[int]) -> int:
        """Take back what was last said of cases *numbers*; return of how many."""
        back = self._inbox.take_back(numbers)
        self._dispatcher.look_now()
        return len(back)

    async def snooze(self, number: int, minutes: int) -> datetime:
        """Put case *number* off for *minutes*; return when that really ends."""
        return self._inbox.snooze(str(number), timedelta(minutes=minutes))

    async def assign(self, number: int, person: str) -> None:
        """Give case *number* to *person* ("": it is whose the roster says)."""
        self._inbox.assign(str(number), person)
        self._dispatcher.look_now()

    async def star(self, number: int, starred: bool) -> None:  # noqa: FBT001 (JSON has no keywords)
        """Mark case *number*, or take the mark away."""
        self._inbox.star(str(number), starred=starred)

    async def case(self, number: int) -> Dossier:
        """Return everything known of case *number*."""
        return self._inbox.case(str(number))

    async def note(self, number: int, text: str) -> None:
        """Keep *text* with case *number*."""
        self._inbox.note(str(number), text)

    async def open_case(self, number: int) -> None:
        """Begin to show case *number* in a browser window."""
        case = self._inbox.find(str(number))
        if case.latest.kind is Kind.OUTAGE:
            await self.help_shop(case.key.shop)
            return
        if case.key == UNREACHED_KEY:
            raise GeshaoError(
                f"{case.latest.reason}。",
                "没有页面可以打开；处理好后运行 geshao drill 再演习一次。",
            )
        shop = self._shop(case.key.shop)
        url = case.latest.url or shop.list_of(case.key.queue)
        self._begin_window(
            shop, "正在浏览器窗口里处理", lambda: open_window(shop.session, url, self._clock)
        )

    async def help_shop(self, shop_id: str) -> Help:
        """Begin the one thing that helps to see shop *shop_id* again; return what that is."""
        if behind := self._behind(shop_id):
            for each in behind:
                each.watcher.look_again()
            return "read"
        shop = self._shop(shop_id)
        trouble = self._trouble(shop_id)
        if trouble is None or trouble.outcome in _READ_AGAIN:
            shop.watcher.look_again()
            return "read"
        if trouble.outcome is Outcome.SIGNED_OUT and shop.code() is not None:
            self._begin_scan(shop)
            return "code"
        self._begin_sign_in(shop, trouble)
        return "window"

    def _behind(self, shop_id: str) -> list[ShopAtWork]:
        """Return the shops that *shop_id*, if it is no shop, stands for: all, or a platform's."""
        return [
            shop
            for shop in self._shops.values()
            if shop_id in {THIS_COMPUTER.shop_id, platform_key(shop.settings.platform).shop}
        ]

    async def open_window(self, shop_id: str) -> None:
        """Begin to show shop *shop_id* in a browser window, in place of a code to scan."""
        check_window(self.host)
        await self.leave_code(shop_id)
        self._begin_sign_in(self._shop(shop_id), self._trouble(shop_id))

    async def leave_code(self, shop_id: str) -> None:
        """Wait no longer for a phone to scan the code of shop *shop_id*."""
        await self._errands.leave_code(shop_id)

    async def pause(self, shop_id: str, minutes: int) -> None:
        """Read nothing of shop *shop_id* ("": of all) for *minutes* (0: until somebody goes on)."""
        span = timedelta(minutes=minutes) if minutes else None
        self._pauses.pause(self._shop(shop_id).settings.id if shop_id else EVERY_SHOP, span)
        self._dispatcher.look_now()

    async def resume(self, shop_id: str) -> None:
        """Go on with shop *shop_id* ("": with all) at once, also where a platform was let rest."""
        self._pauses.resume(self._shop(shop_id).settings.id if shop_id else EVERY_SHOP)
        for shop in [self._shop(shop_id)] if shop_id else self._shops.values():
            shop.watcher.look_again()

    def only_shop(self) -> ShopAtWork:
        """Return the one shop of a program that was started for one shop."""
        (shop,) = self._shops.values()
        return shop

    async def work(self, stop: asyncio.Event) -> None:
        """Watch and tell until *stop* is set."""
        async with asyncio.TaskGroup() as tasks:
            self._errands.tasks = tasks
            line = self._most_urgent_first()
            turns = Turns([shop.watcher.begun for shop in line], _AT_ONCE, self._clock)
            working = [
                tasks.create_task(self._tend(shop, partial(turns.come, place)))
                for place, shop in enumerate(line)
            ]
            working.append(tasks.create_task(self._dispatcher.run()))
            working += [
                tasks.create_task(self._go_on(work)) for work in (*self._beside, self.clicks.run)
            ]
            await stop.wait()
            for task in working:
                task.cancel()
            self._errands.end()

    async def _go_on(self, work: Work) -> None:
        """Do *work*, again when it broke: what goes on beside the watching must not end it."""
        while True:
            try:
                await work()
            except Exception as error:  # noqa: BLE001 (a bug costs one round)
                logger.opt(exception=error).error("what goes on beside the watching broke")
            await self._clock.sleep(_AGAIN_S)

    def _most_urgent_first(self) -> Sequence[ShopAtWork]:
        """Return the shops as their first cases stand in the inbox, those without any last."""
        listed = [row.case.key.shop for row in self._inbox.snapshot().rows]
        line = dict.fromkeys(shop for shop in listed if shop in self._shops)
        return [self._shops[shop] for shop in (line | dict.fromkeys(self._shops))]

    async def _tend(self, shop: ShopAtWork, turn: Work) -> None:
        """Watch *shop*, once *turn* says that it may begin, except while it is paused."""
        await turn()
        watcher, shop_id = shop.watcher, shop.settings.id
        watch = partial(watcher.run, shop.readers, shop.door)
        queues = [reader.name for reader in shop.readers]
        work = ShopWork(queues, watch, shop.leave, watcher.look_again)
        await self._pauses.heed(shop_id, work)

    def _trouble(self, shop_id: str) -> QueueHealth | None:
        """Return the queue whose trouble speaks for the shop, None if there is none."""
        shops = {health.shop.shop_id: health for health in self._inbox.snapshot().shops}
        queues = [queue for queue in shops[shop_id].queues if queue.blind]
        return next((q for q in queues if q.outcome is shops[shop_id].outcome), None)

    def _shop(self, shop_id: str) -> ShopAtWork:
        shop = self._shops.get(shop_id)
        if shop is None:
            raise GeshaoError(f"没有名为 {shop_id} 的店铺。", "运行 geshao shop list 查看。")
        return shop

    def _begin_sign_in(self, shop: ShopAtWork, trouble: QueueHealth | None) -> None:
        sign_in = partial(
            sign_in_by_hand,
            shop,
            self._clock,
            trouble.queue if trouble else "",
            signed_out=trouble is not None and trouble.outcome is Outcome.SIGNED_OUT,
            say=partial(self._inbox.begin, shop.settings.id),
        )
        self._begin_window(shop, "等您在浏览器窗口里操作", sign_in)

    def _begin_window(self, shop: ShopAtWork, busy: str, errand: Errand) -> None:
        check_window(self.host)
        self._errands.begin(shop, busy, errand)

    def _begin_scan(self, shop: ShopAtWork) -> None:
        async def scan() -> None:
            show = partial(self._errands.show_code, shop.settings.id)
            # Each page that is read meanwhile asks for a code of its own, and may spend this one.
            shop.watcher.rhythm.hold(_SCAN_LIMIT_S)
            if not await sign_in_by_scan(shop, self._clock, show):
                raise GeshaoError("一直没有人扫码。", "点「重新登录」再扫一次。")

        self._errands.begin(shop, "等您用手机扫码", scan, ShownCode())

    def _with_errand(self, health: ShopHealth) -> ShopHealth:
        """Return *health* with what only the running program knows."""
        shop_id = health.shop.shop_id
        watcher = self._shop(shop_id).watcher
        health = replace(health, sources={**watcher.sources})
        if self._errands.is_out(shop_id):
            return replace(health, code=self._errands.code(shop_id))
        return replace(health, rests_until=watcher.rhythm.rests_until())
