"""What a look tells beyond plain pages: shadow roots, frames, texts in place of classes."""

from typing import Any

import pytest
from playwright.async_api import BrowserContext

from agent.platforms.look import Look
from tests.platforms.looking import FIELDS, looked

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHADOW = """
<div id=app></div><p class=shop>外面的店</p>
<script>
  const outer = document.getElementById("app").attachShadow({mode: "open"});
  outer.innerHTML = "<section><p class=shop>山雀</p><div id=inner></div></section>";
  outer.getElementById("inner").attachShadow({mode: "open"}).innerHTML =
    "<ul><li><b>R1</b><i>待处理</i></li><li><b>R2</b></li></ul><p>共 2 条</p><p>登录超时</p>";
</script>
"""
LIST: dict[str, Any] = {
    "rows": ["li"],
    "items": {"id": {"css": ["b"]}, "all": {}},
    "total_text": "共#条",
    "fields": FIELDS,
}
GATE = {"text": "登录超时"}


async def look_into_shadow(context: BrowserContext, *, shadow: bool) -> Look:
    """Look at a page whose content is two shadow roots deep."""
    names = ({"css": ["section .shop"]},)
    return await looked(
        context, SHADOW, gates=(GATE,), names=names, dom=LIST, counts=("共#条",), shadow=shadow
    )


async def test_open_shadow_roots_are_looked_into(context: BrowserContext) -> None:
    """Gates, names, rows, totals and counters are found however deep they stand."""
    look = await look_into_shadow(context, shadow=True)

    assert (("gate",), ("山雀",), "2", ("2",)) == (look.gates, look.names, look.total, look.counts)
    assert [("R1", "R1待处理"), ("R2", "R2")] == [(row["id"], row["all"]) for row in look.rows]


async def test_shadow_roots_are_left_alone_where_the_pack_does_not_ask(
    context: BrowserContext,
) -> None:
    """Ordinary pages are not searched for them."""
    look = await look_into_shadow(context, shadow=False)

    assert ((), ("",), (), None) == (look.gates, look.names, look.rows, look.total)


FRAMED = "<iframe srcdoc='<p>请拖动滑块</p><ul><li><b>R7</b></li></ul>' {}></iframe>"
SIZE = "width=400 height=300"


@pytest.mark.parametrize(
    ("gate", "attributes", "shut"),
    [
        ({"frame": "srcdoc", "min_size": [200, 100]}, SIZE, True),
        ({"frame": "srcdoc", "min_size": [200, 100]}, "width=1 height=1", False),
        ({"frame": "srcdoc", "min_size": [200, 100]}, f"{SIZE} hidden", False),
        ({"frame": "elsewhere"}, SIZE, False),
        ({"frame": "srcdoc", "text": "拖动"}, SIZE, True),
        ({"frame": "srcdoc", "text": "别的"}, SIZE, False),
        ({"frame": "srcdoc", "css": ["li"]}, SIZE, True),
        ({"text": "拖动"}, SIZE, False),
    ],
)
async def test_a_frame_is_a_gate_when_a_person_sees_it(
    context: BrowserContext,
    gate: dict[str, Any],
    attributes: str,
    shut: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """A frame counts by its address and size, and by what it says where the pack asks for that."""
    look = await looked(context, FRAMED.format(attributes), gates=(gate,))

    assert shut == bool(look.gates)


async def test_rows_in_a_frame_are_read(context: BrowserContext) -> None:
    """The table may stand in a document of its own."""
    dom = LIST | {"frame": "srcdoc"}

    look = await looked(context, FRAMED.format(SIZE), dom=dom)

    assert ["R7"] == [row["id"] for row in look.rows]


TABLE: dict[str, Any] = {
    "rows": ["tr"],
    "start_text": "售后单号",
    "items": {
        "id": {"after": "售后单号"},
        "reason": {"after": "原因"},
        "second": {"cell": 2, "line": 1},
    },
    "empty_text": ["没有符合条件的宝贝"],
    "error_text": ["加载失败"],
    "loading_text": ["加载中"],
    "total_text": "共 # 条",
    "fields": FIELDS,
}
TWO = """<table><tr><td>售后单号： 77 <td>退款<br>其他</tr><tr><td>原因<br>质量<td>b<br>c<td>d</tr>
<tr><td>售后单号：78</tr></table><p>共 <b>1,234</b> 条</p>"""


async def test_rows_are_told_by_their_texts(context: BrowserContext) -> None:
    """Where no class is known, a row begins with a text; labels and cells lead to its values."""
    look = await looked(context, TWO, dom=TABLE)

    assert [
        {"id": "77", "reason": "质量", "second": "b"},
        {"id": "78", "reason": "", "second": ""},
    ] == [*look.rows]
    assert ("1,234", "tr", "售后单号") == (look.total, look.rows_by, look.found_by["id"])


@pytest.mark.parametrize(
    ("html", "empty", "failed", "loading"),
    [
        ("<table><tr><td>没有符合条件的宝贝</table>", True, False, False),
        ("<table><tr><td>没有符合 条件的宝贝</table>", True, False, False),
        ("<p>没有符合条件的宝贝</p>", True, False, False),
        ("<p hidden>没有符合条件的宝贝</p>", False, False, False),
        ("<table><tr><td>没有符合条件的宝贝<td>售后单号 5</table>", False, False, False),
        ("<p>没有符合条件的宝贝</p><p>加载失败，请重试</p>", False, True, False),
        ("<p>没有符合条件的宝贝</p><p>加载中</p>", True, False, True),
        ("<table><tr><td>加载失败<td>售后单号 5</table>", False, False, False),
        ("<table><tr><td>工单号 5</table><p>没有符合条件的宝贝</p>", False, False, False),
        ("<table><tr><th>工单</table><p>没有符合条件的宝贝</p>", True, False, False),
        ("<table><tr><td>&nbsp;</table><p>没有符合条件的宝贝</p>", True, False, False),
        ("<table hidden><tr><td>工单 5</table><p>没有符合条件的宝贝</p>", True, False, False),
        ("", False, False, False),
    ],
)
async def test_emptiness_failure_and_loading_are_told_apart(
    context: BrowserContext,
    html: str,
    empty: bool,  # noqa: FBT001 (columns of the table)
    failed: bool,  # noqa: FBT001
    loading: bool,  # noqa: FBT001
) -> None:
    """A row that is the mark of emptiness counts as the mark; what rows say is no mark.

    Where rows are that begin as none is known to, no mark elsewhere counts.
    """
    look = await looked(context, html, dom=TABLE)

    assert (empty, failed, loading) == (look.empty, look.failed, look.loading)


@pytest.mark.parametrize(
    ("phrase", "html", "number"),
    [
        ("待审核(#)", "<a>待审核(<b>3</b>)</a>", "3"),
        ("待审核(#)", "<a>待审核( 1,203 )</a>", "1,203"),
        ("待审核(#)", "<a>待审核(99+)</a>", "99+"),
        ("待审核(#)", "<a>待审核()</a>", ""),
        ("待审核(#)", "<a hidden>待审核(3)</a>", ""),
        ("待处理#", "<div><p>待处理<p>12</div>", "12"),
        ("共#条", "<p>共3页</p>", ""),
        ("[a.b]*#", "<p>[a.b]*7</p>", "7"),
    ],
)
async def test_counters_on_the_page_are_read(
    context: BrowserContext, phrase: str, html: str, number: str
) -> None:
    """A phrase finds the number that stands in it; its own signs are only signs."""
    assert (number,) == (await looked(context, html, counts=(phrase,))).counts
