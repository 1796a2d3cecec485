"""From a click on a notification to the case, and what is told where there is none to open."""

from collections.abc import Iterator
from typing import Any

import pytest

from agent.cases import Change, ChangeKind, Kind, Outcome
from agent.channels.channel import Notice
from agent.channels.desktop import Desktop
from agent.errors import BrowserMissing
from tests.fakes import RecordingChannel
from tests.mothers import KEY, a_case
from tests.scenes import Scene, a_scene


class Announcing:
    """A dispatcher that keeps what it is to announce."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []

    def announce(self, notice: Notice) -> None:
        """Keep *notice*."""
        self.notices.append(notice)

    def look_now(self) -> None:
        """Look at nothing."""

    async def run(self) -> None:
        """Carry nothing."""

    @property
    def told(self) -> list[str]:
        """What was announced; all of it to be read and not heard."""
        assert all(notice.quiet for notice in self.notices)
        return [notice.title for notice in self.notices]


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """Give a desk on a machine where windows open."""
    with a_scene(monkeypatch) as scene:
        yield scene


@pytest.fixture
def announcing(scene: Scene) -> Announcing:
    """Give what the desk of *scene* announces."""
    announcing: Any = Announcing()
    scene.desk.clicks._dispatcher = announcing
    return announcing  # type: ignore[no-any-return]  # it stands in for a `Dispatcher`


def clickable(scene: Scene) -> Desktop:
    """Return the notifications whose clicks the desk hears, one channel of several."""
    desktop = Desktop()
    scene.desk.clicks.come_from([RecordingChannel(scene.clock), desktop])
    return desktop


async def test_click_opens_the_page_of_its_case(scene: Scene, announcing: Announcing) -> None:
    """As the overlay's button does, and nothing is said: the window is the answer."""
    desktop, number = clickable(scene), scene.has(url="http://office/case/7")
    async with scene.at_work():
        desktop.opens(number)
        await scene.clock.advance(0)

    assert (["http://office/case/7"], []) == (scene.windows.opened, announcing.told)


async def test_click_on_an_outage_does_what_helps(scene: Scene, announcing: Announcing) -> None:
    """Its one button, whatever that is just now."""
    scene.reads("aftersale", Outcome.UNREACHABLE)
    desktop, number = clickable(scene), scene.has(kind=Kind.OUTAGE)
    async with scene.at_work():
        desktop.opens(number)
        await scene.clock.advance(0)

    assert (["again"], []) == (scene.watching.asked, announcing.told)


async def test_click_on_a_case_that_is_over_says_so(scene: Scene, announcing: Announcing) -> None:
    """A notification may stay on the screen for days."""
    desktop, number = clickable(scene), scene.has()
    change = Change(ChangeKind.RESOLVED, a_case(), a_case(resolved_at=scene.clock.now()))
    scene.journal.record([change], None, shop=KEY.shop)
    async with scene.at_work():
        desktop.opens(number)
        await scene.clock.advance(0)

    assert [] == scene.windows.opened
    assert ["#1 已经结束，不用再处理。运行 geshao inbox 看还有哪些。"] == announcing.told


async def test_click_in_vain_is_told_and_the_next_one_heeded(
    scene: Scene, announcing: Announcing
) -> None:
    """A case that was wiped, and a window that is open already, each with its next step."""
    desktop, number = clickable(scene), scene.has()
    async with scene.at_work():
        for clicked in (99, number, number):
            desktop.opens(clicked)
        await scene.clock.advance(0)

    unknown, twice = announcing.told
    assert "99" in unknown
    assert "这家店的登录或窗口已经打开。请在那里操作，或先关掉它。" == twice
    assert 1 == len(scene.windows.opened)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (BrowserMissing("没有浏览器。", "请装一个。"), "没有浏览器。请装一个。"),
        (KeyError("bug"), "没有打开，鸽哨自己出错了（KeyError）。请在小窗里再试一次。"),
    ],
    ids=["expected", "bug"],
)
async def test_what_breaks_is_told(
    scene: Scene, announcing: Announcing, error: Exception, told: str
) -> None:
    """Neither ends the watching, and the next click is tried like the first."""

    async def opens(_number: int) -> None:
        raise error

    desktop, number = clickable(scene), scene.has()
    scene.desk.clicks._opens = opens
    async with scene.at_work():
        for _ in range(2):
            desktop.opens(number)
        await scene.clock.advance(0)
        running = scene.watching.running

    assert (2, [told, told]) == (running, announcing.told)


async def test_click_before_the_work_waits_for_it(scene: Scene, announcing: Announcing) -> None:
    """It opens the page as soon as there is somebody to do so; after the end nothing happens."""
    desktop, number = clickable(scene), scene.has()
    desktop.opens(number)
    async with scene.at_work():
        await scene.clock.advance(0)
        during = len(scene.windows.opened)
    desktop.opens(number)
    await scene.clock.advance(0)

    assert (1, 1, []) == (during, len(scene.windows.opened), announcing.told)
