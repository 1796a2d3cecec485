"""A login address that leads on to another one: that is not being signed in yet."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Page

from agent.clock import SystemClock
from agent.platforms.host import BrowserHost
from agent.platforms.login import Account, LoginPatience, SignIn, sign_in
from agent.platforms.pack import Pack
from tests.platforms.board import SHOP, a_pack

pytestmark = pytest.mark.asyncio(loop_scope="session")

ACCOUNT = Account("owner@example.com", "right horse", SHOP)
PATIENCE = LoginPatience(step=60, optional=0.2, done=60, act=30, between_looks=0.05)
"""What comes is waited for however long it takes on a busy machine."""
SHORT = replace(PATIENCE, step=1)
"""For a form that never comes."""
FORM = "<input name=user><input name=pw type=password><button>登录</button>"
NAME_FIRST = "<input name=user><button formmethod=get formaction=/second>下一步</button>"


@dataclass
class Offices:
    """A back office at *main* whose login leads to *leads_to*; *sent* is what was filled in there.

    The form is at *passport*, which is the same server under another port; it comes a moment after
    its page, as the forms of real pages do.
    """

    main: str = ""
    passport: str = ""
    leads_to: str = "/signin"
    form: str = FORM
    sent: list[dict[str, str]] = field(default_factory=list)

    async def login(self, _request: web.Request) -> web.StreamResponse:
        """Lead on to where one signs in."""
        raise web.HTTPFound(self.passport + self.leads_to)

    async def signin(self, request: web.Request) -> web.StreamResponse:
        """Show the form, and take what was filled in; only one password is right."""
        self.sent.append({key: str(value) for key, value in (await request.post()).items()})
        given = self.sent[-1].get("pw")
        if given == ACCOUNT.password:
            raise web.HTTPFound(self.main + "/home")
        return _later("密码不对" if given else f"<form method=post>{self.form}</form>")

    async def second(self, _request: web.Request) -> web.StreamResponse:
        """Ask for the password on a page of its own."""
        return _later(f"<form method=post action=/signin>{FORM}</form>")

    async def home(self, _request: web.Request) -> web.StreamResponse:
        """Show a page without a form."""
        return web.Response(text="<p>首页</p>", content_type="text/html")

    def pack(self) -> Pack:
        """Return the pack of this back office, which knows no mark of who is signed in."""
        fills = [
            {"fill": {"css": ["[name=user]"]}, "value": "username"},
            {"click": {"css": ["button"], "text": "下一步"}, "optional": True},
            {"fill": {"css": ["[name=pw]"]}, "value": "password"},
            {"click": {"css": ["button"], "text": "登录"}},
        ]
        login = {"url": "main:/login", "steps": fills, "refused": ["密码不对"]}
        gates = [{"name": "entry", "outcome": "signed_out", "url": "/entry"}]
        said = a_pack(self.main).model_dump(by_alias=True, exclude_unset=True)
        sites = {"main": self.main, "passport": self.passport}
        return Pack.model_validate(said | {"login": login, "gates": gates, "sites": sites})


def _later(html: str) -> web.Response:
    then = f"document.body.insertAdjacentHTML('beforeend', {json.dumps(html)})"
    page = f"<!doctype html><body><script>setTimeout(() => {then}, 300)</script></body>"
    return web.Response(text=page, content_type="text/html")


@pytest_asyncio.fixture(loop_scope="session")
async def offices() -> AsyncIterator[Offices]:
    """Yield a back office on one port, whose people sign in on another."""
    offices = Offices()
    app = web.Application()
    app.add_routes(
        [
            web.get("/login", offices.login),
            web.route("*", "/signin", offices.signin),
            web.get("/second", offices.second),
            web.get("/home", offices.home),
            web.get("/entry", offices.home),
        ]
    )
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    for _ in range(2):
        await web.TCPSite(runner, "127.0.0.1", 0).start()
    offices.main, offices.passport = (f"http://127.0.0.1:{port}" for _, port in runner.addresses)
    yield offices
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def page(host: BrowserHost) -> AsyncIterator[Page]:
    """Yield a page that nobody signed in on."""
    context = await (await host.browser()).new_context()
    yield await context.new_page()
    await context.close()


async def attempt(
    page: Page, offices: Offices, account: Account = ACCOUNT, patience: LoginPatience = PATIENCE
) -> SignIn:
    """Sign in."""
    return await sign_in(page, offices.pack(), account, SystemClock(), patience)


@pytest.mark.parametrize("form", [FORM, NAME_FIRST])
async def test_form_on_another_host_is_filled_in_to_its_end(
    page: Page, offices: Offices, form: str
) -> None:
    """Whether it asks for all at once or for the password on a page of its own."""
    offices.form = form

    assert SignIn.DONE is await attempt(page, offices)
    assert ACCOUNT.password == offices.sent[-1]["pw"]
    assert offices.main + "/home" == page.url


async def test_wrong_password_on_another_host_is_refused(page: Page, offices: Offices) -> None:
    """The answer is awaited where the form was sent, though that is not the login's address."""
    ended = await attempt(page, offices, replace(ACCOUNT, password="wrong horse"))

    assert SignIn.REFUSED is ended


@pytest.mark.parametrize(("at", "path"), [("passport", "/home"), ("main", "/entry")])
async def test_being_led_elsewhere_is_not_being_in(
    page: Page, offices: Offices, at: str, path: str
) -> None:
    """Without a form to fill in: neither at another host, nor where the pack sees a sign-in."""
    offices.leads_to, offices.passport = path, getattr(offices, at)

    assert SignIn.FAILED is await attempt(page, offices, patience=SHORT)


async def test_being_led_into_the_back_office_is_being_in(page: Page, offices: Offices) -> None:
    """Somebody signed in meanwhile: nothing has to be filled in any more."""
    offices.leads_to, offices.passport = "/home", offices.main

    assert (SignIn.DONE, []) == (await attempt(page, offices), offices.sent)
