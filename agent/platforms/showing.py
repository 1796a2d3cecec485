"""A person shows a new platform: signs in, goes to the list, and points at what matters there."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import BrowserContext, Frame, Page

from agent.clock import Clock
from agent.errors import GeshaoError
from agent.platforms.draft import About, Draft, draft
from agent.platforms.listening import Listening
from agent.platforms.picks import Picks, numbers_in
from agent.platforms.pointing import Picked, pick

Ask = Callable[[str], Awaitable[str]]
"""Asks the person, and returns what they typed."""

_HOW = "在浏览器里把鼠标移上去，亮起来后点一下；点击不会真的生效。"
_SIGNING_IN = re.compile(r"login|log-in|signin|sign-in|passport|sso|auth", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Wish:
    """Something to point at; without *needed* it may be passed over."""

    name: str
    what: str
    needed: bool = False


_WISHES = (
    _Wish("row", "列表里的一行：点它的空白处", needed=True),
    _Wish("number", "这一行的单号", needed=True),
    _Wish("shop", "页面上显示的店铺名"),
    _Wish("deadline", "这一行的剩余时间或截止时间"),
    _Wish("kind", "这一行的售后类型，例如 仅退款"),
    _Wish("amount", "这一行的金额"),
    _Wish("total", "列表的总条数，例如 共 25 条"),
    _Wish("following", "下一页的按钮"),
)
_EMPTY = _Wish("empty", "列表为空时的那句话")


class Shown:
    """What a person shows in the pages of *context*, whose answers are listened to."""

    def __init__(
        self, context: BrowserContext, clock: Clock, ask: Ask, say: Callable[[str], None]
    ) -> None:
        self._context = context
        self._clock = clock
        self._ask = ask
        self._say = say
        self._listening = Listening(context, clock)
        self._visited: list[str] = []

    async def open(self, url: str) -> None:
        """Open *url* in a first page. Raises PlaywrightError if that cannot be reached."""
        page = await self._context.new_page()
        page.on("framenavigated", self._on_visit)
        await page.goto(url, wait_until="domcontentloaded")

    async def show(self, platform: str) -> tuple[Draft, Picks]:
        """Ask for one thing after the other; return the pack that comes of it.

        Raises PlaywrightError or GeshaoError when the window is closed.
        """
        await self._ask("请在打开的窗口里登录，进到要看的列表（至少要有一行），然后按回车：")
        if not self._context.pages:
            raise GeshaoError("窗口已经关了。", "请再运行一次。")
        page = self._context.pages[-1]
        url = page.url
        picks = await self._picks(page)
        title = await self._ask("这个平台叫什么（显示给您看的名字）：")
        about = About(platform, title.strip() or platform, url, self._login_before(url))
        return draft(picks, self._listening.answers, about), picks

    async def _picks(self, page: Page) -> Picks:
        picked: dict[str, Picked | None] = {}
        seen_at = self._clock.now()
        self._say(f"下面请逐项点选。{_HOW}")
        for number, wish in enumerate(_WISHES, 1):
            picked[wish.name] = await self._picked(page, wish, f"{number}/{len(_WISHES) + 1}")
            seen_at = self._clock.now() if wish.name == "deadline" else seen_at
        typed = await self._ask(
            f"{len(_WISHES) + 1}/{len(_WISHES) + 1} 如果现在能让列表变空（例如换一个筛选条件），"
            "请先操作，再输入 y；不能就直接按回车："
        )
        if typed.strip().lower() == "y":
            picked[_EMPTY.name] = await self._picked(page, _EMPTY, "")
        row, clicked = picked.pop("row"), picked.pop("number")
        if row is None or clicked is None:
            raise ValueError("what is needed is not passed over")
        return Picks(row, clicked, await self._case(clicked), seen_at, **picked)

    async def _case(self, number: Picked) -> str:
        """Return the case's number; of several that stand there, the one the person names."""
        found = numbers_in(number.text)
        if len(found) == 1:
            return found[0]
        listed = "  ".join(f"{place}) {one}" for place, one in enumerate(found, 1))
        while True:
            typed = (await self._ask(f"这里有几个号码：{listed}  哪个是单号？输入序号：")).strip()
            if typed.isdecimal() and 0 < int(typed) <= len(found):
                return found[int(typed) - 1]

    async def _picked(self, page: Page, wish: _Wish, place: str) -> Picked | None:
        leave = "" if wish.needed else "；没有就在浏览器里按 Esc 跳过"
        self._say(f"{place} 请点：{wish.what}{leave}。")
        while True:
            found = await pick(page, self._clock)
            if found is None and wish.needed:
                self._say(f"这一项不能跳过。{_HOW}")
            elif found and wish.name == "number" and not numbers_in(found.text):
                self._say("这里面没有单号，请再点一次：要点到写着单号的地方。")
            else:
                break
        self._say("  跳过。" if found is None else f"  ✓ 「{_short(found.text)}」")
        return found

    def _on_visit(self, frame: Frame) -> None:
        if frame.parent_frame is None and frame.url.startswith("http"):
            self._visited.append(frame.url)

    def _login_before(self, url: str) -> str:
        """Return the page on the way to the list at *url* where one seems to sign in."""
        place = url.partition("?")[0]
        others = (one.partition("?")[0] for one in self._visited)
        return next((one for one in others if one != place and _SIGNING_IN.search(one)), "")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:40]}…"  # noqa: PLR2004 (enough to know it again)
