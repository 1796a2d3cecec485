"""Nobody answers: desktop, group, the phone of who is on duty, the stand-in; all recorded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, time, timedelta

import pytest

from agent.cases import (
    Escalation,
    Holiday,
    Kind,
    Policy,
    Roster,
    Shift,
    Tier,
    Weekly,
    with_people,
)
from agent.channels.calling import Calls
from agent.channels.letter import Letter, letter_for
from tests.dispatching import Desk, a_desk
from tests.fakes import NOON, RecordingChannel

MINUTE = timedelta(minutes=1)
CALLS = Calls((), {"小王": "13900139000", "小李": "13800138000"})
ROSTER = Roster(
    people={"小王": ("小王手机",), "小李": ("小李手机",)},
    weekly=(Weekly(Shift(("小王",), time(9), time(18))),),
    stand_in="小李",
    assigned={Kind.RETURN_REFUND: "小王"},
    zone=UTC,
)
LADDER = (
    Escalation(2 * MINUTE, ("群",), ("on_duty",)),
    Escalation(4 * MINUTE, (), ("on_duty",)),
    Escalation(6 * MINUTE, ("群", "小李手机"), ("stand_in",)),
)
HOLIDAY = Holiday(NOON.date(), NOON.date(), "小李")


def policy(holiday: Holiday | None = None) -> Policy:
    """Return the usual policy with a roster and a ladder."""
    urgent = replace(Policy().loudness[Tier.URGENT], ladder=LADDER)
    usual = replace(Policy(), loudness={**Policy().loudness, Tier.URGENT: urgent}, zone=UTC)
    return with_people(usual, ROSTER, holiday)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Give a desk with a roster, whose journal is in memory."""
    with a_desk() as desk:
        desk.policy = policy()
        yield desk


@pytest.fixture
def roads(desk: Desk) -> dict[str, RecordingChannel]:
    """Give the roads to others: a group, and two phones."""
    return {name: RecordingChannel(desk.clock, name) for name in ("群", "小王手机", "小李手机")}


def letters(road: RecordingChannel) -> list[tuple[int, Letter]]:
    """Return what left the machine on *road*, with the second."""
    return [(round(at), letter_for(notice, NOON, whole=False)) for at, notice in road.heard]


async def test_nobody_answers(desk: Desk, roads: dict[str, RecordingChannel]) -> None:
    """Each step reaches its person on their road, by name, once; the record has the names."""
    case = desk.opens()
    async with desk.at_work(desk.dispatcher(desk.sound, desk.desktop, *roads.values())):
        await desk.clock.advance(15 * 60)
    last = desk.journal.last_alerts()[case.key]

    assert {
        "群": [(120, ["13900139000"]), (360, ["13800138000"])],
        "小王手机": [(240, ["13900139000"])],
        "小李手机": [(360, ["13800138000"])],
    } == {
        name: [(at, CALLS.of(letter)) for at, letter in letters(road)]
        for name, road in roads.items()
    }
    assert letters(roads["小王手机"])[0][1].words.lines[0].startswith("请 小王 处理 · ")
    assert 3 == last.level


async def test_who_answers_ends_the_walk(desk: Desk, roads: dict[str, RecordingChannel]) -> None:
    """After the group nobody's phone rings."""
    case = desk.opens()
    async with desk.at_work(desk.dispatcher(desk.sound, desk.desktop, *roads.values())):
        await desk.clock.advance(130)
        called = desk.journal.last_alerts()[case.key].level
        desk.takes(case)
        await desk.clock.advance(15 * 60)

    assert 1 == called
    assert [1, 0, 0] == [len(road.heard) for road in roads.values()]


async def test_a_notice_says_whose_kind_it_is(desk: Desk) -> None:
    """On the desktop and on what leaves the machine; of no other kind."""
    desk.opens("1", kind=Kind.RETURN_REFUND)
    async with desk.at_work():
        await desk.clock.advance(1)
    ((_, notice),) = desk.desktop.heard

    assert notice.lines[0].startswith("请 小王 处理 · ")
    assert notice.masked is not None
    assert notice.masked.lines[0].startswith("请 小王 处理 · ")
    assert ["13900139000"] == CALLS.of(letter_for(notice, NOON, whole=False))


async def test_a_holiday_that_begins_beside_it_is_followed(
    desk: Desk, roads: dict[str, RecordingChannel]
) -> None:
    """At once the stand-in is called on group and phone, again there, and the desk is silent."""
    desk.opens()
    dispatcher = desk.dispatcher(desk.sound, desk.desktop, *roads.values())
    async with desk.at_work(dispatcher):
        await desk.clock.advance(10)
        dispatcher.follow(policy(HOLIDAY))
        await desk.clock.advance(200)

    assert [0] == [round(at) for at, _ in desk.sound.heard]
    assert [11, 131] == [at for at, _ in letters(roads["小李手机"])]
    assert ["13800138000"] == CALLS.of(letters(roads["群"])[0][1])
    assert [] == roads["小王手机"].heard
