"""A visible browser window that belongs to the person: to sign in, or to work on a case."""

import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from playwright.async_api import BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from agent.clock import Clock
from agent.errors import BrowserMissing
from agent.platforms.acts import find_on
from agent.platforms.browser import launch
from agent.platforms.host import BrowserHost
from agent.platforms.session import ShopSession

_LOOK_EVERY_S = 1.0
_NO_SCREEN = "这台电脑没有屏幕，打不开浏览器窗口。"

Accept = Callable[[dict[str, Any]], Awaitable[bool]]
"""Asked with the window's session whenever it may have become a good one; True: enough."""


def check_window(host: BrowserHost, environment: Mapping[str, str] = os.environ) -> None:
    """Raise BrowserMissing if no window can be opened here: no screen, or no full browser."""
    screenless = not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
    if sys.platform == "linux" and screenless:
        raise BrowserMissing(_NO_SCREEN, "请在有屏幕的电脑上登录。")
    if host.found.visible is None:
        raise BrowserMissing(
            "这台电脑上没有能打开窗口的浏览器。", "请安装 Edge、Chrome 或 Chromium 后再试。"
        )


async def open_window(
    session: ShopSession,
    url: str,
    clock: Clock,
    *,
    accept: Accept | None = None,
    username: str = "",
) -> bool:
    """Show *url* with the shop's session in a window; return when it is over.

    Without *accept* the window stays until the person closes it. With it, the window closes by
    itself once *accept* likes the session; returns whether it did. The session as it was last is
    kept either way. Nothing is clicked there by us; only the user name is filled in.

    Raises BrowserMissing if no window can be opened here (see `check_window`).
    """
    host = session.host
    check_window(host)
    driver = await host.playwright()
    browser = await launch(driver, host.found, headless=False, mark=host.mark)
    try:
        context = await browser.new_context(
            no_viewport=True,
            storage_state=await session.stored(),
            locale="zh-CN",
        )
        page = await context.new_page()
        await page.goto(url, wait_until="domcontentloaded")
        await _fill_name(page, session, username)
        return await _until_over(session, context, clock, accept)
    except PlaywrightError:
        return False  # the person closed it, or the page could not be opened: both are over
    finally:
        await browser.close()


async def _fill_name(page: Page, session: ShopSession, username: str) -> None:
    """Spare the person the typing where the form shows the field at once."""
    for step in session.pack.login.steps if username else ():
        if step.fill is not None and step.value == "username":
            field = await find_on(page, step.fill)
            if field is not None:
                await field.fill(username)


async def _until_over(
    session: ShopSession, context: BrowserContext, clock: Clock, accept: Accept | None
) -> bool:
    kept: dict[str, Any] = {}
    login_path = session.pack.login.url.split(":", 1)[1]
    while any(not p.is_closed() for p in context.pages):
        try:
            state: dict[str, Any] = dict(await context.storage_state())
            away = not any(login_path in p.url for p in context.pages)
        except PlaywrightError:
            break
        if state != kept and away:
            kept = state
            if accept is not None and await accept(state):
                return True
        await clock.sleep(_LOOK_EVERY_S)
    if kept and accept is None:
        await session.adopt(kept)
    return False
