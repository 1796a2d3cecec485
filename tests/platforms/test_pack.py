from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from agent.cases import OUTAGE_QUEUE, Kind
from agent.errors import PackError
from agent.platforms.pack import Pack
from agent.platforms.shelf import load_pack

SMALL: dict[str, Any] = {
    "platform": "made_up",
    "title": "虚构平台",
    "verified_on": "never",
    "sites": {"main": "https://made-up.example/base/"},
    "login": {"url": "main:/login"},
    "queues": {
        "tickets": {
            "title": "工单",
            "url": "main:/tickets",
            "identity": [{"css": ["#shop"]}],
            "response": {
                "url": "main:/api/tickets",
                "rows": "data",
                "total": "total",
                "fields": {"case_id": {"path": "id"}, "kind": "other"},
            },
        }
    },
}


def changed(path: str, value: object) -> dict[str, Any]:
    """Return the small pack with *value* at dotted *path*."""
    data = deepcopy(SMALL)
    *way, last = path.split(".")
    inner = data
    for key in way:
        inner = inner[key]
    inner[last] = value
    return data


def test_a_small_pack_is_enough() -> None:
    """Everything but the necessary has a default."""
    pack = Pack.model_validate(SMALL)

    assert "https://made-up.example/base/api/tickets" == pack.resolve("main:/api/tickets")
    assert Kind.OTHER == pack.queues["tickets"].response.fields.kind  # type: ignore[union-attr] # it has one


DOM = {
    "rows": ["tr"],
    "items": {"id": {"css": [".id"]}},
    "fields": {"case_id": {"path": "id"}, "kind": "other"},
}
GATE = {"name": "out", "outcome": "signed_out", "text": "请登录"}
TICKETS = "queues.tickets"


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        ("colour", "red", "colour"),
        (f"{TICKETS}.respones", {}, "queues.tickets.respones"),
        ("platform", "Made Up", "platform"),
        ("verified_on", "soon", "verified_on"),
        (f"{TICKETS}.url", "/tickets", "queues.tickets.url"),
        (f"{TICKETS}.url", "shop:/tickets", "no site 'shop'; there are: main"),
        (f"{TICKETS}.open", "shop:/t/{case_id}", "no site 'shop'"),
        (f"{TICKETS}.identity", [], "identity"),
        (f"{TICKETS}.identity", [{"css": ["#a"], "title_after": "-"}], "exactly one of"),
        (f"{TICKETS}.identity", [{"response": "main:/me"}], "response and path go together"),
        (
            f"{TICKETS}.identity",
            [{"css": ["#a"]}, {"cannot_be_shown": "nowhere"}],
            "cannot_be_shown stands alone",
        ),
        (f"{TICKETS}.response.asked_size", "size", "page_size is missing"),
        (f"{TICKETS}.response", None, "a response or a dom source"),
        (f"{TICKETS}.response.total", None, "total, last or page_size"),
        (f"{TICKETS}.response.rows", "data..items", "queues.tickets.response.rows"),
        (f"{TICKETS}.response.rows", "data[x]", "queues.tickets.response.rows"),
        (f"{TICKETS}.response.fields.kind", "refund", "kind"),
        (
            f"{TICKETS}.response.fields.kind",
            {"path": "k", "map": {"1": "merchant"}},
            "kind: merchant; use one of",
        ),
        (
            f"{TICKETS}.response.fields.stage",
            {"path": "s", "map": {"1": "waiting"}, "otherwise": "done"},
            "stage: done; use one of merchant, waiting, ended",
        ),
        (f"{TICKETS}.response.fields.respond_by", {"path": "t", "unit": "hours"}, "unit"),
        (f"{TICKETS}.dom", DOM | {"drop": {"name": ["x"]}}, "name: no such item; there are: id"),
        (f"{TICKETS}.dom", {**DOM, "items": {"nr": {"css": ["a"]}}}, "id: no such item"),
        (f"{TICKETS}.dom", {**DOM, "items": {"id": {"json": "a"}}}, "attr is missing"),
        (f"{TICKETS}.dom", {**DOM, "items": {"id": {"has": True}}}, "css is missing"),
        (f"{TICKETS}.dom", {**DOM, "items": {"id": {"attr": "href"}}}, "or cell is missing"),
        (
            f"{TICKETS}.dom",
            {**DOM, "items": {"id": {"css": ["a"], "attr": "href", "line": 1}}},
            "an attribute has no lines",
        ),
        (
            f"{TICKETS}.dom",
            {**DOM, "items": {"id": {"after": "单号", "line": 2}}},
            "a label has no line",
        ),
        ("gates", [{"name": "out", "outcome": "signed_out"}], "a gate needs one of"),
        ("gates", [GATE | {"envelope": {"code": [1]}}], "or else: envelope"),
        ("gates", [GATE | {"outcome": "rows"}], "gates.0.outcome"),
        ("gates", [GATE | {"outcome": "verified_empty"}], "gates.0.outcome"),
        ("gates", [GATE, GATE], "several gates are called out"),
        ("login.steps", [{"click": {"text": "a"}, "tick": {"text": "b"}}], "exactly one of"),
        ("login.steps", [{"optional": True}], "exactly one of"),
        ("login.steps", [{"fill": {"text": "a"}}], "go together"),
        ("login.steps", [{"click": {"text": "a"}, "value": "password"}], "go together"),
        ("login.steps", [{"fill": {"text": "a"}, "value": "totp"}], "login.steps.0.value"),
        (
            f"{TICKETS}.more",
            {"next": {"text": "›"}, "widen": [{"tick": {"text": "all"}}]},
            "only clicked through",
        ),
        ("queues", {OUTAGE_QUEUE: SMALL["queues"]["tickets"]}, "this name is taken"),
    ],
)
def test_a_wrong_pack_is_refused_at_the_spot(
    path: str, value: object, complaint: str, tmp_path: Path
) -> None:
    """The message names the file, the place in it, and what is wrong."""
    file = tmp_path / "pack.yaml"
    file.write_text(yaml.safe_dump(changed(path, value), allow_unicode=True), encoding="utf-8")

    with pytest.raises(PackError) as caught:
        load_pack(file)

    assert str(file) in caught.value.message
    assert complaint in caught.value.message
    assert "修改" in caught.value.next_step


def test_a_list_that_is_asked_for_is_answered() -> None:
    """A button of which nobody knows what answers it is refused."""
    data = changed(f"{TICKETS}.dom", DOM)
    data["queues"]["tickets"] |= {"response": None, "again": {"text": "查询"}}

    with pytest.raises(ValueError, match="again: the answer"):
        Pack.model_validate(data)


def test_where_pages_are_turned_the_table_must_tell_when_all_were_seen() -> None:
    """Without a total a lost button would look like the last page."""
    data = changed(f"{TICKETS}.dom", DOM)
    data["queues"]["tickets"]["more"] = {"next": {"text": "›"}}

    with pytest.raises(ValueError, match=r"dom\.total"):
        Pack.model_validate(data)


def test_a_site_may_lie_elsewhere() -> None:
    """Other addresses for a site replace the pack's; the rest stays."""
    pack = Pack.model_validate(SMALL).at({"main": "http://127.0.0.1:8080"})

    assert "http://127.0.0.1:8080/tickets" == pack.resolve("main:/tickets")


def test_an_unknown_site_is_refused() -> None:
    """A misspelt site would leave the pack at the wrong address."""
    with pytest.raises(PackError) as caught:
        Pack.model_validate(SMALL).at({"mian": "http://127.0.0.1:8080"})

    assert "mian" in caught.value.message
    assert "main" in caught.value.next_step


def test_guesses_are_counted() -> None:
    """Parts that are guesses, and keys of a part that are; `geshao shops` tells how many."""
    response = {
        **SMALL["queues"]["tickets"]["response"],
        "confidence": "guess",
        "guessed": ["rows"],
    }
    pack = Pack.model_validate(changed(f"{TICKETS}.response", response))

    assert (0, 2) == (Pack.model_validate(SMALL).guesses(), pack.guesses())


def test_a_guess_is_about_something_that_is_said() -> None:
    """A key that is not there cannot be a guess."""
    with pytest.raises(ValidationError, match="guessed: hosts"):
        Pack.model_validate(changed("guessed", ["hosts"]))
