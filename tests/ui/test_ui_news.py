"""A page is told what differs from what it has: nothing, a patch of the list, or all."""

from dataclasses import replace
from typing import Any

import pytest

from agent.inbox import Row
from tests.ui.samples import a_blind_shop, a_row, a_snapshot, within
from ui.answer import Answer
from ui.news import News
from ui.rows import row_view

ROWS = tuple(a_row(number, respond_by=within(days=3)) for number in range(1, 6))
STARRED = replace(ROWS[1], case=replace(ROWS[1].case, starred=True))
NEW = a_row(9, respond_by=within(days=3))


def laid_over(rows: list[dict[str, Any]], answer: Answer) -> list[dict[str, Any]]:
    """Return the rows that a page has, after *answer*."""
    by_number = {row["number"]: row for row in [*rows, *answer["changed"]]}
    order = by_number if answer["order"] is None else answer["order"]
    return [by_number[number] for number in order]


@pytest.mark.parametrize(
    ("after", "changed", "order"),
    [
        ((ROWS[0], STARRED, *ROWS[2:]), [2], None),
        ((NEW, *ROWS), [9], [9, 1, 2, 3, 4, 5]),
        (ROWS[1:], [], [2, 3, 4, 5]),
        (ROWS[::-1], [], [5, 4, 3, 2, 1]),
        ((), [], []),
    ],
    ids=["another word", "a new case", "one less", "another order", "none"],
)
def test_a_patch_has_what_differs(
    after: tuple[Row, ...], changed: list[int], order: list[int] | None
) -> None:
    """Laid over what the page has, it makes what the page would get as a whole."""
    news = News("zh")
    whole = news.of(a_snapshot(*ROWS), "", patches=True)
    patch = news.of(a_snapshot(*after), whole["revision"], patches=True)

    assert "changed" not in whole
    assert "rows" not in patch["view"]
    assert (changed, order) == ([row["number"] for row in patch["changed"]], patch["order"])
    made = [row_view(row, "zh", a_snapshot().taken_at) for row in after]
    assert made == laid_over(whole["view"]["rows"], patch)


def test_whoever_cannot_lay_a_patch_over_gets_all() -> None:
    """Who asks for none, and who has what is long forgotten; the others get a patch."""
    news, before = News("zh"), a_snapshot(*ROWS)
    first = news.of(before, "")["revision"]
    shops = a_snapshot(*ROWS, shops=(a_blind_shop(),))
    plain, patched = news.of(shops, first), news.of(shops, first, patches=True)
    for number in range(10, 14):
        news.of(a_snapshot(a_row(number)), "")
    forgotten = news.of(before, first, patches=True)

    assert plain["view"]["rows"]
    assert "changed" not in plain
    assert ([], None) == (patched["changed"], patched["order"])
    assert forgotten["view"]["rows"]
