"""What is done for a shop at a person's word, beside the watching: one thing a shop at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from loguru import logger

from agent.clock import Clock
from agent.errors import GeshaoError
from agent.inbox import Inbox
from agent.pauses import Pauses
from agent.platforms.scan import FRESH_FOR_S
from agent.signing import ShopAtWork
from agent.snapshot import ShownCode

Errand = Callable[[], Awaitable[object]]


@dataclass(slots=True, eq=False)
class _Begun:
    """An errand under way; *code* is what is to be scanned for it, if anything."""

    task: asyncio.Task[None]
    code: ShownCode | None = None


class Errands:
    """What was begun, by shop; *tasks* is the group that they run in while the program works."""

    def __init__(self, inbox: Inbox, clock: Clock, pauses: Pauses) -> None:
        self._inbox = inbox
        self._clock = clock
        self._pauses = pauses
        self.tasks: asyncio.TaskGroup | None = None
        self._begun: dict[str, _Begun] = {}

    def begin(
        self, shop: ShopAtWork, busy: str, errand: Errand, code: ShownCode | None = None
    ) -> None:
        """Start *errand* for *shop*; raise GeshaoError if one is out, or nothing is watched yet."""
        shop_id = shop.settings.id
        if shop_id in self._begun:
            raise GeshaoError("这家店的登录或窗口已经打开。", "请在那里操作，或先关掉它。")
        if self.tasks is None:
            raise GeshaoError("鸽哨还没有开始监看。", "请稍等片刻再试。")
        self._inbox.begin(shop_id, busy)
        self._begun[shop_id] = _Begun(self.tasks.create_task(self._run(shop, errand)), code)

    def is_out(self, shop_id: str) -> bool:
        """Tell whether something is being done for shop *shop_id*."""
        return shop_id in self._begun

    def code(self, shop_id: str) -> ShownCode | None:
        """Return what is to be scanned for shop *shop_id* just now, None if nothing is."""
        begun = self._begun.get(shop_id)
        return begun.code if begun else None

    def show_code(self, shop_id: str, picture: bytes) -> None:
        """Show *picture*, a PNG, to be scanned for shop *shop_id*; empty while one is fetched."""
        begun = self._begun[shop_id]
        fresh_until = self._clock.now() + timedelta(seconds=FRESH_FOR_S)
        number = begun.code.number if begun.code else 0
        begun.code = ShownCode(picture, fresh_until, number + bool(picture))

    async def leave_code(self, shop_id: str) -> None:
        """Wait no longer for a phone to scan the code of shop *shop_id*."""
        begun = self._begun.get(shop_id)
        if begun is not None and begun.code is not None:
            begun.task.cancel()
            await asyncio.wait([begun.task])

    def end(self) -> None:
        """End all of them: the program ends."""
        self.tasks = None
        for begun in self._begun.values():
            begun.task.cancel()

    async def _run(self, shop: ShopAtWork, errand: Errand) -> None:
        failed = ""
        try:
            await errand()
        except GeshaoError as error:
            failed = error.message + error.next_step
            logger.warning("{}: the errand came to nothing: {}", shop.settings.id, error)
        except Exception as error:  # noqa: BLE001 (a bug in one errand must not end the watching)
            failed = f"没有成功，鸽哨自己出错了（{type(error).__name__}）。请再试一次。"
            logger.exception("{}: the errand failed", shop.settings.id)
        finally:
            del self._begun[shop.settings.id]
            self._inbox.end(shop.settings.id, failed)
            shop.watcher.look_again()
            if self._pauses.of(shop.settings.id) is not None:
                await shop.leave()
