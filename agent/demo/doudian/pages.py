"""Turns the page files into what a browser gets: today's class names and one JSON data island."""

import json
from functools import cache
from importlib import resources
from string import Template
from typing import Any

from aiohttp import web

from agent.demo.doudian.gates import SITE, STATE, Handler, living_session
from agent.demo.doudian.state import State

_TYPES = {"css": "text/css", "js": "text/javascript"}


@cache
def _file(name: str) -> str:
    return (resources.files(__package__) / "web" / name).read_text("utf-8")


def data_island(value: object) -> str:
    """Return *value* as JSON that cannot end the script tag it stands in."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _boot(request: web.Request, extra: dict[str, Any]) -> dict[str, Any]:
    state, session = request.app[STATE], living_session(request)
    shop = state.shops[session.shown] if session and session.shown else None
    return {
        "site": request.app[SITE],
        "sites": state.sites,
        "now": int(state.clock.now().timestamp() * 1000),
        "mark": state.mark(session),
        "push": state.pushes.on,
        "ui": state.skin.ui,
        "names": state.skin.names,
        "shop": None if shop is None else {"id": str(shop.shop_id), "name": shop.name},
        "email": session.login.email if session else "",
        **extra,
    }


def page(request: web.Request, script: str, title: str, **extra: object) -> web.Response:
    """Answer with the page that *script* builds in the browser."""
    html = Template(_file("page.html")).substitute(
        title=title,
        script=script,
        release=request.app[STATE].skin.release,
        boot=data_island(_boot(request, extra)),
    )
    return web.Response(text=html, content_type="text/html")


def signed_in_page(script: str, title: str, **extra: object) -> Handler:
    """Return the handler of a page that sends whoever is signed out to the login page."""

    async def show(request: web.Request) -> web.Response:
        if living_session(request) is None:
            raise web.HTTPFound(request.app[STATE].sites["fxg"] + "/login/common")
        return page(request, script, title, **extra)

    return show


async def asset(request: web.Request) -> web.Response:
    """Answer with a style sheet, wearing today's class names, or with a script as it is."""
    name = request.match_info["name"]
    kind = name.rpartition(".")[2]
    try:
        text = _file(name)
    except FileNotFoundError as error:
        raise web.HTTPNotFound from error
    if kind == "css":
        text = _dressed(text, request.app[STATE])
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return web.Response(text=text, content_type=_TYPES[kind], headers=headers)


def _dressed(css: str, state: State) -> str:
    return Template(css).substitute(ui=state.skin.ui, **state.skin.names)


async def captcha_frame(request: web.Request) -> web.Response:
    """Answer with the verify centre's frame: a slider that a person can really move home."""
    # In the real world this is the address of another host; here its name is the path's start.
    return page(request, "captcha", "验证中间页", fp=request.query.get("fp", ""))
