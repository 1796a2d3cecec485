"""Many tickets that are one matter: when they are a crowd, and what becomes of its alarm."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from agent.cases import Case, CaseKey, ChangeKind, Crowd, Kind, Policy, Stage, Tier, Topic
from agent.cases.crowd import BATCH_QUEUE, BUYER_QUEUE, crowd_changes, crowds_in
from tests.mothers import NOON, a_case

HOUR = timedelta(hours=1)
QUALITY = frozenset({Topic.QUALITY})
POLICY = Policy()
BATCH = {"topics": QUALITY, "buyer": ""}
MANY = {"buyer": "木棉", "product": ""}


def tickets(number: int, **fields: Any) -> list[Case]:  # noqa: ANN401 (any field)
    """Return so many cases of one shop that came at noon."""
    return [a_case(key=CaseKey("shanque", "aftersale", str(n)), **fields) for n in range(number)]


@pytest.mark.parametrize(
    ("cases", "found"),
    [
        (tickets(2, **BATCH), []),
        (tickets(3, **BATCH), ["batch: 3 单质量问题：帆布包"]),
        (tickets(3, **BATCH, product=" "), []),
        (tickets(3, buyer=""), []),
        (tickets(3, **BATCH, first_seen_at=NOON - 24 * HOUR), ["batch: 3 单质量问题：帆布包"]),
        (tickets(3, **BATCH, first_seen_at=NOON - 25 * HOUR), []),
        (tickets(3, **BATCH, stage=Stage.WAITING), []),
        (tickets(3, **BATCH, resolved_at=NOON), []),
        (
            [*tickets(2, **BATCH, resolved_at=NOON), *tickets(3, **BATCH)[2:]],
            ["batch: 3 单质量问题：帆布包"],
        ),
        ([*tickets(2, **BATCH), *tickets(3, **BATCH, product="水杯")[2:]], []),
        (tickets(3, **MANY), ["same_buyer: 3 单售后：木棉"]),
        (tickets(2, **MANY), []),
        (tickets(3, buyer="木**", product=""), []),
        (tickets(3, **MANY, kind=Kind.CONVERSATION), []),
        (tickets(3, **BATCH, kind=Kind.OUTAGE), []),
        (
            tickets(3, topics=QUALITY, buyer="木棉"),
            ["batch: 3 单质量问题：帆布包", "same_buyer: 3 单售后：木棉"],
        ),
    ],
)
def test_what_makes_a_crowd(cases: list[Case], found: list[str]) -> None:
    """Enough of one product with a defect, or of one buyer, in time, with one that waits."""
    crowds = crowds_in("shanque", cases, POLICY, NOON)

    assert found == [f"{seen.kind}: {seen.reason}" for seen in crowds.values()]
    assert {key: seen.key for key, seen in crowds.items()} == {key: key for key in crowds}


def test_the_owner_says_how_many() -> None:
    """Two within an hour, where that is what the file says."""
    policy = replace(POLICY, batch=Crowd(2, HOUR))

    assert 1 == len(crowds_in("shanque", tickets(2, **BATCH), policy, NOON))
    assert {} == crowds_in("shanque", tickets(2, **BATCH), policy, NOON + 2 * HOUR)


def test_its_name_tells_nobody_what_it_is_about() -> None:
    """Keys stand in logs; a buyer's name does not."""
    (key,) = crowds_in("shanque", tickets(3, **MANY), POLICY, NOON)

    assert (BUYER_QUEUE, 12) == (key.queue, len(key.case_id))
    assert key == next(iter(crowds_in("shanque", tickets(5, **MANY), POLICY, NOON + HOUR)))


def test_it_is_told_once_and_ends() -> None:
    """Opened at three, counted on without a word at four, over when nothing waits any more."""
    steps = [tickets(3, **BATCH), tickets(3, **BATCH), tickets(4, **BATCH), []]
    known: dict[CaseKey, Case] = {}
    kinds = []
    for hours, cases in enumerate(steps):
        now = NOON + hours * HOUR
        found = crowds_in("shanque", cases, POLICY, now)
        changes = crowd_changes(known, found, POLICY, now)
        known |= {change.after.key: change.after for change in changes}
        kinds.append([change.kind for change in changes])

    (crowd,) = known.values()
    assert [[ChangeKind.OPENED], [], [ChangeKind.UPDATED], [ChangeKind.RESOLVED]] == kinds
    assert (NOON, "4 单质量问题：帆布包", Tier.URGENT) == (
        crowd.asked_at,
        crowd.latest.reason,
        crowd.tier,
    )
    assert BATCH_QUEUE == crowd.key.queue


def test_one_that_comes_back_is_new_and_keeps_what_is_its_own() -> None:
    """Another wave rings again, under the old number."""
    found = crowds_in("shanque", tickets(3, **BATCH), POLICY, NOON)
    (first,) = crowd_changes({}, found, POLICY, NOON)
    over = replace(first.after, resolved_at=NOON, number=7, starred=True)

    (again,) = crowd_changes({over.key: over}, found, POLICY, NOON + HOUR)

    assert (ChangeKind.OPENED, over) == (again.kind, again.before)
    assert (NOON + HOUR, 7, True) == (
        again.after.asked_at,
        again.after.number,
        again.after.starred,
    )
