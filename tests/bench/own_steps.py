"""How long the program's own steps take with many cases in its journal, in seconds."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.async_api import async_playwright

from agent.cases import Case, CaseKey, Change, ChangeKind, Policy
from agent.dispatcher import Dispatcher, Told
from agent.events import EventLog
from agent.inbox import Inbox, Watched
from agent.journal import Journal
from agent.pace import Pace
from agent.platforms.browser import FoundBrowser
from agent.platforms.look import Spec, look_at
from agent.platforms.sources import DomSource
from tests.bench.contender import CLOCK
from tests.bench.targets import INBOX, TICK
from tests.mothers import KEY, a_case, a_shop

OPEN, ALL = 5_000, 100_000
INSERT = "journal insert at 100,000 cases"
ROWS = 500
EXTRACTION = f"extraction of {ROWS} rows"
_CELLS = 8
_FIELDS = {"case_id": {"path": "c0"}, "kind": "other"}
_LOOK_WITHIN_S = 30.0
_BATCH = 1_000
_TIMES = 15


async def measured_inside(found: FoundBrowser) -> dict[str, float]:
    """Return how long each step takes, the middle of several times."""
    return await asyncio.to_thread(_with_many_cases) | {EXTRACTION: await _extraction(found)}


async def _extraction(found: FoundBrowser) -> float:
    """Return how long one look at a page with many rows takes, back in Python."""
    row = (
        "<tr data-id={}>" + "".join(f"<td class=c{n}>文字{n}</td>" for n in range(_CELLS)) + "</tr>"
    )
    rows = "".join(row.format(number) for number in range(ROWS))
    items = {f"c{n}": {"css": [f".c{n}"]} for n in range(_CELLS)}
    dom = {"rows": ["tbody > tr"], "items": items, "fields": _FIELDS}
    spec = Spec(gates=(), identity=(), dom=DomSource.model_validate(dom), counts=())
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found.headless)
        page = await browser.new_page()
        await page.set_content(f"<table><tbody>{rows}</tbody></table>")
        took = []
        for _ in range(_TIMES):
            began = CLOCK.monotonic()
            await look_at(page, spec, _LOOK_WITHIN_S)
            took.append(CLOCK.monotonic() - began)
        await browser.close()
    return median(took)


def _with_many_cases() -> dict[str, float]:
    with _journal(OPEN, ALL) as journal, EventLog(None, CLOCK) as events:
        told = Told({KEY.shop: a_shop()}, "zh")
        dispatcher = Dispatcher(
            journal=journal, policy=Policy(), channels=[], events=events, clock=CLOCK, told=told
        )
        watched = Watched(a_shop(), "平台", {KEY.queue: "售后"})
        inbox = Inbox(journal, Policy(), CLOCK, [watched], pace=Pace(), channels=[])
        new = iter(_cases(ALL, ALL + _TIMES + 1))
        return {
            TICK: _takes(dispatcher.tick),
            INBOX: _takes(inbox.snapshot),
            INSERT: _takes(lambda: _record(journal, [next(new)])),
        }


def _takes(step: Callable[[], object]) -> float:
    """Return how many seconds *step* takes, once it has found its pace."""
    step()
    took = []
    for _ in range(_TIMES):
        began = CLOCK.monotonic()
        step()
        took.append(CLOCK.monotonic() - began)
    return median(took)


@contextmanager
def _journal(unanswered: int, total: int) -> Iterator[Journal]:
    """Give a journal of *total* cases on the disk, of which so many are *unanswered*."""
    with TemporaryDirectory(prefix="bench-") as folder, Journal.open(Path(folder) / "j") as journal:
        for first in range(0, total, _BATCH):
            kept = _record(journal, [*_cases(first, min(first + _BATCH, total))])
            ended = [case for number, case in enumerate(kept, first) if number >= unanswered]
            _end(journal, ended)
        yield journal


def _cases(first: int, end: int) -> Iterator[Case]:
    """Yield open cases from the number *first* up to *end*, with some days left."""
    now = CLOCK.now()
    for number in range(first, end):
        key = CaseKey(KEY.shop, KEY.queue, str(number))
        times = {"first_seen_at": now, "last_seen_at": now, "asked_at": now}
        yield a_case(key=key, respond_by=now + timedelta(days=3, seconds=number), **times)


def _record(journal: Journal, cases: Sequence[Case]) -> list[Case]:
    opened = [Change(ChangeKind.OPENED, None, case) for case in cases]
    return [change.after for change in journal.record(opened, None, shop=KEY.shop)]


def _end(journal: Journal, cases: Sequence[Case]) -> None:
    now = CLOCK.now()
    ended = [Change(ChangeKind.RESOLVED, case, replace(case, resolved_at=now)) for case in cases]
    journal.record(ended, None, shop=KEY.shop)
