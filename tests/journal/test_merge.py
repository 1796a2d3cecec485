"""Whose word holds when a reading and a person speak of one case at once."""

from dataclasses import replace
from typing import Any

import pytest

from agent.cases import Band, Case, Change, ChangeKind, Tier
from agent.journal.merge import after_person, after_reading
from tests.journal.samples import HOUR, MINUTE, SECOND, asked_again, opened, resolved, seen
from tests.mothers import NOON, a_case

CASE = a_case(number=7, tier=Tier.IMPORTANT)
LATER = NOON + MINUTE
GIVEN = ("acknowledged_tier", "acknowledged_band", "acknowledged_at")
ACKNOWLEDGED = CASE.acknowledged(Tier.IMPORTANT, Band.NEAR, NOON + SECOND)
SNOOZED = CASE.snoozed(NOON + HOUR, NOON + SECOND)
MARKED = replace(CASE, starred=True, note="老客户", person="小李", assigned_at=NOON)
BOTH = replace(MARKED, **{name: getattr(ACKNOWLEDGED, name) for name in GIVEN}).snoozed(
    NOON + HOUR, NOON + SECOND
)
LOUDER = Change(ChangeKind.UPDATED, CASE, replace(CASE, tier=Tier.URGENT))


@pytest.mark.parametrize(
    ("stored", "change", "kept"),
    [
        (BOTH, seen(CASE, LATER), BOTH),
        (CASE, seen(BOTH, LATER), CASE),
        (BOTH, resolved(CASE, LATER), BOTH),
        (BOTH, LOUDER, replace(BOTH, snoozed_at=None, snoozed_until=None)),
        (BOTH, asked_again(CASE, LATER), MARKED),
        (BOTH, opened(CASE, before=CASE), MARKED),
        (BOTH, opened(CASE), MARKED),
        (
            BOTH,
            Change(ChangeKind.UPDATED, SNOOZED, CASE),
            replace(BOTH, snoozed_at=None, snoozed_until=None),
        ),
        (
            BOTH,
            Change(ChangeKind.UPDATED, ACKNOWLEDGED, CASE),
            BOTH.released(),
        ),
    ],
    ids=[
        "seen again: the new word stays",
        "seen again: a word taken back stays away",
        "resolved: the word stays",
        "louder: no longer put off",
        "new round: star and note stay",
        "opened again: star and note stay",
        "opened as if never met: star and note stay",
        "woken by the reading",
        "released by the reading",
    ],
)
def test_a_reading_leaves_a_persons_word(stored: Case, change: Change, kept: Case) -> None:
    """Of the person's fields only those that the change speaks of are changed."""
    merged = after_reading(stored, change)

    assert persons(kept) == persons(merged)
    assert (change.after.latest, change.after.tier, 7) == (
        merged.latest,
        merged.tier,
        merged.number,
    )


@pytest.mark.parametrize(
    ("stored", "before", "after", "kept"),
    [
        (CASE, CASE, ACKNOWLEDGED, ACKNOWLEDGED),
        (MARKED, CASE, ACKNOWLEDGED, replace(BOTH, snoozed_at=None, snoozed_until=None)),
        (BOTH, BOTH, CASE, CASE),
        (replace(CASE, asked_at=LATER), CASE, BOTH, replace(MARKED, asked_at=LATER)),
        (replace(CASE, missed=1), CASE, replace(CASE, resolved_at=NOON), replace(CASE, missed=1)),
    ],
    ids=["plain", "beside another's act", "taken back", "round over", "platform's fields"],
)
def test_a_person_changes_what_was_changed(
    stored: Case, before: Case, after: Case, kept: Case
) -> None:
    """Only the differences count, and only the person's, and those of the round that was seen."""
    assert kept == after_person(stored, before, after)


def persons(case: Case) -> list[Any]:
    """Return the fields that belong to a person."""
    return [
        case.acknowledged_tier,
        case.acknowledged_band,
        case.acknowledged_at,
        case.snoozed_at,
        case.snoozed_until,
        case.starred,
        case.note,
        case.person,
        case.assigned_at,
    ]
