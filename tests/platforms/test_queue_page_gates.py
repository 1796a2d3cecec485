from dataclasses import replace
from typing import Any

import pytest

from agent.cases import Outcome
from tests.platforms.board import HASTE, SHOP, Visit, fetching, listing, rows

pytestmark = pytest.mark.asyncio(loop_scope="session")

ASK = "void fetch('/api/list?filter=').then((r) => r.text())"
POPUP = "document.body.append(Object.assign(document.createElement('p'), {textContent: '%s'}))"


async def test_a_dead_session_in_an_answer_wakes_us_and_needs_no_loading(visit: Visit) -> None:
    """The page's own question came back with the platform's word for it."""
    visit.board.body = listing() + fetching()
    visit.board.says(rows(1), {"code": 10008})
    reader = visit.begin()
    await reader.read()

    await visit.script(ASK)
    await visit.until_stirred()
    reading = await reader.read(fresh=False)

    assert (Outcome.SIGNED_OUT, "dead", 1) == (reading.outcome, reading.gate, visit.board.loads)


async def test_a_dead_session_behind_http_401_is_known_as_such(visit: Visit) -> None:
    """The envelope counts, whatever the status of the answer."""
    visit.board.body = listing() + fetching()
    visit.board.says({"code": 10008}, status=401)

    reading = await visit.read()

    assert (Outcome.SIGNED_OUT, "dead") == (reading.outcome, reading.gate)


async def test_the_page_tells_why_the_session_ended_before_it_is_loaded_anew(
    visit: Visit,
) -> None:
    """Loading would lead to a bare login page; the words on the old page are the reason."""
    visit.board.body = listing() + fetching()
    visit.board.says(rows(1))
    reader = visit.begin()
    await reader.read()
    await visit.script(POPUP % "登录过期，请重新登录")
    visit.board.redirect = "/login"

    first = await reader.read()
    second = await reader.read()

    assert ("expired", "login_page") == (first.gate, second.gate)


async def test_the_reason_may_follow_the_answer(visit: Visit) -> None:
    """The envelope comes first, the page's own words about it a moment later: those count."""
    says_why = f"setTimeout(() => {{ {POPUP % '登录过期，请重新登录'} }}, 50)"
    visit.board.body = listing() + fetching(then=says_why)
    visit.board.says({"code": 10008})

    assert "expired" == (await visit.read(replace(HASTE, explanation=3))).gate


async def test_a_login_page_is_known_by_its_address_not_by_its_query(visit: Visit) -> None:
    """Many an address repeats another one behind its question mark."""
    visit.board.body = listing() + fetching()
    visit.board.says(rows(1))

    reading = await visit.read(url="main:/list?from=/login")

    assert Outcome.ROWS is reading.outcome


@pytest.mark.parametrize(
    ("body", "outcome", "gate"),
    [
        ("登录过期，请重新登录", Outcome.SIGNED_OUT, "expired"),
        ("Bad Gateway", Outcome.UNREACHABLE, ""),
    ],
)
async def test_a_refused_page_is_asked_why(
    visit: Visit, body: str, outcome: Outcome, gate: str
) -> None:
    """Some platforms show their login form with an error's status."""
    visit.board.body, visit.board.status = body, 403

    reading = await visit.read()

    assert (outcome, gate) == (reading.outcome, reading.gate)


NAMED: dict[str, Any] = {"identity": [{"response": "main:/api/me", "path": "shop"}]}


ASK_NAME = "<script>fetch('/api/me').catch(() => undefined)</script>"


async def test_the_shops_name_may_come_from_an_answer(visit: Visit) -> None:
    """The page asks who it is; what it shows elsewhere does not count."""
    visit.board.body = listing(shop="客服小店") + fetching() + ASK_NAME
    visit.board.says(rows(1))
    visit.board.says({"shop": SHOP}, path="me")

    assert Outcome.ROWS is (await visit.read(**NAMED)).outcome


async def test_the_name_from_a_former_load_is_not_the_name(visit: Visit) -> None:
    """After the page was loaded anew it has to tell again."""
    visit.board.body = listing() + fetching() + ASK_NAME
    visit.board.says(rows(1))
    visit.board.says({"shop": SHOP}, visit.board.hang, path="me")
    visit.hurry(answers=2)
    reader = visit.begin(**NAMED)
    await reader.read()

    reading = await reader.read()

    assert Outcome.PAGE_CHANGED is reading.outcome
    assert "店铺名" in reading.detail
