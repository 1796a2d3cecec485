"""A made-up page is gone through, and what was found there is told point by point."""

from typing import Any

import pytest

from agent.cases import Outcome, Source
from agent.platforms.advice import advise
from agent.platforms.checkup import QueueChecked, check_queue
from agent.platforms.patience import Patience
from agent.platforms.points import Part, Point
from tests.platforms.board import (
    DOM,
    FIELDS,
    HASTE,
    RESPONSE,
    SHOP,
    SHORT,
    Visit,
    fetching,
    listing,
    rows,
    without,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def checked(visit: Visit, patience: Patience = HASTE, **queue: object) -> QueueChecked:
    """Go through the board's list once; with SHORT patience where nothing will come."""
    reader = visit.begin(patience, **queue)  # type: ignore[arg-type] # nobody opens tickets by it
    return await check_queue(reader, visit.clock)


def about(part: Part, found: QueueChecked) -> list[tuple[str, str, bool | None]]:
    """Return what was said about *part*."""
    return [(p.what, p.found, p.well) for p in found.points if p.part is part]


async def test_answer_and_table_are_told_apart(visit: Visit) -> None:
    """Envelope, question, page and total of the answer, then rows and total of the table."""
    visit.board.body = listing(1, 2, total="共 2 条", rest=fetching())
    visit.board.says(rows(1, 2))

    found = await checked(visit)

    assert (Outcome.ROWS, Source.RESPONSE) == (found.reading.outcome, found.reading.source)
    assert [
        ("GET main:/api/list", "HTTP 200", True),
        ("ok code", "0", True),
        ("asked filter", "", True),
        ("page data.page", "1", True),
        ("total data.total", "2", True),
        ("rows data.items", "2", True),
    ] == about(Part.ANSWER, found)
    assert [("rows #rows > li", "2", True), ("total #total", "共 2 条", True)] == about(
        Part.TABLE, found
    )
    assert [("response", "2", True)] == about(Part.END, found)


async def test_rows_are_explained_field_by_field(visit: Visit) -> None:
    """Of each source the first rows, with the path or the candidate that each value is from."""
    visit.board.body = listing(*range(1, 6), total="共 5 条", rest=fetching())
    visit.board.says(rows(*range(1, 6)))

    found = await checked(visit)
    answered, shown = found.rows[0].fields[0], found.rows[3].fields[0]

    assert [(Source.RESPONSE, n) for n in (1, 2, 3)] + [(Source.DOM, n) for n in (1, 2, 3)] == [
        (row.source, row.number) for row in found.rows
    ]
    assert ("case_id", "id", "", "1") == (
        answered.field,
        answered.path,
        answered.by,
        answered.value,
    )
    assert ("id", "[data-id]", "1") == (shown.path, shown.by, shown.value)


async def test_name_is_told_with_its_place(visit: Visit) -> None:
    """The first place that shows a name is the one that counts."""
    visit.board.body = listing(1, total="共 1 条", rest=fetching())
    visit.board.says(rows(1))

    found = await checked(visit, identity=[{"css": ["#gone"]}, {"css": ["#shop"]}])

    assert [("2 #shop", SHOP, True)] == about(Part.SHOP, found)


async def test_another_shop_is_told_by_both_names(visit: Visit) -> None:
    """What the page shows stands beside what the configuration says."""
    visit.board.body = listing(1, total="共 1 条", rest=fetching(), shop="别家店")
    visit.board.says(rows(1))

    found = await checked(visit)

    assert Outcome.WRONG_SHOP is found.reading.outcome
    assert Point(Part.SHOP, "1 #shop", "别家店", SHOP, well=False) in found.points


async def test_gate_ends_the_story(visit: Visit) -> None:
    """Behind a gate nothing was looked at, and nothing is told."""
    visit.board.body = "<p>登录过期，请重新登录</p>"

    found = await checked(visit)

    assert Outcome.SIGNED_OUT is found.reading.outcome
    assert [("expired", "登录过期，请重新登录", False)] == about(Part.GATES, found)
    assert not found.rows
    assert "geshao login first" in advise(found, "first", verified=True)
    assert "在客户端里登录" in advise(found, "first", verified=True, attached=True)


@pytest.mark.parametrize(
    ("response", "wrong", "advice"),
    [
        (
            {"ok": {"code": [7]}},
            ("ok code", "0", False),
            "改 response，这一处与页面不符：ok code（应为 7）。",
        ),
        (
            {"asked": {"filter": ["all"]}},
            ("asked filter", "", False),
            "改 response，这一处与页面不符：asked filter（应为 all）。",
        ),
        ({"rows": "data.list"}, ("rows data.list", "", False), "这一处与页面不符：rows data.list"),
        ({"total": "data.sum"}, ("total data.sum", "", False), "这一处与页面不符：total data.sum"),
        (
            {"url": "main:/api/other"},
            ("GET main:/api/other", "", False),
            "这一处与页面不符：GET main:/api/other",
        ),
        (
            {"fields": FIELDS | {"case_id": {"path": "number"}}},
            ("rows data.items", "1", True),
            "改 response 的 fields：读不出 case_id。",
        ),
    ],
)
async def test_what_is_wrong_with_the_answer_is_named(
    visit: Visit, response: dict[str, Any], wrong: tuple[str, str, bool], advice: str
) -> None:
    """Each mistake in a pack leads to the line to be mended."""
    visit.board.body = listing(1, rest=fetching())
    visit.board.says(rows(1))
    visit.hurry()

    patience = SHORT if "url" in response else HASTE  # nothing is heard from another address
    found = await checked(visit, patience, response=RESPONSE | response, dom=None)

    assert not found.reading.outcome.complete
    assert wrong in about(Part.ANSWER, found)
    assert advice in advise(found, "first", verified=True)


@pytest.mark.parametrize(
    ("queue", "proof"),
    [
        ({}, "response.total"),
        (
            {"response": without(RESPONSE, "total") | {"page_size": 20}},
            "response.page_size",
        ),
        (
            {"response": without(RESPONSE, "total") | {"last": {"data.more": [False]}}},
            "response.last",
        ),
        ({"response": None}, "dom.empty"),
    ],
)
async def test_emptiness_is_told_with_its_proof(
    visit: Visit, queue: dict[str, Any], proof: str
) -> None:
    """An empty list is told with what proved that it is."""
    visit.board.body = listing(rest=fetching() + '<p id="none">没有</p>')
    visit.board.says(rows(more=False))

    found = await checked(visit, **queue)

    assert Outcome.VERIFIED_EMPTY is found.reading.outcome
    assert [(proof, "0", True)] == about(Part.EMPTINESS, found)


async def test_counters_and_strange_words_are_told(visit: Visit) -> None:
    """The platform's own numbers stand beside the list; words that the pack lacks are named."""
    visit.board.body = listing(1, total="共 1 条", rest=fetching() + "<b>待审核(1)</b>")
    visit.board.says(rows(1))
    kind = {"path": "says", "map": {"退款": "refund_only"}, "otherwise": "other"}
    response = RESPONSE | {"fields": FIELDS | {"kind": kind}}

    found = await checked(visit, response=response, counters={"texts": ["待审核(#)"]})

    assert [("待审核(#)", "1", True)] == about(Part.COUNTERS, found)
    assert ("kind=有事",) == found.strange
    assert [True] == [one.unknown for one in found.rows[0].fields if one.field == "kind"]
    assert "map" in advise(found, "first", verified=True)


async def test_page_that_does_not_open_is_told_as_such(visit: Visit) -> None:
    """Where nothing could be looked at, the one thing that is told is why."""
    visit.board.status = 500
    visit.board.body = "<p>系统异常</p>"

    found = await checked(visit, dom=DOM)

    assert [("main:/list", "后台回答 HTTP 500", False)] == about(Part.PAGE, found)
    assert "检查网络" in advise(found, "first", verified=True)
