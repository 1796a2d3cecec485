"""Rows are explained place by place, as the reader itself would read them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent.cases import Kind, Stage
from agent.platforms.explain import FieldRead, explain
from agent.platforms.fields import Fields

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def told(name: str, places: object, **row: object) -> FieldRead:
    """Return how field *name* is read from *row* when it stands at *places*."""
    fields = Fields.model_validate({"case_id": {"path": "id"}, "kind": "other", name: places})
    read = explain({"id": "1", **row}, fields, NOW, {"b": ".b"})
    return next(one for one in read if one.field == name)


@pytest.mark.parametrize(
    ("name", "places", "row", "place", "value"),
    [
        ("reason", [{"path": "a"}, {"path": "b"}], {"a": "", "b": "坏了"}, 2, "坏了"),
        (
            "respond_by",
            [{"path": "a", "unit": "s"}],
            {"a": 1777640400},
            1,
            NOW + timedelta(hours=1),
        ),
        (
            "respond_by",
            [{"path": "a", "unit": "s"}, {"path": "b", "unit": "countdown"}],
            {"a": 0, "b": "1小时0分后自动退款"},
            2,
            NOW + timedelta(hours=1),
        ),
        ("amount", {"path": "a", "unit": "fen"}, {"a": 1290}, 1, 1290),
        ("amount", {"path": "a", "unit": "yuan"}, {"a": "¥12.90"}, 1, 1290),
        ("kind", {"path": "a", "map": {"1": "exchange"}}, {"a": 1}, 1, Kind.EXCHANGE),
        ("stage", {"path": "a", "map": {"x": "ended"}}, {"a": "x"}, 1, Stage.ENDED),
        ("order_id", [{"path": "a"}, {"path": "b"}], {"a": "12****34", "b": "1234"}, 2, "1234"),
        ("case_id", {"path": "a", "mask": "9999+"}, {"a": "单号 12345"}, 1, "12345"),
        ("tags", {"path": "a"}, {"a": ["急", "大额"]}, 1, ("急", "大额")),
    ],
)
def test_first_place_that_holds_something_counts(
    name: str, places: object, row: dict[str, Any], place: int, value: object
) -> None:
    """The value is what the reader makes of it, with the place that it is from."""
    found = told(name, places, **row)

    assert (place, value) == (found.place, found.value)


def test_what_cannot_be_read_is_shown_as_it_stands() -> None:
    """Where a place holds something unreadable, that one is told and not an empty one."""
    found = told("respond_by", [{"path": "a", "unit": "s"}, {"path": "b", "unit": "s"}], b="明天")

    assert (2, "明天", True) == (found.place, found.raw, found.missing)


def test_candidate_of_a_shown_item_is_told() -> None:
    """For items of a page it is known by which selector they were found."""
    assert ".b" == told("reason", {"path": "b"}, b="坏了").by


def test_words_that_the_pack_lacks_are_marked() -> None:
    """An unknown word is marked, whether something stands in for it or nothing does."""
    known = {"path": "a", "map": {"1": "exchange"}}

    assert told("kind", known, a="9").unknown
    assert told("kind", known | {"otherwise": "other"}, a="9").unknown
    assert not told("kind", known, a="1").unknown


def test_fixed_words_have_no_place() -> None:
    """What the pack says for all rows is told as that."""
    assert (0, Kind.OTHER) == ((found := told("kind", "other")).place, found.value)


def test_necessary_fields_are_marked() -> None:
    """The number, the kind, and what the pack itself requires."""
    fields = Fields.model_validate(
        {
            "case_id": {"path": "id"},
            "kind": "other",
            "reason": {"path": "a"},
            "buyer": {"path": "b"},
            "required": ["reason"],
        }
    )

    needed = [one.field for one in explain({}, fields, NOW) if one.needed]

    assert ["case_id", "kind", "reason"] == needed
