"""What a page shows by itself goes ahead of its reading, where it is surely the shop's."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from agent.cases import CaseKey, Glimpse, Sighting
from agent.platforms.glimpsing import Glimpser, sightings_in
from agent.platforms.look import Look
from tests.fakes import NOON
from tests.platforms.board import a_pack, rows
from tests.platforms.room import SHOP as ROOM
from tests.platforms.room import Room, ids
from tests.platforms.shown import ANSWER, LOOK, ONE, Heard, Shown


def numbers(shown: Shown, look: Look = LOOK) -> list[str]:
    """Return the numbers of the cases that are glimpsed."""
    return [seen.key.case_id for seen in sightings_in(shown.page, look, NOON)]


@pytest.mark.parametrize(
    ("shown", "look", "found"),
    [
        pytest.param(Shown(), LOOK, ["1", "2"], id="its answer"),
        pytest.param(Shown(), replace(LOOK, rows=()), ["1", "2"], id="not painted yet"),
        pytest.param(Shown(), replace(LOOK, gates=("expired",)), [], id="at a gate"),
        pytest.param(Shown(Heard(tripped=("dead", 0.0))), LOOK, [], id="told at a gate"),
        pytest.param(Shown(), replace(LOOK, names=("别家",)), [], id="another shop's name"),
        pytest.param(Shown(), replace(LOOK, names=("",)), [], id="no name"),
        pytest.param(Shown(Heard(None)), LOOK, [], id="its answer is not heard yet"),
        pytest.param(
            Shown(Heard(replace(ANSWER, wants={"filter": "x"}))), LOOK, [], id="a part of the list"
        ),
        pytest.param(
            Shown(Heard(replace(ANSWER, body=rows(3, page=2)))), LOOK, [], id="another page of it"
        ),
        pytest.param(Shown(Heard(replace(ANSWER, trouble="HTTP 502"))), LOOK, [], id="a failure"),
        pytest.param(Shown(Heard(replace(ANSWER, body={"code": 9}))), LOOK, [], id="a refusal"),
        pytest.param(Shown(Heard(replace(ANSWER, body={"code": 0}))), LOOK, [], id="strange"),
        pytest.param(Shown(says={"response": None}), LOOK, ["1"], id="its table"),
        pytest.param(
            Shown(says={"response": None}), replace(LOOK, loading=True), [], id="half a table"
        ),
    ],
)
def test_nothing_is_glimpsed_in_doubt(shown: Shown, look: Look, found: list[str]) -> None:
    """Wherever a reading would wait or refuse, there is no glimpse; the reading sees to it."""
    assert found == numbers(shown, look)


def test_what_only_the_table_shows_is_added() -> None:
    """As in a reading, the countdown's own words come from the table."""
    shows = {"consequence": {"path": "says"}}
    dom = a_pack("https://shop.example").queues["tickets"].dom
    assert dom is not None

    fields = dom.fields.model_dump(mode="json", exclude_unset=True) | shows
    said = dom.model_dump(mode="json", by_alias=True, exclude_unset=True) | {"fields": fields}
    first, second = sightings_in(Shown(says={"dom": said}).page, LOOK, NOON)

    assert ("有事", "") == (first.consequence, second.consequence)


@pytest.mark.parametrize(
    ("proven", "known", "given"),
    [
        pytest.param(ONE, True, 1, id="a case of this shop is there"),
        pytest.param(frozenset[CaseKey](), True, 0, id="the list was empty"),
        pytest.param(
            frozenset({CaseKey("first", "tickets", "9")}), True, 0, id="others' cases only"
        ),
        pytest.param(ONE, False, 0, id="loaded anew and not read yet"),
    ],
)
def test_a_glimpse_has_to_be_this_shops(
    proven: frozenset[CaseKey],
    known: bool,  # noqa: FBT001 (a column of the table)
    given: int,
) -> None:
    """An account that was switched shows another shop's rows under the old name."""
    shown, seen = Shown(), list[Glimpse]()
    shown.glances.known = known
    glimpser = Glimpser(shown.clock, seen.append)
    glimpser.proven = proven

    glimpser.take(shown.page, LOOK)

    assert given == len(seen)


def test_a_page_that_breaks_us_costs_the_head_start_only() -> None:
    """Whatever goes wrong in a glimpse, the page's own call must not fail by it."""
    shown, seen = Shown(Heard(replace(ANSWER, body=7))), list[Glimpse]()
    shown.answers.told = lambda: 1 / 0  # type: ignore[assignment,return-value] # a bug
    glimpser = Glimpser(shown.clock, seen.append)
    glimpser.proven = ONE

    glimpser.take(shown.page, LOOK)

    assert [] == seen


@pytest.mark.asyncio(loop_scope="session")
async def test_a_pushed_ticket_is_glimpsed_before_it_is_read(room: Room) -> None:
    """What is told ahead and what is read after it are the same cases at the same step."""
    room.office.add_case(ROOM)
    seen = list[Glimpse]()
    reader = room.reader(sighted=seen.append)
    await reader.read()
    await room.listening()

    second = room.office.add_case(ROOM)
    await room.woken()
    read = await reader.read(fresh=False)

    assert second in ids(read)
    assert steps(read.sightings) == steps(seen[-1].sightings)


def steps(seen: Sequence[Sighting]) -> set[tuple[object, ...]]:
    """Return what rings of those *seen*."""
    return {(one.key, one.kind, one.status, one.stage, one.respond_by) for one in seen}


@pytest.fixture
def room(kept_room: Room) -> Room:
    """Return a shop that is signed in."""
    return kept_room
