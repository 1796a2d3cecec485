"""Whether all who may be called can be reached, and whom a step of the ladder calls in vain."""

from datetime import date
from pathlib import Path

import pytest

from agent.commands.finding import Finding, looked
from agent.commands.reach import staffed
from agent.config import Settings, parse_settings
from agent.errors import GeshaoError
from tests.shipped import PACKS

TODAY = date(2026, 10, 5)
OPEN = frozenset({"sound", "desktop", "群", "小王手机", "小李手机"})
ROADS = """\
roads:
- {name: 群, type: dingtalk, people: {小赵: "13900139000"}}
- {name: 小王手机, type: apprise}
- {name: 小李手机, type: apprise}
- {name: 旧手机, type: apprise, enabled: false}
"""
WEEK = "weekly: [{from: '09:00', to: '18:00', who: [小王]}]"
BOTH = "people: {小王: [小王手机], 小李: [小李手机]}"


def settings(roster: str = "", ladder: str = "", more: str = "") -> Settings:
    """Return settings with a *roster*, and the *ladder* of what is urgent."""
    text = f"{ROADS}roster: {{{roster}}}\n{more}\n"
    text += f"policy: {{loudness: {{urgent: {{escalate: [{ladder}]}}}}}}\n" if ladder else ""
    return parse_settings(text, Path("made-up.yaml"), PACKS)


def found(told: Settings, open_roads: frozenset[str] = OPEN) -> dict[str, Finding]:
    """Return what is found, by what was looked at."""
    return {finding.what: finding for finding in staffed(told, open_roads, TODAY)}


def test_where_nobody_is_named_nothing_is_said() -> None:
    """Also of a ladder that only has channels."""
    assert {} == found(settings())
    assert {} == found(settings("", "{after: 3m, channels: [desktop]}"))


def test_all_is_well() -> None:
    """Each is reached, each hour has somebody, and each step calls somebody who hears it."""
    roster = f"{BOTH}, weekly: [{{who: [小王]}}], stand_in: 小李"
    said = found(settings(roster, "{after: 3m, to: on_duty}, {after: 9m, to: stand_in}"))

    assert {
        "值班的人": "2 个人都叫得到",
        "值班时间": "每周的每个小时都有人",
        "没人处理时": "每一步都叫得到人",
    } == {what: finding.found for what, finding in said.items()}
    assert {("✓", "green")} == {finding.sign for finding in said.values()}


@pytest.mark.parametrize(
    ("people", "open_roads", "lost"),
    [
        ("{小王: []}", OPEN, "小王（没有通道）"),
        ("{小王: [旧手机]}", OPEN, "小王（旧手机已停用）"),
        ("{小王: [小王手机]}", OPEN - {"小王手机"}, "小王（小王手机送不到）"),
        ("{小王: [小王手机, 旧手机]}", OPEN - {"小王手机"}, "小王（小王手机送不到、旧手机已停用）"),
        ("{小王: [小王手机, 旧手机]}", OPEN, ""),
        ("{小王: [desktop]}", OPEN - {"desktop"}, "小王（桌面通知送不到）"),
        ("{小赵: []}", OPEN, ""),
        ("{小赵: []}", OPEN - {"群"}, "小赵（群送不到）"),
        ("{小王: [], 小李: []}", OPEN, "小王（没有通道）；小李（没有通道）"),
    ],
)
def test_who_cannot_be_reached(people: str, open_roads: frozenset[str], lost: str) -> None:
    """By no road of their own, and by no robot that calls them: who, why, and what helps."""
    finding = found(settings(f"people: {people}"), open_roads)["值班的人"]

    assert (True, lost) == (finding.well, finding.found.partition("叫不到：")[2])
    assert ("!" if lost else "✓") == finding.sign[0]
    assert bool(lost) == ("roster.people" in finding.next_step)


@pytest.mark.parametrize(
    ("first", "last", "lost"),
    [
        ("2026-10-01", "2026-10-05", True),
        ("2026-12-01", "2026-12-02", True),
        ("2026-10-01", "2026-10-04", False),
    ],
)
def test_who_stands_in_in_a_holiday(
    first: str,
    last: str,
    lost: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """Somebody whom only the holiday names, as long as it is not over."""
    holiday = f"holiday: {{from: {first}, to: {last}, stand_in: 小周}}"
    finding = found(settings(more=holiday)).get("值班的人")

    assert lost == (finding is not None and finding.found == "叫不到：小周（没有通道）")


def test_the_empty_hours_are_told_once() -> None:
    """As stretches; who is called then is said too, and it is no warning."""
    finding = found(settings(f"{BOTH}, {WEEK}"))["值班时间"]

    assert "没有人值班：每天 18:00 到次日 09:00；这时叫所有人" == finding.found
    assert "✓" == finding.sign[0]


def test_a_roster_without_a_week() -> None:
    """Nobody is on duty in any week, so everybody is called."""
    assert "没有排每周的班" in found(settings(BOTH))["值班时间"].found


@pytest.mark.parametrize(
    ("ladder", "open_roads", "vain"),
    [
        ("{after: 3m, to: 小王}", OPEN - {"小王手机"}, "紧急的第 1 步（3 分后）叫不到 小王"),
        ("{after: 3m, to: on_duty}", OPEN - {"小王手机"}, "紧急的第 1 步（3 分后）叫不到 小王"),
        ("{after: 3m, to: stand_in}", OPEN - {"小王手机"}, ""),
        ("{after: 3m, to: 老板}", OPEN, "紧急的第 1 步（3 分后）叫不到 老板"),
        ("{after: 3m, channels: [群], to: 老板}", OPEN, ""),
        (
            "{after: 3m, to: stand_in}, {after: 9m, channels: [群], to: on_duty}",
            OPEN - {"群"},
            "紧急的第 2 步（9 分后）只用 群，现在送不到",
        ),
        (
            "{after: 3m, channels: [旧手机], to: on_duty}",
            OPEN - {"小王手机"},
            "紧急的第 1 步（3 分后）叫不到 小王",
        ),
    ],
)
def test_steps_that_call_in_vain(ladder: str, open_roads: frozenset[str], vain: str) -> None:
    """Whoever the step means at any time is asked after; one with channels goes to those."""
    roster = f"{BOTH}, {WEEK}, stand_in: 小李"
    finding = found(settings(roster, ladder), open_roads)["没人处理时"]

    assert (vain or "每一步都叫得到人") == finding.found
    assert ("!" if vain else "✓") == finding.sign[0]


def test_somebody_who_is_never_on_duty() -> None:
    """A boss may be called all the same: it is said, and is no warning."""
    finding = found(settings(f"{BOTH}, {WEEK}", "{after: 3m, to: 小李}"))["没人处理时"]

    assert "每一步都叫得到人；小李 从不值班，也会被叫" == finding.found
    assert "" == finding.next_step


def test_a_stand_in_whom_nobody_named() -> None:
    """Everybody is called then, so all of them must hear it."""
    told = settings(f"{BOTH}, {WEEK}", "{after: 3m, to: stand_in}")
    finding = found(told, OPEN - {"小李手机"})["没人处理时"]

    assert finding.found.startswith("紧急的第 1 步（3 分后）叫不到 小李；没有写 stand_in")


def test_exceptions_have_ladders_of_their_own() -> None:
    """They are told where they differ, with the shop or the list that they are for."""
    more = """
shops: [{id: shanque, platform: doudian, name: 山雀}]
policy:
  loudness: {urgent: {escalate: [{after: 3m, to: 小王}]}}
  overrides:
  - {shop: shanque, loudness: {urgent: {escalate: [{after: 5m, to: 老板}]}}}
  - {queue: chat, loudness: {normal: {channels: [desktop]}}}
"""
    finding = found(settings(f"{BOTH}, {WEEK}", more=more))["没人处理时"]

    assert "shanque 紧急的第 1 步（5 分后）叫不到 老板" == finding.found


def test_what_is_complained_of_is_a_fault() -> None:
    """And counts, unlike a warning."""

    def complains() -> str:
        raise GeshaoError("坏了。", "修。")

    assert Finding("它", well=False, found="坏了。", next_step="修。") == looked("它", complains)
    assert "✗" == looked("它", complains).sign[0]
