"""Lists that ask for more as they are scrolled, and names that an answer of its own tells."""

import pytest
from aiohttp import web

from agent.cases import Outcome
from tests.platforms.board import RESPONSE, SHOP, Visit, listing, patience_for, rows, without

pytestmark = pytest.mark.asyncio(loop_scope="session")

GROWING = """
<div id=list style="height:100px;overflow:auto"><div id=inner style="height:400px"></div></div>
<script>
  let page = 0, asking = false;
  const list = document.getElementById("list"), inner = document.getElementById("inner");
  const ask = () => {
    asking = true;
    fetch(`/api/list?filter=&p=${++page}`).then((r) => r.json()).then((answer) => {
      asking = false;
      inner.style.height = `${page * 400}px`;
    });
  };
  const isNearEnd = () => list.scrollTop + list.clientHeight >= inner.offsetHeight - 10;
  list.onscroll = () => { if (!asking && page < 3 && isNearEnd()) ask(); };
  ask();
</script>
"""


async def one_page(request: web.Request) -> web.StreamResponse:
    """Answer one of three pages of two rows."""
    first = 2 * int(request.query["p"]) - 1
    return web.json_response(without(rows(first, first + 1, total=6), "page"))


async def test_a_list_is_scrolled_until_it_asks_for_more(visit: Visit) -> None:
    """One turn of the wheel need not be enough: many ask only near their end."""
    visit.board.body = listing().split("<ul")[0] + GROWING
    visit.board.says(one_page)
    response = without(RESPONSE, "page") | {"asked_page": "p"}

    more = {"scroll": {"css": ["#list"]}}

    reading = await visit.read(response=response, dom=None, more=more)

    assert Outcome.ROWS is reading.outcome, reading.detail
    assert [*"123456"] == [sighting.key.case_id for sighting in reading.sightings]


@pytest.mark.parametrize(
    ("query", "outcome"), [("a=me", Outcome.ROWS), ("a=other", Outcome.PAGE_CHANGED)]
)
async def test_the_shops_name_is_told_by_an_answer_of_its_own(
    visit: Visit, query: str, outcome: Outcome
) -> None:
    """It may be posted, and share its address with other questions."""
    asking = f"<script>fetch('/api/who?{query}', {{method: 'POST'}})</script>"
    visit.board.body = listing(1, total="共 1 条", shop="", rest=asking)
    visit.board.says({"who": {"name": SHOP}}, path="who")
    place = {
        "response": "main:/api/who",
        "method": "POST",
        "query": {"a": ["me"]},
        "path": "who.name",
    }

    reading = await visit.read(patience_for(outcome), response=None, identity=[place])

    assert outcome is reading.outcome
