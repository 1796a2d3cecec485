"""What faces ask each second is read from the file only once somebody wrote."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.cases import EVERY_SHOP, Kind, Mute, Pause, QueueHealth
from agent.journal import ChannelHealth, Journal
from agent.journal.at_hand import AtHand
from tests.journal.samples import HOUR, MINUTE, SHOP, an_open_case, recorded, resolved
from tests.mothers import NOON


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the journal lies."""
    return tmp_path / "journal.sqlite3"


@pytest.fixture
def journal(file: Path) -> Iterator[Journal]:
    """Give a journal that a second program may write to."""
    with Journal.open(file) as journal:
        yield journal


def test_what_anybody_wrote_is_known(journal: Journal, file: Path) -> None:
    """Here or in a second program, of whatever sort."""
    at_hand = AtHand(journal, {SHOP}, 20)
    before = at_hand.look()
    with Journal.open(file) as other:
        for one in (journal, other):
            one.pause(SHOP, Pause(NOON, None))
            seen = [at_hand.look().pauses]
            one.mute(EVERY_SHOP, Mute(NOON, NOON + HOUR))
            one.note_channel(ChannelHealth("sound", NOON))
            one.record([], QueueHealth("aftersale", pending=2), shop=SHOP)
            an_open_case(one, str(id(one)))
            seen.append(at_hand.look().pauses)
    after = at_hand.look()

    assert ({}, {}, {}, {}) == (before.pauses, before.mutes, before.channels, before.health)
    assert [{SHOP: Pause(NOON, None)}] * 2 == seen
    assert ({EVERY_SHOP}, {"sound"}, {SHOP}) == tuple(
        set(each) for each in (after.mutes, after.channels, after.health)
    )
    assert 2 == len(after.tickets)


def test_as_long_as_nobody_wrote_nothing_is_read(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second answer is the first one."""
    at_hand = AtHand(journal, {SHOP}, 20)
    an_open_case(journal)
    first = at_hand.look()
    monkeypatch.setattr(journal, "health", None)

    assert at_hand.look() is first


def test_outages_are_apart(journal: Journal) -> None:
    """Whether all shops are out of sight is asked of few cases; removed shops show nowhere."""
    ours = an_open_case(journal, "1")
    blind = an_open_case(journal, "2", kind=Kind.OUTAGE)
    recorded(journal, resolved(an_open_case(journal, "3"), NOON))
    known = AtHand(journal, {SHOP}, 20).look()
    elsewhere = AtHand(journal, {"another"}, 20)

    assert ([ours], [blind]) == (known.tickets, known.outages)
    assert ([], []) == (elsewhere.look().tickets, elsewhere.ended(NOON - HOUR))


def test_what_ended_is_known_by_when(journal: Journal) -> None:
    """Newest first; a clock that is set back asks the file again, and so does news."""
    cases = [an_open_case(journal, str(number)) for number in range(3)]
    for minutes, case in enumerate(cases[:2]):
        recorded(journal, resolved(case, NOON + minutes * MINUTE))
    at_hand = AtHand(journal, {SHOP}, 20)
    at_hand.look()
    told = [
        [case.number for case in at_hand.ended(NOON + minutes * MINUTE)] for minutes in (1, 2, 0)
    ]
    recorded(journal, resolved(cases[2], NOON + 5 * MINUTE))
    at_hand.look()

    assert [[2], [], [2, 1]] == told
    assert [3, 2, 1] == [case.number for case in at_hand.ended(NOON)]
