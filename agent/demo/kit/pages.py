"""Turns the page files into what a browser gets: today's class names and one JSON data island."""

import json
from functools import cache
from html import escape
from importlib import resources
from string import Template
from typing import Any

from aiohttp import web

from agent.demo.kit.gates import MANNERS, SITE, STATE, Handler, life_of, living_session

_TYPES = {"css": "text/css", "js": "text/javascript"}


@cache
def _file(packages: tuple[str, ...], name: str) -> str | None:
    """Return the page file *name* of the first of *packages* that has it."""
    for package in packages:
        path = resources.files(package) / "web" / name
        if path.is_file():
            return path.read_text("utf-8")
    return None


def data_island(value: object) -> str:
    """Return *value* as JSON that cannot end the script tag it stands in."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _shop(request: web.Request) -> dict[str, Any]:
    state, session = request.app[STATE], living_session(request)
    if session is None or session.shown is None:
        return {"shop": None, "page": 1}
    shop = state.shops[session.shown]
    return {
        "shop": {"id": str(shop.shop_id), "name": shop.name},
        "page": shop.page,
        "permitted": shop.permitted,
        "challenged": shop.challenged,
    }


def _boot(request: web.Request, extra: dict[str, Any]) -> dict[str, Any]:
    state, session = request.app[STATE], living_session(request)
    return {
        "site": request.app[SITE],
        "sites": state.sites,
        "now": int(state.clock.now().timestamp() * 1000),
        "mark": state.mark(session),
        "push": state.pushes.on,
        "ui": state.skin.ui,
        "names": state.skin.names,
        "keys": state.skin.keys,
        "heals": state.heals,
        "username": session.login.username if session else "",
        **_shop(request),
        **extra,
    }


def _styles(packages: tuple[str, ...], release: int, script: str) -> str:
    sheets = [name for name in ("base", "office", script) if _file(packages, f"{name}.css")]
    return "\n".join(
        f'<link rel="stylesheet" href="/static/{release}/{name}.css">' for name in sheets
    )


def page(request: web.Request, script: str, title: str, **extra: object) -> web.Response:
    """Answer with the page that *script* (`web/<script>.js`) builds in the browser.

    *extra* travels in the data island beside the site, the shop, the clock and the class names.
    """
    state = request.app[STATE]
    release = state.skin.release
    html = Template(_file(state.web, "page.html") or "").substitute(
        title=escape(title),
        styles=_styles(state.web, release, script),
        script=script,
        release=release,
        boot=data_island(_boot(request, extra)),
    )
    return web.Response(text=html, content_type="text/html")


def signed_in_page(script: str, title: str, **extra: object) -> Handler:
    """Return the handler of a page that is shown only to who is in, by the office's manners."""

    async def show(request: web.Request) -> web.StreamResponse:
        if living_session(request) is None:
            return request.app[MANNERS].dead_page(request, life_of(request))
        return page(request, script, title, **extra)

    return show


def open_page(script: str, title: str, **extra: object) -> Handler:
    """Return the handler of a page that anybody may see: a login form, a frame."""

    async def show(request: web.Request) -> web.StreamResponse:
        return page(request, script, title, **extra)

    return show


def leads_to(path: str) -> Handler:
    """Return the handler of an address that has no page: it leads to *path*, whose gate decides."""

    async def lead(request: web.Request) -> web.StreamResponse:
        del request
        raise web.HTTPFound(path)

    return lead


async def asset(request: web.Request) -> web.Response:
    """Answer with a style sheet, wearing today's class names, or with a script as it is."""
    name, state = request.match_info["name"], request.app[STATE]
    kind = name.rpartition(".")[2]
    text = _file(state.web, name)
    if text is None:
        raise web.HTTPNotFound
    if kind == "css":
        text = Template(text).substitute(ui=state.skin.ui, **state.skin.names)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return web.Response(text=text, content_type=_TYPES[kind], headers=headers)
