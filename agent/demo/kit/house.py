"""What stands around every answer of an office: remembering, slowness, troubles, stamps."""

from collections.abc import Iterable
from typing import Any

from aiohttp import web

from agent.demo.kit.gates import MANNERS, SITE, STATE, Handler, living_session, session_of
from agent.demo.kit.manners import Manners
from agent.demo.kit.pages import asset
from agent.demo.kit.records import SeenRequest
from agent.demo.kit.state import State
from agent.demo.kit.troubles import Trouble

A_LARGE_BODY = 1024 * 1024
INTO_THE_SCRIPT = 60

_STATUS = {Trouble.HTTP_500: 500, Trouble.HTTP_403: 403, Trouble.HTTP_429: 429}


@web.middleware
async def remember(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Keep what was asked, then make the visitor wait as long as the platform is slow."""
    state, session = request.app[STATE], session_of(request)
    now = state.clock.now()
    if session is not None:
        session.use(now, state.idle_life)
    seen = SeenRequest(
        at=now,
        site=request.app[SITE],
        method=request.method,
        path=request.path,
        query=dict(request.query),
        username=session.login.username if session else None,
        shop=session.shown if session else None,
    )
    state.requests.append(seen)
    if state.lag_s > 0:
        await state.clock.sleep(state.lag_s)
    return await handler(request)


@web.middleware
async def suffer(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Play the trouble that the office has just now, if the request is one that it befalls."""
    manners, state = request.app[MANNERS], request.app[STATE]
    if state.trouble is None or request.method == "OPTIONS":
        return await handler(request)
    if manners.is_list_call(request):
        return await _troubled_call(request, handler)
    answer = await handler(request)
    if state.trouble is Trouble.TRUNCATED_HTML and request.path in manners.queue_pages:
        _cut(answer)
    return answer


async def _troubled_call(request: web.Request, handler: Handler) -> web.StreamResponse:
    state = request.app[STATE]
    trouble = state.trouble
    if trouble in _STATUS:
        return web.json_response({"message": "service error"}, status=_STATUS[trouble])
    if trouble is Trouble.ENVELOPE:
        return request.app[MANNERS].failure_answer(request)
    if trouble is Trouble.GARBAGE:
        return web.Response(text='upstream {"lost', content_type="application/json")
    if trouble is Trouble.HANG:
        await state.trouble_over.wait()
    return await handler(request)


def _cut(answer: web.StreamResponse) -> None:
    """Leave of a page what stands before its first script is complete."""
    if isinstance(answer, web.Response) and answer.text is not None:
        script = answer.text.find("<script")
        end = len(answer.text) // 2 if script < 0 else script + INTO_THE_SCRIPT
        answer.text = answer.text[:end]


@web.middleware
async def stamp(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tell pages the platform's time and whether they are stale; let other sites' pages read it."""
    state, manners, site = request.app[STATE], request.app[MANNERS], request.app[SITE]
    crossed = site in manners.cross_origin
    if crossed and request.method == "OPTIONS":
        response: web.StreamResponse = web.Response(status=204)
    else:
        response = await handler(request)
    if response.prepared:
        return response
    response.headers["x-page-mark"] = state.mark(living_session(request))
    response.headers["x-server-now"] = str(int(state.clock.now().timestamp() * 1000))
    response.headers.setdefault("Cache-Control", "no-store")
    if crossed:
        _let_read(response, state.sites[manners.cross_origin[site]], manners.exposed_headers)
    return response


def _let_read(response: web.StreamResponse, origin: str, headers: tuple[str, ...]) -> None:
    exposed = ", ".join(("x-page-mark", "x-server-now", *headers))
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Allow-Credentials"] = "true"
    response.headers["Access-Control-Allow-Headers"] = "content-type"
    response.headers["Access-Control-Expose-Headers"] = exposed


def application(
    site: str, state: State[Any], manners: Manners, routes: Iterable[web.AbstractRouteDef]
) -> web.Application:
    """Return *site* with its *routes* and the page files, behind all of the above."""
    app = web.Application(middlewares=[remember, stamp, suffer], client_max_size=A_LARGE_BODY)
    app[STATE] = state
    app[MANNERS] = manners
    app[SITE] = site
    app.add_routes(routes)
    app.router.add_get(r"/static/{release}/{name:[a-z_]+\.(?:css|js)}", asset)
    return app
