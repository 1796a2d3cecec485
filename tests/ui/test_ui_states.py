"""Every state of the overlay, looked at by a strict eye: whole, readable, reached, translated."""

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from agent.platforms.host import BrowserHost
from tests.ui.accessibility import Axe
from tests.ui.looks import LANGUAGES, Look, Theme, looks
from tests.ui.overlay import Overlay
from tests.ui.states import State, crowd, numbered
from tests.ui.tour import Tour

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOOK = Look("zh", "dark", 420, 1)
FIFTY = State("thousands", "list", crowd(50))
MANY = """() => {
  const { rows } = desk.view;
  desk.view.rows = Array.from({ length: 5000 }, (_, index) => (
    { ...rows[Math.floor(index / 100)], number: index + 1 }));
  desk.revision += 1;
}"""
CONNECTING = State("connecting", "list", None)


VIEWS = sorted(
    (
        (state, look, number)
        for state, number in numbered()
        for look in looks(number, alike=state.alike)
    ),
    key=lambda view: str(view[1]),
)
"""What is looked at in the same way follows one another: a page is not made larger for each."""


def axe_looks(state: State, look: Look, number: int) -> bool:
    """Tell whether axe looks too: once where a state has parts of its own.

    They hang on no width and no theme.
    """
    return not state.alike and (number + LANGUAGES.index(look.language)) % 2 == 0


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def tours(host: BrowserHost) -> dict[str, Tour]:
    """Begin a tour in each language."""
    browser = await host.browser()
    return {language: await Tour.begin(browser, language) for language in LANGUAGES}


@pytest.mark.parametrize(
    ("state", "look", "number"),
    [pytest.param(*view, id=f"{view[0].name}-{view[1]}") for view in VIEWS],
)
async def test_nothing_is_wrong_with_any_state(
    tours: dict[str, Tour], state: State, look: Look, number: int
) -> None:
    """Nothing cut off, covered, pale, nameless, out of reach or untranslated."""
    tour = tours[look.language]
    await tour.show(state, look)

    assert [] == await tour.faults(state, axe=axe_looks(state, look, number))


async def test_nothing_is_wrong_with_thousands(tours: dict[str, Tour]) -> None:
    """Five thousand open cases: the first of them stand there as whole as one does."""
    tour, page = tours["zh"], tours["zh"].overlay.page
    await tour.show(FIFTY, LOOK)
    await page.evaluate(MANY)
    await tour.overlay.seconds()

    assert "还有 4960 件，接着看" == await tour.overlay.text("#further")
    assert [] == await tour.faults(FIFTY, axe=False)


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_nothing_is_wrong_before_the_agent_spoke(browser: Browser, theme: Theme) -> None:
    """While it is waited for, and when it does not come."""
    overlay = Overlay(await browser.new_page(color_scheme=theme))
    await overlay.page.set_viewport_size({"width": 320, "height": 420})
    await overlay.open(None)
    tour = Tour(overlay, await Axe.beside(overlay.page), "zh")
    waiting = (await overlay.state(), await tour.faults(CONNECTING, axe=True))
    await overlay.seconds(4)
    stopped = (await overlay.state(), await tour.faults(CONNECTING, axe=True))
    await overlay.page.close()

    assert (("connecting", []), ("stopped", [])) == (waiting, stopped)
