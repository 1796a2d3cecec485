"""A reading is stored with all that follows from it, or not at all."""

from dataclasses import replace
from datetime import datetime

import pytest

from agent.cases import Band, Change, ChangeKind, QueueHealth, Tier
from agent.journal import Act, Journal
from tests.journal.samples import (
    HOUR,
    MINUTE,
    SHOP,
    a_key,
    an_open_case,
    asked_again,
    first_met,
    opened,
    recorded,
    resolved,
    seen,
)
from tests.mothers import NOON, a_case


def test_new_cases_get_short_numbers_in_order(journal: Journal) -> None:
    """The numbers that people type are 1, 2, 3 …, and the changes come back with them."""
    changes = [opened(a_case(key=a_key(case_id))) for case_id in ("c", "a", "b")]

    done = journal.record(changes, None, shop=SHOP)

    assert [("c", 1), ("a", 2), ("b", 3)] == [
        (change.after.key.case_id, change.after.number) for change in done
    ]
    assert [1, 2, 3] == [case.number for case in journal.open_cases()]


def test_a_number_stays_with_its_case(journal: Journal) -> None:
    """A case that ends and comes back keeps its number, and the next new one gets another."""
    first = an_open_case(journal, "a")
    [ended] = recorded(journal, resolved(first, NOON + MINUTE))
    [again] = recorded(journal, opened(replace(first, number=0), before=ended))

    second = an_open_case(journal, "b")

    assert [1, 1, 2] == [ended.number, again.number, second.number]


def test_a_number_is_never_given_twice(journal: Journal) -> None:
    """After a shop is forgotten its numbers stay taken: a note on paper must not lie."""
    an_open_case(journal, "a")
    an_open_case(journal, "b")
    journal.forget(SHOP)

    fresh = an_open_case(journal, "c")

    assert fresh.number == 3


def test_one_case_twice_in_one_reading_is_one_case(journal: Journal) -> None:
    """A page that lists one ticket twice under one key makes one case of it."""
    case = a_case()

    done = recorded(journal, opened(case), opened(replace(case, missed=1)))

    assert [1, 1] == [one.number for one in done]
    assert [replace(case, missed=1, number=1)] == list(journal.open_cases())


def test_seeing_a_case_again_leaves_no_history(journal: Journal) -> None:
    """Only what is worth telling is told, though the time of the last look is kept."""
    case = an_open_case(journal)

    journal.record([seen(case, NOON + MINUTE)], None, shop=SHOP)

    assert [NOON + MINUTE] == [one.last_seen_at for one in journal.open_cases()]
    assert [Act.OPENED] == [entry.act for entry in journal.history(case.key)]


def test_an_empty_reading_writes_nothing(journal: Journal) -> None:
    """Nothing changed and nothing known leaves the revision as it was."""
    before = journal.revision

    done = journal.record([], None, shop=SHOP)

    assert ([], before) == (done, journal.revision)


def test_a_forgotten_case_that_is_read_again_counts_as_new(journal: Journal) -> None:
    """A reading that was under way when its shop was forgotten loses no case."""
    case = an_open_case(journal)
    journal.forget(SHOP)

    [again] = recorded(journal, seen(case, NOON + MINUTE))

    assert [again] == list(journal.open_cases())
    assert again.number == 2


def test_a_time_without_a_zone_is_a_bug(journal: Journal) -> None:
    """What could mean two moments is never stored."""
    naive = first_met(NOON.replace(tzinfo=None))

    with pytest.raises(Exception, match="time zone"):
        journal.record([opened(naive)], None, shop=SHOP)

    assert [] == list(journal.open_cases())


def test_an_error_in_the_middle_leaves_nothing_half_written(journal: Journal) -> None:
    """Of a reading whose last change cannot be stored, the first is not stored either."""
    naive = a_case(key=a_key("b"), resolved_at=datetime(2026, 1, 1))  # noqa: DTZ001 (the point)

    with pytest.raises(Exception, match="time zone"):
        journal.record(
            [opened(a_case()), Change(ChangeKind.RESOLVED, None, naive)],
            QueueHealth("aftersale"),
            shop=SHOP,
        )

    assert ([], {}, 0) == (list(journal.open_cases()), journal.health(), journal.revision)


def test_a_reopened_case_keeps_what_belongs_to_the_person(journal: Journal) -> None:
    """A star and a note outlive the end of a case; an acknowledgement does not."""
    case = an_open_case(journal)
    taken = case.acknowledged(Tier.URGENT, Band.EXPIRED, NOON)
    journal.update(case, replace(taken, starred=True, note="老客户"), now=NOON)
    recorded(journal, resolved(journal.find("1"), NOON + MINUTE))

    [again] = recorded(journal, opened(first_met(NOON + HOUR)))

    assert (True, "老客户", None) == (again.starred, again.note, again.acknowledged_tier)
    assert again.is_open


def test_a_new_round_is_stored(journal: Journal) -> None:
    """A change that clears an acknowledgement clears it in the file."""
    case = an_open_case(journal)
    taken = journal.update(case, case.acknowledged(Tier.URGENT, Band.NEAR, NOON), now=NOON)

    recorded(journal, asked_again(taken, NOON + HOUR))

    [kept] = journal.open_cases()
    assert (NOON + HOUR, None, None) == (kept.asked_at, kept.acknowledged_tier, kept.snoozed_until)
