"""When a reading begins: after what its page, and others, are about to tell by themselves."""

import asyncio
from collections.abc import Callable

import pytest

from agent.cases import CaseKey
from agent.platforms.glimpsing import Glimpser
from agent.platforms.lull import Lull
from tests.fakes import FakeClock
from tests.platforms.shown import BOTH, LOOK, ONE, Heard, Shown


async def waited(
    shown: Shown,
    glimpser: Glimpser,
    *,
    shows_after: float | None = None,
    noise: Callable[[], None] = lambda: None,
) -> float:
    """Return how long the reading waits, while there is *noise* all the time.

    The page shows its rows after so many seconds, if ever.
    """
    began = shown.clock.monotonic()
    glimpser.follow(shown.page)

    async def begun() -> float:
        async with glimpser.turn(shown.page):
            return shown.clock.monotonic()

    waiting = asyncio.create_task(begun())  # noqa: TID251 (awaited below)
    while not waiting.done():
        noise()
        if shows_after is not None and shown.clock.monotonic() - began >= shows_after:
            show(shown)
            shows_after = None
        await shown.clock.advance(0.05)
    return round(await waiting - began, 2)


def show(shown: Shown) -> None:
    """Let the page tell what it shows."""
    assert shown.glances.heeded is not None
    shown.glances.heeded(LOOK)


@pytest.mark.parametrize(
    ("proven", "shows_after", "waits"),
    [
        pytest.param(ONE, 0.1, 0.7, id="it shows at once; then nobody tells anything"),
        pytest.param(ONE, None, 0.5, id="it shows nothing: the reading has to tell"),
        pytest.param(frozenset[CaseKey](), None, 0.0, id="nothing can be glimpsed"),
    ],
)
async def test_a_reading_lets_the_glimpse_go_ahead(
    proven: frozenset[CaseKey], shows_after: float | None, waits: float
) -> None:
    """What stirred is about to be shown: it is told first, then read in peace."""
    shown = Shown()
    glimpser = Glimpser(shown.clock, lambda _glimpse: None)
    glimpser.proven = proven
    shown.glances.take(None)

    assert waits == await waited(shown, glimpser, shows_after=shows_after)


@pytest.mark.parametrize(
    ("shows_after", "waits"),
    [
        pytest.param(None, 5.0, id="due by the clock"),
        pytest.param(0.0, 15.0, id="it would only confirm what was told"),
    ],
)
async def test_a_reading_lets_the_news_of_other_shops_go_ahead(
    shows_after: float | None, waits: float
) -> None:
    """But not for ever: another shop's page may tell something all the time."""
    shown = Shown()
    lull = Lull(shown.clock, 9)
    glimpser = Glimpser(shown.clock, lambda _glimpse: None, lull)
    glimpser.proven = ONE
    if shows_after is not None:
        shown.glances.take(None)

    took = await waited(shown, glimpser, shows_after=shows_after, noise=lull.stirred)

    assert waits == took


async def test_news_that_come_while_it_waits_are_read_soon() -> None:
    """A list without cases tells nothing ahead: its first ticket ends the wait for a lull."""
    shown = Shown()
    lull = Lull(shown.clock, 9)
    glimpser = Glimpser(shown.clock, lambda _glimpse: None, lull)

    def noise() -> None:
        lull.stirred()
        if shown.clock.monotonic() >= 2.0 > shown.glances.stirred_at:  # once
            shown.glances.take(None)

    assert 2.0 <= await waited(shown, glimpser, noise=noise) <= 2.6


@pytest.mark.parametrize(("has_news", "waits"), [(False, 5.0), (True, 0.0)])
async def test_what_a_reading_met_is_no_news_for_the_next(
    has_news: bool,  # noqa: FBT001 (a column of the table)
    waits: float,
) -> None:
    """A page that is loaded hears its own list; only what came after that is untold."""
    shown = Shown(Heard(has_news=has_news))
    lull = Lull(shown.clock, 9)
    glimpser = Glimpser(shown.clock, lambda _glimpse: None, lull)
    shown.glances.known = False
    async with glimpser.turn(shown.page):
        await shown.clock.advance(1)
        shown.glances.take_again()
        glimpser.ended(shown.page, ())

    assert waits == await waited(shown, glimpser, noise=lull.stirred)


@pytest.mark.parametrize(("proven", "waits"), [(ONE, 0.6), (BOTH, 0.0)])
async def test_only_cases_that_no_reading_knows_are_waited_for(
    proven: frozenset[CaseKey], waits: float
) -> None:
    """Our own readings make pages show what is known by then: others do not wait for that."""
    clock = FakeClock()
    shown, other = Shown(clock=clock), Shown(clock=clock)
    lull = Lull(clock, 9)
    glimpser, others = (Glimpser(clock, lambda _glimpse: None, lull) for _ in range(2))
    glimpser.proven, others.proven = ONE, proven
    others.follow(other.page)
    show(other)

    assert waits == await waited(shown, glimpser)
