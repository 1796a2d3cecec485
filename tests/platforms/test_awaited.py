"""A browser that somebody waits for: what they see, and that nothing ends for want of it."""

from pathlib import Path
from typing import Any, cast

import pytest
from playwright.async_api import Browser

from agent.errors import BrowserMissing, GeshaoError
from agent.platforms import awaited
from agent.platforms.awaited import AwaitedBrowser
from agent.platforms.browser import FoundBrowser
from agent.platforms.host import BrowserHost

FOUND = FoundBrowser(Path("shell"), None, "")
MISSING = BrowserMissing("没有找到可用的浏览器。", "请安装一个。")


class Person:
    """Sees what is shown, in order."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def say(self, text: str) -> None:
        """See it."""
        self.seen.append(text)

    async def failed(self, error: GeshaoError) -> None:
        """See it, and want to try again at once."""
        self.seen.append(error.message)


class Host(BrowserHost):
    """Starts nothing; *fails* says that it could not."""

    def __init__(self, *, fails: bool) -> None:
        super().__init__(FOUND, "mark")
        self.fails = fails

    async def browser(self) -> Browser:
        """Start, or not."""
        if self.fails:
            raise MISSING
        return cast("Browser", None)


def searched(
    monkeypatch: pytest.MonkeyPatch, *outcomes: FoundBrowser | BrowserMissing
) -> list[bool]:
    """Let each search end as the next of *outcomes* says; return whether a browser was needed."""
    left, asked = list(outcomes), list[bool]()

    async def find(_configured: object, _say: object, *, needed: bool) -> FoundBrowser:
        asked.append(needed)
        outcome = left.pop(0)
        if isinstance(outcome, BrowserMissing):
            raise outcome
        return outcome

    monkeypatch.setattr(awaited, "find_browser", find)
    return asked


@pytest.mark.parametrize("needed", [True, False])
async def test_where_others_read_none_is_needed_here(
    monkeypatch: pytest.MonkeyPatch, *, needed: bool
) -> None:
    """With the browsers of other computers the start does not wait for one of this."""
    asked = searched(monkeypatch, FOUND)
    await AwaitedBrowser(None, Person(), needed=needed).found()

    assert [needed] == asked


async def test_a_missing_browser_is_looked_for_until_it_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each time the person sees why; once it is found it is not looked for again."""
    searched(monkeypatch, MISSING, MISSING, FOUND)
    person = Person()
    browser = AwaitedBrowser(None, person)
    first, second = await awaited.found(browser), await awaited.found(browser)

    assert FOUND == first == second
    assert ["正在寻找浏览器…", "没有找到可用的浏览器。"] == person.seen[:2]
    assert 5 == len(person.seen)


@pytest.mark.parametrize("fails", [False, True], ids=["starts", "does not start"])
async def test_a_browser_that_does_not_start_is_left_to_the_shops(*, fails: bool) -> None:
    """They ring for it, and try again: the program goes on, and so do the alarms of what is known.

    The person sees what takes time.
    """
    person: Any = Person()
    await awaited.start(Host(fails=fails), AwaitedBrowser(None, person))

    assert ["正在启动浏览器…", "正在打开各家店…"] == person.seen


async def test_where_nobody_waits_it_is_an_error() -> None:
    """A terminal's program ends with it."""
    with pytest.raises(BrowserMissing):
        await awaited.start(Host(fails=True), FOUND)

    assert FOUND == await awaited.found(FOUND)
