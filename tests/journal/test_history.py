"""The history tells what the platform said and what people did."""

from dataclasses import replace
from datetime import datetime

from agent.cases import Band, CaseKey, Tier
from agent.journal import Act, Journal
from tests.journal.samples import (
    HOUR,
    MINUTE,
    an_open_case,
    recorded,
    resolved,
)
from tests.mothers import NOON


def acts(journal: Journal, key: CaseKey) -> list[tuple[datetime, Act]]:
    """Return a case's history in short."""
    return [(entry.at, entry.act) for entry in journal.history(key)]


def test_the_history_tells_the_platforms_words_and_a_persons_acts(journal: Journal) -> None:
    """Each step stands with its time, in the order in which it was written."""
    case = an_open_case(journal)
    now = NOON + MINUTE
    taken = journal.update(case, case.acknowledged(Tier.URGENT, Band.NEAR, now), now=now)
    noted = journal.update(taken, replace(taken, note="已打电话", starred=True), now=now)
    [ended] = recorded(journal, resolved(noted, NOON + HOUR))

    history = journal.history(case.key)

    assert [
        (NOON, Act.OPENED),
        (now, Act.ACKNOWLEDGED),
        (now, Act.STARRED),
        (now, Act.NOTED),
        (NOON + HOUR, Act.RESOLVED),
    ] == [(entry.at, entry.act) for entry in history]
    assert (case.latest, case.tier) == (history[0].said, history[0].tier)
    assert (Tier.URGENT, Band.NEAR) == (history[1].tier, history[1].band)
    assert ["已打电话"] * 2 == [history[3].note, ended.note]


def test_taking_back_is_an_act_too(journal: Journal) -> None:
    """Snoozing, waking, and taking back an acknowledgement or a star are each told apart."""
    case = an_open_case(journal)
    for after in (
        case.snoozed(NOON + HOUR, NOON),
        case,
        replace(case.acknowledged(Tier.NORMAL, Band.FAR, NOON), starred=True),
        case,
    ):
        case = journal.update(case, after, now=NOON)

    assert [
        Act.OPENED,
        Act.SNOOZED,
        Act.WOKEN,
        Act.ACKNOWLEDGED,
        Act.STARRED,
        Act.RELEASED,
        Act.UNSTARRED,
    ] == [act for _, act in acts(journal, case.key)]


def test_an_act_that_changes_nothing_is_none(journal: Journal) -> None:
    """Saying the same again is neither told nor counted."""
    case = an_open_case(journal)
    before = journal.revision

    same = journal.update(case, replace(case), now=NOON)

    assert (case, before) == (same, journal.revision)
    assert [(NOON, Act.OPENED)] == acts(journal, case.key)
