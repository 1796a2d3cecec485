"""Pauses that people asked for: kept over a restart, one a shop, or one for all."""

from datetime import timedelta
from pathlib import Path

import pytest

from agent.cases import EVERY_SHOP, Pause, latest_pause
from agent.journal import Journal
from tests.mothers import NOON

HOUR = timedelta(hours=1)


def test_a_pause_survives_a_restart(file: Path) -> None:
    """What was said is there after the program was ended, and other programs see it grow."""
    with Journal.open(file) as journal:
        before = journal.revision
        journal.pause("tea", Pause(NOON, NOON + HOUR))
        after = journal.revision
    with Journal.open(file) as journal:
        kept = journal.pauses()

    assert (True, {"tea": Pause(NOON, NOON + HOUR)}) == (after > before, kept)


def test_the_last_word_counts(file: Path) -> None:
    """A word about every shop replaces those about single ones; one said later stands beside it."""
    with Journal.open(file) as journal:
        journal.pause("tea", Pause(NOON, NOON + HOUR))
        journal.pause(EVERY_SHOP, Pause(NOON + HOUR))
        everybody = journal.pauses()
        journal.pause("tea", Pause(NOON + 2 * HOUR, NOON + 2 * HOUR))
        pauses = journal.pauses()

    assert {EVERY_SHOP: Pause(NOON + HOUR)} == everybody
    assert Pause(NOON + 2 * HOUR, NOON + 2 * HOUR) == latest_pause(pauses, "tea")
    assert Pause(NOON + HOUR) == latest_pause(pauses, "lamp")


def test_a_forgotten_shop_is_not_paused(file: Path) -> None:
    """A shop that is added again under the same name is watched."""
    with Journal.open(file) as journal:
        journal.pause("tea", Pause(NOON))
        journal.forget("tea")

        assert {} == journal.pauses()


@pytest.mark.parametrize(
    ("hours", "until", "lasts"),
    [
        (0, 2, True),
        (1.9, 2, True),
        (2, 2, False),
        (1000, None, True),
        (-1000, None, True),
        (-0.05, 2, True),
        (-24, 2, False),
    ],
)
def test_how_long_a_pause_lasts(hours: float, until: float | None, lasts: bool) -> None:  # noqa: FBT001 (a column of the table)
    """Until its end; one without an end for ever; a clock set back makes none longer."""
    pause = Pause(NOON, None if until is None else NOON + until * HOUR)

    assert lasts is pause.lasts(NOON + hours * HOUR)
