"""Which group of the list a case stands in."""

from typing import Any

import pytest

from agent.cases import Band, Stage, Tier
from agent.inbox import Row
from tests.fakes import NOON
from tests.ui.samples import HANDLED, a_row, ago, an_outage, within
from ui.groups import group_of


def calm(**more: Any) -> Row:  # noqa: ANN401 (any field)
    """Return a row that nothing hurries."""
    return a_row(tier=Tier.NORMAL, band=Band.FAR, **more)


def asleep(**until: float) -> dict[str, Any]:
    """Return what a person did who put a case off."""
    return {"snoozed_at": ago(minutes=1), "snoozed_until": within(**until)}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (a_row(), "now"),
        (a_row(tier=Tier.URGENT, band=Band.FAR, respond_by=within(days=3)), "now"),
        (a_row(tier=Tier.IMPORTANT, band=Band.FINAL), "now"),
        (a_row(tier=Tier.IMPORTANT, band=Band.EXPIRED, respond_by=ago(minutes=1)), "now"),
        (an_outage(), "now"),
        (a_row(quiet=True, case=HANDLED), "now"),
        (calm(respond_by=within(hours=23)), "today"),
        (calm(respond_by=within(hours=25)), "later"),
        (calm(respond_by=None), "today"),
        (a_row(quiet=True, case=asleep(minutes=10)), "today"),
        (calm(quiet=True, case=asleep(hours=30), respond_by=None), "later"),
        (a_row(case=asleep(minutes=-5)), "now"),
        (a_row(case=asleep(minutes=5)), "now"),
        (a_row(stage=Stage.WAITING), "theirs"),
        (calm(stage=Stage.ENDED, respond_by=within(days=3)), "theirs"),
    ],
)
def test_group_says_what_is_to_be_done(row: Row, expected: str) -> None:
    """What is urgent is for now, taken or not; what is put off comes when it comes back."""
    assert expected == group_of(row, NOON)
