"""The looks that a page takes at itself: whatever it says, in the order of what happens."""

import pytest

from agent.platforms.glances import Glances
from agent.platforms.look import Look, look_from
from tests.fakes import FakeClock

SAID = {
    "gates": [],
    "names": ["山雀百货"],
    "counts": [None],
    "dom": {
        "rows": [{"id": "1"}],
        "by": {"id": "[data-id]"},
        "rows_by": "#rows > li",
        "total": None,
        "empty": False,
        "failed": False,
        "unbegun": False,
        "loading": False,
    },
}


def test_what_a_page_says_of_itself_is_a_look() -> None:
    """It is in the shape in which every other look comes."""
    look = look_from(SAID)

    assert look is not None
    assert (("山雀百货",), ({"id": "1"},), ("",)) == (look.names, look.rows, look.counts)


@pytest.mark.parametrize(
    "said",
    [
        None,
        "",
        7,
        [],
        {},
        {"much": 1},
        SAID | {"names": [None]},
        SAID | {"gates": "kicked"},
        SAID | {"dom": {"rows": [1]}},
        SAID | {"dom": SAID},
    ],
    ids=repr,
)
def test_what_is_no_look_is_none(said: object) -> None:
    """Any script in the page may call what we put there, with anything."""
    assert look_from(said) is None


def glances() -> tuple[FakeClock, Glances, list[Look]]:
    """Return glances of a page that was read, their clock, and what is heeded."""
    clock, heeded = FakeClock(), list[Look]()
    made = Glances(clock)
    made.known, made.heeded = True, heeded.append
    return clock, made, heeded


async def test_an_answer_is_heeded_with_the_look_just_before_it() -> None:
    """The page may show its answer before that could be taken from the browser."""
    clock, made, heeded = glances()
    made.take(SAID)
    await clock.advance(0.5)
    made.take_again()
    await clock.advance(1)
    made.take_again()

    assert 2 == len(heeded)


def test_a_page_that_was_loaded_anew_shows_nothing_before_it_was_read() -> None:
    """Whose it is, is not known yet; and what was before is forgotten."""
    _clock, made, heeded = glances()
    made.take(SAID)
    made.restart()
    made.take(SAID)
    made.known = True
    made.restart()
    made.known = True
    made.take_again()

    assert 1 == len(heeded)
    assert 0 == made.stirred_at
