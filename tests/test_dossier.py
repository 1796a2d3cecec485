"""Everything known of one case, asked for by its number, and a note that is kept with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import ChangeKind, Tier
from agent.errors import UnknownCase
from agent.journal import Act
from tests.box import Box, a_box
from tests.mothers import NOON
from tests.scenes import a_scene


@pytest.fixture
def box() -> Iterator[Box]:
    """Give the inbox of a shop with an after-sales and a chat queue."""
    with a_box() as box:
        yield box


def test_an_open_case_is_told_as_it_is_listed(box: Box) -> None:
    """Its row is the list's, with the grounds, the choices and what became of it beside it."""
    box.opens(respond_by=box.later(minutes=25))
    [row] = box.inbox.snapshot().rows
    dossier = box.inbox.case("1")

    assert (row, NOON) == (dossier.row, dossier.taken_at)
    assert Tier.URGENT is dossier.grounds.least
    assert [10, 30] == [choice.minutes for choice in dossier.put_offs]
    assert [Act.OPENED] == [entry.act for entry in dossier.past.history]


def test_what_is_over_or_of_a_shop_no_longer_watched_is_told_too(box: Box) -> None:
    """Somebody may have opened it just before it left the list."""
    case = box.opens(shop="sold")
    box.becomes(replace(case, resolved_at=NOON), ChangeKind.RESOLVED)
    dossier = box.inbox.case("1")

    assert ("sold", NOON) == (dossier.row.shop.name, dossier.row.case.resolved_at)
    with pytest.raises(UnknownCase):
        box.inbox.case("2")


def test_a_note_is_kept_beside_what_the_platform_says(box: Box) -> None:
    """It is in the history, it silences nothing, and the last word counts."""
    box.opens(respond_by=box.later(days=2))
    box.inbox.note("1", "已打电话")
    box.inbox.note("1", " 买家同意换货\n")
    dossier = box.inbox.case("1")

    assert ("买家同意换货", False) == (dossier.row.case.note, dossier.row.quiet)
    assert ["", "已打电话", "买家同意换货"] == [entry.note for entry in dossier.past.history]


async def test_a_face_asks_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the short number that stands in the list."""
    with a_scene(monkeypatch) as scene:
        number = scene.has(respond_by=NOON + timedelta(days=2))
        await scene.desk.note(number, "已打电话")
        dossier = await scene.desk.case(number)

    assert (number, "已打电话") == (dossier.row.case.number, dossier.row.case.note)
