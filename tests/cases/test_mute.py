"""A shop that was silenced: how long, and what rings all the same."""

from datetime import timedelta

import pytest

from agent.cases import EVERY_SHOP, Case, Kind, Mute, Policy, is_muted, mutes_at
from tests.mothers import NOON, a_case

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ONE = Mute(NOON, NOON + HOUR)
WHOLE = Mute(NOON, NOON + HOUR, whole=True)
LAST = a_case(respond_by=NOON + 20 * MINUTE)


@pytest.mark.parametrize(
    ("mutes", "case", "silent"),
    [
        ({}, a_case(), False),
        ({"shanque": ONE}, a_case(), True),
        ({"huamei": ONE}, a_case(), False),
        ({EVERY_SHOP: ONE}, a_case(), True),
        ({"shanque": ONE}, a_case(kind=Kind.OUTAGE, asked_at=NOON - HOUR), True),
        ({"shanque": ONE}, a_case(respond_by=NOON - MINUTE), True),
        ({"shanque": ONE}, LAST, False),
        ({"shanque": WHOLE}, LAST, True),
        ({EVERY_SHOP: WHOLE, "shanque": ONE}, LAST, True),
        ({"shanque": Mute(NOON - HOUR, NOON), EVERY_SHOP: ONE}, a_case(), True),
        ({"shanque": Mute(NOON - HOUR, NOON)}, a_case(), False),
        ({"shanque": ONE}, a_case(asked_at=NOON - 24 * HOUR + 5 * MINUTE), True),
    ],
)
def test_all_but_the_last_step_is_silent(
    mutes: dict[str, Mute],
    case: Case,
    silent: bool,  # noqa: FBT001 (a table's column)
) -> None:
    """What the platform decides in half an hour rings, unless everything was stopped."""
    assert silent == is_muted(case, mutes, Policy(), NOON)


@pytest.mark.parametrize(
    ("at", "lasts"),
    [
        (-6 * MINUTE, False),
        (-4 * MINUTE, True),
        (timedelta(0), True),
        (59 * MINUTE, True),
        (HOUR, False),
    ],
)
def test_it_ends_by_itself(
    at: timedelta,
    lasts: bool,  # noqa: FBT001 (a table's column)
) -> None:
    """Nor does a clock that was set back make it longer than it was meant to be."""
    assert lasts == bool(mutes_at({"shanque": ONE}, "shanque", NOON + at))
