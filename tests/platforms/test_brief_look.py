"""A brief look lays nothing out: it tells what a whole one would, or that it is in doubt."""

import json
from typing import Any

import pytest
from playwright.async_api import BrowserContext

from agent.platforms.look import EXTRACT, Look, look_from
from agent.platforms.resting import may_be_brief, shade
from tests.platforms.looking import a_spec, looked
from tests.shipped import PACKS

pytestmark = pytest.mark.asyncio(loop_scope="session")

OWN = "山雀百货"
PHRASE = "登录过期，请重新登录"
STYLE = "<style>.away { display: none } .there { display: block !important }</style>"
NAMED: dict[str, Any] = {
    "names": ({"css": ["h1"], "line": 1},),
    "gates": ({"text": PHRASE, "not_in": ["#chat"]}, {"css": [".slider"], "min_size": [200, 100]}),
}
TABLE: dict[str, Any] = {
    "rows": ["tbody > tr"],
    "headers": ["th"],
    "items": {
        "id": {"css": ["[data-id]"], "attr": "data-id"},
        "status": {"column": "状态", "line": 1},
        "left": {"column": "状态", "line": 2},
        "reason": {"after": "原因"},
        "said": {"css": [".said"]},
    },
}


def a_page(body: str = "", head: str = f"<h1>{OWN}<p>企业店铺</p></h1>") -> str:
    """Return a page with a shop's name in its *head*."""
    return f"{STYLE}{head}{body}"


def rooted(html: str) -> str:
    """Return an element with *html* in a shadow root."""
    script = (
        f"document.querySelector('section').attachShadow({{mode: 'open'}}).innerHTML = '{html}'"
    )
    return f"<section></section><script>{script}</script>"


async def briefly(context: BrowserContext, html: str, **given: Any) -> Look | None:  # noqa: ANN401
    """Look at a page of *html* without having it laid out; None if that look is in doubt."""
    page = await context.new_page()
    await page.set_content(html)
    asked = json.dumps(a_spec(**given).within(None))
    said = await page.evaluate(f"() => (({EXTRACT}\n)({asked}, {json.dumps(OWN)}))")
    await page.close()
    look = look_from(said)
    assert said is None or (look is not None and look.brief), said

    return look


@pytest.mark.parametrize(
    ("html", "sure"),
    [
        (a_page(), True),
        (a_page(head=f"<h1><span>山雀</span><b>百货</b><div>{PHRASE[:2]}</div></h1>"), True),
        (a_page(head=f"<h1><p hidden>麻雀百货</p>{OWN}</h1>"), True),
        (a_page(f"<div id=chat>{PHRASE}</div>"), True),
        (a_page(f"<div style='color: red; display: none'><p>{PHRASE}</p></div>"), True),
        (a_page("<i class=slider style='DISPLAY:NONE'></i>"), True),
        (a_page(f"<p>{PHRASE}</p>"), False),
        (a_page(f"<p class=away>{PHRASE}</p>"), False),
        (a_page("<i class='slider away'></i>"), False),
        (a_page(head="<h1>麻雀百货</h1>"), False),
        (a_page(head="<h1></h1>"), False),
        (a_page(head=""), False),
        (a_page(f"<p hidden style='display: block'>{PHRASE}</p>"), False),
        (a_page(f"<p class=there style='display: none'>{PHRASE}</p>"), False),
        (a_page(head=f"<h1>{OWN}</h1><h1>{OWN}</h1>"), True),
        (a_page(head=f"<h1>{OWN}</h1><h1>麻雀百货</h1>"), False),
        (a_page(head=f"<h1 class=away>{OWN}</h1><h1>麻雀百货</h1>"), False),
        (a_page(head=f"<h1 class=away>麻雀百货</h1><h1>{OWN}</h1>"), False),
    ],
)
async def test_what_may_be_hidden_is_in_doubt(
    context: BrowserContext,
    html: str,
    sure: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """A gate that is there at all, another name or none is for a whole look to see.

    Where it is sure it says of the shop and its gates what a whole look says.
    """
    look = await briefly(context, html, **NAMED)

    assert sure == (look is not None)
    if look is not None:
        assert (await looked(context, html, **NAMED)).names == look.names
        assert () == look.gates


@pytest.mark.parametrize(
    "cells",
    [
        "<td><i data-id=1></i></td><td>待处理<p>剩 3 小时</p></td><td>原因：不想要了<br>快</td>",
        "<td data-id=1><td><div><span>待</span><b>处理</b></div>剩 <em>3</em> 小时<td>",
        "<td><i data-id=1>\n a \n</i></td><td>待处理<td><p class=said>你好 <u>在吗</u></p>",
        "<td><i data-id=1></i><div>原因<div>质量</div></div></td><td>  待  处理 </td><td></td>",
        "<td><i data-id=1></i></td><td hidden>藏</td><td>待处理<p style='display:none'>藏</p></td>",
        "<td><i data-id=1></i><script>var a</script></td><td>待<button>处理</button></td>",
        "<td><i data-id=1></i><svg><style>a</style></svg><td>待<img><ins>处理</ins> <br>剩",
    ],
)
async def test_rows_are_as_a_whole_look_reads_them(context: BrowserContext, cells: str) -> None:
    """Lines, columns and labels come out alike, though the browser drew none of them."""
    html = (
        "<table><thead><tr><th>单号</th><th>状态</th><th>其他</th></tr></thead>"
        f"<tbody><tr>{cells}</tr></tbody></table>"
    )
    look = await briefly(context, html, dom=TABLE)

    assert look is not None
    assert (await looked(context, html, dom=TABLE)).rows == look.rows


async def test_what_is_within_a_shadow_root_is_seen(context: BrowserContext) -> None:
    """The shop's name and its gates, as a whole look sees them."""
    shut = await briefly(context, a_page(rooted(f"<p>{PHRASE}</p>")), **NAMED, shadow=True)
    headed = a_page(head=rooted(f"<h1>{OWN}</h1>"))
    named = await briefly(context, headed, **NAMED, shadow=True)

    assert shut is None
    assert named is not None
    assert (OWN,) == named.names


async def test_a_brief_look_draws_nothing(context: BrowserContext) -> None:
    """What nobody paints stays so, and no line of it is laid out."""
    page = await context.new_page()
    await page.set_content(a_page("<table><tbody><tr><td data-id=1>原因：慢</tr></table>"))
    await shade(page)
    asked = json.dumps(a_spec(**NAMED, dom=TABLE).within(None))
    counted = await page.evaluate(
        """([extract, asked, own]) => {
          let laid = 0;
          for (const name of ["getBoundingClientRect", "checkVisibility"]) {
            Element.prototype[name] = () => { laid += 1; };
          }
          Object.defineProperty(HTMLElement.prototype, "innerText", {get: () => { laid += 1; }});
          const told = (0, eval)(extract)(JSON.parse(asked), own);
          const shaded = document.adoptedStyleSheets.includes(window.geshaoShade);
          return [told.names, told.dom.rows.length, laid, shaded];
        }""",
        [EXTRACT, asked, OWN],
    )

    assert [[OWN], 1, 0, True] == counted


async def test_which_lists_may_be_looked_at_briefly() -> None:
    """Those that are heard, but for one whose table alone tells the limits."""
    never = {
        f"{platform}/{name}"
        for platform, pack in PACKS.items()
        for name, queue in pack.queues.items()
        if not may_be_brief(pack, queue)
    }

    assert {"jd/aftersale", "roundup/issues", "wangshangliao/message"} == never
