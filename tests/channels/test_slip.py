"""Slips: what a button stands for, sealed so that nobody can make or change one."""

import string
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import Band, Tier
from agent.channels.slip import LIVES_FOR, LONGEST, MOST_CASES, Slip, ToldOf, Verb, read_slip
from tests.channels.sending import MENTION
from tests.fakes import NOON

KEY = "made-up-key"
ASKED = int(NOON.timestamp())
CASES = (
    ToldOf(12, Tier.URGENT, Band.FINAL, ASKED),
    ToldOf(4_000_000, Tier.NORMAL, Band.FAR, ASKED - 9),
)
SLIP = Slip.new(Verb.SNOOZE, CASES, NOON + timedelta(milliseconds=5))
WRITTEN = SLIP.written(KEY)
NOT_OURS = [
    "",
    "x",
    "知道了",
    "=" * 9,
    "A" * 50,
    "x" * LONGEST,
    "x" * 10_000,
    "\ud800",
    WRITTEN[:-9],
]


@pytest.mark.parametrize("verb", Verb)
def test_what_is_written_is_read_back(verb: Verb) -> None:
    """By whoever has the key, after a restart too: nothing is stored."""
    slip = replace(SLIP, verb=verb)

    assert slip == read_slip(slip.written(KEY), KEY)


@pytest.mark.parametrize("text", NOT_OURS, ids=range(len(NOT_OURS)))
def test_what_is_none_of_ours(text: str) -> None:
    """Whatever is published, it opens nothing and breaks nothing."""
    assert read_slip(text, KEY) is None


def test_nothing_of_it_can_be_changed() -> None:
    """Not one character, nor read with another key, nor with none."""
    others = string.ascii_letters + string.digits + "-_"
    changed = [
        f"{WRITTEN[:at]}{others[(others.index(one) + 32) % 64]}{WRITTEN[at + 1 :]}"
        for at, one in enumerate(WRITTEN[:-1])
    ]

    assert {None} == {read_slip(text, KEY) for text in changed}
    assert read_slip(WRITTEN, "another") is None
    assert read_slip(SLIP.written(""), "") is None


def test_two_slips_for_the_same_differ() -> None:
    """Each notice has its own, so that one that was used is known."""
    assert Slip.new(Verb.TEST, (), NOON).written(KEY) != Slip.new(Verb.TEST, (), NOON).written(KEY)


def test_a_slip_for_a_storm_is_short_enough() -> None:
    """It is for the first, the most urgent ones, and can be read back."""
    slip = Slip.new(Verb.ACKNOWLEDGE, CASES * 100, NOON)
    written = slip.written(KEY)

    assert MOST_CASES == len(slip.cases)
    assert len(written) < 600
    assert slip == read_slip(written, KEY)


@pytest.mark.parametrize(
    ("after", "lasts"),
    [
        (timedelta(0), True),
        (LIVES_FOR - timedelta(seconds=1), True),
        (LIVES_FOR, False),
        (-timedelta(minutes=5), True),
        (-LIVES_FOR, False),
    ],
)
def test_it_lasts_for_a_day(after: timedelta, *, lasts: bool) -> None:
    """A clock that was set back a little takes nothing from it."""
    assert lasts == SLIP.lasts(SLIP.sent_at + after)


def test_what_nobody_can_answer_has_none() -> None:
    """A case without a number cannot be named, and one without its round is no longer known."""
    mention = replace(MENTION, asked_at=NOON, band=Band.NEAR)

    assert ToldOf(12, Tier.URGENT, Band.NEAR, ASKED) == ToldOf.of(mention)
    assert ToldOf.of(replace(mention, number=0)) is None
    assert ToldOf.of(replace(mention, asked_at=None)) is None
