"""Two processes work on one file: neither undoes what the other did."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.cases import Band, Case, Change, ChangeKind, Tier
from agent.journal import Act, Journal
from tests.journal.samples import (
    HOUR,
    MINUTE,
    SHOP,
    alert_for,
    an_open_case,
    asked_again,
    recorded,
    resolved,
    seen,
)
from tests.mothers import NOON


@pytest.fixture
def agent(file: Path) -> Iterator[Journal]:
    """Give the journal as the running agent holds it."""
    with Journal.open(file) as journal:
        yield journal


@pytest.fixture
def terminal(file: Path, agent: Journal) -> Iterator[Journal]:
    """Give the same file as another process holds it."""
    with Journal.open(file) as journal:
        yield journal


def taken(case: Case) -> Case:
    """Return *case* acknowledged at its worst."""
    return case.acknowledged(Tier.URGENT, Band.EXPIRED, NOON)


def test_an_acknowledgement_given_during_a_reading_stays(agent: Journal, terminal: Journal) -> None:
    """The reading was compared with the case as it was before; it must not wipe out the ack."""
    case = an_open_case(agent)
    acknowledged = terminal.update(terminal.find("1"), taken(case), now=NOON)

    [change] = agent.record([seen(case, NOON + MINUTE)], None, shop=SHOP)

    assert replace(acknowledged, last_seen_at=NOON + MINUTE) == change.after
    assert [change.after] == list(agent.open_cases()) == list(terminal.open_cases())


def test_an_acknowledgement_taken_back_during_a_reading_stays_away(
    agent: Journal, terminal: Journal
) -> None:
    """A reading must not bring back an acknowledgement that is gone."""
    case = an_open_case(agent)
    acknowledged = agent.update(case, taken(case), now=NOON)
    terminal.update(acknowledged, case, now=NOON)

    [change] = agent.record([seen(acknowledged, NOON + MINUTE)], None, shop=SHOP)

    assert change.after.acknowledged_tier is None
    assert [change.after] == list(terminal.open_cases())


def test_a_new_round_ends_an_acknowledgement_given_meanwhile(
    agent: Journal, terminal: Journal
) -> None:
    """The person had not seen the new round, so it must ring; star and note stay."""
    case = an_open_case(agent)
    terminal.update(case, replace(taken(case), starred=True, note="等快递"), now=NOON)

    [change] = agent.record([asked_again(case, NOON + MINUTE)], None, shop=SHOP)

    after = change.after
    assert (None, None, None) == (
        after.acknowledged_tier,
        after.acknowledged_band,
        after.acknowledged_at,
    )
    assert (True, "等快递") == (after.starred, after.note)


def test_an_acknowledgement_of_an_ended_round_is_not_taken(
    agent: Journal, terminal: Journal
) -> None:
    """What a person saw was the round before; the returned case shows that it still waits."""
    case = terminal.find(str(an_open_case(agent).number))
    recorded(agent, asked_again(case, NOON + MINUTE))

    kept = terminal.update(case, replace(taken(case), starred=True), now=NOON)

    assert (None, True) == (kept.acknowledged_tier, kept.starred)
    assert [kept] == list(agent.open_cases())
    assert [Act.OPENED, Act.UPDATED, Act.STARRED] == [
        entry.act for entry in agent.history(case.key)
    ]


def test_a_rising_tier_ends_a_snooze_given_meanwhile(agent: Journal, terminal: Journal) -> None:
    """A case that got more urgent while somebody put it off is not put off."""
    case = an_open_case(agent, tier=Tier.NORMAL)
    terminal.update(case, case.snoozed(NOON + HOUR, NOON), now=NOON)
    louder = Change(ChangeKind.UPDATED, case, replace(case, tier=Tier.URGENT))

    [change] = agent.record([louder], None, shop=SHOP)

    assert change.after.snoozed_until is None


def test_a_reading_that_wakes_a_case_wakes_it_in_the_file(agent: Journal) -> None:
    """Where the change itself speaks of a person's field, it is written."""
    case = an_open_case(agent)
    snoozed = agent.update(case, case.snoozed(NOON + HOUR, NOON), now=NOON)
    woken = Change(ChangeKind.UPDATED, snoozed, snoozed.awake())

    [change] = agent.record([woken], None, shop=SHOP)

    assert (None, None) == (change.after.snoozed_at, change.after.snoozed_until)


def test_two_people_act_on_one_case(agent: Journal, terminal: Journal) -> None:
    """A star from one window and a note from another both hold."""
    case = an_open_case(agent)
    terminal.update(case, replace(case, note="已退款"), now=NOON)

    both = agent.update(case, replace(case, starred=True), now=NOON)

    assert (True, "已退款") == (both.starred, both.note)


def test_each_sees_what_the_other_wrote(agent: Journal, terminal: Journal) -> None:
    """What is kept in memory never hides a change from another process."""
    case = an_open_case(terminal, "a")
    seen_at_once = list(agent.open_cases())
    alert = terminal.raise_alert(alert_for(case))
    alerts = agent.last_alerts()
    recorded(terminal, resolved(case, NOON))

    assert ([case], {case.key: alert}) == (seen_at_once, alerts)
    assert ([], {}) == (list(agent.open_cases()), agent.last_alerts())


def test_a_shop_forgotten_elsewhere_is_forgotten_here(agent: Journal, terminal: Journal) -> None:
    """Rows that are gone are noticed as well as rows that changed."""
    an_open_case(agent)
    assert len(agent.open_cases()) == 1

    terminal.forget(SHOP)

    assert [] == list(agent.open_cases())


def test_the_revision_shows_another_processs_writing(agent: Journal, terminal: Journal) -> None:
    """A face that waits for a new revision notices an acknowledgement from elsewhere."""
    case = an_open_case(agent)
    before = agent.revision

    terminal.update(case, taken(case), now=NOON)

    assert before < agent.revision == terminal.revision


def test_numbers_are_not_given_twice_by_two(agent: Journal, terminal: Journal) -> None:
    """Two processes that each meet a new case give them different numbers."""
    numbers = [
        an_open_case(one, case_id).number
        for one, case_id in zip((agent, terminal, agent), "abc", strict=True)
    ]

    assert [1, 2, 3] == numbers


def test_many_processes_open_a_new_journal_at_once(tmp_path: Path) -> None:
    """Whoever comes first makes the file; the others wait, and no case and no number is lost."""
    arguments = [sys.executable, "-m", "tests.journal.rush", str(tmp_path), "6", "5"]
    subprocess.run(arguments, cwd=Path(__file__).parents[2], check=True)

    for file in tmp_path.glob("*.sqlite"):
        with Journal.open(file) as journal:
            assert [1, 2, 3, 4, 5] == [case.number for case in journal.open_cases()]
    assert 6 == len(list(tmp_path.glob("*.sqlite")))
