"""Who handles what, as data for the page of the settings, and what it may ask about people."""

from pathlib import Path
from typing import Any

import pytest

from agent.cases import Kind
from agent.config import parse_settings
from agent.errors import GeshaoError
from agent.settings.people import Person
from tests.ui.test_ui_settings import Listener, a_stand
from ui.settings import settings_view
from ui.settings_people import staff_view
from ui.wishes import come_true

TEXT = """\
roads:
  - {name: 群, type: wecom, tiers: [normal], people: {小王: "139"}}
  - {name: 手机, type: ntfy, tiers: []}
roster:
  people: {小王: [群, desktop], 小李: []}
  stand_in: 小李
  assign: {refund_only: 小王, complaint: 小王}
"""
SAID = parse_settings(TEXT, Path("config.yaml"))
WISH: dict[str, Any] = {
    "act": "person",
    "new": True,
    "name": "甲",
    "roads": [],
    "kinds": [],
    "stands_in": False,
}
WISH["numbers"] = {}


def test_each_person_is_a_sentence() -> None:
    """What they handle and how they are reached, in both languages."""
    said = [(one["name"], one["said"]) for one in staff_view(SAID, "zh")["people"]]
    english = [one["said"] for one in staff_view(SAID, "en")["people"]]

    assert [
        ("小王", "负责仅退款、投诉 · 点名时发到群、桌面通知 · 在群里 @"),
        ("小李", "没有专门负责的类型 · 没有自己的通道 · 替班"),
    ] == said
    assert [
        "has refund only, complaint · when called: 群, desktop · @ in 群",
        "no kinds of their own · no roads of their own · stands in",
    ] == english


def test_what_may_be_ticked_is_what_there_is() -> None:
    """Every kind, each road of the file, and what somebody has already."""
    staff = staff_view(SAID, "zh")

    assert ["群", "手机", "desktop"] == [road["value"] for road in staff["roads"]]
    assert [kind.value for kind in Kind] == [kind["value"] for kind in staff["kinds"]]
    assert [{"value": "群", "title": "在群里 @ 的手机号（没有就不填）"}] == staff["robots"]
    assert (["群", "desktop"], ["refund_only", "complaint"], {"群": "139"}, False) == (
        staff["people"][0]["roads"],
        staff["people"][0]["kinds"],
        staff["people"][0]["numbers"],
        staff["people"][0]["stands_in"],
    )


def test_a_roads_tiers_are_ticked() -> None:
    """None is said in words: it is heard only when it is named."""
    roads = settings_view(a_stand(SAID), "zh")["roads"]

    assert [["normal"], []] == [road["tiers"] for road in roads]
    assert ["只在点名时发" in road["said"] for road in roads] == [False, True]


@pytest.mark.parametrize(
    ("wish", "asked"),
    [
        ({"act": "tiers", "road": "群", "tiers": []}, ("set_tiers", "群", [])),
        (
            {**WISH, "roads": ["群"], "kinds": ["complaint"], "numbers": {"群": "139"}},
            (
                "set_person",
                Person("甲", ("群",), frozenset({Kind.COMPLAINT}), numbers={"群": "139"}),
                True,
            ),
        ),
        ({"act": "remove_person", "name": "甲"}, ("remove_person", "甲")),
    ],
    ids=["tiers", "a person", "somebody goes"],
)
async def test_a_wish_comes_true(wish: dict[str, Any], asked: tuple[object, ...]) -> None:
    """Each act asks one thing."""
    listener: Any = Listener()
    await come_true(wish, listener, "zh")

    assert [asked] == listener.asked


@pytest.mark.parametrize(
    "wish",
    [
        {**WISH, "name": ""},
        {**WISH, "kinds": ["nonsense"]},
        {**WISH, "kinds": "refund_only"},
        {**WISH, "new": 1},
        {**WISH, "numbers": {"群": 139}},
        {**WISH, "roads": ["x"] * 51},
        {"act": "tiers", "road": "群", "tiers": ["loud"]},
        {"act": "remove_person"},
    ],
    ids=[
        "no name",
        "no such kind",
        "no list",
        "no flag",
        "no text",
        "too many",
        "no such tier",
        "nobody",
    ],
)
async def test_what_is_no_wish_is_refused(wish: object) -> None:
    """Nothing is asked."""
    listener: Any = Listener()
    with pytest.raises(GeshaoError):
        await come_true(wish, listener, "zh")

    assert [] == listener.asked
