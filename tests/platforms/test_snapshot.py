"""What is taken of an open page, so that it looks the same without its scripts."""

from typing import Any

import pytest
from aiohttp import web
from playwright.async_api import BrowserContext

from agent.platforms.snapshot import Snapshot, take_snapshot
from tests.platforms.board import SHORT, Visit, fetching, listing, rows


async def taken(visit: Visit, **queue: Any) -> Snapshot:  # noqa: ANN401 (as the pack has it)
    """Read the board's list, and return a snapshot of the page."""
    reader = visit.begin(SHORT, **queue)
    await reader.read()
    assert reader.page is not None

    return await take_snapshot(reader.page)


async def shown_again(context: BrowserContext, html: str, script: str) -> Any:  # noqa: ANN401 (what the page returns)
    """Return what *script* says in a page that is nothing but *html*."""
    page = await context.new_page()
    try:
        kept = {"content_type": "text/html; charset=utf-8", "body": html}
        await page.route("**/*", lambda route: route.fulfill(**kept))
        await page.goto("http://kept.invalid/")
        return await page.evaluate(script)
    finally:
        await page.close()


def css(text: str) -> Any:  # noqa: ANN401 (an answer of the board)
    """Return an answer that is a style sheet."""

    async def give(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=text, content_type="text/css")

    return give


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
async def test_style_sheets_stand_in_the_page(
    visit: Visit, context: BrowserContext, name: str
) -> None:
    """What a sheet hides stays hidden, whether the sheet is the site's own or another host's."""
    visit.board.says(css(".hid { display: none } .none { color: red }"), path="style")
    port = visit.board.site.rpartition(":")[2]
    link = f'<link rel="stylesheet" href="http://{name}:{port}/api/style">'
    visit.board.body = link + listing(1, rest='<p class="hid">看不见</p><p>看得见</p>')

    snapshot = await taken(visit)
    text = await shown_again(context, snapshot.page.html, "() => document.body.innerText")

    assert "看得见" in text
    assert "看不见" not in text
    assert (0, False) == (snapshot.unread_styles, ".none" in snapshot.page.html)


@pytest.mark.asyncio(loop_scope="session")
async def test_rules_of_every_sort_are_kept(visit: Visit, context: BrowserContext) -> None:
    """Rules set by script, imported, in layers or for this width count; those for print do not."""
    visit.board.says(css("#a { display: none }"), path="more")
    visit.board.body = (
        '<style>@import "/api/more"; @layer x { #b { display: none } }'
        "@media (min-width: 9px) { #c { display: none } } @media print { #d { display: none } }"
        "@keyframes come { to { opacity: 1 } } #e { opacity: 0; animation: come 0s forwards }"
        "</style>" + listing(1) + "".join(f'<p id="{name}">{name}</p>' for name in "abcdef")
    )
    visit.board.body += (
        "<script>const sheet = new CSSStyleSheet(); sheet.replaceSync('#f { display: none }');"
        "document.adoptedStyleSheets = [sheet]</script>"
    )

    snapshot = await taken(visit)
    seen = await shown_again(
        context,
        snapshot.page.html,
        "() => [...document.querySelectorAll('p[id]')].filter((p) => p.id.length === 1 &&"
        " p.checkVisibility({checkOpacity: true})).map((p) => p.id).join('')",
    )

    assert seen == "de"


@pytest.mark.asyncio(loop_scope="session")
async def test_shadow_roots_and_what_was_typed_are_kept(
    visit: Visit, context: BrowserContext
) -> None:
    """Open shadow roots come back by themselves; fields show what stood in them, passwords not."""
    visit.board.body = listing(1, rest='<div id="app"></div><input id="q"><input type="password">')
    visit.board.body += (
        "<textarea></textarea><select><option>甲</option><option>乙</option></select>"
        "<script>const root = app.attachShadow({mode: 'open'});"
        "root.innerHTML = '<style>i { display: none }</style><b>里面</b><i>藏着</i>';"
        "q.value = '找'; document.querySelector('[type=password]').value = 'hush';"
        "document.querySelector('textarea').value = '写着';"
        "document.querySelector('select').selectedIndex = 1</script>"
    )

    html = (await taken(visit)).page.html
    seen = await shown_again(
        context,
        html,
        "() => [app.shadowRoot.querySelector('b').checkVisibility(),"
        " app.shadowRoot.querySelector('i').checkVisibility(),"
        " ...['#q', '[type=password]', 'textarea', 'select']"
        ".map((css) => document.querySelector(css).value)]",
    )

    assert [True, False, "找", "", "写着", "乙"] == seen
    assert "<script" not in html
    assert "hush" not in html


@pytest.mark.asyncio(loop_scope="session")
async def test_frames_are_taken_where_they_are_now(visit: Visit) -> None:
    """A frame is kept under the address that it went to, and the page leads there."""
    visit.board.tickets["7"] = "框里的话"
    visit.board.body = listing(1, rest='<iframe id="f" src="/login"></iframe>')
    visit.board.body += "<script>f.onload = () => { f.onload = null; f.src = '/ticket/7' }</script>"

    snapshot = await taken(visit)
    (frame,) = snapshot.frames

    assert f"{visit.board.site}/ticket/7" == frame.url
    assert "框里的话" in frame.html
    assert f'src="{visit.board.site}/ticket/7"' in snapshot.page.html


@pytest.mark.asyncio(loop_scope="session")
async def test_answers_are_taken_with_their_questions(visit: Visit) -> None:
    """The answers that the pack listens for come along, with what was asked; others do not."""
    visit.board.says(rows(1, 2))
    visit.board.says({"secret": 1}, path="other")
    visit.board.body = listing(1, 2, rest="<script>fetch('/api/other')</script>" + fetching())

    (answer,) = (await taken(visit)).answers

    assert ("GET", 200, {"filter": ""}) == (
        answer.method,
        answer.captured.status,
        answer.captured.wants,
    )
    assert rows(1, 2) == answer.captured.body
    assert f"{visit.board.site}/api/list?filter=" == answer.captured.url


@pytest.mark.asyncio(loop_scope="session")
async def test_the_live_page_is_left_as_it_is(visit: Visit) -> None:
    """To be looked at changes nothing: no element, no attribute, no request."""
    visit.board.body = listing(1, rest='<input id="q"><iframe src="/login"></iframe>')
    visit.board.body += (
        "<script>class Own extends HTMLElement { constructor() { super(); window.made ="
        " (window.made || 0) + 1 } }; customElements.define('my-own', Own);"
        "document.body.append(document.createElement('my-own')); q.value = 'x'</script>"
    )
    reader = visit.begin(SHORT)
    await reader.read()
    assert reader.page is not None
    before = await visit.script("() => document.documentElement.outerHTML + window.made")

    await take_snapshot(reader.page)

    assert before == await visit.script("() => document.documentElement.outerHTML + window.made")
    assert visit.board.loads == 1
