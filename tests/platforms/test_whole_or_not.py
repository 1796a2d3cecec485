"""When a list is whole: what the page asked for, says and shows must bear it out."""

from typing import Any

import pytest
from playwright.async_api import BrowserContext

from agent.cases import Outcome
from agent.platforms.interpret import read_total
from agent.platforms.lists import is_full
from agent.platforms.sources import ResponseSource
from agent.platforms.unread import CannotRead
from tests.platforms.board import DOM, PAGED, RESPONSE, SHORT, SLOW, Visit, listing, rows, without
from tests.platforms.looking import looked
from tests.platforms.rows import an_answer

BY_SIZE = without(RESPONSE, "total", "page", "asked") | {"page_size": 20}


@pytest.mark.parametrize(
    ("wants", "number", "full"),
    [
        ({"size": 10}, 10, True),
        ({"size": "10"}, 9, False),
        ({"size": 50}, 20, True),
        ({"size": 50}, 19, False),
        ({"size": 0}, 0, True),
        ({}, 1, True),
        ({"size": "all"}, 1, True),
        (None, 1, True),
    ],
)
def test_a_page_is_short_beside_what_was_asked_for(
    wants: object,
    number: int,
    full: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """An account may remember fewer rows a page; where the question tells none, more may follow."""
    spec = ResponseSource.model_validate(BY_SIZE | {"asked_size": "size"})

    assert full == is_full(an_answer(rows(), wants), spec, rows=number, total=None)


@pytest.mark.parametrize(
    ("words", "total"),
    [
        ("共 25 条", 25),
        ("共 25 条，每页 20 条", 25),
        ("每页 20 条，共 1,025 条", 1025),
        ("1..50 (共 57 项)", 57),
        ("99+", None),
        ("共 99+ 条，每页 20 条", None),
        ("共 1.2万 条", None),
        ("共 3 万条", None),
        ("0", 0),
    ],
)
def test_of_several_numbers_the_largest_is_the_total(words: str, total: int | None) -> None:
    """Rather a gap that is none than none that is one; rounded numbers tell no end."""
    assert total == read_total(words)


def test_a_total_without_a_number_is_none() -> None:
    """It may stand there before its number does."""
    with pytest.raises(CannotRead, match="总条数"):
        read_total("共 条")


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    ("response", "outcome"),
    [
        (without(RESPONSE, "total", "page") | {"page_size": 2}, Outcome.TRUNCATED),
        (without(RESPONSE, "page"), Outcome.ROWS),
    ],
)
async def test_a_list_that_may_have_widened_unseen(
    visit: Visit, response: dict[str, Any], outcome: Outcome
) -> None:
    """What the next page then begins with only a total can tell."""
    visit.board.body = listing(rest=PAGED + "<b>更多</b>")
    visit.board.says(rows(1, 2, total=3), rows(3, total=3))
    more = {"next": {"css": ["#next"]}, "widen": [{"click": {"text": "更多"}}]}

    reading = await visit.read(SLOW, response=response, dom=None, more=more)

    assert (outcome, 3) == (reading.outcome, len(reading.sightings))


@pytest.mark.asyncio(loop_scope="session")
async def test_a_gap_says_what_is_missing(visit: Visit) -> None:
    """Rows count, also those that are nobody's business."""
    visit.board.body = listing(rest=PAGED)
    visit.board.says(rows(1, 2, total=4), rows(3, total=4, page=2), {"code": 5})
    visit.hurry(answers=3)
    response = RESPONSE | {"drop": {"id": ["1"]}}

    reading = await visit.read(response=response, dom=None)

    assert "共 4 条，只读到 3 条" == reading.detail


@pytest.mark.asyncio(loop_scope="session")
async def test_a_list_that_changed_while_it_was_turned_says_so(visit: Visit) -> None:
    """As many rows as it claims, but not those of one moment: nothing to count."""
    visit.board.body = listing(rest=PAGED)
    visit.board.says(rows(1, 2, total=3), rows(3, 4, total=4, page=2))

    reading = await visit.read(dom=None)

    assert Outcome.TRUNCATED is reading.outcome
    assert reading.detail.startswith("翻页时列表变了")


@pytest.mark.asyncio(loop_scope="session")
async def test_rows_that_begin_as_none_does_are_no_empty_list(visit: Visit) -> None:
    """Neither a mark of emptiness nor the platform's own 0 counts beside them."""
    table = DOM | {"start_text": "售后单号", "empty_text": ["暂无数据"]}
    visit.board.body = listing(7, total="共 1 条", rest="<aside>暂无数据</aside><a>待审核(0)</a>")
    counters = {"texts": ["待审核(#)"], "proves_empty": True}

    reading = await visit.read(SHORT, response=None, dom=table, counters=counters, more=None)

    assert Outcome.PAGE_CHANGED is reading.outcome


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    ("frame", "page", "count"),
    [("待审核(3)", "", "3"), ("待审核(3)", "待审核(5)", "5"), ("", "", "")],
)
async def test_counters_beside_a_framed_list_are_read(
    context: BrowserContext, frame: str, page: str, count: str
) -> None:
    """They stand where the list stands, unless the page itself has them."""
    html = f"<p>{page}</p><iframe srcdoc='<a>{frame}</a>' width=400 height=300></iframe>"

    look = await looked(context, html, dom=DOM | {"frame": "srcdoc"}, counts=("待审核(#)",))

    assert (count,) == look.counts
