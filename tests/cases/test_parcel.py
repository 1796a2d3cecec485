"""What a road brings of a case when several messages about it wait."""

from dataclasses import replace

import pytest

from agent.cases import Delivery
from agent.cases.parcel import parcels
from tests.mothers import KEY, an_alert

OTHER = replace(KEY, case_id="7002")


def waiting(*people: str) -> list[Delivery]:
    """Return messages about one case, oldest first, each calling the people in its text."""
    return [
        Delivery(an_alert(alert_id=number, people=tuple(names)), "群", delivery_id=number)
        for number, names in enumerate(people, start=1)
    ]


@pytest.mark.parametrize(
    ("people", "older", "outdated", "called"),
    [
        ([""], [], [], ""),
        (["", ""], [], [1], ""),
        (["", "", ""], [], [1, 2], ""),
        (["王", ""], [1], [], "王"),
        (["王", "王", ""], [2], [1], "王"),
        (["王", "李", ""], [1, 2], [], "王李"),
        (["", "王", "李"], [2], [1], "王李"),
        (["王", "王李"], [], [1], "王李"),
    ],
)
def test_the_latest_is_told_and_calls_whom_the_older_would_have(
    people: list[str], older: list[int], outdated: list[int], called: str
) -> None:
    """What only repeats is withdrawn; a call by name waits until the latest got through."""
    pending = waiting(*people)
    [parcel], withdrawn = parcels(pending)

    assert pending[-1] == parcel.latest
    assert older == [delivery.delivery_id for delivery in parcel.older]
    assert sorted(outdated) == sorted(delivery.delivery_id for delivery in withdrawn)
    assert called == "".join(parcel.alert.people)
    assert replace(parcel.alert, people=()) == replace(pending[-1].alert, people=())


def test_each_case_is_told_of() -> None:
    """Messages of one case say nothing of another's."""
    first, second = waiting("王", "")
    other = replace(second, alert=replace(second.alert, key=OTHER))
    told, outdated = parcels([first, other])

    assert ([first, other], []) == ([parcel.latest for parcel in told], outdated)
