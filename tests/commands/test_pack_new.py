"""`geshao pack new`: somebody points at a make-believe office, and has a pack that reads it."""

import asyncio
import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from agent.clock import SystemClock
from agent.commands import pack_new
from agent.commands.places import Places
from agent.demo.doudian import MakeBelieveDoudian
from agent.platforms.browser import launch
from agent.platforms.draft import Draft
from agent.platforms.pack import Pack
from agent.platforms.shelf import load_pack
from tests.commands.home import Asked, Home
from tests.commands.test_login import a_screen
from tests.platforms.waiting import until

SHOP, EMAIL = "山雀户外旗舰店", "owner@example.com"
LIST = "/ffa/merchant-aftersale-workbench/aftersale/list"
CLOCK = SystemClock()
PATIENCE_MS = 60_000
TARGETS = (
    "tbody td:nth-child(1)",
    "tbody [data-kora-json*=after_sale_id]",
    f"[class*=headerShopName] >> text={SHOP}",
    "tbody td:has-text('后自动同意')",
    None,
    None,
    ".auxo-pagination-total-text",
    None,
)
"""What is pointed at, in the order in which it is asked for; None stands for Escape."""


@dataclass
class Person:
    """Somebody at the window that a command opens in front of *office*."""

    office: MakeBelieveDoudian
    browsers: list[Browser] = field(default_factory=list)

    async def launch(self, *arguments: Any, **options: Any) -> Browser:  # noqa: ANN401 (as it is)
        """Start the window that the command asks for, and sit down in front of it."""
        browser = await launch(*arguments, **options)
        self.browsers.append(browser)
        return browser

    @property
    def page(self) -> Page:
        """The page in the window."""
        return self.browsers[0].contexts[0].pages[-1]

    async def answer(self, question: str) -> str:
        """Sign in when asked to, and say what is asked; there is no empty list to show."""
        if "请在打开的窗口里登录" in question:
            await self.page.wait_for_url("**/login/**")
            await self.page.context.add_cookies(self.office.start_session(EMAIL, SHOP)["cookies"])
            await self.page.goto(self.office.sites["fxg"] + LIST)
            await self.page.wait_for_selector("tbody tr")
        known = {"哪个是单号": "2", "叫什么": "虚构平台"}
        return next((said for what, said in known.items() if what in question), "")

    async def points(self) -> None:
        """Point at one target after the other, as soon as the window lets them."""
        await until(lambda: self.browsers and self.browsers[0].contexts, "opens a window")
        for target in TARGETS:
            await until(lambda: self.browsers[0].contexts[0].pages, "opens a page")
            lets = "() => !!window.geshaoStopPointing"
            await self.page.wait_for_function(lets, timeout=PATIENCE_MS)
            if target is None:
                await self.page.keyboard.press("Escape")
            else:
                await self.page.locator(target).first.click(timeout=PATIENCE_MS)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give a screen to whatever starts from here on."""
    with a_screen() as name:
        monkeypatch.setenv("DISPLAY", name)
        yield name


async def shown(home: Home, office: MakeBelieveDoudian) -> Pack:
    """Have a person show *office* to the command; return the pack that it wrote."""
    person = Person(office)
    home.breaks("agent.commands.pack_new.launch", person.launch)
    home.breaks("agent.commands.pack_new.ask", person.answer)
    folder = home.config.parent / "selectors"
    url = office.sites["fxg"] + LIST
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(person.points())
        await pack_new.made(Places(home.config, home.data), url, "made_up", folder)
    return load_pack(folder / "made_up" / "pack.yaml")


@pytest.mark.screen
async def test_pack_comes_of_pointing_and_reads_the_list(
    home: Home, screen: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """From a window and a few clicks to a first pack that finds rows, number and time limit."""
    assert screen == os.environ["DISPLAY"]
    async with MakeBelieveDoudian(CLOCK) as office:
        office.add_login(EMAIL, "x", phone="10000000009", shops=(SHOP,))
        for hours in (22, 30):
            office.add_case(SHOP, deadline=timedelta(hours=hours))
        pack = await shown(home, office)
        writes = office.writes
    said = capsys.readouterr()
    queue = pack.queues["list"]

    assert queue.response is not None
    fields = queue.response.fields
    assert ("never", "虚构平台") == (pack.verified_on, pack.title)
    assert ("data.items", "total") == (queue.response.rows, queue.response.total)
    assert ["after_sale_info.after_sale_id"] == [place.path for place in fields.places("case_id")]
    assert [("after_sale_info.status_deadline", "s")] == [
        (place.path, place.unit) for place in fields.places("respond_by")
    ]
    assert [] == writes
    assert "✓ 已写好第一份规则" in said.out
    assert "✓ 已读到" in said.out
    assert f"--platform made_up --name {shlex.quote(SHOP)}" in said.err


@pytest.mark.parametrize(("guessed", "told"), [(True, 1), (False, 0)])
def test_total_that_was_not_shown_is_spoken_of(
    guessed: bool,  # noqa: FBT001 (a column of the table)
    told: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A list of several pages is read only where its total is found: the person is told how."""
    pack_new._say_what_was_found(Draft({}, None, total_guessed=guessed))

    assert told == capsys.readouterr().err.count("先当页面写着「共#条」：不是这样就改 total_text。")


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (("shop.example.com",), 2, "✗ shop.example.com 不是网址。"),
        (("https://a.example/x", "--platform", "Bad Name"), 2, "✗ 平台的短名 Bad Name 不能用。"),
        (("https://a.example/x", "--platform", "doudian"), 2, "已经有页面规则，随鸽哨安装。"),
        (("https://a.example/x",), 1, "✗ 新建规则要有人点选和回答。"),
    ],
)
def test_what_cannot_become_a_pack_is_refused_at_once(
    home: Home, arguments: tuple[str, ...], code: int, problem: str
) -> None:
    """Before any window opens it is said what is wrong."""
    ended, said = home.types("pack", "new", *arguments).problem

    assert code == ended
    assert problem in said


def test_own_pack_is_not_written_over_unasked(home: Home) -> None:
    """A pack that somebody worked on stays, unless they say otherwise."""
    own = home.config.parent / "selectors" / "example" / "pack.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("mine", encoding="utf-8")
    code, said = home.types("pack", "new", "https://shop.example.com/x", stdin=Asked()).problem

    assert 2 == code
    assert f"平台 example 已经有页面规则：{own}" in said
    assert "--overwrite" in said
    assert "mine" == own.read_text(encoding="utf-8")


def test_window_needs_a_screen(home: Home) -> None:
    """Without one the person is told so, and nothing is written."""
    code, said = home.types("pack", "new", "https://shop.example.com/x", stdin=Asked()).problem

    assert 3 == code
    assert "✗ 这台电脑没有屏幕" in said
    assert not (home.config.parent / "selectors").exists()
