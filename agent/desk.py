"""What a person may ask of the running program, and the errands that follow."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from loguru import logger

from agent.cases import Kind, Outcome, QueueHealth
from agent.clock import Clock
from agent.config import ShopSettings
from agent.dispatcher import Dispatcher
from agent.errors import BrowserMissing, GeshaoError
from agent.inbox import Inbox, Snapshot
from agent.platforms.door import StoredDoor
from agent.platforms.host import BrowserHost
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.platforms.window import check_window, open_window
from agent.watcher import Watcher

Errand = Callable[[], Awaitable[object]]

_READ_AGAIN = {Outcome.UNREACHABLE, Outcome.MAINTENANCE}
"""Where nothing that a person could do in a window would help."""


@dataclass(frozen=True, slots=True)
class ShopAtWork:
    """One shop with all that works for it."""

    settings: ShopSettings
    session: ShopSession
    watcher: Watcher
    readers: tuple[QueueReader, ...]
    door: StoredDoor


class AgentDesk:
    """The program at work; a face talks to it on its event loop (`ui.desk.Desk`)."""

    def __init__(
        self,
        inbox: Inbox,
        dispatcher: Dispatcher,
        shops: Sequence[ShopAtWork],
        host: BrowserHost,
        clock: Clock,
    ) -> None:
        self._inbox = inbox
        self._dispatcher = dispatcher
        self._shops = {shop.settings.id: shop for shop in shops}
        self.host = host
        self._clock = clock
        self._errands: asyncio.TaskGroup | None = None
        self._running: set[asyncio.Task[None]] = set()

    async def snapshot(self) -> Snapshot:
        """Return everything there is to show, now."""
        return self._inbox.snapshot()

    async def acknowledge(self, number: int) -> None:
        """Take case *number* in hand."""
        self._inbox.acknowledge(str(number))
        self._dispatcher.look_now()

    async def snooze(self, number: int, minutes: int) -> datetime:
        """Put case *number* off for *minutes*; return when that really ends."""
        return self._inbox.snooze(str(number), timedelta(minutes=minutes))

    async def star(self, number: int, starred: bool) -> None:  # noqa: FBT001 (JSON has no keywords)
        """Mark case *number*, or take the mark away."""
        self._inbox.star(str(number), starred=starred)

    async def open_case(self, number: int) -> None:
        """Begin to show case *number* in a browser window."""
        case = self._inbox.find(str(number))
        if case.latest.kind is Kind.OUTAGE:
            await self.help_shop(case.key.shop)
            return
        shop = self._shop(case.key.shop)
        url = case.latest.url or _list_of(shop, case.key.queue)
        self._begin(
            shop, "正在浏览器窗口里处理", lambda: open_window(shop.session, url, self._clock)
        )

    async def help_shop(self, shop_id: str) -> bool:
        """Begin the one thing that helps to see shop *shop_id* again.

        Returns whether that is a browser window; else all is read again.
        """
        shop = self._shop(shop_id)
        trouble = self._trouble(shop_id)
        if trouble is None or trouble.outcome in _READ_AGAIN:
            shop.watcher.look_again()
            return False
        queue = trouble.queue
        self._begin(
            shop, "等您在浏览器窗口里操作", lambda: sign_in_by_hand(shop, self._clock, queue)
        )
        return True

    def only_shop(self) -> ShopAtWork:
        """Return the one shop of a program that was started for one shop."""
        (shop,) = self._shops.values()
        return shop

    async def work(self, stop: asyncio.Event) -> None:
        """Watch and tell until *stop* is set."""
        async with asyncio.TaskGroup() as tasks:
            self._errands = tasks
            working = [
                tasks.create_task(shop.watcher.run(shop.readers, shop.door))
                for shop in self._shops.values()
            ]
            working.append(tasks.create_task(self._dispatcher.run()))
            await stop.wait()
            self._errands = None
            for task in (*working, *self._running):
                task.cancel()

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

    def _begin(self, shop: ShopAtWork, busy: str, errand: Errand) -> None:
        """Start *errand* beside the watching; one window a shop at a time."""
        check_window(self.host)
        shop_id = shop.settings.id
        if shop_id in self._inbox.busy:
            raise GeshaoError("这家店的浏览器窗口已经打开。", "请在那个窗口里操作。")
        if self._errands is None:
            raise GeshaoError("鸽哨还没有开始监看。", "请稍等片刻再试。")
        self._inbox.begin(shop_id, busy)
        task = self._errands.create_task(self._run(shop, errand))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _run(self, shop: ShopAtWork, errand: Errand) -> None:
        failed = ""
        try:
            await errand()
        except GeshaoError as error:
            failed = error.message + error.next_step
            logger.warning("{}: the window did not open: {}", shop.settings.id, error)
        except Exception as error:  # noqa: BLE001 (a bug in one errand must not end the watching)
            failed = f"窗口没有开成，鸽哨自己出错了（{type(error).__name__}）。请再试一次。"
            logger.exception("{}: the errand failed", shop.settings.id)
        finally:
            self._inbox.end(shop.settings.id, failed)
            shop.watcher.look_again()


def _list_of(shop: ShopAtWork, queue: str) -> str:
    """Return where the cases of *queue* are listed, where any are if the pack has it no more.

    Raises BrowserMissing if they are in a client of their own, where no window leads.
    """
    pack = shop.session.pack
    url = (pack.queues.get(queue) or shop.readers[0].queue).url
    if url is None:
        raise BrowserMissing(
            f"{pack.title}没有网页后台。", "请在它自己的客户端里查看和登录，鸽哨会接着读。"
        )
    return pack.resolve(url)


async def sign_in_by_hand(shop: ShopAtWork, clock: Clock, queue: str = "") -> bool:
    """Open a window at the shop's *queue* until that can be read, or it is closed.

    Without *queue* it is the first. Returns whether it can be read. Raises BrowserMissing if no
    window can be opened here.
    """
    reader = next((one for one in shop.readers if one.name == queue), shop.readers[0])
    return await open_window(
        shop.session,
        _list_of(shop, reader.name),
        clock,
        accept=lambda state: _accept(shop, reader, state),
        username=shop.settings.username or "",
    )


async def _accept(shop: ShopAtWork, reader: QueueReader, state: dict[str, Any]) -> bool:
    """Tell whether the window's session lets our own *reader* read its queue."""
    await shop.session.adopt(state)
    reading = await reader.read(fresh=True)
    shop.watcher.record(reading)
    return reading.outcome.complete
