"""Answers from a phone: what a press does, and all that it cannot do."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from loguru import logger

from agent.cases import Band, ChangeKind, Kind, Policy, Tier
from agent.cases.drill import drill_case
from agent.channels.slip import LIVES_FOR, Slip, Verb
from agent.channels.stream import Line
from agent.errors import GeshaoError
from tests.answers import SNOOZE, TAKE, Hand, a_hand, opened
from tests.channels.fake_ntfy import KEY

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def hand() -> Iterator[Hand]:
    """Give a person with a phone."""
    with a_hand() as hand:
        yield hand


async def test_all_that_a_notice_told_of_is_taken_in_hand(hand: Hand) -> None:
    """As if typed at the desk; the phone is told so, and the desktop falls silent at once."""
    first, second, other = (opened(hand, name) for name in "123")
    said = await hand.publishes(hand.slips(hand.told(first, second))[TAKE])

    assert [f"已知道：#{first.number}、#{second.number}"] == said
    assert hand.box.clock.now() == hand.find(first).acknowledged_at
    assert hand.find(second).acknowledged_tier is Tier.URGENT
    assert hand.find(other).acknowledged_at is None
    assert 1 == hand.acted
    assert [True, True] == [
        row.quiet for row in hand.box.inbox.snapshot().rows if row.case.number != other.number
    ]


async def test_half_an_hour_from_the_press(hand: Hand) -> None:
    """Put off, counted from when it was pressed, not from when it arrived."""
    case = opened(hand)
    slip = hand.slips(hand.told(case))[SNOOZE]
    await hand.box.clock.advance(600)
    said = await hand.publishes(slip, ago=4 * MINUTE)
    until = hand.box.clock.now() + 26 * MINUTE

    assert [f"推迟到 {until.astimezone():%H:%M}：#{case.number}"] == said
    assert until == hand.find(case).snoozed_until


async def test_pressed_so_long_ago_that_it_is_over(hand: Hand) -> None:
    """A snooze that would have ended by now is none."""
    case = opened(hand)
    slip = hand.slips(hand.told(case))[SNOOZE]
    await hand.box.clock.advance(3600)
    said = await hand.publishes(slip, ago=31 * MINUTE)

    assert [f"30 分钟已经过了，没有推迟：#{case.number}"] == said
    assert hand.find(case).snoozed_until is None


async def test_a_server_whose_clock_is_wrong(hand: Hand) -> None:
    """What it says the time is when the stream opens is what its times are measured by."""
    case = opened(hand)
    await hand.answering._hear(Line("open", int(hand.box.later(hours=-5).timestamp()), ""))
    said = await hand.publishes(hand.slips(hand.told(case))[SNOOZE], ago=5 * HOUR)

    assert hand.box.later(minutes=30) == hand.find(case).snoozed_until
    assert 1 == len(said)


async def test_two_presses(hand: Hand) -> None:
    """The same slip counts once: the second is not even answered."""
    case = opened(hand)
    slip = hand.slips(hand.told(case))[TAKE]
    said = [await hand.publishes(slip) for _ in range(2)]

    assert [[f"已知道：#{case.number}"], []] == said
    assert 1 == hand.acted


async def test_a_replay_after_a_restart_changes_nothing(hand: Hand) -> None:
    """Who kept a slip that was used cannot put anything off with it a second time."""
    case = opened(hand)
    take, snooze = hand.slips(hand.told(case))
    await hand.publishes(snooze)
    first = hand.find(case)
    await hand.box.clock.advance(3600)
    hand.starts()
    said = await hand.publishes(snooze)

    assert [f"之前已经处理或推迟：#{case.number}"] == said
    assert first == hand.find(case)
    assert [f"已知道：#{case.number}"] == await hand.publishes(take)
    hand.starts()
    taken = hand.find(case)
    await hand.box.clock.advance(60)
    assert [f"已知道：#{case.number}"] == await hand.publishes(take)
    assert taken == hand.find(case)


async def test_a_press_counts_after_a_restart(hand: Hand) -> None:
    """Nothing was stored for it."""
    case = opened(hand)
    slip = hand.slips(hand.told(case))[TAKE]
    hand.starts()

    assert [f"已知道：#{case.number}"] == await hand.publishes(slip)


async def test_what_was_decided_at_the_desk_stays(hand: Hand) -> None:
    """A snooze from the phone does not follow upon what was taken in hand after the notice."""
    case = opened(hand)
    slip = hand.slips(hand.told(case))[SNOOZE]
    hand.box.inbox.acknowledge(str(case.number))

    assert [f"之前已经处理或推迟：#{case.number}"] == await hand.publishes(slip)
    assert hand.find(case).snoozed_until is None


@pytest.mark.parametrize("button", [TAKE, SNOOZE])
async def test_a_case_that_came_nearer_is_not_covered(hand: Hand, button: int) -> None:
    """An answer is to what was told: a later step, or a louder tier, rings all the same."""
    nearer = opened(hand, "1", respond_by=hand.box.later(hours=13))
    still = opened(hand, "2")
    louder = opened(hand, "3", kind=Kind.OTHER, tier=Tier.NORMAL)
    notice = hand.told(nearer, still, louder)
    slip = hand.slips(notice)[button]
    hand.box.becomes(replace(louder, tier=Tier.URGENT))
    await hand.box.clock.advance(2 * 3600)
    [said] = await hand.publishes(slip)
    quiet = {row.case.number: row.quiet for row in hand.box.inbox.snapshot().rows}

    assert f"没有记下：#{nearer.number}、#{louder.number}，请看新的提醒" in said
    assert {nearer.number: False, still.number: True, louder.number: False} == quiet
    assert hand.find(nearer).acknowledged_at is hand.find(nearer).snoozed_at is None


async def test_a_case_that_is_over_or_asked_anew(hand: Hand) -> None:
    """The phone is told which, and nothing is done to them."""
    over, anew = opened(hand, "1"), opened(hand, "2")
    slip = hand.slips(hand.told(over, anew))[TAKE]
    await hand.box.clock.advance(60)
    hand.box.becomes(replace(over, resolved_at=hand.box.clock.now()), ChangeKind.RESOLVED)
    hand.box.becomes(anew.asked_again(hand.box.clock.now()))
    said = await hand.publishes(slip)

    assert [
        f"已经结束：#{over.number}\n又轮到您处理，没有记下：#{anew.number}，请看新的提醒"
    ] == said
    assert hand.find(anew).acknowledged_at is None


async def test_a_drill_is_answered_as_well(hand: Hand) -> None:
    """No list shows it, but its notice has the buttons; once it was cleared away it is over."""
    made = drill_case(Tier.URGENT, ("手机",), Policy(), hand.box.clock.now())
    drill = hand.box.becomes(made, ChangeKind.OPENED)
    first, second = (hand.slips(hand.told(drill))[TAKE] for _ in range(2))
    said = await hand.publishes(first)
    taken = hand.find(drill)
    hand.box.journal.forget_drills()
    said += await hand.publishes(second)

    assert [f"已知道：#{drill.number}", f"已经结束：#{drill.number}"] == said
    assert hand.box.clock.now() == taken.acknowledged_at


async def test_what_is_none_of_ours_does_nothing(hand: Hand) -> None:
    """Garbage, a forgery, another key's slip, an expired one: no deed, no word, no trace of it."""
    logged: list[str] = []
    sink = logger.add(logged.append, level=0)
    case = opened(hand)
    ours = hand.slips(hand.told(case))[TAKE]
    forged = Slip.new(Verb.ACKNOWLEDGE, (), hand.box.clock.now()).written("another")
    test = Slip.new(Verb.TEST, (), hand.box.clock.now()).written(KEY)
    said = [
        await hand.publishes(text)
        for text in (
            "",
            f"#{case.number}",
            "知道了",
            ours[:-2],
            ours[::-1],
            forged,
            test,
            "x" * 9_000,
        )
    ]
    await hand.box.clock.advance(LIVES_FOR.total_seconds())
    said.append(await hand.publishes(ours))
    logger.remove(sink)

    assert [[]] * 9 == said
    assert (0, None) == (hand.acted, hand.find(case).acknowledged_at)
    assert 9 == len(logged)
    assert ours[:8] not in "".join(logged)


async def test_a_phone_that_cannot_be_told(hand: Hand) -> None:
    """What was pressed is done all the same."""
    case = opened(hand)
    hand.phone.away = True
    await hand.publishes(hand.slips(hand.told(case))[TAKE])

    assert hand.find(case).acknowledged_band is Band.FAR


async def test_what_could_not_be_noted_is_said(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is left to believe that it was."""

    def fails(*_: object) -> None:
        raise GeshaoError("磁盘满了。")

    case = opened(hand)
    slips = [hand.slips(hand.told(case))[TAKE] for _ in range(2)]
    monkeypatch.setattr(hand.box.inbox, "acknowledge", fails)
    said = await hand.publishes(slips[0])
    monkeypatch.setattr(hand.box.inbox, "snapshot", fails)
    said += await hand.publishes(slips[1])

    assert [f"没有记下，请在电脑上处理：#{case.number}"] * 2 == said
