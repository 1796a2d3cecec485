import asyncio

import pytest
from aiohttp import web

from agent.cases import Outcome
from agent.platforms.guard import Guard
from agent.platforms.pack import Pack
from tests.platforms.board import Visit, a_pack, listing

PACK: Pack = a_pack("https://shop.example:8443").model_copy(
    update={"hosts": ("passport.b.example", "*.c.example")}
)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://shop.example:8443/list?x=1", True),
        ("https://shop.example/list", False),
        ("https://shop.example:8443.evil.example/", False),
        ("https://shop.example:8443@evil.example/", False),
        ("https://passport.b.example/login", True),
        ("https://b.example/login", False),
        ("https://x.passport.b.example/login", False),
        ("https://a.c.example/", True),
        ("https://a.b.c.example/", True),
        ("https://c.example/", False),
        ("https://evilc.example/", False),
        ("file:///etc/passwd", False),
        ("chrome://settings", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
    ],
)
def test_a_page_may_be_at_the_packs_hosts_only(
    url: str,
    allowed: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """Sites by host and port, other hosts by their whole name or by what stands under it."""
    assert allowed == Guard(PACK).allows(url)


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    "leaving",
    [
        "<script>location.href = 'http://elsewhere.example/x?token=1'</script>",
        "<meta http-equiv=refresh content='0;url=http://elsewhere.example/x'>",
        "<form action='http://elsewhere.example/x'><script>document.forms[0].submit()</script>",
    ],
)
async def test_a_page_is_kept_from_leaving(visit: Visit, leaving: str) -> None:
    """Where it wanted to go is told, without what it wanted to carry there."""
    visit.board.body = leaving

    visit.hurry(came=lambda: visit.session and visit.session.guard.refusals)
    reading = await visit.read(response=None)

    assert Outcome.PAGE_CHANGED is reading.outcome
    assert reading.detail.startswith(
        "页面要去规则里没有的网址，已拦下：http://elsewhere.example/x；"
    )
    assert "token" not in reading.detail


@pytest.mark.asyncio(loop_scope="session")
async def test_a_redirect_is_stopped_too(visit: Visit) -> None:
    """A server sends a page elsewhere as easily as a script does."""
    visit.board.redirect = "http://elsewhere.example/x"

    reading = await visit.read(response=None)

    assert "http://elsewhere.example/x" in reading.detail


@pytest.mark.asyncio(loop_scope="session")
async def test_frames_of_other_hosts_are_the_pages_affair(visit: Visit) -> None:
    """A list beside a foreign frame is read as ever."""
    served = asyncio.Event()

    async def frame(_request: web.Request) -> web.StreamResponse:
        served.set()
        return web.Response(text="<p>frame", content_type="text/html")

    other = web.AppRunner(app := web.Application(), shutdown_timeout=0.1)
    app.add_routes([web.get("/frame", frame)])
    await other.setup()
    await (site := web.TCPSite(other, "127.0.0.1", 0)).start()
    port = other.addresses[0][1]
    visit.board.body = listing(
        1, total="共 1 条", rest=f"<iframe src='http://127.0.0.1:{port}/frame'></iframe>"
    )

    reading = await visit.read(response=None)
    await served.wait()  # which may be after the list was read: it is none of its affair
    await site.stop()
    await other.cleanup()

    assert Outcome.ROWS == reading.outcome
