from typing import Any

import pytest

from agent.cases import Outcome
from agent.platforms.lists import dropped, is_full, rows_in
from agent.platforms.sources import ResponseSource
from agent.platforms.unread import CannotRead, StrangeShape
from tests.platforms.board import RESPONSE, rows, without
from tests.platforms.rows import an_answer

SPEC = ResponseSource.model_validate(RESPONSE)
BY_SIZE = ResponseSource.model_validate(
    without(RESPONSE, "total", "page", "asked") | {"page_size": 50}
)


def test_an_answer_holds_its_rows() -> None:
    """All of them, in order."""
    assert ["1", "2"] == [row["id"] for row in rows_in(an_answer(rows(1, 2)), SPEC)]


@pytest.mark.parametrize("wants", [{}, {"filter": None}, {"filter": []}, {"filter": ""}])
def test_a_question_without_a_filter_asks_for_all(wants: object) -> None:
    """However the page spells that no filter is on."""
    assert 1 == len(rows_in(an_answer(rows(1), wants), SPEC))


@pytest.mark.parametrize("wants", [{"filter": "late"}, {"filter": 0}, "not JSON", 7])
def test_a_question_that_is_not_for_the_whole_list_proves_nothing(wants: object) -> None:
    """A filter, or a question that can't be read: the answer is about something else."""
    with pytest.raises(CannotRead, match="筛选"):
        rows_in(an_answer(rows(), wants), SPEC)


@pytest.mark.parametrize(
    ("body", "trouble", "outcome"),
    [
        (rows(), "HTTP 500", Outcome.UNREACHABLE),
        ({"code": 1} | {"data": rows()["data"]}, "", Outcome.PAGE_CHANGED),
        (rows(page=2), "", Outcome.TRUNCATED),
    ],
)
def test_an_answer_to_something_else_is_no_reason_to_read_the_table(
    body: object, trouble: str, outcome: Outcome
) -> None:
    """What failed, was refused, or is another page of the list, the table shows no better."""
    with pytest.raises(CannotRead) as caught:
        rows_in(an_answer(body, trouble=trouble), SPEC)

    assert outcome is caught.value.outcome
    assert not isinstance(caught.value, StrangeShape)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"items": None, "total": 3, "page": 1},
        {"items": {}, "total": 0, "page": 1},
        {"items": "none", "total": 0, "page": 1},
        {"items": [None], "total": 1, "page": 1},
        {"items": [], "total": "many", "page": 1},
        {"items": [], "total": -1, "page": 1},
        {"items": [], "total": 0},
    ],
)
def test_an_answer_in_another_shape_is_strange(data: object) -> None:
    """The platform meant it well; its table may be read instead."""
    with pytest.raises(StrangeShape):
        rows_in(an_answer({"code": 0, "data": data}), SPEC)


def test_nothing_at_all_is_empty_only_by_its_total() -> None:
    """Some platforms leave the rows of an empty list out; without a total that proves nothing."""
    nothing: dict[str, Any] = {"code": 0, "data": {"items": None, "total": 0, "page": 1}}

    assert 0 == len(rows_in(an_answer(nothing), SPEC))
    with pytest.raises(StrangeShape):
        rows_in(an_answer(nothing), BY_SIZE)


@pytest.mark.parametrize(
    ("row", "is_dropped"),
    [({"who": "系统通知"}, True), ({"who": "竹影"}, False), ({}, False), ({"is_bot": True}, True)],
)
def test_rows_are_dropped_by_what_they_say(
    row: dict[str, object],
    is_dropped: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """One of the values at one of the paths is enough."""
    assert is_dropped == dropped(row, {"who": ("系统通知", "智能客服"), "is_bot": (True,)})


BY_EITHER = ResponseSource.model_validate(without(RESPONSE, "page") | {"page_size": 2})


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        ({"items": [{"id": "1"}], "total": 1}, True),
        ({"items": [{"id": "1"}]}, True),
        ({"items": []}, True),
        ({"items": [{"id": "1"}], "total": "many"}, False),
    ],
)
def test_the_page_size_tells_where_the_total_is_missing(
    data: dict[str, Any],
    whole: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """A total that is there has to be one; one that is not leaves it to the length of the page."""
    answer = an_answer({"code": 0, "data": data})

    if whole:
        assert len(data["items"]) == len(rows_in(answer, BY_EITHER))
    else:
        with pytest.raises(StrangeShape):
            rows_in(answer, BY_EITHER)


@pytest.mark.parametrize(
    ("says", "full"), [({"more": False}, False), ({"more": True}, True), ({}, True)]
)
def test_an_answer_says_itself_that_it_is_the_last(says: dict[str, Any], full: bool) -> None:  # noqa: FBT001 (a column of the table)
    """Its word counts more than its length; without it, more may follow."""
    spec = ResponseSource.model_validate(
        without(RESPONSE, "page", "total", "asked") | {"last": {"data.more": [False]}}
    )
    body = {"code": 0, "data": {"items": [{"id": "1"}], **says}}

    assert full == is_full(an_answer(body), spec, rows=1, total=None)
