"""What every call passes before it is answered: signature, session, challenge, permission."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic

from aiohttp import web

from agent.demo.kit.accounts import Life, Session
from agent.demo.kit.manners import Manners
from agent.demo.kit.state import BooksT, State

STATE: web.AppKey[State[Any]] = web.AppKey("state", State)
MANNERS: web.AppKey[Manners] = web.AppKey("manners", Manners)
SITE = web.AppKey("site", str)

THIRTY_DAYS_S = 30 * 24 * 3600

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Desk(Generic[BooksT]):
    """A request that passed the gates, with what it may touch: the books of the shop shown."""

    request: web.Request
    state: State[BooksT]
    session: Session
    shop: BooksT

    async def body(self) -> dict[str, Any]:
        """Return the JSON object that came with the request; anything else is a bad request."""
        return await json_body(self.request)

    def write(self, body: dict[str, Any]) -> None:
        """Record that this request changes something."""
        site = self.request.app[SITE]
        self.state.record_write(site, self.request.path, self.shop.name, body)


DeskHandler = Callable[[Desk[BooksT]], Awaitable[web.StreamResponse]]


async def json_body(request: web.Request) -> dict[str, Any]:
    """Return the JSON object that came with *request*; anything else is a bad request."""
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="body must be a JSON object")
    return body


def session_of(request: web.Request) -> Session | None:
    """Return the session that the request's cookie names, alive or not."""
    state = request.app[STATE]
    return state.sessions.get(request.cookies.get(state.cookie, ""))


def living_session(request: web.Request) -> Session | None:
    """Return the request's session if it still opens the door and a shop was picked."""
    session = session_of(request)
    return None if session is None or session.showing is None else session


def session_at_the_door(request: web.Request) -> Session | None:
    """Return the request's session if it still opens the door, whether or not a shop was picked."""
    session = session_of(request)
    return session if session is not None and session.life is Life.ALIVE else None


def life_of(request: web.Request) -> Life | None:
    """Return how the request's session stands; None if it never had one."""
    session = session_of(request)
    return session.life if session is not None else None


def hand_cookie(request: web.Request, answer: web.Response, session: Session) -> web.Response:
    """Return *answer* with the cookie of *session*, as after a sign-in."""
    name = request.app[STATE].cookie
    answer.set_cookie(name, session.token, max_age=THIRTY_DAYS_S, httponly=True, samesite="Lax")
    return answer


def needs_session(handler: DeskHandler[BooksT]) -> Handler:
    """Return the call *handler* behind signature, session and challenge."""

    async def call(request: web.Request) -> web.StreamResponse:
        manners, state = request.app[MANNERS], request.app[STATE]
        away = manners.turn_away(request)
        if away is not None:
            return away
        session = living_session(request)
        if session is None or session.shown is None:
            return manners.dead_answer(request, life_of(request))
        shop = state.shops[session.shown]
        if shop.challenged:
            return manners.challenge_answer(request)
        return await handler(Desk(request, state, session, shop))

    return call


def needs_permission(handler: DeskHandler[BooksT]) -> Handler:
    """Return the call *handler* behind all of that and the shop's after-sales right."""

    async def check(desk: Desk[BooksT]) -> web.StreamResponse:
        if not desk.shop.permitted:
            return desk.request.app[MANNERS].denied_answer(desk.request)
        return await handler(desk)

    return needs_session(check)


async def push_socket(request: web.Request) -> web.StreamResponse:
    """Keep the page's socket, if there is push at all and the visitor is signed in."""
    state, session = request.app[STATE], living_session(request)
    if session is None or not state.pushes.on:
        raise web.HTTPForbidden
    return await state.pushes.serve(request, session)
