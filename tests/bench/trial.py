"""One contender with so many shops: started, left alone, given tickets, put to sleep, ended."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from agent.platforms.browser import FoundBrowser
from tests.bench.contender import CLOCK, Contender, Fallen, Stage, Started
from tests.bench.figures import Latency, Trial, Use
from tests.bench.office import BenchOffice, BenchShop
from tests.bench.schedule import AT_ONCE_S, Entry, Windows

SETTLES_S = 3.0
_FIRST_WITHIN_S = 60.0
_FIRST_WITHIN_S_A_SHOP = 6.0
_LIES_S = 20.0
"""How long a ticket lies before somebody answers it, while there is one a minute."""
_OPEN_BURSTS = 3
"""So many bursts of tickets are open at a time: nobody's list grows without end."""
_WAKES_WITHIN_S = 150.0


Say = Callable[[str], None]
Happens = Callable[[float], Coroutine[Any, Any, None]]


async def tried(entry: Entry, found: FoundBrowser, say: Say) -> Trial:
    """Return what became of *entry*; a contender that falls says why. *say* hears what is done."""
    contender, shops, windows = entry.contender, entry.shops, entry.windows
    blank = Trial(contender.name, shops)
    try:
        # A browser that ends late may still write there.
        with TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
            async with BenchOffice(CLOCK, push=contender.push) as office:
                stage = Stage(office, office.open_shops(shops), found, Path(folder))
                async with contender.started(stage) as started:
                    return await _Attempt(contender, stage, started, windows, say).made(blank)
    except Exception as error:  # noqa: BLE001 (one that falls costs its own line, not the run)
        return replace(blank, failed=_cause(error))


def _cause(error: BaseException) -> str:
    """Return what went wrong first, in one line."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{error}".partition("\n")[0] or type(error).__name__


@dataclass(eq=False)
class _Attempt:
    """A trial under way; *say* hears what is being done."""

    contender: Contender
    stage: Stage
    started: Started
    windows: Windows
    say: Say
    _open: list[list[tuple[BenchShop, str]]] = field(default_factory=list)
    _ended: list[list[tuple[BenchShop, str]]] = field(default_factory=list)
    _chance: Random = field(default_factory=lambda: Random(0))

    async def made(self, trial: Trial) -> Trial:
        """Return *trial* with all that its windows ask for."""
        wanted = self.windows
        trial = replace(trial, first_s=await self._first_reading())
        await self.contender.settle(self.stage)
        await CLOCK.sleep(SETTLES_S)
        if wanted.idle_s:
            trial = replace(trial, idle=await self._used(wanted.idle_s, self._nothing))
        trial = replace(trial, pss_mb=await asyncio.to_thread(self.started.family.pss_mb))
        if wanted.busy_s:
            trial = replace(trial, busy=await self._used(wanted.busy_s, self._one_a_minute))
        if wanted.bursts:
            alerts, tones = await self._bursts()
            trial = replace(trial, alerts=alerts, tones=tones)
        if wanted.sleep_s:
            trial = replace(trial, wake_s=await self._slept())
        return trial

    async def _first_reading(self) -> float:
        """Wait until every list was read; return how long that took. Raises Fallen."""
        self.say("first reading")
        lists, ledger = self.stage.lists, self.started.ledger
        patience = _FIRST_WITHIN_S + _FIRST_WITHIN_S_A_SHOP * len(self.stage.shops)
        if not await self.started.until(lambda: ledger.has_read(lists), patience):
            raise Fallen(f"not all lists were read within {patience:.0f} s")
        return ledger.read_at(lists) - self.started.began

    async def _used(self, seconds: float, happens: Happens) -> Use:
        """Return what is used while something *happens* for so many *seconds*."""
        traffic, family = self.stage.office.traffic, self.started.family
        self.say(f"{happens.__name__.strip('_').replace('_', ' ')} for {seconds:.0f} s")
        cpu = await asyncio.to_thread(family.cpu_s)
        requests, octets, began = traffic.requests, traffic.octets, CLOCK.monotonic()
        await happens(seconds)
        used = await asyncio.to_thread(family.cpu_s) - cpu
        took = CLOCK.monotonic() - began
        asked, sent = traffic.requests - requests, traffic.octets - octets
        return Use(len(self.stage.shops), took, used, asked, sent)

    async def _nothing(self, seconds: float) -> None:
        await CLOCK.sleep(seconds)

    async def _one_a_minute(self, seconds: float) -> None:
        """Let a ticket come to each shop every minute, one shop after the other."""
        step, end = 60.0 / len(self.stage.shops), CLOCK.monotonic() + seconds
        began, turn = CLOCK.monotonic() + step / 2, 0
        while (due := began + turn * step) < end:
            await CLOCK.sleep(max(0.0, due - CLOCK.monotonic()))
            self._post([self.stage.shops[turn % len(self.stage.shops)]])
            self._tidy(keep=max(1, round(_LIES_S / step)))
            turn += 1
        await CLOCK.sleep(max(0.0, end - CLOCK.monotonic()))

    async def _bursts(self) -> tuple[Latency, Latency | None]:
        """Let tickets come to all shops at once, over and over; return how soon all is told."""
        self.say(f"{self.windows.bursts} bursts")
        self._tidy(keep=0)
        cases, moments = list[str](), list[float]()
        for _ in range(self.windows.bursts):
            await CLOCK.sleep(self.windows.apart_s * self._chance.uniform(0.75, 1.25))
            moments.append(CLOCK.monotonic())
            burst = self._post(self.stage.shops)
            cases += burst
            if self.contender.period_s <= AT_ONCE_S:  # else the next would wait behind this one
                await self._all_told(burst)
            self._tidy(keep=_OPEN_BURSTS)
        await self._all_told(cases)
        return self.started.ledger.latency(cases), self._tones(moments)

    async def _all_told(self, cases: Sequence[str]) -> None:
        """Wait until all *cases* were told, or until what was not told counts as missed.

        A ticket is missed if it was not told within the contender's own period, 10 s and 0.2 s for
        each shop after the last of the bursts that are waited for: it is lost or really late, and
        does not just stand in the queue that the burst made. One that is told after all while later
        bursts are under way counts as told, with the time that it took.
        """
        ledger, patience = self.started.ledger, self.contender.patience_s(len(self.stage.shops))
        await self.started.until(lambda: ledger.has_told(cases), patience)

    def _tones(self, moments: list[float]) -> Latency | None:
        """Return how soon after *moments* a tone began, None if nothing tells."""
        tones = self.started.tones
        if tones is None or not tones.begun:
            return None
        ends = [*moments[1:], float("inf")]
        begun = [(at, tones.first_after(at), end) for at, end in zip(moments, ends, strict=True)]
        heard = [tone - at for at, tone, end in begun if tone is not None and tone < end]
        return Latency.of(heard, missed=len(moments) - len(heard))

    async def _slept(self) -> float | None:
        """Stop the contender, let a ticket come to each shop; return when all are told after.

        None if not all are, and if it did not sleep.
        """
        self.say(f"asleep for {self.windows.sleep_s:.0f} s")
        await asyncio.to_thread(self.started.family.suspend)
        await CLOCK.sleep(self.windows.sleep_s / 2)
        cases = self._post(self.stage.shops)
        await CLOCK.sleep(self.windows.sleep_s / 2)
        woken = CLOCK.monotonic()
        await asyncio.to_thread(self.started.family.resume)
        ledger = self.started.ledger
        await self.started.until(lambda: ledger.has_told(cases), _WAKES_WITHIN_S)
        told = ledger.told_at(cases)
        return None if told is None or told < woken else told - woken

    def _post(self, shops: Sequence[BenchShop]) -> list[str]:
        """Let a ticket come to each of *shops* now; return their ids."""
        burst = []
        for shop in shops:
            now = CLOCK.monotonic()
            case = self.stage.office.post(shop)
            self.started.ledger.post(case, now)
            burst.append((shop, case))
        self._open.append(burst)
        return [case for _, case in burst]

    def _tidy(self, keep: int) -> None:
        """Have answered what was told, but for the newest *keep* bursts; unlist what ended before.

        Nobody answers what nobody has heard of: a ticket that ends unseen would not be missed.
        """
        office, told = self.stage.office, self.started.ledger.has_told
        while len(self._ended) > keep:
            for shop, case in self._ended.pop(0):
                office.unlist(shop, case)
        known = [
            one for one in self._open[: max(0, len(self._open) - keep)] if told(c for _, c in one)
        ]
        for burst in known:
            for shop, case in burst:
                office.resolve(shop.name, case)
            self._open.remove(burst)
            self._ended.append(burst)
