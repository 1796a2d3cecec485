"""`geshao assign`: one case to one person, and back."""

import pytest

from agent.cases import Kind
from tests.commands.home import Home
from tests.mothers import KEY, a_case

ROSTER = "\nroster: {people: {小王: [], 小李: []}, assign: {refund_only: 小李}}\n"


@pytest.fixture
def staffed(home: Home) -> Home:
    """Give a home with one shop, two people, and one open case."""
    home.settles_in()
    _add(home, ROSTER)
    home.remembers(a_case(kind=Kind.REFUND_ONLY))
    return home


def _add(home: Home, text: str) -> None:
    with home.config.open("a", encoding="utf-8") as file:
        file.write(text)


def test_a_case_goes_to_a_person_and_back(staffed: Home) -> None:
    """Each answer says whose it is now."""
    given = staffed.types("assign", "1", "小王")
    person = staffed.case(KEY).person
    back = staffed.types("assign", "1", "--off")

    assert (0, "✓ #1 交给 小王，提醒会点名找 小王。\n") == (given.code, given.out)
    assert (0, "✓ #1 不再指定，按排班表由 小李 处理。\n") == (back.code, back.out)
    assert ("小王", "") == (person, staffed.case(KEY).person)


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("1",), 2, "只写一样"),
        (("1", "小王", "--off"), 2, "只写一样"),
        (("1", "老张"), 1, "可选：小王、小李。"),
        (("7", "小王"), 6, "geshao inbox"),
    ],
    ids=["neither", "both", "a stranger", "no such case"],
)
def test_what_cannot_be_changes_nothing(
    staffed: Home, words: tuple[str, ...], code: int, hint: str
) -> None:
    """The refusal says what to type."""
    ended, problem = staffed.types("assign", *words).problem

    assert (code, True) == (ended, hint in problem)
    assert "" == staffed.case(KEY).person
