"""What a person did to many cases is stored as one, and only for what they saw."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import Band, Case, Glance, QueueHealth, Tier, Why
from agent.errors import UnknownCase
from agent.journal import Journal
from agent.journal.history import Act
from tests.journal.samples import SHOP, an_open_case, asked_again, recorded
from tests.mothers import NOON

MINUTE = timedelta(minutes=1)


def taken(case: Case) -> tuple[Case, Case]:
    """Return the act of taking *case* in hand."""
    return case, case.acknowledged(Tier.URGENT, Band.FAR, NOON)


def test_several_acts_are_one_change(journal: Journal) -> None:
    """Each is in its case and its history; whoever looks for news looks once."""
    cases = [an_open_case(journal, str(number)) for number in range(3)]
    kept = journal.update_all([taken(case) for case in cases], now=NOON)

    assert [case.number for case in cases] == [case.number for case in kept]
    assert [NOON] * 3 == [case.acknowledged_at for case in journal.open_cases()]
    assert all(Act.ACKNOWLEDGED is journal.history(case.key)[-1].act for case in cases)


def test_all_or_none(journal: Journal) -> None:
    """One that was forgotten meanwhile: the person looks again, and nothing is half done."""
    case, gone = an_open_case(journal, "1"), an_open_case(journal, "2")
    other = replace(gone, latest=replace(gone.latest, key=replace(gone.key, shop="gone")))
    revision = journal.revision
    with pytest.raises(UnknownCase):
        journal.update_all([taken(case), taken(other)], now=NOON)

    assert journal.find(str(case.key)).acknowledged_at is None
    assert revision == journal.revision


def test_a_round_that_nobody_saw_is_not_taken(journal: Journal) -> None:
    """The platform asked anew between the look and the word."""
    case = an_open_case(journal)
    recorded(journal, asked_again(case, NOON + MINUTE))
    (kept,) = journal.update_all([taken(case)], now=NOON)

    assert kept.acknowledged_at is None


def test_nothing_to_do_is_no_news(journal: Journal) -> None:
    """What changes nothing makes no entry."""
    case = an_open_case(journal)
    revision = journal.revision

    assert [case] == journal.update_all([(case, case)], now=NOON)
    assert [] == journal.update_all([], now=NOON)
    assert revision == journal.revision


def test_two_acts_on_one_case_both_hold(journal: Journal) -> None:
    """The second is laid over what the first left; both are in the history."""
    case = an_open_case(journal)
    acts = [taken(case), (case, replace(case, note="已打电话"))]
    kept = journal.update_all(acts, now=NOON)

    assert [(NOON, "已打电话")] * 2 == [(one.acknowledged_at, one.note) for one in kept]
    assert [Act.ACKNOWLEDGED, Act.NOTED] == [one.act for one in journal.history(case.key)][1:]


def test_each_act_goes_to_its_own_case(journal: Journal) -> None:
    """However many are written at once."""
    cases = [an_open_case(journal, str(number)) for number in range(3)]
    journal.update_all([(case, replace(case, note=case.key.case_id)) for case in cases], now=NOON)

    assert ["0", "1", "2"] == [case.note for case in journal.open_cases()]


def test_when_a_shop_was_read_first(journal: Journal) -> None:
    """Of each list the first time that cases were read, whatever came before or after."""
    spans = [
        ("aftersale", 0, Why.SIGNED_OUT),
        ("aftersale", 1, Why.COVERED),
        ("aftersale", 2, Why.UNREACHABLE),
        ("aftersale", 3, Why.COVERED),
        ("chat", 2, Why.TRUNCATED),
        ("wall", 2, Why.PAGE_CHANGED),
    ]
    for queue, minutes, why in spans:
        glance = Glance(NOON + minutes * MINUTE, why, MINUTE)
        journal.record([], QueueHealth(queue), shop=SHOP, glance=glance)

    assert {NOON + MINUTE, NOON + 2 * MINUTE} == journal.first_reads(SHOP)
    an_open_case(journal, first_seen_at=NOON)  # of a time of which no span is left
    assert {NOON + 2 * MINUTE} == journal.first_reads(SHOP)
    assert set() == journal.first_reads("nobody")
