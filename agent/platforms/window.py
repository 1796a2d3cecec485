"""A visible browser window that belongs to the person: to sign in, or to work on a case."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from agent.clock import Clock
from agent.errors import BrowserMissing
from agent.platforms.acts import find_on
from agent.platforms.browser import launch
from agent.platforms.closing import closed
from agent.platforms.lodging import House
from agent.platforms.login import is_signed_in
from agent.platforms.session import ShopSession

_LOOK_EVERY_S = 1.0
_ASK_EVERY_S = 5.0
"""Cookies change all the time, and each question loads a page."""
_ASK_AGAIN_S = 15.0
"""Which shop is shown may change without a trace in the cookies."""
_OPEN_LIMIT_S = 30.0
_LOOK_LIMIT_S = 15.0
"""What hangs there is the person's to close; until then it is looked at again and again."""
_CLOSE_LIMIT_S = 2
_ACT_LIMIT_MS = 1000
_NO_SCREEN = "这台电脑没有屏幕，打不开浏览器窗口。"

Accept = Callable[[dict[str, Any]], Awaitable[bool]]
"""Asked with the window's session whenever it may have become a good one; True: enough."""


def check_window(host: House, environment: Mapping[str, str] = os.environ) -> None:
    """Raise BrowserMissing if no window can be opened here: no screen, or no full browser."""
    screenless = not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
    if sys.platform == "linux" and screenless:
        raise BrowserMissing(_NO_SCREEN, "请在有屏幕的电脑上登录。")
    if host.found.visible is None:
        raise BrowserMissing(
            "这台电脑上没有能打开窗口的浏览器。",
            "请安装 Edge、Chrome 或 Chromium 后再试；能扫码的平台也可以用 geshao login --code。",
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
        page = await _opened(browser, await session.stored())
        await _show(page, url)
        return await _until_over(session, page.context, clock, accept, username)
    except PlaywrightError:
        return False  # the person closed it
    finally:
        await closed(browser.close, _CLOSE_LIMIT_S, "the window")


async def _opened(browser: Browser, stored: Any) -> Page:  # noqa: ANN401 (Playwright's own shape)
    """Open the window with the *stored* session; raise BrowserMissing if it does not come."""
    try:
        async with asyncio.timeout(_OPEN_LIMIT_S):
            context = await browser.new_context(
                no_viewport=True, storage_state=stored, locale="zh-CN"
            )
            return await context.new_page()
    except TimeoutError as error:
        late = f"浏览器窗口 {_OPEN_LIMIT_S:.0f} 秒没有打开。"
        raise BrowserMissing(late, "请再试一次；总是这样，就重启电脑。") from error


async def _show(page: Page, url: str) -> None:
    try:
        await page.goto(url, wait_until="domcontentloaded")
    except PlaywrightError:
        if page.is_closed():
            raise
        # Slow, or not to be reached: the window stays, and says so by itself.


async def _fill_name(page: Page, session: ShopSession, username: str) -> bool:
    """Spare the person the typing; return whether the field is there, filled by us or by them.

    The form may come late, or after a click of theirs.
    """
    login = session.pack.login
    for step in login.steps if login else ():
        if step.fill is not None and step.value == "username":
            field = await find_on(page, step.fill)
            if field is not None:
                if not await field.input_value(timeout=_ACT_LIMIT_MS):
                    await field.fill(username, timeout=_ACT_LIMIT_MS)
                return True
    return False


async def _until_over(
    session: ShopSession,
    context: BrowserContext,
    clock: Clock,
    accept: Accept | None,
    username: str = "",
) -> bool:
    kept: dict[str, Any] = {}
    to_fill = bool(username)
    asked: dict[str, Any] = {}
    asked_at = float("-inf")
    while pages := [page for page in context.pages if not page.is_closed()]:
        try:
            async with asyncio.timeout(_LOOK_LIMIT_S):
                state: dict[str, Any] = dict(await context.storage_state())
                signed_in = await _all_signed_in(pages, session)
        except PlaywrightError:
            break
        except TimeoutError:
            await clock.sleep(_LOOK_EVERY_S)
            continue
        kept = state if signed_in else kept
        if to_fill and not signed_in:
            with suppress(PlaywrightError, TimeoutError):  # the page may be on its way to another
                async with asyncio.timeout(_LOOK_LIMIT_S):
                    to_fill = not await _fill_name(pages[-1], session, username)
        rest_s = _ASK_EVERY_S if state != asked else _ASK_AGAIN_S
        if signed_in and accept is not None and clock.monotonic() - asked_at >= rest_s:
            asked, asked_at = state, clock.monotonic()
            if await accept(state):
                return True
        await clock.sleep(_LOOK_EVERY_S)
    if kept and accept is None:
        await session.adopt(kept)
    return False


async def _all_signed_in(pages: Sequence[Page], session: ShopSession) -> bool:
    return all([await is_signed_in(page, session.pack) for page in pages])
