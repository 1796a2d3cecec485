"""The way in: a code on the login page, drawn anew when it is spent, scanned with a phone."""

from collections.abc import Iterator
from urllib.parse import quote

from aiohttp import web

from agent.demo.kit import Life, hand_cookie, living_session, page
from agent.demo.kit.gates import STATE
from agent.demo.weixin_store.aftersale import envelope
from agent.demo.weixin_store.books import DOOR, Code

LOGIN = "/shop"
HOME = "/shop/home"
# The addresses behind the login page are not known.
CGI = "/shop-faas/login/cgi"
WAITS, LET_IN, SPENT = 0, 1, 2


async def front(request: web.Request) -> web.Response:
    """Answer the root: the login page, or the way home for who is in."""
    if living_session(request) is not None:
        return web.Response(status=302, headers={"Location": HOME})
    return page(request, "login", "微信小店", back=_back(request))


def _back(request: web.Request) -> str:
    """Return where to go after the scan; only pages of this site count."""
    path = request.query.get("redirect_url", "")
    return path if path.startswith("/shop/") else HOME


async def draw(request: web.Request) -> web.Response:
    """Draw a new code."""
    state, door = request.app[STATE], request.app[DOOR]
    code = Code(state.secret(), state.clock.now())
    door.codes[code.uuid] = code
    return envelope(rest={"uuid": code.uuid})


async def ask_after(request: web.Request) -> web.Response:
    """Answer whether the code was scanned; the first to hear of it is let in."""
    code = request.app[DOOR].codes.get(request.query.get("uuid", ""))
    if code is None or code.is_spent(request.app[STATE].clock.now()):
        return envelope(rest={"state": SPENT})
    if code.session is None:
        return envelope(rest={"state": WAITS})
    return hand_cookie(request, envelope(rest={"state": LET_IN}), code.session)


def away(request: web.Request, life: Life | None) -> web.Response:
    """Answer a page's address to somebody who is not in: who was in is told so in place."""
    if life in {Life.SIGNED_OUT, Life.KICKED}:
        # Nothing is known that would tell a kick apart.
        return page(request, "expired", "微信小店")
    back = quote(request.path, safe="")
    return web.Response(status=302, headers={"Location": f"{LOGIN}?redirect_url={back}"})


def routes() -> Iterator[web.RouteDef]:
    """Yield the login page and its calls."""
    yield web.get("/", front)
    yield web.get(LOGIN, front)
    yield web.post(f"{CGI}/getLoginQrcode", draw)
    yield web.post(f"{CGI}/askLoginQrcode", ask_after)
