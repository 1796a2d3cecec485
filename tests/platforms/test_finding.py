"""A row that somebody sees is found in what the page fetched, with what it holds."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent.platforms.finding import (
    Heard,
    amount_at,
    asked_page,
    asked_size,
    deadlines,
    find_row,
    good_envelope,
    last_page,
    text_at,
    total_path,
)

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
IN_AN_HOUR = int((NOW + timedelta(hours=1)).timestamp())


def heard(body: object, asked: object = None) -> Heard:
    """Return an answer to the page's question."""
    return Heard("https://a.example/api", "GET", asked, body, NOW)


@pytest.mark.parametrize(
    ("body", "rows", "number"),
    [
        ({"data": {"items": [{"id": "77001"}]}}, "data.items", "id"),
        ({"list": [{"info": {"no": 77001}}]}, "list", "info.no"),
        ({"a": {"list": [{"x": 1}, {"id": "77001"}]}}, "a.list", "id"),
    ],
)
def test_row_is_found_wherever_it_is(body: object, rows: str, number: str) -> None:
    """As a text or a number, in whatever depth."""
    found = find_row([heard({"id": "77001"}), heard(body)], "77001")

    assert found is not None
    assert (rows, number) == (found.rows, found.number)


@pytest.mark.parametrize(
    "body",
    [{"id": "77001"}, [{"id": "77001"}], {"a b": [{"id": "77001"}]}, {"list": ["77001"]}, "77001"],
)
def test_what_no_pack_can_say_is_not_found(body: object) -> None:
    """A lone ticket, a list without a name, a name that no path can hold."""
    assert find_row([heard(body)], "77001") is None


def test_longest_list_counts() -> None:
    """A page fetches the one ticket that is opened, too."""
    one = heard({"detail": [{"id": "77001"}]})
    all_of_them = heard({"list": [{"id": "77001"}, {"id": "77002"}]})

    found = find_row([all_of_them, one], "77001")

    assert found is not None
    assert "list" == found.rows


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"total": 9, "list": [{"id": "1"}]}, "total"),
        ({"data": {"list": [{"id": "1"}], "totalCount": "25", "totalPage": 3}}, "data.totalCount"),
        ({"data": {"list": [{"id": "1"}], "total": 2}, "total": 5}, "data.total"),
        ({"data": {"list": [{"id": "1"}], "page": {"total": 7}}}, "data.page.total"),
        ({"list": [{"id": "1"}], "recordsTotal": 7, "count": 9}, "recordsTotal"),
        ({"list": [{"id": "1"}], "count": 2}, "count"),
        ({"list": [{"id": "1"}], "count": 1}, None),
        ({"list": [{"id": "1"}], "account": 77, "discount": 80, "totalPrice": 9}, None),
        ({"list": [{"id": "1"}], "count": 0}, None),
        ({"list": [{"id": "1"}], "pages": 4}, None),
    ],
)
def test_total_is_found_beside_the_rows(body: object, path: str | None) -> None:
    """It is called a total, is none of pages, and is not smaller than what is there.

    A mere count says something only where it is more than this page shows.
    """
    found = find_row([heard(body)], "1")

    assert found is not None
    assert path == total_path(found)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"list": [{"id": "1"}, {"id": "2"}], "total": 2}, None),
        ({"list": [{"id": "1"}, {"id": "2"}], "total": 2, "totalCount": 5}, "totalCount"),
        ({"list": [{"id": "1"}], "total": 1}, "total"),
    ],
)
def test_number_of_a_full_page_is_no_total(body: object, path: str | None) -> None:
    """It may count the rows of this page only: then the list would seem whole for ever."""
    found = find_row([heard(body, {"pageSize": 2})], "1")

    assert found is not None
    assert path == total_path(found)


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"has_more": True}, {"data.has_more": [False]}),
        ({"hasNextPage": False, "isEnd": True}, {"data.hasNextPage": [False]}),
        ({"isLastPage": True}, {"data.isLastPage": [True]}),
        ({"has_more": 1, "friend": True}, {}),
    ],
)
def test_last_page_is_known_by_what_it_says(
    flags: dict[str, object], said: dict[str, object]
) -> None:
    """Whatever this page says of itself, the last one says that no more comes."""
    found = find_row([heard({"data": {"list": [{"id": "1"}], **flags}})], "1")

    assert found is not None
    assert said == last_page(found)


@pytest.mark.parametrize(
    ("body", "good"),
    [
        ({"code": 0, "msg": "ok", "data": {}}, {"code": [0]}),
        ({"success": True, "errorCode": "0"}, {"success": [True], "errorCode": ["0"]}),
        ({"code": 10008}, {}),
        ({"encoded": 0}, {}),
        ([], {}),
    ],
)
def test_envelope_is_what_says_that_all_is_well(body: object, good: dict[str, Any]) -> None:
    """Only what is called a code or a status, and says so."""
    assert good == good_envelope(body)


@pytest.mark.parametrize(
    ("asked", "page", "size"),
    [
        ({"page": 1, "pageSize": 20}, "page", ("pageSize", 20)),
        ({"query": {"pageNo": "1"}, "limit": "10"}, "query.pageNo", ("limit", 10)),
        ({"size": 3, "thumbSize": 200, "pageSize": 20}, None, ("pageSize", 20)),
        ({"thumbSize": 200, "timeLimit": 9}, None, None),
        ({"page": 3}, None, None),
        (None, None, None),
    ],
)
def test_question_tells_the_page(
    asked: object, page: str | None, size: tuple[str, int] | None
) -> None:
    """Its number where it was the first, and how many rows were asked for."""
    assert (page, size) == (asked_page(asked), asked_size(asked))


@pytest.mark.parametrize(
    ("row", "limits"),
    [
        ({"a": IN_AN_HOUR, "b": IN_AN_HOUR - 9999}, [("a", "s")]),
        ({"a": IN_AN_HOUR * 1000}, [("a", "ms")]),
        ({"left": 3600, "n": 12}, [("left", "seconds_left")]),
        ({"end": "2026-05-01 21:00:30"}, [("end", "date")]),
        ({"a": IN_AN_HOUR + 80, "b": IN_AN_HOUR + 5}, [("b", "s"), ("a", "s")]),
        ({"a": 7, "b": "明天", "c": True}, []),
    ],
)
def test_limit_is_what_is_close_to_the_one_shown(
    row: dict[str, object], limits: list[tuple[str, str]]
) -> None:
    """In whatever unit, the closest first."""
    assert limits == deadlines(row, (NOW + timedelta(hours=1), timedelta(0)), NOW)


def test_countdown_may_hide_minutes() -> None:
    """Where the page shows hours only, the true limit lies up to an hour later."""
    due = (NOW + timedelta(minutes=30), timedelta(hours=1))

    assert [("a", "s")] == deadlines({"a": IN_AN_HOUR}, due, NOW)


def test_limit_that_is_not_shown_is_known_by_its_name() -> None:
    """A moment ahead that is called a deadline; others are none, nor is any small number."""
    row = {
        "deadline": IN_AN_HOUR,
        "arrives": IN_AN_HOUR,
        "dead": IN_AN_HOUR - 9999,
        "limitCount": 3,
        "goods_left": "12",
    }

    assert [("deadline", "s")] == deadlines(row, None, NOW)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"a": 1290}, ("a", "fen")),
        ({"a": "12.90"}, ("a", "yuan")),
        ({"a": 12.9}, ("a", "yuan")),
        ({"a": 129}, None),
    ],
)
def test_amount_is_found_in_either_unit(
    row: dict[str, object], found: tuple[str, str] | None
) -> None:
    """The value on the page tells which of the two it is."""
    assert found == amount_at(row, 1290)


def test_text_is_found_where_it_stands_alone() -> None:
    """A word within a longer text is not the field."""
    assert "t.name" == text_at({"say": "我要仅退款", "t": {"name": "仅退款"}}, "仅退款")
    assert text_at({"say": "我要仅退款"}, "仅退款") is None
