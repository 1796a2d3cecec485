"""One call of the bench: all runs, one trial after the other, and what is shown meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from agent.platforms.browser import FoundBrowser, find_browser
from tests.bench import table
from tests.bench.contender import Contender
from tests.bench.estimate import whole_s
from tests.bench.figures import Run, Trial
from tests.bench.inside.command import BENCHES
from tests.bench.inside.figures import Figure
from tests.bench.results import INSIDE
from tests.bench.schedule import CONTENDERS, Entry, entries
from tests.bench.trial import Say, tried

_TIMES = 2
"""How often each of the program's own steps is done."""

Keep = Callable[[Sequence[Run]], None]
Tries = Callable[[Entry, FoundBrowser, Say], Awaitable[Trial]]
Finds = Callable[[None, Callable[[str], None]], Awaitable[FoundBrowser]]


class Session:
    """All runs of what *names* say, told on *console*; *keep* is handed what is known so far.

    *made* are the runs so far. *tries* makes a trial, *finds* the browser for it.
    """

    def __init__(
        self,
        console: Console,
        names: Sequence[str],
        keep: Keep,
        *,
        quick: bool,
        tries: Tries = tried,
        finds: Finds = find_browser,
    ) -> None:
        self._console = console
        self._contenders = [kind() for kind in CONTENDERS if kind.name in names]
        self._inside_too = INSIDE in names and not quick
        self._keep, self._quick = keep, quick
        self._tries, self._finds = tries, finds
        self.made = list[Run]()
        self._number = self._trials = 0

    async def runs(self, count: int) -> None:
        """Make *count* runs of all that is to be measured."""
        plan = [self._entries(first=not number) for number in range(count)]
        self._trials = sum(map(len, plan))
        minutes = ceil(whole_s(plan, inside=self._inside_too) / 60)
        self._say(f"{self._trials} trials", f"about {minutes} minutes")
        found = await self._finds(None, self._say)
        with TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as home:
            able = {one: await self._prepared(one, Path(home)) for one in self._contenders}
            for number, run in enumerate(plan):
                await self._run(run, able, found, first=not number)

    def _entries(self, *, first: bool) -> list[Entry]:
        return [*entries(self._contenders, quick=self._quick, first=first)]

    async def _prepared(self, contender: Contender, home: Path) -> str:
        """Return why *contender* cannot take part, "" if it can."""
        self._say(contender.title, "getting ready")
        place = home / contender.name
        place.mkdir()
        return await contender.prepare(place)

    async def _run(
        self,
        run: Sequence[Entry],
        able: Mapping[Contender, str],
        found: FoundBrowser,
        *,
        first: bool,
    ) -> None:
        """Make one run; what is known is kept after each trial, for the next may be the last."""
        self.made.append(Run((), complete=False))
        for entry in run:
            trial = await self._trial(entry, able[entry.contender], found)
            self._know(replace(self.made[-1], trials=(*self.made[-1].trials, trial)))
        if first and self._inside_too:
            self._know(replace(self.made[-1], inside=await self._inside()))
        self._know(replace(self.made[-1], complete=True))

    def _know(self, run: Run) -> None:
        self.made[-1] = run
        self._keep(self.made)

    async def _trial(self, entry: Entry, unable: str, found: FoundBrowser) -> Trial:
        self._number += 1
        title = f"[{self._number}/{self._trials}] {entry.contender.title}, {entry.shops} shops"
        trial = Trial(entry.contender.name, entry.shops, failed=unable)
        if not unable:
            trial = await self._tries(entry, found, partial(self._say, title))
        self._say(title, " | ".join(table.row(trial)[2:]))
        return trial

    async def _inside(self) -> tuple[Figure, ...]:
        """Measure the program's own steps, in a thread: they have loops of their own."""
        figures = list[Figure]()
        for name, measure in BENCHES.items():
            self._say("inside", name)
            figures += await asyncio.to_thread(_all_of, measure)
        return tuple(figures)

    def _say(self, *what: str) -> None:
        told = ": ".join(what)
        self._console.print(told, style="dim", highlight=False, markup=False, soft_wrap=True)


def _all_of(measure: Callable[[int], Iterable[Figure]]) -> list[Figure]:
    return list(measure(_TIMES))
