"""What a pack may say about the way to a list, and about how it goes on."""

from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from agent.cases import Outcome, Reading
from tests.platforms.board import (
    DOM,
    HASTE,
    RESPONSE,
    SHORT,
    SLOW,
    Visit,
    fetching,
    item,
    listing,
    patience_for,
    rows,
    without,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

TABLE_ONLY: dict[str, Any] = {"response": None}
ASKED_PAGE = without(RESPONSE, "page") | {"asked_page": "p"}
ASKED_OFFSET = without(RESPONSE, "page") | {"asked_offset": "o"}
TURN = {"next": {"css": ["#next"]}, "first": {"css": ["#first"]}}


def ids(reading: Reading) -> list[str]:
    """Return the numbers of the cases in *reading*, in order."""
    return [sighting.key.case_id for sighting in reading.sightings]


def told(reading: Reading) -> tuple[Outcome, list[str]]:
    """Return how *reading* ended, and its cases."""
    return reading.outcome, ids(reading)


FILTERED = """
<button id=tab onclick="if (event.isTrusted) fill()">待处理</button><p id=none>暂无</p>
<ul id=rows></ul><p id=total>共 0 条</p>
<script>
  const fill = () => { rows.innerHTML = `%s`; total.innerText = "共 1 条"; none.remove(); };
</script>
"""


async def test_a_list_is_there_after_the_packs_steps(visit: Visit) -> None:
    """A filter is clicked with a real mouse before anything is believed."""
    visit.board.body = listing(rest="").split("<ul")[0] + FILTERED % item(7)
    steps = [{"wait": {"css": ["#tab"]}}, {"click": {"css": ["#tab"], "text": "待处理"}}]

    reading = await visit.read(**TABLE_ONLY, steps=steps)

    assert (Outcome.ROWS, ["7"]) == told(reading)


async def test_a_way_that_is_not_there_is_a_changed_page(visit: Visit) -> None:
    """The step's own words say what was looked for."""
    visit.board.body = listing(1, total="共 1 条")

    reading = await visit.read(SHORT, **TABLE_ONLY, steps=[{"click": {"text": "待举证"}}])

    assert (Outcome.PAGE_CHANGED, "页面上找不到「待举证」") == (reading.outcome, reading.detail)


async def test_a_step_that_may_be_left_out_is(visit: Visit) -> None:
    """What comes up only now and then is clicked away when it does."""
    visit.board.body = listing(1, total="共 1 条")
    steps = [{"click": {"text": "知道了"}, "optional": True}]

    assert (Outcome.ROWS, ["1"]) == told(await visit.read(**TABLE_ONLY, steps=steps))


async def test_a_step_is_needless_where_its_end_is_there(visit: Visit) -> None:
    """A menu that came up unfolded is not folded by a click."""
    body = "<p onclick='rows.remove()'>菜单</p><p>售后</p>"
    visit.board.body = listing(1, total="共 1 条", rest=body)
    steps = [{"click": {"text": "菜单"}, "unless": {"text": "售后", "exact": True}}]

    assert (Outcome.ROWS, ["1"]) == told(await visit.read(**TABLE_ONLY, steps=steps))


async def test_a_gate_on_the_way_ends_it(visit: Visit) -> None:
    """Nobody waits for a tab on a login page."""
    visit.board.redirect = "/login"

    reading = await visit.read(steps=[{"click": {"text": "待处理"}}])

    assert (Outcome.SIGNED_OUT, "login_page") == (reading.outcome, reading.gate)


SCROLLED = """
<ul id=rows style="height:100px;overflow:auto;padding:0;list-style:none"></ul>
<p id=total>共 %d 条</p>
<script>
  const high = 40, all = %d;
  const draw = () => {
    const from = Math.floor(rows.scrollTop / high);
    const seen = [...Array(all).keys()].slice(from, from + 4);
    rows.innerHTML = `<div style="height:${from * high}px"></div>` + seen.map((number) =>
      `<li style="height:${high}px"><b data-id="${number}">${number}</b></li>`).join("") +
      `<div style="height:${Math.max(0, all - from - 4) * high}px"></div>`;
  };
  // At once: what glides falls behind on a busy machine, and rows slip through between two looks.
  rows.onwheel = (turned) => {
    turned.preventDefault();
    rows.scrollTop += turned.deltaY;
    draw();
  };
  draw();
</script>
"""


@pytest.mark.parametrize(
    ("claimed", "there", "outcome"), [(31, 31, Outcome.ROWS), (33, 31, Outcome.TRUNCATED)]
)
async def test_a_virtual_list_is_scrolled_to_its_end(
    visit: Visit, claimed: int, there: int, outcome: Outcome
) -> None:
    """Only what is in sight is in the page; the total tells whether all of it was."""
    visit.board.body = listing().split("<ul")[0] + SCROLLED % (claimed, there)
    more = {"scroll": {"css": ["#rows"]}}

    reading = await visit.read(HASTE if claimed == there else SLOW, **TABLE_ONLY, more=more)

    assert (outcome, [str(number) for number in range(there)]) == told(reading)


PAGING = """
<button id=next onclick="page += 1; ask()">›</button>
<button id=first onclick="page = 1; ask()">1</button>
<script>
  let page = %d;
  const ask = () => fetch(`/api/list?filter=&p=${page}&o=${2 * (page - 1)}`);
  ask();
</script>
"""


async def page_asked_for(request: web.Request) -> web.StreamResponse:
    """Answer two of five rows, as the request asks, without saying which page they are."""
    first = int(request.query["o"]) + 1
    body = without(rows(*range(first, min(first + 2, 6)), total=5)["data"], "page")
    return web.json_response({"code": 0, "data": body})


@pytest.mark.parametrize("response", [ASKED_PAGE, ASKED_OFFSET])
@pytest.mark.parametrize("remembered", [1, 3])
async def test_the_request_tells_the_page(
    visit: Visit, response: dict[str, Any], remembered: int
) -> None:
    """A list that comes up on another page is turned back to its first, and read whole."""
    visit.board.body = listing(rest=PAGING % remembered)
    visit.board.says(page_asked_for)

    # What comes of turning back shall not be taken for its final answer.
    patience = replace(HASTE, answer=10)
    reading = await visit.read(patience, response=response, dom=None, more=TURN)

    assert (Outcome.ROWS, ["1", "2", "3", "4", "5"]) == told(reading)


async def test_a_list_that_cannot_be_turned_back_is_a_gap(visit: Visit) -> None:
    """What stands before the page that it remembers is out of sight."""
    visit.board.body = listing(rest=PAGING % 3)
    visit.board.says(page_asked_for)

    reading = await visit.read(response=ASKED_PAGE, dom=None, more={"next": {"css": ["#next"]}})

    assert Outcome.TRUNCATED is reading.outcome
    assert "第 3 页" in reading.detail


@pytest.mark.parametrize(
    ("query", "outcome"),
    [("filter=&api=x.page&v=1", Outcome.ROWS), ("filter=&api=y.page", Outcome.PAGE_CHANGED)],
)
async def test_one_address_for_all_questions(visit: Visit, query: str, outcome: Outcome) -> None:
    """What stands in the query tells whose answer it is."""
    visit.board.body = listing(rest=fetching(query))
    visit.board.says(rows(1))

    asked = RESPONSE | {"query": {"api": ["x.page"]}}
    reading = await visit.read(patience_for(outcome), response=asked, dom=None)

    assert outcome is reading.outcome


@pytest.mark.parametrize(
    ("gate", "answer", "status", "is_told"),
    [
        ({"status": [401]}, {}, 401, True),
        ({"status": [401]}, {}, 403, False),
        ({"says": {"msg": ["重新登录", "鉴权"]}}, {"msg": "请重新登录。"}, 200, True),
        ({"says": {"msg": ["重新登录"]}}, {"msg": "系统繁忙"}, 200, False),
        ({"says": {"msg": ["登录"]}, "status": [200]}, {"msg": "未登录"}, 500, False),
        ({"envelope": {"base.ret": [3000]}}, {"base": '{"ret": "3000"}'}, 200, True),
    ],
)
async def test_answers_tell_that_a_session_is_over(
    visit: Visit,
    gate: dict[str, Any],
    answer: dict[str, Any],
    status: int,
    is_told: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """By HTTP's status, by a value, or by words within one; JSON within a text is gone into."""
    visit.board.body = listing(rest=fetching())
    visit.board.says(answer, status=status)
    gates = [{"name": "over", "outcome": "signed_out"} | gate]

    reading = await visit.read(gates=gates)

    assert is_told == (reading.gate == "over")


@pytest.mark.parametrize(
    ("counted", "outcome"),
    [
        ("待审核(0)", Outcome.VERIFIED_EMPTY),
        ("待审核(2)", Outcome.PAGE_CHANGED),
        ("", Outcome.PAGE_CHANGED),
    ],
)
async def test_counters_prove_a_list_empty(visit: Visit, counted: str, outcome: Outcome) -> None:
    """Where they count all that is listed, 0 is a proof, and silence is none."""
    visit.board.body = listing(rest=f"<a>{counted}</a>")
    counters = {"texts": ["待审核(#)"], "proves_empty": True}

    reading = await visit.read(patience_for(outcome), **TABLE_ONLY, counters=counters)

    assert outcome is reading.outcome


async def test_counters_on_the_page_show_a_gap(visit: Visit) -> None:
    """More wait than the list shows."""
    visit.board.body = listing(1, total="共 1 条", rest="<a>待审核(3)</a>")

    reading = await visit.read(**TABLE_ONLY, counters={"texts": ["待审核(#)"]})

    assert (Outcome.TRUNCATED, "平台计数 3，列表里只有 1") == (reading.outcome, reading.detail)


async def test_a_mark_that_error_and_emptiness_share(visit: Visit) -> None:
    """Beside the page's own word of failure the mark of emptiness proves nothing."""
    visit.board.body = listing(rest="<p id=none>暂无数据</p><p>加载失败</p>")

    reading = await visit.read(SHORT, **TABLE_ONLY, dom=DOM | {"error_text": ["加载失败"]})

    assert Outcome.UNREACHABLE is reading.outcome


async def test_a_page_that_cannot_show_its_shop_is_read(visit: Visit) -> None:
    """Then the account vouches for it, as the pack says openly."""
    visit.board.body = listing(1, total="共 1 条", shop="")
    identity = [{"cannot_be_shown": "页面上没有店铺名"}]

    assert (Outcome.ROWS, ["1"]) == told(await visit.read(**TABLE_ONLY, identity=identity))


async def test_words_that_the_pack_has_no_word_for_are_reported(visit: Visit) -> None:
    """The case is kept, with the loud meaning, and the word is told."""
    visit.board.body = listing(rest=fetching())
    visit.board.says(rows(1))
    kind = {"path": "says", "map": {"退款": "refund_only"}, "otherwise": "other"}
    fields = {"case_id": {"path": "id"}, "kind": kind}

    reading = await visit.read(response=RESPONSE | {"fields": fields}, dom=None)

    assert (Outcome.ROWS, "没见过的值：kind=有事") == (reading.outcome, reading.detail)


@pytest.mark.parametrize(
    ("fields", "detail"),
    [
        ({"case_id": {"path": "id"}, "required": ["reason"], "reason": {"path": "x"}}, "reason"),
        ({"case_id": {"path": "id", "mask": "999999+"}}, "单号"),
        ({"case_id": {"path": "starred"}}, "单号"),
    ],
)
async def test_a_row_without_what_is_needed_is_not_skipped(
    visit: Visit, fields: dict[str, Any], detail: str
) -> None:
    """Neither a required field, nor a number of another shape, nor one that is starred out."""
    visit.board.body = listing(rest=fetching())
    answer = rows(1)
    answer["data"]["items"][0]["starred"] = "R12****9"
    visit.board.says(answer)
    visit.hurry()

    reading = await visit.read(response=RESPONSE | {"fields": {"kind": "other"} | fields}, dom=None)

    assert Outcome.PAGE_CHANGED is reading.outcome
    assert detail in reading.detail
