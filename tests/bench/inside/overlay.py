"""Five thousand open cases on the overlay: what the agent makes of them, what the page paints."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.async_api import Page

from agent.journal import Journal
from tests.bench.inside.archive import OPEN, archive, tell
from tests.bench.inside.asked import Asked
from tests.bench.inside.browsing import a_page
from tests.bench.inside.figures import Figure, Spent, timed
from ui.news import News
from ui.page import PAGE

_FIRST_MS, _UPDATE_MS = 300.0, 50.0
_OFTEN = 5
_PROBE = (Path(__file__).parent / "overlay.js").read_text(encoding="utf-8")
_PLAIN = "page: the plainest one, all rows built anew"


def measure(runs: int) -> Iterator[Figure]:
    """Yield what the agent and the page each take for the first view and for one changed row."""
    with archive(OPEN, OPEN) as (journal, _file):
        tell(journal)
        agent = _Agent(journal)
        yield Figure("agent: the first view, as JSON", timed(agent.tell, 1, warm=0))
        whole = agent.said
        for what, before in (("nothing new", agent.wait), ("one row changed", agent.star)):
            spent = timed(agent.tell, runs * _OFTEN, warm=3, before=before)
            yield Figure(f"agent: a second later, {what}, as JSON", spent, _UPDATE_MS)
        fresh = _Agent(journal)
        fresh.tell()
        whole, patches = fresh.said, [fresh.changed(number) for number in range(runs * _OFTEN + 2)]
    yield from asyncio.run(_painted(whole, patches, runs))


class _Agent(Asked):
    """What the page is answered each second."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal)
        self._news, self._revision, self.said = News("zh"), "", ""

    def tell(self, _number: int = 0) -> None:
        """Answer a page that has the last answer."""
        answer = self._news.of(self.look(), self._revision, patches=True)
        self._revision = answer["revision"]
        self.said = json.dumps({"ok": True} | answer)

    def changed(self, number: int) -> str:
        """Return the answer after a change."""
        self.star(number)
        self.tell()
        return self.said


async def _painted(whole: str, patches: Sequence[str], runs: int) -> list[Figure]:
    async with a_page(420, 760) as page:
        await page.add_init_script(_PROBE)
        plain = [await _on_plain_page(page, whole) for _ in range(runs)]
        first = [await _opened(page, whole) for _ in range(runs)]
        update = [await page.evaluate("(text) => update(text)", patch) for patch in patches]
    return [
        Figure(_PLAIN, Spent(tuple(plain))),
        Figure("page: the first view painted", Spent(tuple(first)), _FIRST_MS, _PLAIN),
        Figure("page: one changed row painted", Spent(tuple(update[2:])), _UPDATE_MS, _PLAIN),
    ]


async def _on_plain_page(page: Page, whole: str) -> float:
    await page.goto("about:blank")
    spent: float = await page.evaluate("(text) => plain(text)", whole)
    return spent


async def _opened(page: Page, whole: str) -> float:
    """Open the overlay; return what passes from the answer to the rows on the screen."""
    await page.goto(PAGE.as_uri())
    spent: float = await page.evaluate("(text) => update(text)", whole)
    return spent
