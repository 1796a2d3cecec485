"""What faces are given of silence, of a drill that is followed, of who is on duty."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from agent.cases import EVERY_SHOP, Holiday, Mute, Policy, Roster, Shift, Weekly, with_people
from agent.cases.link import Link, LinkState
from agent.drill import ANSWERED, JUDGED, WRITTEN
from agent.snapshot import Duty, ShownDrill
from agent.words import Language
from tests.fakes import NOON
from tests.ui.samples import FAWN, a_snapshot, within
from ui.controls import trial_view
from ui.duty import DutyView, duty_view
from ui.ticking import clock_text, epoch_ms
from ui.view import present

NAMES = (JUDGED, WRITTEN, "sound", "老板手机", ANSWERED)
DONE = tuple(Link(name, LinkState.PASSED, 1.23, "送达") for name in NAMES)
GONE = Link("老板手机", LinkState.FAILED, 45.0, "拒收", "换一个。")
TODAY = NOON.date()
PEOPLE = Roster(
    people={"小王": (), "小李": ()},
    weekly=(Weekly(Shift(("小王",), time(9), time(18))),),
    stand_in="小李",
    zone=UTC,
)


def test_silence_of_everything_has_an_end() -> None:
    """Only what silences all: a shop's own mute, or one through which the last step rings, not."""
    until = within(minutes=10)
    whole, half = Mute(NOON, until, whole=True), Mute(NOON, until)
    shown = [
        present(a_snapshot(mutes=mutes), "zh")["hushed"]
        for mutes in ({}, {EVERY_SHOP: whole}, {EVERY_SHOP: half}, {FAWN.shop_id: half})
    ]

    assert [None, epoch_ms(until), None, None] == shown


@pytest.mark.parametrize(
    ("drill", "state", "text", "short"),
    [
        (ShownDrill(NAMES, DONE[:2]), "running", "演习中：2/5", "演习中 2/5"),
        (
            ShownDrill(NAMES, DONE[:4], asks=True),
            "asks",
            "消息都发了。手机、群和桌面上看到【演习】了吗？",
            "演习：请确认",
        ),
        (
            ShownDrill(NAMES, (*DONE[:3], GONE), asks=True),
            "asks",
            "发完了，有 1 条通道没送到。其余的看到【演习】了吗？",
            "演习：请确认",
        ),
        (ShownDrill(NAMES, DONE, over=True), "passed", "演习通过，每个环节都通", ""),
        (
            ShownDrill(NAMES, (*DONE[:3], GONE, DONE[4]), over=True),
            "failed",
            "演习没有通过：1 个环节不通",
            "",
        ),
        (ShownDrill(NAMES, DONE[:3], over=True, broken="磁盘满了。"), "failed", "磁盘满了。", ""),
    ],
)
def test_a_drill_says_how_far_it_is(drill: ShownDrill, state: str, text: str, short: str) -> None:
    """In a line, on its button, and link by link in the order of the road."""
    shown = trial_view(drill, "zh")

    assert shown is not None
    assert (state, text, short) == (shown["state"], shown["text"], shown["short"])
    titles = ["判断级别", "写入记录", "声音", "老板手机", "您的确认"]
    assert titles == [one["title"] for one in shown["links"]]


def test_each_link_says_what_became_of_it() -> None:
    """How long it took, why it broke and what helps; what was not reached is not waited for."""
    going = trial_view(ShownDrill(NAMES, DONE[:3]), "zh")
    over = trial_view(ShownDrill(NAMES, (*DONE[:3], GONE), over=True), "zh")

    assert going is not None
    assert over is not None
    assert [("通", "1.2 秒")] * 3 + [("等待", "")] * 2 == [
        (one["sign"], one["took"]) for one in going["links"]
    ]
    assert ("不通", "45.0 秒", "拒收", "换一个。") == tuple(
        over["links"][3][key]  # type: ignore[literal-required]  # each is one of its keys
        for key in ("sign", "took", "said", "next_step")
    )
    assert ("没走到", "not_tried") == (over["links"][4]["sign"], over["links"][4]["state"])


def on(day: int, hour: int, holiday: Holiday | None = None) -> DutyView | None:
    """Return what is shown on that day of May, at that hour."""
    now = datetime(2026, 5, day, hour, tzinfo=UTC)
    policy = with_people(Policy(zone=UTC), PEOPLE, holiday)
    return duty_view(Duty.at(policy, now), "zh", epoch_ms(now))


MAY = Holiday(date(2026, 5, 10), date(2026, 5, 12), "小李")


@pytest.mark.parametrize(
    ("day", "hour", "holiday", "text", "line", "reply"),
    [
        (1, 12, None, "值班：小王，到 {18}", "", False),
        (1, 20, None, "现在没有人值班，要叫人时叫所有人，到 {33}", "", False),
        (2, 12, MAY, "值班：小王，到 {18}", "要休假：05-10 到 05-12，到时由 小李 值班", False),
        (3, 12, MAY, "值班：小王，到 {18}", "要休假：05-10 到 05-12，到时由 小李 值班", True),
        (12, 20, MAY, "", "休假中：05-10 到 05-12，由 小李 值班", True),
        (13, 12, MAY, "值班：小王，到 {18}", "", False),
        (10, 1, replace(MAY, last=MAY.first), "", "休假中：05-10，由 小李 值班", True),
    ],
)
def test_it_is_said_who_is_on_duty(
    day: int,
    hour: int,
    holiday: Holiday | None,
    text: str,
    line: str,
    reply: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """Until when; a holiday from a week before to its last day, with a reply; then no word."""
    midnight = datetime(2026, 5, day, tzinfo=UTC)
    now = epoch_ms(midnight + timedelta(hours=hour))
    hours = {str(n): clock_text(epoch_ms(midnight + timedelta(hours=n)), now) for n in (18, 33)}
    shown = on(day, hour, holiday)
    for number, clock in hours.items():
        text = text.replace(f"{{{number}}}", clock)

    assert shown is not None
    assert (text, line, reply) == (shown["text"], shown["holiday"], bool(shown["reply"]))
    assert ["小王", "小李"] == shown["people"]


def test_the_reply_names_the_days() -> None:
    """It is for buyers, so it is Chinese in either language."""
    duty = Duty(("小李",), None, ("小李",), "小李", MAY, MAY.first)
    [chinese, english] = [
        (duty_view(duty, language, 0) or {}).get("reply")
        for language in list[Language](("zh", "en"))
    ]

    assert "2026-05-10 到 05-12 我们休假" in str(chinese)
    assert "05-13 起恢复正常。" in str(chinese)
    assert chinese == english


def test_without_people_there_is_nothing_of_it() -> None:
    """No roster, no line; a holiday that was typed all the same is told."""
    alone = Duty.at(Policy(), NOON)
    typed = Duty.at(with_people(Policy(), Roster(), replace(MAY, first=TODAY)), NOON)

    assert alone is None
    assert present(a_snapshot(), "zh")["duty"] is None
    assert typed is not None
    assert ((), "小李") == (typed.people, typed.holiday.stand_in if typed.holiday else "")


def test_all_of_it_is_plain_json() -> None:
    """Nothing is lost on the way to the page."""
    duty = Duty(("小王",), within(hours=6), ("小王",), "", MAY, TODAY)
    trial = ShownDrill(NAMES, DONE[:3])
    view = present(a_snapshot(duty=duty, trial=trial), "en")

    assert view == json.loads(json.dumps(view))
