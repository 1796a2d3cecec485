"""The book of the last days: what came and went, how soon it was taken, what was nearly late."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from agent.cases import Kind, Span, Stage, Why
from agent.daybook import DAYS, Close, Daybook, Seen, first_moment, seen_hours
from agent.journal import Act, Entry
from tests.days import WATCHED, ZONE, a_book, a_line, ago, opened, resolved, said
from tests.fakes import NOON

HOUR = timedelta(hours=1)
NEAR = {"respond_by": NOON - HOUR}


def test_a_stay_tells_when_it_came_was_taken_and_ended() -> None:
    """The first act of a person counts, whatever it was, and what the platform said at last."""
    life = [
        opened(ago(hours=5)),
        Entry(ago(hours=4), Act.STARRED),
        Entry(ago(hours=3), Act.ACKNOWLEDGED),
        resolved(ago(hours=1), kind=Kind.RETURN_REFUND),
    ]
    (stay,) = a_book(life).stays

    assert (ago(hours=5), ago(hours=1)) == (stay.came_at, stay.ended_at)
    assert (Kind.RETURN_REFUND, HOUR, False) == (stay.kind, stay.touch, stay.waits)


def test_what_waits_for_others_is_touched_from_when_it_is_our_move() -> None:
    """Nobody is slow about what the buyer has to do first; what nobody touched has no time."""
    theirs = [
        opened(ago(hours=5), stage=Stage.WAITING),
        said(Act.UPDATED, ago(hours=2)),
        Entry(ago(hours=1), Act.NOTED, note="打过电话"),
    ]
    ours, never = [opened(ago(hours=2))], [opened(ago(hours=2), stage=Stage.WAITING)]
    touches = [(stay.touch, stay.waits) for stay in a_book(theirs, ours, never).stays]

    assert [(HOUR, True), (None, True), (None, False)] == touches


def test_a_case_that_comes_back_came_twice() -> None:
    """Each stay in the list is one of its own."""
    life = [opened(ago(hours=9)), resolved(ago(hours=8)), opened(ago(hours=2))]
    came = [(stay.came_at, stay.ended_at) for stay in a_book(life).stays]

    assert [(ago(hours=9), ago(hours=8)), (ago(hours=2), None)] == came


def test_what_stood_there_at_the_first_look_did_not_come() -> None:
    """Nobody knows when it came; when it ended is known."""
    lives = [opened(ago(hours=5)), resolved(ago(hours=1))], [opened(ago(hours=4))]
    book = a_book(*lives, first_read=ago(hours=5))

    assert [None, ago(hours=4)] == [stay.came_at for stay in book.stays]


@pytest.mark.parametrize(
    "life",
    [
        pytest.param([opened(ago(hours=5), kind=Kind.OUTAGE)], id="an outage"),
        pytest.param([opened(ago(hours=5), kind=Kind.BATCH)], id="a crowd"),
        pytest.param([opened(ago(days=9)), resolved(ago(days=8))], id="long over"),
        pytest.param([opened(ago(days=9))], id="neither came nor ended lately"),
    ],
)
def test_what_is_not_of_these_days_is_left_out(life: Sequence[Entry]) -> None:
    """What we concluded ourselves is no ticket; what came and ended before is of another week."""
    assert () == a_book(life).stays


def test_only_cases_of_watched_shops_count() -> None:
    """Neither a drill nor what is left of one, nor a shop that was given up."""
    life = [opened(ago(hours=5), **NEAR)]
    book = a_book(life, shops={"other": "另一家"})

    assert ((), ()) == (book.stays, book.squeaks)


def test_what_is_done_after_the_end_is_no_touch() -> None:
    """A note in the evening makes nobody slow about what was over in the morning."""
    life = [opened(ago(hours=5)), resolved(ago(hours=4)), Entry(ago(hours=1), Act.NOTED, note="谢")]
    (stay,) = a_book(life).stays

    assert (None, ago(hours=4)) == (stay.touch, stay.ended_at)


ASLEEP = a_line((200, Why.COVERED), (2, Why.ASLEEP), (0.2, Why.COVERED))
ASLEEP_LATER = a_line((200, Why.COVERED), (0.5, Why.ASLEEP), (0.2, Why.COVERED))
ASLEEP_STILL = a_line((200, Why.COVERED), (2, Why.ASLEEP))


@pytest.mark.parametrize(
    ("life", "line", "how"),
    [
        pytest.param(
            [opened(ago(hours=5), **NEAR), resolved(ago(hours=2))], WATCHED, [], id="early"
        ),
        pytest.param(
            [opened(ago(hours=5), **NEAR), resolved(ago(minutes=75))],
            WATCHED,
            [(Close.LAST_STEP, 900)],
            id="in the last half hour",
        ),
        pytest.param(
            [opened(ago(hours=5), **NEAR), resolved(ago(minutes=59))],
            WATCHED,
            [(Close.LAST_STEP, -60)],
            id="seen a moment late",
        ),
        pytest.param(
            [opened(ago(hours=5), **NEAR), resolved(ago(minutes=30))],
            WATCHED,
            [(Close.MISSED, -1800)],
            id="too late",
        ),
        pytest.param(
            [opened(ago(hours=5), **NEAR)], WATCHED, [(Close.OVERDUE, -3600)], id="still waiting"
        ),
        pytest.param(
            [opened(ago(hours=5), **NEAR), resolved(ago(minutes=10))],
            ASLEEP,
            [(Close.UNSEEN, -3000)],
            id="nobody watched",
        ),
        pytest.param(
            [opened(ago(hours=5), **NEAR), resolved(ago(minutes=10))],
            ASLEEP_LATER,
            [(Close.MISSED, -3000)],
            id="too late before the sleep",
        ),
        pytest.param(
            [opened(ago(hours=5), **NEAR)],
            ASLEEP_STILL,
            [(Close.UNSEEN, -3600)],
            id="nobody watches still",
        ),
        pytest.param(
            [
                opened(ago(hours=5), **NEAR),
                said(Act.UPDATED, ago(minutes=70), stage=Stage.WAITING),
                resolved(ago(minutes=1)),
            ],
            WATCHED,
            [(Close.LAST_STEP, 600)],
            id="the other side's move",
        ),
        pytest.param(
            [
                opened(ago(hours=5), **NEAR),
                said(Act.UPDATED, ago(minutes=70), respond_by=NOON + HOUR),
            ],
            WATCHED,
            [(Close.LAST_STEP, 600)],
            id="the limit moved on",
        ),
        pytest.param(
            [opened(ago(hours=5)), resolved(ago(hours=1))], WATCHED, [], id="without a limit"
        ),
        pytest.param(
            [
                opened(ago(hours=1), kind=Kind.CONVERSATION, respond_by=ago(minutes=50)),
                resolved(ago(minutes=52), kind=Kind.CONVERSATION),
            ],
            WATCHED,
            [],
            id="a conversation's last step is a minute",
        ),
    ],
)
def test_what_was_nearly_too_late(
    life: Sequence[Entry], line: Sequence[Span], how: list[tuple[Close, int]]
) -> None:
    """A limit is judged when its step ended; what nobody saw is not called a miss."""
    found = [(one.how, int(one.left.total_seconds())) for one in a_book(life, line=line).squeaks]

    assert how == found


def test_another_list_out_of_sight_makes_no_miss_unknown() -> None:
    """What counts is whether the list was watched in which it stood."""
    life = [opened(ago(hours=5), **NEAR), resolved(ago(minutes=30))]
    (squeak,) = a_book(life, other=a_line((200, Why.SIGNED_OUT))).squeaks

    assert Close.MISSED is squeak.how


@pytest.mark.parametrize(
    ("parts", "hour", "seen"),
    [
        pytest.param([(200, Why.COVERED)], 12, Seen.WHOLE, id="watched"),
        pytest.param([(6, Why.COVERED)], 12, Seen.NOTHING, id="before the record"),
        pytest.param([(190, Why.COVERED), (10, Why.ASLEEP)], 12, Seen.NOTHING, id="asleep"),
        pytest.param(
            [(190, Why.COVERED), (1.95, Why.COVERED), (0.05, Why.SIGNED_OUT), (6, Why.COVERED)],
            13,
            Seen.WHOLE,
            id="a blink",
        ),
        pytest.param(
            [(190, Why.COVERED), (0.5, Why.SIGNED_OUT), (7, Why.COVERED)],
            12,
            Seen.PARTLY,
            id="half of it",
        ),
        pytest.param([(200, Why.COVERED)], 21, Seen.AHEAD, id="still to come"),
    ],
)
def test_how_much_of_an_hour_was_watched(
    parts: list[tuple[float, Why]], hour: int, seen: Seen
) -> None:
    """An hour that nobody watched is not an hour in which nothing came; noon is 20:00 there."""
    hours = seen_hours({"one": a_line(*parts)}, NOON, ZONE)

    assert seen is hours[date(2026, 5, 1), hour]
    assert 24 * DAYS == len(hours)


def test_an_hour_is_whole_only_if_every_shop_was_seen() -> None:
    """What came in the shop that was not is not known."""
    lines: dict[str, Any] = {"one": WATCHED, "other": a_line((200, Why.PAUSED))}

    assert {Seen.PARTLY, Seen.AHEAD} == set(seen_hours(lines, NOON, ZONE).values())
    assert {Seen.NOTHING, Seen.AHEAD} == set(seen_hours({}, NOON, ZONE).values())


def test_the_week_begins_at_midnight_six_days_ago() -> None:
    """Days are those of the clock on the wall, and the last of them is today."""
    book: Daybook = a_book()

    assert datetime(2026, 4, 25, tzinfo=ZONE) == first_moment(NOON, ZONE)
    assert (date(2026, 4, 25), date(2026, 5, 1)) == (book.days[0], book.days[-1])
    assert (date(2026, 5, 1), 20) == book.hour(NOON)
