"""Somebody is given one case: they are told by name, it can be taken back, and it outlives all."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.cases import Kind, Lexicon, Policy, Roster, with_people
from agent.cases.handing import Lost, handed
from agent.channels.letter import letter_for
from agent.commands.answers import row_answer
from agent.errors import GeshaoError
from agent.hindsight import relived
from agent.journal import Act, Journal
from tests.box import Box, a_box
from tests.dispatching import a_desk
from tests.fakes import NOON, RecordingChannel
from tests.test_duty import CALLS, HOLIDAY, ROSTER, policy


@pytest.fixture
def box() -> Iterator[Box]:
    """Give the inbox of a shop where 小王 and 小李 work."""
    with a_box() as box:
        box.inbox.follow(policy())
        yield box


async def test_they_are_told_by_name_wherever_people_are_called() -> None:
    """At once, on the tier's roads and their own; a robot calls them; repeats call nobody."""
    with a_desk() as desk:
        desk.policy = policy()
        case = desk.opens()
        phone = RecordingChannel(desk.clock, "小王手机")
        async with desk.at_work(desk.dispatcher(desk.sound, desk.desktop, phone)):
            await desk.clock.advance(20)
            now = desk.now(case)
            desk.journal.update(now, handed(now, "小王", desk.clock.now()), now=desk.clock.now())
            await desk.clock.advance(60)
    ((at, notice),) = phone.heard

    assert 20 <= at <= 22
    assert notice.lines[0].startswith("请 小王 处理 · #1 · 指定了负责人")
    assert ["13900139000"] == CALLS.of(letter_for(notice, NOON, whole=False))
    assert [(), ("小王",)] == [notice.people for _, notice in desk.desktop.heard][:2]


def test_the_list_and_the_case_say_whose_it_is(box: Box) -> None:
    """Also what scripts read."""
    box.opens()
    box.inbox.assign("1", "小李")
    (row,) = box.inbox.snapshot().rows

    assert ("小李", "小李", None) == (row.assigned, row.case.person, row.lost)
    assert row == box.inbox.case("1").row
    assert ("小李", "小李") == (row_answer(row)["assigned"], row_answer(row)["person"])


def test_who_leaves_the_roster_loses_it_before_everybodys_eyes(box: Box) -> None:
    """It is whose kind it is, or nobody's; what was said stays, and holds when they come back."""
    box.opens(kind=Kind.RETURN_REFUND)
    box.inbox.assign("1", "小李")
    alone = replace(ROSTER, people={"小王": ("小王手机",)}, stand_in="")
    seen = []
    for known in (with_people(policy(), alone), policy(HOLIDAY), Policy(), policy()):
        box.inbox.follow(known)
        (row,) = box.inbox.snapshot().rows
        seen.append((row.assigned, row.lost, row.case.person))

    assert [
        ("小王", Lost.LEFT, "小李"),
        ("小李", None, "小李"),
        ("", Lost.LEFT, "小李"),
        ("小李", None, "小李"),
    ] == seen


async def test_it_is_taken_back_as_every_word_is(box: Box) -> None:
    """Who had taken it in hand has it again; the history has both."""
    case = box.opens()
    taken = box.inbox.acknowledge("1")
    await box.clock.advance(5)
    given = box.inbox.assign("1", "小王")
    await box.clock.advance(5)
    box.inbox.take_back([1])
    told = [(entry.act, entry.note) for entry in box.journal.history(case.key)][2:]

    assert ("小王", None) == (given.person, given.acknowledged_at)
    assert taken == box.journal.find("1")
    assert [
        (Act.RELEASED, ""),
        (Act.ASSIGNED, "小王"),
        (Act.ACKNOWLEDGED, ""),
        (Act.UNASSIGNED, ""),
    ] == told


def test_back_to_the_roster_is_an_act_too(box: Box) -> None:
    """Nothing else of the case changes, and it can be taken back as well."""
    before = box.opens()
    given = box.inbox.assign("1", "小王")
    left = box.inbox.assign("1", "")
    box.inbox.take_back([1])

    assert before == left
    assert given == box.journal.find("1")


@pytest.mark.parametrize(
    ("people", "hint"),
    [({"小王": (), "小李": ()}, "可选：小王、小李。"), ({}, "请先在设置里添加一个人。")],
    ids=["another", "none at all"],
)
def test_a_stranger_gets_nothing(box: Box, people: dict[str, tuple[str, ...]], hint: str) -> None:
    """The refusal says who there is."""
    before = box.opens()
    box.inbox.follow(with_people(Policy(), Roster(people=people)))

    with pytest.raises(GeshaoError, match="没有 老张") as refused:
        box.inbox.assign("1", "老张")
    assert hint in refused.value.next_step
    assert before == box.journal.find("1")


def test_it_is_there_after_a_restart(tmp_path: Path) -> None:
    """Stored when the call returns, and no more needs to be remembered to tell them."""
    with a_desk(tmp_path / "journal") as desk:
        case = desk.opens()
        desk.journal.update(case, handed(case, "小王", NOON), now=NOON)
    with Journal.open(tmp_path / "journal") as journal:
        (found,) = journal.open_cases()

    assert handed(case, "小王", NOON) == found


async def test_a_tried_policy_gives_it_to_the_same_person(box: Box) -> None:
    """What would have rung knows to whom it was given, and when."""
    case = box.opens()
    box.inbox.assign("1", "小王")
    await box.clock.advance(60)
    life = box.journal.history(case.key)
    rung = relived(life, policy(), Lexicon(), box.clock.now())

    assert ("小王",) in [alert.people for alert in rung]
