"""What the shipped packs make of a row, without an office that hands it out."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from agent.cases import Sighting
from agent.platforms.fields import Fields
from agent.platforms.interpret import RowReader
from tests.fakes import NOON
from tests.shipped import PACKS


@cache
def fields_of(platform: str, queue: str) -> Fields:
    """Return what *platform*'s pack reads from an answer of *queue*."""
    source = PACKS[platform].queues[queue].response
    assert source is not None

    return source.fields


def sighting_of(platform: str, queue: str, row: Mapping[str, Any]) -> Sighting:
    """Return what *platform*'s pack sees at noon in *row*."""
    [sighting] = RowReader("first", queue, fields_of(platform, queue)).read([row], NOON)
    return sighting
