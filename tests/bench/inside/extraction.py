"""Five hundred rows read: from a page's table, and from the answer that the page itself got."""

import asyncio
import json
from collections.abc import Callable, Iterator
from functools import partial

from playwright.async_api import Page

from agent.platforms.capture import Captured
from agent.platforms.interpret import RowReader
from agent.platforms.lists import rows_in
from agent.platforms.look import Look, look_at
from tests.bench.inside.browsing import a_page
from tests.bench.inside.figures import Figure, Spent, timed, timed_waiting
from tests.bench.inside.office import TICKETS, Office, office

_LIMIT_S = 60.0
_BY_CELL = 20
_WALK = "plain DOM walk: the texts of all cells"
_PARSE = "plain json.loads of the answer"
_WALKED = """() => [...document.querySelectorAll(".auxo-table-tbody > tr")]
  .map((row) => [...row.cells].map((cell) => cell.innerText))"""


def measure(runs: int) -> Iterator[Figure]:
    """Yield what it takes to look at the list, and to understand what was seen."""
    kept = office()
    look, figures = asyncio.run(_looked(kept, runs))
    yield from figures
    yield from _understood(kept, look, runs)


async def _looked(kept: Office, runs: int) -> tuple[Look, list[Figure]]:
    async with a_page() as page:
        await kept.fill(page)
        see = partial(look_at, page, kept.spec, _LIMIT_S)
        walked = await timed_waiting(lambda: page.evaluate(_WALKED), runs)
        seen = await timed_waiting(see, runs)
        by_cell = await timed_waiting(lambda: _each_cell(page), 1, warm=0)
        return await see(), [
            Figure(_WALK, walked),
            Figure(f"a look: gates, the shop's name, {TICKETS} tickets", seen, peer=_WALK),
            Figure(f"a script's locators: the cells of {_BY_CELL} tickets", by_cell, peer=_WALK),
        ]


async def _each_cell(page: Page) -> list[str]:
    """Ask for each cell by itself, as scripts do; all of them would take minutes."""
    rows = [page.locator(".auxo-table-tbody > tr").nth(number) for number in range(_BY_CELL * 2)]
    cells = [row.locator("td").nth(number) for row in rows[1::2] for number in range(8)]
    return [await cell.inner_text() for cell in cells]


def _understood(kept: Office, look: Look, runs: int) -> Iterator[Figure]:
    answer = kept.long_answer
    yield Figure(_PARSE, timed(lambda _: json.loads(answer), runs))
    told = rows_in(Captured(1, None, kept.captured_at, 0, json.loads(answer)), kept.whole)
    for said, rows, fields in (
        ("table", look.rows, kept.dom.fields),
        ("answer", told, kept.response.fields),
    ):
        read = partial(RowReader("shop", "aftersale", fields).read, rows, kept.captured_at)
        yield Figure(f"{len(rows)} rows of the {said} understood", _spent(read, runs), peer=_PARSE)


def _spent(read: Callable[[], object], runs: int) -> Spent:
    return timed(lambda _: read(), runs)
