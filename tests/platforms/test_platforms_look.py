from typing import Any, cast

import pytest
from playwright.async_api import BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from agent.cases import Outcome
from agent.platforms.look import Look, Spec, look_at
from agent.platforms.signs import Gate
from agent.platforms.unread import CannotRead
from tests.platforms.looking import looked
from tests.platforms.waiting import LONG_S

pytestmark = pytest.mark.asyncio(loop_scope="session")


PHRASE = "登录过期，请重新登录"
TEXT = {"text": PHRASE, "not_in": ["#chat", "table"]}
FRAME = {"css": ["iframe.captcha"], "min_size": [200, 100]}
SIZE = "width:380px;height:348px"


@pytest.mark.parametrize(
    ("gate", "html", "shut"),
    [
        (TEXT, f"<p>{PHRASE}</p>", True),
        (TEXT, "<p>登录过期，请<a href=#>重新登录</a></p>", True),
        (TEXT, "<p>登录过期，<br>请重新登录</p>", True),
        (TEXT, "<p>登录过期， 请 重新登录！</p>", True),
        (TEXT, f"<div style='display:contents'>{PHRASE}</div>", False),
        (TEXT, f"<p hidden>{PHRASE}</p>", False),
        (TEXT, f"<p style='visibility:hidden'>{PHRASE}</p>", False),
        (TEXT, f"<div style='opacity:0'><p>{PHRASE}</p></div>", False),
        (TEXT, f"<p style='position:absolute;left:-9999px'>{PHRASE}</p>", False),
        (TEXT, f"<p style='margin-top:5000px'>{PHRASE}</p>", True),
        (TEXT, f"<script type='application/json'>{PHRASE}</script>", False),
        (TEXT, f"<input value='{PHRASE}'>", False),
        (TEXT, f"<div id=chat><p>{PHRASE}</p></div>", False),
        (TEXT, f"<table><tr><td>{PHRASE}</td></tr></table>", False),
        (TEXT, f"<div id=chat>{PHRASE}</div><p>{PHRASE}</p>", True),
        (TEXT, "<p>登录</p>", False),
        (FRAME, f"<iframe class=captcha style='{SIZE}'></iframe>", True),
        (FRAME, f"<div hidden><iframe class=captcha style='{SIZE}'></iframe></div>", False),
        (FRAME, "<iframe class=captcha style='width:1px;height:1px'></iframe>", False),
        (FRAME, f"<iframe class=captcha style='{SIZE};margin-left:-500px'></iframe>", False),
        (FRAME, f"<iframe class=captcha style='{SIZE};opacity:0'></iframe>", False),
        ({"title": "验证"}, "<title>验证码中间页</title>", True),
        ({"title": "验证", "css": ["#b"]}, "<title>验证码中间页</title>", False),
    ],
)
async def test_a_gate_is_what_a_person_would_see(
    context: BrowserContext,
    gate: dict[str, Any],
    html: str,
    shut: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """Shown words and frames shut the gate; hidden ones, and other people's words, do not."""
    look = await looked(context, html, gates=(gate,))

    assert (("gate",) if shut else ()) == look.gates


@pytest.mark.parametrize(
    ("place", "html", "name"),
    [
        ({"css": [".a", ".b"]}, "<i class=b>乙</i>", "乙"),
        ({"css": [".a", ".b"]}, "<i class=a></i><i class=b>乙</i>", "乙"),
        ({"css": [".a"]}, "<i class=a hidden>甲</i><i class=a>乙</i>", "乙"),
        ({"css": [".a"], "line": 1}, "<div class=a>甲店<p>企业店铺</p></div>", "甲店"),
        ({"css": [".a"], "line": 2}, "<div class=a>甲店<p>企业店铺</p></div>", "企业店铺"),
        ({"css": [".a"], "line": 3}, "<div class=a>甲店</div>", ""),
        ({"css": [".a"]}, "<i class=a>\u200b甲店\ufeff</i>", "甲店"),
        ({"title_after": " - "}, "<title>列表 - 甲 - 乙店</title>", "乙店"),
        ({"title_after": " - "}, "<title>列表</title>", ""),
        ({"response": "main:/me", "path": "name"}, "<i class=a>甲</i>", ""),
    ],
)
async def test_the_shops_name_is_read_where_it_is_shown(
    context: BrowserContext, place: dict[str, Any], html: str, name: str
) -> None:
    """Ordered candidates, a line of an element, or the end of the title."""
    assert (name,) == (await looked(context, html, names=(place,))).names


TICKETS = """
<table><thead><tr><th>选</th><th>商品</th><th>状态</th></tr></thead>
<tbody>
<tr class=measure><td></td></tr>
<tr class=head><td colspan=3>
  <i data-json='{"id": 148009215158000004, "o": {"nr": "7"}}'>单号</i></td></tr>
<tr class=body><td></td><td>帆布包<p class=spec>蓝</p></td><td><p>待处理</p><p>3小时后关闭</p>
  <p>申请原因： 太小 <b>&lt;b&gt;</b></p></td></tr>
<tr class=head><td colspan=3><i data-json='{"id": "9"}'>单号</i></td></tr>
<tr class=body><td></td><td>伞</td><td><p>完成</p></td></tr>
</tbody></table>"""
TABLE: dict[str, Any] = {
    "rows": [".new tr", "tbody > tr"],
    "start": ["[data-json]"],
    "headers": ["thead th"],
    "items": {
        "id": {"css": ["[data-json]"], "attr": "data-json", "json": "id"},
        "order": {"css": ["[data-json]"], "attr": "data-json", "json": "o.nr"},
        "status": {"column": "状态", "line": 1},
        "countdown": {"column": "状态", "line": 2},
        "spec": {"column": "商品", "css": [".spec"]},
        "reason": {"after": "申请原因"},
        "has_spec": {"css": [".spec"], "has": True},
        "gone": {"column": "物流"},
    },
}


async def test_a_ticket_of_two_rows_is_read_as_one(context: BrowserContext) -> None:
    """Columns by their heading, JSON in attributes, lines and labels; ids keep all their digits."""
    look = await looked(context, TICKETS, dom=TABLE)

    assert [
        {
            "id": "148009215158000004",
            "order": "7",
            "status": "待处理",
            "countdown": "3小时后关闭",
            "spec": "蓝",
            "reason": "太小 <b>",
            "has_spec": "1",
            "gone": "",
        },
        {
            "id": "9",
            "order": "",
            "status": "完成",
            "countdown": "",
            "spec": "",
            "reason": "",
            "has_spec": "",
            "gone": "",
        },
    ] == list(look.rows)


async def test_a_table_of_the_older_library_does_not_hide_the_newer(
    context: BrowserContext,
) -> None:
    """The first candidate with tickets in it counts, not the first that is there."""
    html = "<table class=new><tr><td>月份</td></tr></table>" + TICKETS

    assert 2 == len((await looked(context, html, dom=TABLE)).rows)


async def test_columns_are_found_when_they_move(context: BrowserContext) -> None:
    """The place of a column is its heading's."""
    html = TICKETS.replace("<th>商品</th><th>状态</th>", "<th>状态</th><th>商品</th>")

    assert "帆布包" == (await looked(context, html, dom=TABLE)).rows[0]["status"]


async def test_marks_count_when_they_are_shown(context: BrowserContext) -> None:
    """Emptiness, loading and totals are what is visible; the row of the mark is no ticket."""
    dom = {
        "rows": ["tr"],
        "empty": ["tr[class*='empty']"],
        "loading": [".spin"],
        "total": [".sum"],
        "items": {"id": {"css": ["td"]}},
    }
    html = (
        "<table><tr class=is-empty-1><td>暂无</td></tr></table><p class=spin hidden></p>"
        "<p class=sum></p><p class=sum hidden>共 8 条</p><p class=sum>共 0 条</p>"
    )

    look = await looked(context, html, dom=dom)

    assert ((), True, False, "共 0 条") == (look.rows, look.empty, look.loading, look.total)


async def test_a_page_that_spells_json_its_own_way_is_read_all_the_same(
    context: BrowserContext,
) -> None:
    """Old libraries teach lists to write themselves down, as texts within texts."""
    teaches = "Array.prototype.toJSON = function () { return `[${this.length}]`; }"
    html = f"<script>{teaches}</script><p>{PHRASE}</p>"

    look = await looked(context, html, gates=(TEXT,))

    assert ("gate",) == look.gates


async def test_a_wrong_selector_in_a_pack_is_told(context: BrowserContext) -> None:
    """It is not the browser that failed."""
    with pytest.raises(CannotRead, match="选择器") as caught:
        await looked(context, "", gates=({"css": ["a{"]},))

    assert Outcome.PAGE_CHANGED is caught.value.outcome


class Leaving:
    """A page that goes elsewhere just as it is looked at, as Playwright tells of it."""

    def __init__(self, said: str) -> None:
        self.said = said

    async def evaluate(self, _script: str) -> object:
        """Fail."""
        raise PlaywrightError(f"Page.evaluate: {self.said}\nand a stack")


@pytest.mark.parametrize(
    "said",
    [
        "Execution context was destroyed, most likely because of a navigation",
        "Execution context was destroyed",
        "Frame was detached",
        "Frame has been detached.",
        "Unable to adopt element handle from a different document",
    ],
)
async def test_a_page_that_is_leaving_only_seems_to_load(said: str) -> None:
    """A look that a navigation cuts off says nothing about gates, rows or emptiness."""
    spec = Spec(gates=(Gate(name="gate", outcome=Outcome.SIGNED_OUT, css=("html",)),))

    assert Look(loading=True) == await look_at(cast("Page", Leaving(said)), spec, LONG_S)


async def test_a_page_stuck_in_a_loop_is_not_waited_for(context: BrowserContext) -> None:
    """A look has a limit of its own."""
    page = await context.new_page()
    await page.set_content("<script>hang = () => setTimeout(() => { while (true); }, 0)</script>")
    await page.evaluate("hang()")

    with pytest.raises(TimeoutError):
        await look_at(page, Spec(), 0.3)
    await page.close()
