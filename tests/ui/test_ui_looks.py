"""Which looks are tried with which state: few of many, and none of their values is left out."""

from itertools import combinations

import pytest

from tests.ui.looks import ALL, PAIRS, looks
from tests.ui.states import STATES, numbered


def test_every_two_values_meet() -> None:
    """Language, theme, width and zoom: six looks in which each meets each; all of them are real."""
    kinds = ("language", "theme", "width", "zoom")
    chosen = [look for pair in PAIRS for look in pair]

    assert set(chosen) < set(ALL)
    for one, other in combinations(kinds, 2):
        meetings = {(getattr(look, one), getattr(look, other)) for look in ALL}

        assert meetings == {(getattr(look, one), getattr(look, other)) for look in chosen}


@pytest.mark.parametrize("place", sorted({state.place for state in STATES}))
def test_every_page_is_seen_with_every_value(place: str) -> None:
    """Whatever the page: in both languages and themes, in all widths, in both sizes."""
    seen = {
        value
        for state, number in numbered()
        if state.place == place
        for look in looks(number, alike=state.alike)
        for value in (look.language, look.theme, look.width, look.zoom)
    }

    assert {"zh", "en", "dark", "light", 320, 420, 1100, 1, 2} == seen
