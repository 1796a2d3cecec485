"""The way in and out: two hosts with the same form, and pages that throw the visitor out."""

import asyncio
from typing import NoReturn
from urllib.parse import quote

from aiohttp import web

from agent.demo.kit import data_island, hand_cookie, json_body
from agent.demo.kit.gates import STATE

BUYERS_FORM = "/new/login.aspx"
SELLERS_FORM = "/login/index.action"
SIGN_IN = "/uc/loginService"
PROBE = "/risk/probe.js"
WRONG = "账号名与密码不匹配，请重新输入"


async def sign_in(request: web.Request) -> web.Response:
    """Let in whoever knows the password, into the first shop of the account."""
    body, state = await json_body(request), request.app[STATE]
    username, password = str(body.get("loginname")), str(body.get("nloginpwd"))
    login = state.accounts.known(username, password)
    if login is None:
        return web.json_response({"pwd": WRONG})
    session = state.start_session(login)
    session.choose(login.shops[0])
    away = state.sites["shop"] + "/jdm/home"
    return hand_cookie(request, web.json_response({"success": away}), session)


async def probe(request: web.Request) -> NoReturn:
    """Never answer: what waits for this script is never told that it is complete."""
    del request
    await asyncio.Event().wait()
    raise web.HTTPGone


def thrown_out(request: web.Request) -> web.Response:
    """Answer a page that leaves for the sellers' form before it is complete."""
    sites = request.app[STATE].sites
    back = quote(sites["shop"] + request.path_qs, safe="")
    away = data_island(f"{sites['entry']}{SELLERS_FORM}?ReturnUrl={back}")
    return web.Response(
        text="<!doctype html><html><head><meta charset='utf-8'><title>京麦</title>\n"
        f"<script>location.replace({away})</script>\n"
        f"<script src='{sites['entry']}{PROBE}'></script></head><body></body></html>",
        content_type="text/html",
    )


def never_complete(request: web.Request, answer: web.Response) -> web.Response:
    """Return the page *answer* with a script at its end that never comes."""
    script = f'<script src="{request.app[STATE].sites["entry"]}{PROBE}"></script>\n</body>'
    answer.text = (answer.text or "").replace("</body>", script)
    return answer
