"""A word that is taken back: the case is as it was before, and rings as it now stands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import Case, ChangeKind, Tier
from agent.errors import GeshaoError
from agent.journal.history import Act
from tests.box import Box, a_box

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def box() -> Iterator[Box]:
    """Give the inbox of a shop with an after-sales and a chat queue."""
    with a_box() as box:
        yield box


def now(box: Box, case: Case) -> Case:
    """Return *case* as it is in the journal."""
    return box.journal.find(str(case.key))


def told(box: Box, case: Case) -> list[Act]:
    """Return what was done to *case*, without its opening."""
    return [entry.act for entry in box.journal.history(case.key)][1:]


async def test_an_acknowledgement_taken_back_rings_again(box: Box) -> None:
    """As if it had not been given; the history has both."""
    case = box.opens()
    box.inbox.acknowledge("1")
    await box.clock.advance(5)
    back = box.inbox.take_back([1])

    assert [case] == back == [now(box, case)]
    assert not box.inbox.snapshot().rows[0].quiet
    assert [Act.ACKNOWLEDGED, Act.RELEASED] == told(box, case)


async def test_a_snooze_taken_back_leaves_what_stood_before_it(box: Box) -> None:
    """Who had taken it in hand and then put it off still has it in hand."""
    case = box.opens()
    taken = box.inbox.acknowledge("1")
    await box.clock.advance(60)
    box.inbox.snooze("1", HOUR)
    box.inbox.take_back([1])

    assert taken == now(box, case)
    assert box.inbox.snapshot().rows[0].quiet
    assert [Act.ACKNOWLEDGED, Act.SNOOZED, Act.WOKEN] == told(box, case)


async def test_taking_in_hand_what_was_put_off_can_be_taken_back(box: Box) -> None:
    """The snooze that it had ended stands again."""
    case = box.opens()
    until = box.inbox.snooze("1", HOUR)
    await box.clock.advance(60)
    box.inbox.acknowledge("1")
    box.inbox.take_back([1])

    assert (None, until) == (now(box, case).acknowledged_at, now(box, case).snoozed_until)


async def test_the_second_of_two_acknowledgements_is_taken_back_alone(box: Box) -> None:
    """The first, of a lower step, stands; the history does not call that a new one."""
    case = box.opens(respond_by=box.later(hours=5))
    first = box.inbox.acknowledge("1")
    await box.clock.advance(2 * 3600)
    box.inbox.acknowledge("1")
    box.inbox.take_back([1])

    assert first == now(box, case)
    assert not box.inbox.snapshot().rows[0].quiet
    assert [Act.ACKNOWLEDGED, Act.ACKNOWLEDGED, Act.RELEASED] == told(box, case)


async def test_a_case_that_rose_meanwhile_keeps_what_the_platform_said(box: Box) -> None:
    """Its tier is the new one, and nobody has it in hand."""
    case = box.opens(tier=Tier.NORMAL)
    box.inbox.acknowledge("1")
    box.becomes(replace(now(box, case), tier=Tier.URGENT))
    box.inbox.take_back([1])

    assert (Tier.URGENT, None) == (now(box, case).tier, now(box, case).acknowledged_at)


def asks_again(box: Box, case: Case) -> None:
    """Let the ball come back to the merchant."""
    box.becomes(now(box, case).asked_again(box.later(seconds=1)))


def wakes(box: Box, case: Case) -> None:
    """Let a higher tier end the snooze."""
    box.becomes(replace(now(box, case), tier=Tier.URGENT).awake())


def ends(box: Box, case: Case) -> None:
    """Let the platform close it."""
    ended = replace(now(box, case), resolved_at=box.clock.now())
    box.becomes(ended, ChangeKind.RESOLVED)


def another_takes_it(box: Box, case: Case) -> None:
    """Let another process say something of it."""
    seen, at = now(box, case), box.later(seconds=1)
    box.journal.update(seen, seen.acknowledged(Tier.URGENT, seen.acknowledged_band, at), now=at)


def nothing_was_said(box: Box, case: Case) -> None:
    """Take it back already."""
    box.inbox.take_back([case.number])


@pytest.mark.parametrize("meanwhile", [asks_again, wakes, ends, another_takes_it, nothing_was_said])
def test_a_word_that_stands_no_more_is_not_taken_back(box: Box, meanwhile: object) -> None:
    """What came after it holds, and the answer says that the list is to be looked at."""
    case = box.opens(tier=Tier.NORMAL)
    box.inbox.snooze("1", HOUR) if meanwhile is wakes else box.inbox.acknowledge("1")
    assert callable(meanwhile)
    meanwhile(box, case)
    before = now(box, case)

    with pytest.raises(GeshaoError, match="没有可以撤销的") as refused:
        box.inbox.take_back([1])
    assert "列表" in refused.value.next_step
    assert before == now(box, case)


async def test_what_was_said_long_ago_is_history(box: Box) -> None:
    """After five minutes a slip of the finger does not wake it."""
    case = box.opens()
    box.inbox.acknowledge("1")
    await box.clock.advance(5 * 60 + 1)

    with pytest.raises(GeshaoError, match="没有可以撤销的"):
        box.inbox.take_back([1])
    assert now(box, case).acknowledged_at is not None


async def test_many_are_taken_back_at_once(box: Box) -> None:
    """Those whose word still stands; it is one change for whoever looks for news."""
    cases = [box.opens(str(number)) for number in range(3)]
    box.inbox.acknowledge_all([1, 2, 3])
    ends(box, cases[1])
    revision = box.journal.revision
    back = box.inbox.take_back([1, 2, 3, 99])

    assert [1, 3] == [case.number for case in back]
    assert revision + 1 == box.journal.revision
    assert [None, None] == [case.acknowledged_at for case in box.journal.open_cases()]
