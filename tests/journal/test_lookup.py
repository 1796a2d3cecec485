"""A case is found under each of its names, and never the wrong one."""

from dataclasses import replace

import pytest

from agent.errors import UnknownCase
from agent.journal import Journal
from tests.journal.samples import (
    MINUTE,
    SHOP,
    a_key,
    an_open_case,
    opened,
    recorded,
    resolved,
)
from tests.mothers import NOON, a_case


def test_memory_finds_very_many_mentioned_cases(journal: Journal) -> None:
    """More mentioned cases than one statement takes are all found."""
    fresh = [opened(a_case(key=a_key(str(number)))) for number in range(1_200)]
    done = recorded(journal, *fresh)
    recorded(journal, *(resolved(case, NOON) for case in done))

    memory = journal.memory(SHOP, "aftersale", [case.key for case in done])

    assert len(done) == len(memory)


@pytest.mark.parametrize(
    "name", ["2", "#2", " ＃2 ", "２", f"{SHOP}/aftersale/7302", "7302"], ids=str
)
def test_a_case_is_found_by_any_of_its_names(journal: Journal, name: str) -> None:
    """The short number, the full key and a platform's number that is unique all name a case."""
    an_open_case(journal, "7301")
    wanted = an_open_case(journal, "7302")

    assert wanted == journal.find(name)


@pytest.mark.parametrize(
    "name", ["", "#", "9", "9" * 30, "7399", "a/b", "a/b/c", "' OR 1=1 --", "\ud800\0"]
)
def test_an_unknown_name_is_refused_with_a_next_step(journal: Journal, name: str) -> None:
    """Whatever is typed, the answer is a sentence that says where the numbers are listed."""
    an_open_case(journal)

    with pytest.raises(UnknownCase, match="geshao inbox"):
        journal.find(name)


def test_a_platforms_number_of_two_cases_is_refused(journal: Journal) -> None:
    """Acting on the wrong shop's ticket would be worse than asking."""
    recorded(journal, opened(a_case(key=a_key("7301"))))
    recorded(journal, opened(a_case(key=a_key("7301", shop="other"))))

    with pytest.raises(UnknownCase, match="#1、#2"):
        journal.find("7301")


def test_a_platforms_number_with_one_open_case_means_that_one(journal: Journal) -> None:
    """Of several cases with one platform's number a person means the one that still waits."""
    [ended] = recorded(journal, opened(a_case(key=a_key("7301"))))
    recorded(journal, resolved(ended, NOON))
    [waiting] = recorded(journal, opened(a_case(key=a_key("7301", shop="other"))))

    assert waiting == journal.find("7301")


def test_the_short_number_wins_over_the_platforms(journal: Journal) -> None:
    """A small number is the one that the list shows; the full key still reaches the other."""
    first = an_open_case(journal, "2")
    second = an_open_case(journal, "b")

    assert [second, first] == [journal.find("2"), journal.find(str(first.key))]


def test_the_latest_resolved_come_first(journal: Journal) -> None:
    """The list of what ended is cut at its beginning in time and at its length."""
    cases = [an_open_case(journal, case_id) for case_id in "abcd"]
    ends = [NOON, NOON + 3 * MINUTE, NOON + 2 * MINUTE, NOON + 3 * MINUTE]
    recorded(journal, *map(resolved, cases, ends))

    assert ["d", "b", "c"] == [
        case.key.case_id for case in journal.recently_resolved(NOON + MINUTE, 9)
    ]
    assert ["d", "b"] == [case.key.case_id for case in journal.recently_resolved(NOON, 2)]
    assert [] == list(journal.open_cases())


def test_what_was_decoded_before_is_decoded_anew_once_it_changed(journal: Journal) -> None:
    """A word said of an ended case shows in the very next answer."""
    ended = [an_open_case(journal, case_id) for case_id in "ab"]
    recorded(journal, *(resolved(case, NOON) for case in ended))
    before = journal.recently_resolved(NOON, 9)
    journal.update(before[1], replace(before[1], note="寄错了"), now=NOON)
    after = journal.recently_resolved(NOON, 9)

    assert ["", "寄错了"] == [case.note for case in after]
    assert before[0] is after[0]


def test_what_ended_elsewhere_takes_no_place_of_a_shops_own(journal: Journal) -> None:
    """Asked for one shop, the length is that shop's."""
    cases = [a_case(key=a_key("1", shop="other")), a_case(key=a_key("2"))]
    there, here = (recorded(journal, opened(case))[0] for case in cases)
    recorded(journal, resolved(here, NOON), resolved(there, NOON + MINUTE))

    assert [here.key] == [
        case.key for case in journal.recently_resolved(NOON, 1, shop=here.key.shop)
    ]
