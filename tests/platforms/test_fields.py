"""What a field's place may say: nothing that would be ignored, or taken for something else."""

from typing import Any

import pytest
from pydantic import ValidationError

from agent.platforms.fields import Fields, Value

MAP = {"1": "refund_only"}


def fields(**said: object) -> Fields:
    """Return the fields of a made-up list that also says *said*."""
    usual: dict[str, Any] = {"case_id": {"path": "id"}, "kind": "other"}
    return Fields.model_validate(usual | said)


@pytest.mark.parametrize(
    ("name", "place", "complaint"),
    [
        ("case_id", {"map": MAP}, "case_id: map is for words: leave it out; mask takes a part"),
        ("order_id", {"map": MAP, "anywhere": True}, "order_id: map is for words"),
        ("respond_by", {"unit": "s", "map": MAP}, "respond_by: map is for words"),
        ("amount", {"map": MAP, "otherwise": "0"}, "amount: map is for words"),
        ("amount", {"unit": "ms"}, "amount: unit ms; use one of fen, yuan"),
        (
            "respond_by",
            {"unit": "fen"},
            "respond_by: unit fen; use one of s, ms, seconds_left, countdown, date",
        ),
        ("opened_at", {"unit": "yuan"}, "opened_at: unit yuan; use one of s, ms"),
        ("status", {"unit": "s"}, "status: unit s; it has none, leave unit out"),
        ("amount", {"unit": "fen", "plus": 5}, "amount: plus belongs to a moment"),
        ("reason", {"plus": 5}, "reason: plus belongs to a moment (respond_by, opened_at)"),
        ("respond_by", {"unit": "countdown", "plus": 5}, "plus belongs to a moment: leave it out"),
        ("status", {"otherwise": "处理中"}, "otherwise and anywhere belong to a map: write map"),
        ("status", {"anywhere": True}, "otherwise and anywhere belong to a map"),
    ],
)
def test_what_would_be_ignored_is_refused(
    name: str, place: dict[str, object], complaint: str
) -> None:
    """The message names the field, and says what to write; also for one place of several."""
    told = {"path": "x", **place}

    for said in (told, [{"path": "y"}, told]):
        with pytest.raises(ValidationError) as caught:
            fields(**{name: said})
        assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("case_id", {"mask": "9999+"}),
        ("respond_by", {"unit": "s", "plus": 180}),
        ("respond_by", {"unit": "seconds_left", "plus": -60}),
        ("opened_at", {"unit": "date", "plus": 86400}),
        ("respond_by", {"unit": "countdown", "mask": "9天"}),
        ("amount", {"unit": "yuan", "mask": "9+"}),
        ("kind", {"map": MAP, "otherwise": "other", "anywhere": True}),
        ("status", {}),
    ],
)
def test_what_is_heeded_may_be_said(name: str, place: dict[str, object]) -> None:
    """Each word has its fields."""
    assert (Value.model_validate({"path": "x", **place}),) == fields(
        **{name: {"path": "x", **place}}
    ).places(name)
