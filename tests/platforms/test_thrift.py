"""On the road a list is loaded without its pictures, where that is as good."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aiohttp import web
from playwright.async_api import Error

from agent.cases import Outcome, Source
from agent.platforms import reader as readers
from agent.platforms.collect import Haul
from agent.platforms.patience import Patience
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.platforms.sources import Details
from agent.platforms.thrift import Thrift
from agent.platforms.ticket_page import TicketPages
from tests.fakes import NOON, FakeClock
from tests.mothers import a_shop, a_sighting
from tests.platforms.board import Visit, a_pack, listing
from tests.platforms.waiting import until

ROWS, EMPTY, CUT = Outcome.ROWS, Outcome.VERIFIED_EMPTY, Outcome.TRUNCATED
CHANGED, DOWN, ASKED = Outcome.PAGE_CHANGED, Outcome.UNREACHABLE, Outcome.CHALLENGED
OUT = Outcome.SIGNED_OUT


@pytest.mark.parametrize(
    ("outcomes", "spared"),
    [
        ([ROWS, ROWS, EMPTY], "-ss"),
        ([DOWN, ROWS, ROWS], "--s"),
        ([ROWS, ASKED, ASKED, ROWS, ROWS], "-s--s"),
        ([ROWS, DOWN, ROWS, ROWS], "-s-s"),
        ([ROWS, CHANGED, CHANGED, ROWS, ROWS, ROWS], "-s----"),
        ([ROWS, CUT, EMPTY, ROWS, DOWN, ROWS], "-s----"),
        ([ROWS, ROWS, CHANGED, DOWN, ROWS, ROWS], "-ss---"),
    ],
)
def test_what_is_loaded_without(outcomes: Sequence[Outcome], spared: str) -> None:
    """What was read well; not what failed, nor what fails without and is read with them."""
    thrift, told = Thrift(lambda: True), ""

    for outcome in outcomes:
        told += "s" if thrift.spares() else "-"
        thrift.ended(outcome)

    assert spared == told


@pytest.mark.parametrize(
    ("readings", "spared"),
    [
        ([(ROWS, True), (CHANGED, False), (ROWS, True), (ROWS, True)], "--s"),
        (
            [(ROWS, True), (CHANGED, True), (OUT, False), (ROWS, True), (ROWS, True)],
            "-s--",
        ),
        ([(ROWS, True), (CHANGED, True), (ROWS, False), (ROWS, True)], "-ss"),
    ],
)
def test_what_failed_before_it_was_loaded_tells_nothing(
    readings: Sequence[tuple[Outcome, bool]], spared: str
) -> None:
    """Neither that the pictures are needed nor that they are not; a page as it stood does."""
    thrift, told = Thrift(lambda: True), ""

    for outcome, loads in readings:
        if loads:
            told += "s" if thrift.spares() else "-"
        thrift.ended(outcome)

    assert spared == told


@pytest.mark.parametrize(("by_looks", "spared"), [(True, "-s-s-"), (False, "-ssss")])
def test_what_only_looks_empty_has_its_pictures_now_and_then(
    by_looks: bool,  # noqa: FBT001 (a column of the table)
    spared: str,
) -> None:
    """A verification that is known by the size of its picture is seen at the next load."""
    thrift, told = Thrift(lambda: True, by_looks=by_looks), ""

    for _ in spared:
        told += "s" if thrift.spares() else "-"
        thrift.ended(EMPTY)

    assert spared == told


def test_a_journey_begins_and_ends_at_any_time() -> None:
    """The next load knows; a list that needed its pictures is tried anew on the next journey."""
    road, told = [False], ""
    thrift = Thrift(lambda: road[0])

    for travels, outcome in [
        *((False, ROWS), (False, ROWS), (True, ROWS), (True, CHANGED), (True, ROWS)),
        *((True, ROWS), (False, ROWS), (True, ROWS)),
    ]:
        road[0] = travels
        told += "s" if thrift.spares() else "-"
        thrift.ended(outcome)

    assert "--ss---s" == told


class Road:
    """A session on the road whose pages never open; *spared* says which were to load little."""

    def __init__(self, *, travels: bool) -> None:
        self.pack, self.shop, self.guard = a_pack("https://a.example"), a_shop(), self
        self.spared: list[bool] = []
        self._travels = travels

    def travelling(self) -> bool:
        """Tell."""
        return self._travels

    async def new_page(self) -> "Road":
        """Return what takes the place of a page."""
        return self

    async def spare(self, _page: object, *, lean: bool) -> None:
        """Take note."""
        self.spared.append(lean)

    def on(self, _event: str, _heard: object) -> None:
        """Listen."""

    async def goto(self, _url: str, **_how: Any) -> None:  # noqa: ANN401 (Playwright's own options)
        """Fail."""
        raise Error("no")

    async def close(self) -> None:
        """Close."""


@pytest.mark.parametrize(("travels", "spared"), [(True, [True, False]), (False, [False, False])])
async def test_a_tickets_page_is_tried_without_pictures_first(
    travels: bool,  # noqa: FBT001 (a column of the table)
    spared: list[bool],
) -> None:
    """What does not tell anything so is tried again with them, and that is all."""
    road = Road(travels=travels)
    details = Details.model_validate(
        {
            "url": "main:/ticket/{case_id}",
            "marks_read": False,
            "items": {"no": {"css": [".no"]}},
            "fields": {"case_id": {"path": "no"}, "reason": {"path": "no"}},
        }
    )
    session = cast("ShopSession", road)
    tickets = TicketPages(session, "tickets", details, FakeClock(), Patience())

    for _ in range(3):
        await tickets.added_to([a_sighting()])

    assert spared == road.spared


class Page:
    """A page that loads and does nothing else."""

    raw = None
    busy = False
    answers = SimpleNamespace(has_news=False)

    async def load(self) -> None:
        """Load."""

    async def rest(self) -> None:
        """Rest."""


async def test_the_second_look_is_one_at_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where none of the known cases is seen on the road, what covers them may be a picture."""
    road, held = Road(travels=True), iter([(a_sighting(),), (a_sighting(),), (), ()])

    class Collects:
        def __init__(self, *_: object, **__: object) -> None:
            pass

        async def collect(self) -> Haul:
            return Haul(NOON, next(held), 0, 0, whole=True, source=Source.DOM, counted=None)

    async def ready() -> tuple[Page, bool]:
        return Page(), True

    session = cast("ShopSession", road)
    reader = QueueReader(session, "tickets", FakeClock(), lambda: None)
    monkeypatch.setattr(reader, "_ready_page", ready)
    monkeypatch.setattr(readers, "Collector", Collects)

    outcomes = [(await reader.read()).outcome for _ in range(3)]

    assert ([ROWS, ROWS, EMPTY], [False, True, True, False]) == (outcomes, road.spared)


PICTURE, STYLE = bytes(200_000), b"p { margin: 0 }"
SETTLED = """Promise.all([...document.querySelectorAll('img, video')].map((one) =>
  one.complete || one.error || one.networkState === 3 ||
  new Promise((done) => ['load', 'error', 'stalled'].forEach((name) =>
    one.addEventListener(name, done))))).then(() => 1)"""


@pytest.mark.asyncio(loop_scope="session")
async def test_pictures_and_media_are_not_even_asked_for_on_the_road(visit: Visit) -> None:
    """The rows are the same, a page that stays open goes over to it and back, and a style loads."""
    served: Counter[str] = Counter()

    async def serve(request: web.Request) -> web.StreamResponse:
        is_style = request.query_string == "style"
        kind, body = ("text/css", STYLE) if is_style else ("image/png", PICTURE)
        served[request.query_string] += len(body)
        return web.Response(body=body, content_type=kind, headers={"cache-control": "no-store"})

    visit.board.says(serve, path="heavy")
    visit.board.body = listing(
        *(1, 2),
        total="共 2 条",
        rest="""<img src='/api/heavy?img'><video src='/api/heavy?video'></video>
        <p style='width: 9px; height: 9px; background: url(/api/heavy?background)'></p>
        <link rel=stylesheet href='/api/heavy?style'>""",
    )
    everything = {"background", "img", "style", "video"}
    road, told, weights = [False], [], []
    visit.travelling = lambda: road[0]
    reader = visit.begin(response=None)

    for travels in (False, True, False):
        road[0] = travels
        served.clear()
        reading = await reader.read()
        await visit.script(SETTLED)
        wanted = {"style"} if travels else everything
        await until(partial(set.issubset, wanted, served), "is asked for")
        told.append((reading.outcome, len(reading.sightings), set(served)))
        weights.append(served.total())

    assert [(ROWS, 2, everything), (ROWS, 2, {"style"}), (ROWS, 2, everything)] == told
    assert weights[0] >= 3 * len(PICTURE) <= weights[2]
    assert len(STYLE) == weights[1]
