"""What a haul comes to."""

from dataclasses import replace

import pytest

from agent.cases import Outcome, Source, Stage
from agent.platforms.collect import Haul
from agent.platforms.verdict import verdict
from tests.fakes import NOON
from tests.mothers import a_sighting

_WAITS = a_sighting()
_ENDED = a_sighting(key=replace(_WAITS.key, case_id="2"), stage=Stage.ENDED)
HAUL = Haul(NOON, (_WAITS, _ENDED), 2, 2, whole=True, source=Source.RESPONSE, counted=1)


@pytest.mark.parametrize(
    ("haul", "outcome", "detail"),
    [
        pytest.param(HAUL, Outcome.ROWS, "没见过的值：甲；不许问", id="rows"),
        pytest.param(
            replace(HAUL, counted=2),
            Outcome.TRUNCATED,
            "平台计数 2，列表里只有 1；不许问",
            id="one that is listed has ended: not all that waits is there",
        ),
        pytest.param(
            replace(HAUL, total=3, whole=False),
            Outcome.TRUNCATED,
            "共 3 条，只读到 2 条；不许问",
            id="a part of it",
        ),
        pytest.param(
            replace(HAUL, sightings=(), counted=None), Outcome.VERIFIED_EMPTY, "不许问", id="none"
        ),
    ],
)
def test_a_haul_is_all_or_says_what_is_missing(haul: Haul, outcome: Outcome, detail: str) -> None:
    """And says one of the things that the page was kept from."""
    reading = verdict("first", "tickets", haul, ["甲"], ["不许问", "也不许"])

    assert (outcome, detail) == (reading.outcome, reading.detail)
    assert (haul.sightings, haul.total) == (reading.sightings, reading.expected)
