import asyncio
from dataclasses import replace

import pytest
from aiohttp import web

from agent.cases import Outcome
from tests.platforms.board import HASTE, SHORT, Visit, fetching, listing, rows
from tests.platforms.waiting import change_patience

pytestmark = pytest.mark.asyncio(loop_scope="session")

ASK = "void fetch('/api/list?filter=').then((r) => r.text())"
POPUP = "document.body.append(Object.assign(document.createElement('p'), {textContent: '%s'}))"


async def test_a_page_that_fetches_something_new_wakes_us(visit: Visit) -> None:
    """The page asked by itself; its answer is read without loading the page again."""
    visit.board.body = listing() + fetching()
    visit.board.says(rows(1), rows(1, 2))
    reader = visit.begin()
    await reader.read()

    await visit.script(ASK)
    await visit.until_stirred()
    reading = await reader.read(fresh=False)

    assert (Outcome.ROWS, 2, 1) == (reading.outcome, len(reading.sightings), visit.board.loads)


async def test_a_page_that_fetches_the_same_again_does_not_wake_us(visit: Visit) -> None:
    """Many pages ask every few seconds; only news is news."""
    visit.board.body = listing() + fetching()
    visit.board.says(rows(1), rows(1), rows(1), rows(1, 2))
    await visit.begin().read()

    for _ in range(3):
        await visit.script(f"{ASK.removeprefix('void ')}")
    await visit.until_stirred()

    assert 1 == visit.stirs


async def test_what_the_watched_part_says_wakes_us(visit: Visit) -> None:
    """A change of words in sight is news, a countdown that ticks is none."""
    visit.board.body = listing(1, total="共 1 条")
    await visit.begin(response=None).read()
    words = "document.querySelector('.says').textContent = '{}'"

    await visit.script(words.format("3小时2分1秒后关闭"))
    await visit.until_stirred()
    for left in ("3小时2分0秒", "3小时1分59秒", "3小时1分58秒"):
        await visit.script(words.format(f"{left}后关闭"))
        await visit.script("new Promise((done) => setTimeout(done, 20))")
    ticked = visit.stirs
    await visit.script(words.format("已关闭"))
    await visit.until_stirred(2)

    assert (1, 2) == (ticked, visit.stirs)


async def test_reading_does_not_wake_itself(visit: Visit) -> None:
    """What our own loading and turning sets off is no news."""
    visit.board.body = listing() + fetching()
    visit.board.says(rows(1), rows(1, 2), rows(1, 2, 3))
    reader = visit.begin()

    for _ in range(3):
        await reader.read()

    assert 0 == visit.stirs


async def test_an_answer_that_comes_while_we_read_is_not_lost(visit: Visit) -> None:
    """The page asked twice; the second answer differs and comes after the first was read."""
    second = asyncio.Event()

    async def late(_request: web.Request) -> web.StreamResponse:
        await second.wait()
        return web.json_response(rows(1, 2))

    visit.board.body = listing() + fetching() + fetching()
    visit.board.says(rows(1), late)
    reader = visit.begin()
    await reader.read()

    second.set()
    await visit.until_stirred()
    reading = await reader.read(fresh=False)

    assert (2, 1) == (len(reading.sightings), visit.board.loads)


async def test_a_late_answer_to_an_old_question_is_old(visit: Visit) -> None:
    """Of two questions the later one counts, whichever is answered first."""
    first = asyncio.Event()

    async def late(_request: web.Request) -> web.StreamResponse:
        await first.wait()
        return web.json_response(rows())

    visit.board.body = listing() + fetching()
    visit.board.says(rows(1), late, rows(1, 2))
    reader = visit.begin()
    await reader.read()

    await visit.script(ASK)
    await visit.script(ASK.replace("filter=", "filter=&again=1"))  # the browser asks once for one
    await visit.until_stirred()
    first.set()
    await visit.script("new Promise((done) => setTimeout(done, 100))")
    reading = await reader.read(fresh=False)

    assert (Outcome.ROWS, 2) == (reading.outcome, len(reading.sightings))


async def test_an_answer_from_before_the_page_was_loaded_anew_is_old(visit: Visit) -> None:
    """What the former document asked for is no proof of anything about the new one."""
    held = asyncio.Event()

    async def late(_request: web.Request) -> web.StreamResponse:
        await held.wait()
        return web.json_response(rows())

    visit.board.body = listing() + fetching()
    visit.board.says(rows(1), late, visit.board.hang)
    reader = visit.begin()
    await reader.read()
    await visit.script(ASK)

    change_patience(reader, SHORT)
    reading = asyncio.ensure_future(reader.read())
    await visit.until_loaded(2)
    held.set()

    assert Outcome.UNREACHABLE is (await reading).outcome


async def test_another_shops_cases_under_the_old_name_are_not_believed(visit: Visit) -> None:
    """The account was switched elsewhere: the header still shows our name, the data is theirs."""
    visit.board.body = listing() + fetching()
    visit.board.says(rows(1, 2), rows(81, 82))
    reader = visit.begin()
    await reader.read()

    await visit.script(ASK)
    await visit.until_stirred()
    visit.board.body = listing(shop="海棠茶社") + fetching()
    reading = await reader.read(fresh=False)

    assert Outcome.WRONG_SHOP is reading.outcome
    assert 2 == visit.board.loads


async def test_emptiness_is_not_believed_without_loading_the_page(visit: Visit) -> None:
    """No case is left to prove whose list it is: the page is loaded to see the name, twice."""
    visit.board.body = listing() + fetching()
    visit.board.says(rows(1), rows())
    reader = visit.begin()
    await reader.read()

    await visit.script(ASK)
    await visit.until_stirred()
    reading = await reader.read(fresh=False)

    assert (Outcome.VERIFIED_EMPTY, 3) == (reading.outcome, visit.board.loads)


async def test_a_page_left_on_another_sheet_is_loaded_anew(visit: Visit) -> None:
    """Its own answer is page 3 of the list; that is not where a reading begins."""
    visit.board.body = listing() + fetching()
    visit.board.says(rows(1), rows(1, 2, page=3), rows(1, 2))
    reader = visit.begin()
    await reader.read()

    await visit.script(ASK)
    await visit.until_stirred()
    reading = await reader.read(fresh=False)

    assert (Outcome.ROWS, 2, 2) == (reading.outcome, len(reading.sightings), visit.board.loads)


async def test_a_stir_without_news_loads_the_page(visit: Visit) -> None:
    """Something changed on the page, but it asked for nothing: better to look anew."""
    visit.board.body = listing() + fetching()
    visit.board.says(rows(1))
    reader = visit.begin()
    await reader.read()

    change_patience(reader, replace(HASTE, news=0.3))
    await reader.read(fresh=False)

    assert 2 == visit.board.loads


async def test_a_page_that_loads_itself_anew_at_the_same_moment_is_read(visit: Visit) -> None:
    """Two loadings cross; ours is tried again."""
    visit.board.body = listing() + fetching()
    visit.board.says(rows(1))
    reader = visit.begin()
    await reader.read()

    outcomes = set()
    for _ in range(5):
        await visit.script("void setTimeout(() => location.reload(), 0)")
        outcomes.add((await reader.read()).outcome)

    assert {Outcome.ROWS} == outcomes
