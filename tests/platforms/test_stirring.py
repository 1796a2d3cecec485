"""A page that rests tells of its changes with a look at itself, as often as that helps."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Self

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page

from agent.platforms.host import BrowserHost
from agent.platforms.look import Spec
from agent.platforms.resting import lay_to_rest
from tests.platforms.waiting import LONG_S, until
from tests.shipped import PACKS

pytestmark = pytest.mark.asyncio(loop_scope="session")

OWN = "山雀百货"
PACK = PACKS["doudian"]
QUEUE = PACK.queues["aftersale"]
HTML = (
    f"<div class=headerShopName>{OWN}</div><b class=groupItems>0</b><p class=away>操作环境异常</p>"
)


@pytest_asyncio.fixture(loop_scope="session")
async def context(host: BrowserHost) -> AsyncIterator[BrowserContext]:
    """Give a context of its own: a clock that stands still does so in all pages of a context."""
    context = await (await host.browser()).new_context()
    yield context
    await context.close()


@dataclass
class Resting:
    """A page that was laid to rest, and what it *told* since."""

    page: Page
    told: list[Any] = field(default_factory=list)

    @classmethod
    async def showing(cls, html: str, context: BrowserContext) -> Self:
        """Return a page of *html* that tells of its changes; its clock is run by hand."""
        self = cls(await context.new_page())
        await self.page.set_content(html)
        await self.page.clock.install(time=0)
        await self.page.clock.pause_at(1_000)
        await self.page.expose_function("geshaoStirred", lambda told=None: self.told.append(told))
        spec = Spec.of(PACK, QUEUE, (*QUEUE.gates, *PACK.gates), OWN)
        await lay_to_rest(self.page, PACK, QUEUE, spec, LONG_S)
        return self

    async def shows(self, number: int) -> None:
        """Have its counter say *number*, and be told of it."""
        before = len(self.told)
        await self.page.evaluate(f"document.querySelector('b').textContent = {number}")
        await self.page.clock.run_for(10)
        await until(lambda: len(self.told) > before, "told")


async def test_a_change_comes_with_a_brief_look(context: BrowserContext) -> None:
    """Whose page it is and what it lists; nothing is counted or measured for it."""
    resting = await Resting.showing(HTML.replace("操作环境异常", ""), context)
    await resting.shows(1)

    [told] = map(json.loads, resting.told)
    assert ([OWN], {"rows": []}, True) == (told["names"], told["dom"], told["brief"])


async def test_in_doubt_the_look_is_a_whole_one(context: BrowserContext) -> None:
    """Words of a gate that may be hidden are looked at as they are to be seen."""
    resting = await Resting.showing(f"<style>.away {{ display: none }}</style>{HTML}", context)
    await resting.shows(1)

    [told] = map(json.loads, resting.told)
    assert ([], [OWN], False) == (told["gates"], told["names"], told["dom"]["empty"])


async def test_a_box_that_comes_out_of_hiding_is_seen(context: BrowserContext) -> None:
    """Though it is still marked as hidden: a style sheet may show it all the same."""
    style = "<style>.shown { display: block !important }</style>"
    hidden = HTML.replace("<p class=away>", "<p style='display: none'>")
    resting = await Resting.showing(f"{style}{hidden}", context)
    await resting.shows(1)
    await resting.page.evaluate("document.querySelector('p').className = 'shown'")
    await resting.shows(2)
    first, second = map(json.loads, resting.told)

    assert first["brief"]
    assert ["odd_environment"] == second["gates"]


async def test_a_page_in_doubt_time_and_again_is_looked_at_wholly_at_once(
    context: BrowserContext,
) -> None:
    """Both looks each time would cost more than one; whole ones count twice."""
    resting = await Resting.showing(f"<style>.away {{ display: none }}</style>{HTML}", context)
    for number in range(1, 7):
        await resting.shows(number)

    assert [True] * 5 + [False] == [told is not None for told in resting.told]
    assert "brief" not in json.loads(resting.told[4])


async def test_a_page_that_changes_on_and_on_is_not_looked_at_each_time(
    context: BrowserContext,
) -> None:
    """Ten times in five seconds; it is told without a look that there was more."""
    resting = await Resting.showing(HTML.replace("操作环境异常", ""), context)
    for number in range(1, 13):
        await resting.shows(number)
    early = [told is not None for told in resting.told]
    await resting.page.clock.run_for(5_000)
    await resting.shows(13)

    assert [True] * 10 + [False] * 2 == early
    assert resting.told[-1] is not None
