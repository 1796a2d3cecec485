"""What a page shows by itself goes ahead of its reading, where it is surely the shop's."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from agent.cases import CaseKey, Glimpse, Shop, Sighting
from agent.platforms.capture import Captured
from agent.platforms.glances import Glances
from agent.platforms.glimpsing import Glimpser, sightings_in
from agent.platforms.look import Look
from agent.platforms.lull import Lull
from agent.platforms.queue_page import QueuePage
from tests.fakes import NOON, FakeClock
from tests.platforms.board import SHOP, a_pack, rows
from tests.platforms.room import SHOP as ROOM
from tests.platforms.room import Room, ids

ANSWER = Captured(order=1, wants={"filter": ""}, at=NOON, heard=0.0, body=rows(1, 2))
LOOK = Look(names=(SHOP,), rows=({"id": "1", "says": "有事"},))
ONE = frozenset({CaseKey("first", "tickets", "1")})
BOTH = ONE | {CaseKey("first", "tickets", "2")}


@dataclass
class Heard:
    """What a page was heard to fetch: an *answer*, or a gate that was *tripped*."""

    answer: Captured | None = ANSWER
    tripped: tuple[str, float] | None = None

    def heard(self, _name: str) -> Captured | None:
        """Return the answer."""
        return self.answer

    def told(self) -> tuple[str, float] | None:
        """Return the gate."""
        return self.tripped


@dataclass
class Shown:
    """What a glimpse needs of a page (`QueuePage`)."""

    answers: Heard = field(default_factory=Heard)
    says: dict[str, Any] = field(default_factory=dict)
    clock: FakeClock = field(default_factory=FakeClock)
    name: str = "tickets"
    shop: Shop = field(default_factory=lambda: Shop("made_up", "first", SHOP))
    strange: set[str] = field(default_factory=set)
    shop_shown = cast("Any", QueuePage).shop_shown
    is_ours = cast("Any", QueuePage).is_ours

    def __post_init__(self) -> None:
        """Open the page, which was read once."""
        self.queue = a_pack("https://shop.example", **self.says).queues["tickets"]
        self.glances = Glances(self.clock)
        self.glances.known = True

    def resolve(self, address: str) -> str:
        """Return the address as it is."""
        return address

    @property
    def page(self) -> QueuePage:
        """This page, as what it stands for."""
        return cast("QueuePage", self)


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


async def waited(
    shown: Shown,
    glimpser: Glimpser,
    *,
    shows_after: float | None = None,
    noise: Callable[[], None] = lambda: None,
) -> float:
    """Return how long the reading waits, while there is *noise* all the time.

    The page shows its rows after so many seconds, if ever.
    """
    began = shown.clock.monotonic()
    glimpser.follow(shown.page)

    async def begun() -> float:
        async with glimpser.turn(shown.page):
            return shown.clock.monotonic()

    waiting = asyncio.create_task(begun())  # noqa: TID251 (awaited below)
    while not waiting.done():
        noise()
        if shows_after is not None and shown.clock.monotonic() - began >= shows_after:
            show(shown)
            shows_after = None
        await shown.clock.advance(0.05)
    return round(await waiting - began, 2)


def show(shown: Shown) -> None:
    """Let the page tell what it shows."""
    assert shown.glances.heeded is not None
    shown.glances.heeded(LOOK)


@pytest.mark.parametrize(
    ("proven", "shows_after", "waits"),
    [
        pytest.param(ONE, 0.1, 0.7, id="it shows at once; then nobody tells anything"),
        pytest.param(ONE, None, 0.5, id="it shows nothing: the reading has to tell"),
        pytest.param(frozenset[CaseKey](), None, 0.0, id="nothing can be glimpsed"),
    ],
)
async def test_a_reading_lets_the_glimpse_go_ahead(
    proven: frozenset[CaseKey], shows_after: float | None, waits: float
) -> None:
    """What stirred is about to be shown: it is told first, then read in peace."""
    shown = Shown()
    glimpser = Glimpser(shown.clock, lambda _glimpse: None)
    glimpser.proven = proven
    shown.glances.take(None)

    assert waits == await waited(shown, glimpser, shows_after=shows_after)


@pytest.mark.parametrize(
    ("shows_after", "waits"),
    [
        pytest.param(None, 5.0, id="due by the clock"),
        pytest.param(0.0, 15.0, id="it would only confirm what was told"),
    ],
)
async def test_a_reading_lets_the_news_of_other_shops_go_ahead(
    shows_after: float | None, waits: float
) -> None:
    """But not for ever: another shop's page may tell something all the time."""
    shown = Shown()
    lull = Lull(shown.clock)
    glimpser = Glimpser(shown.clock, lambda _glimpse: None, lull)
    glimpser.proven = ONE
    if shows_after is not None:
        shown.glances.take(None)

    took = await waited(shown, glimpser, shows_after=shows_after, noise=lull.stirred)

    assert waits == took


@pytest.mark.parametrize(("proven", "waits"), [(ONE, 0.6), (BOTH, 0.0)])
async def test_only_cases_that_no_reading_knows_are_waited_for(
    proven: frozenset[CaseKey], waits: float
) -> None:
    """Our own readings make pages show what is known by then: others do not wait for that."""
    clock = FakeClock()
    shown, other = Shown(clock=clock), Shown(clock=clock)
    lull = Lull(clock)
    glimpser, others = (Glimpser(clock, lambda _glimpse: None, lull) for _ in range(2))
    glimpser.proven, others.proven = ONE, proven
    others.follow(other.page)
    show(other)

    assert waits == await waited(shown, glimpser)


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
