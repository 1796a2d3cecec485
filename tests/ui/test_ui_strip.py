"""The strip of the last day: never greener than the truth, and said in words as well."""

from datetime import timedelta

import pytest

from agent.cases import Span, Why
from tests.fakes import NOON
from tests.ui.overlay import Overlay
from tests.ui.samples import FAWN, a_shop, a_snapshot, view
from ui.changes import changes
from ui.strip import strip_letters, strip_words
from ui.view import present

pytestmark = pytest.mark.asyncio(loop_scope="session")

AWAY = "离开 3 小时 10 分，期间 2 单进入 4 小时"


def a_line(*parts: tuple[float, Why]) -> tuple[Span, ...]:
    """Return a line that ends at noon, of parts that are so many hours long."""
    begun = NOON - timedelta(hours=sum(hours for hours, _ in parts))
    line: list[Span] = []
    for hours, why in parts:
        ended = begun + timedelta(hours=hours)
        line.append(Span(begun, ended, why))
        begun = ended
    return tuple(line)


A_DAY = a_line(
    (2, Why.UNKNOWN),
    (12, Why.COVERED),
    (3.25, Why.ASLEEP),
    (4.75, Why.COVERED),
    (1, Why.SIGNED_OUT),
    (1, Why.COVERED),
)


@pytest.mark.parametrize(
    ("line", "letters"),
    [
        pytest.param((), "", id="no record"),
        pytest.param(A_DAY, "u" * 4 + "g" * 24 + "r" * 6 + "p" + "g" * 9 + "mm" + "gg", id="a day"),
        pytest.param(a_line((24, Why.UNKNOWN)), "u" * 48, id="nothing known"),
    ],
)
async def test_a_letter_for_each_half_hour(line: tuple[Span, ...], letters: str) -> None:
    """Only what was seen from its beginning to its end is good."""
    assert letters == strip_letters(line)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ((), ""),
        (a_line((24, Why.UNKNOWN)), "近 24 小时还没有记录"),
        (a_line((24, Why.COVERED)), "近 24 小时看到 100.0%"),
        (A_DAY, "近 24 小时看到 80.6%；没看到：电脑休眠 3 小时 15 分、登录已失效 1 小时"),
    ],
)
async def test_the_strip_in_words(line: tuple[Span, ...], words: str) -> None:
    """How much, and the longest gaps with their reasons."""
    assert words == strip_words(line, "zh")


async def test_the_page_draws_the_strip(overlay: Overlay) -> None:
    """In the shop's fold: as many slots as half hours, green where good, striped where unknown."""
    await overlay.open(view(a_snapshot(shops=(a_shop(FAWN, coverage=A_DAY),))))
    await overlay.page.locator("#shops summary").click()
    record = overlay.page.locator("#shops .record")
    slots = record.locator("span")
    letters = await slots.evaluate_all("all => all.map(one => one.dataset.slot).join('')")
    colours = await slots.evaluate_all(
        "all => all.map(one => [one.dataset.slot, getComputedStyle(one).background])"
    )
    look = {slot: colour for slot, colour in colours}  # noqa: C416 (the last of each is enough)

    assert strip_letters(A_DAY) == letters
    assert strip_words(A_DAY, "zh") == await record.get_attribute("aria-label")
    assert len(set(look.values())) == len(look)
    assert ("repeating-linear-gradient" in look["u"], True) == (True, await record.is_visible())


async def test_the_page_says_what_a_sleep_brought(overlay: Overlay) -> None:
    """One sentence under the verdict, as long as the agent says it."""
    await overlay.open(view(a_snapshot(away=AWAY)))
    said = await overlay.text("#warnings")
    await overlay.change(view(a_snapshot()))
    await overlay.seconds(2)

    assert said.endswith(AWAY)
    assert not await overlay.page.locator("#warnings").is_visible()


async def test_a_log_says_it_once() -> None:
    """A machine without a screen gets the sentence too."""
    before, after = present(a_snapshot(), "zh"), present(a_snapshot(away=AWAY), "zh")

    assert ([AWAY], []) == (changes(before, after), changes(after, after))
