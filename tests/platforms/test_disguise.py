"""A snapshot becomes a fixture: at home at the pack's own sites, with nobody's data in it."""

from dataclasses import replace

import pytest

from agent.cases import Outcome, Reading
from agent.clock import SystemClock
from agent.fixtures.fixture import Fixture
from agent.platforms.disguise import Disguised, Seen, disguised
from agent.platforms.host import BrowserHost
from agent.platforms.snapshot import RawAnswer, take_snapshot
from tests.platforms.board import FIELDS, RESPONSE, SHOP, Visit, a_pack, item, rows
from tests.platforms.board import fetching as asking

HOME = "https://made-up.example"
BUYER = "竹影清风"
SAYS = f"我是{BUYER}，电话 13912345678，快退款"
FIELDS_OF_PEOPLE = {**FIELDS, "buyer": {"path": "who"}, "order_id": {"path": "order"}}
RESPONSE_OF_PEOPLE = {**RESPONSE, "fields": FIELDS_OF_PEOPLE}
ORDER = "6921234567890123456"


async def seen(visit: Visit) -> Seen:
    """Show two tickets of a buyer, read them, and return what was seen."""
    answer = rows(1480000001, 1480000002)
    for ticket in answer["data"]["items"]:
        ticket |= {"who": BUYER, "order": ORDER, "says": SAYS}
    visit.board.says(answer)
    shown = "".join(item(number, SAYS) for number in (1480000001, 1480000002))
    visit.board.body = (
        f'<h1 id="shop">{SHOP}</h1><ul id="rows">{shown}</ul><p id="total">共 2 条</p>'
        f'<a href="{visit.board.site}/ticket/1480000001?token=s3cret">{BUYER}</a>'
        + asking("filter=&msToken=abc123def456")
    )
    reader = visit.begin(response=RESPONSE_OF_PEOPLE, more=None)
    reading = await reader.read()
    assert reader.page is not None
    return Seen(
        queue="tickets",
        taken_at=SystemClock().now().replace(microsecond=0),
        snapshot=await take_snapshot(reader.page),
        read=reading,
        shop=SHOP,
        more_names=("owner@example.org",),
    )


async def made_of(visit: Visit, host: BrowserHost, one: Seen) -> Disguised:
    """Return *one* disguised, for a pack whose site is elsewhere."""
    pack = a_pack(HOME, response=RESPONSE_OF_PEOPLE, more=None)
    return await disguised(one, pack, {"main": visit.board.site}, host, SystemClock())


def written(fixture: Fixture) -> str:
    """Return all of *fixture* as one text."""
    return fixture.model_dump_json()


@pytest.mark.asyncio(loop_scope="session")
async def test_nobody_is_in_it_and_it_reads_the_same(visit: Visit, host: BrowserHost) -> None:
    """Names, numbers, words and tokens are others; outcome, rows and kinds are the same."""
    original = await seen(visit)
    made = await made_of(visit, host, original)
    text = written(made.fixture)

    assert ((), ()) == (made.findings, made.unlike)
    assert Outcome.ROWS is made.fixture.expected.outcome
    assert 2 == len(made.fixture.expected.rows)
    assert made.fixture.shown is not None
    assert [] == [
        known
        for known in (SHOP, BUYER, "13912345678", ORDER, "1480000001", "s3cret", "abc123def456")
        if known in text
    ]
    assert {"phone", "digits", "letters"} <= made.replaced.keys()


@pytest.mark.asyncio(loop_scope="session")
async def test_it_is_at_home_at_the_packs_own_sites(visit: Visit, host: BrowserHost) -> None:
    """Where the shop's own addresses were others, nothing of them is left."""
    made = await made_of(visit, host, await seen(visit))

    assert f"{HOME}/list" == made.fixture.url
    assert made.fixture.answers[0].url.startswith(f"{HOME}/api/list?filter=&")
    assert visit.board.site not in written(made.fixture)
    assert f'href="{HOME}/ticket/' in made.fixture.html


@pytest.mark.asyncio(loop_scope="session")
async def test_the_same_is_the_same_in_page_and_answer(visit: Visit, host: BrowserHost) -> None:
    """A ticket's number has one stand-in wherever it stands, of the same shape."""
    fixture = (await made_of(visit, host, await seen(visit))).fixture
    numbers = [row.case_id for row in fixture.expected.rows]

    assert fixture.shown is not None
    assert numbers == [row.case_id for row in fixture.shown.rows]
    assert [10, 10] == [len(number) for number in numbers]
    assert 1 == len({row.order_id for row in fixture.expected.rows})


@pytest.mark.asyncio(loop_scope="session")
async def test_what_reads_differently_is_told(visit: Visit, host: BrowserHost) -> None:
    """A page that changed between the reading and the snapshot is no fixture."""
    original = await seen(visit)
    one_less: Reading = replace(original.read, sightings=original.read.sightings[:1])
    made = await made_of(visit, host, replace(original, read=one_less))

    assert [("rows", "1", "2")] == [(d.field, d.wanted, d.found) for d in made.unlike]


@pytest.mark.asyncio(loop_scope="session")
async def test_a_question_asked_twice_is_kept_once(visit: Visit, host: BrowserHost) -> None:
    """The last answer counts; one that never came is not kept."""
    original = await seen(visit)
    (answer,) = original.snapshot.answers
    lost = RawAnswer("GET", replace(answer.captured, status=0, url=f"{visit.board.site}/api/lost"))
    snapshot = replace(original.snapshot, answers=(answer, lost, answer))
    made = await made_of(visit, host, replace(original, snapshot=snapshot))

    assert 1 == len(made.fixture.answers)
