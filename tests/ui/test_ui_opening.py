"""What the window hears while there is no agent: before it works, and after it broke."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from agent.errors import BrowserMissing
from tests.fakes import FakeClock
from tests.ui.desk import FakeDesk
from ui.crossing import Crossing
from ui.opening import Opening, PatientBridge, StartView

MISSING = BrowserMissing("没有浏览器。", "请安装一个。")


@pytest.fixture
def desk() -> FakeDesk:
    """Give the agent's side, once there is one."""
    return FakeDesk()


@pytest.fixture
def crossing() -> Iterator[Crossing]:
    """Give a way to a loop on a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield Crossing(loop)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def shown(bridge: PatientBridge) -> StartView:
    """Return what the page gets instead of the inbox."""
    answer = bridge.snapshot()
    assert answer["ok"]
    view: StartView = answer["start"]
    return view


def test_first_thing_shown_is_how_far_it_is(desk: FakeDesk, crossing: Crossing) -> None:
    """Words of progress, in place of each other, until the inbox takes their place."""
    opening = Opening(FakeClock(), "zh")
    bridge = PatientBridge(opening, "zh", lambda: None)
    first = shown(bridge)
    opening.say("正在启动浏览器…")
    second = shown(bridge)
    opening.ready(desk, crossing)
    answer = bridge.snapshot()

    assert ("connecting", "正在打开…", "马上就好。") == (
        first["state"],
        first["headline"],
        first["subline"],
    )
    assert ("正在启动浏览器…", False) == (second["subline"], second["again"])
    assert "鸽哨" == first["words"]["title"]
    assert "start" not in answer
    assert answer["view"]["headline"]


def test_work_that_begins_anew_is_asked_from_then_on(desk: FakeDesk, crossing: Crossing) -> None:
    """The page goes on with the revision that it has; the former agent hears nothing more."""
    opening, again = Opening(FakeClock(), "zh"), FakeDesk()
    bridge = PatientBridge(opening, "zh", lambda: None)
    opening.ready(desk, crossing)
    first = bridge.snapshot()
    opening.ready(again, crossing)
    second = bridge.snapshot(first["revision"])

    assert ([("snapshot",)], [("snapshot",)]) == (desk.asked, again.asked)
    assert second["unchanged"]


async def test_what_is_missing_stays_in_sight_while_it_is_tried_again() -> None:
    """With its next step; it is tried after a while, or when somebody asks."""
    clock = FakeClock()
    opening = Opening(clock, "zh")
    bridge = PatientBridge(opening, "zh", lambda: None)
    async with asyncio.TaskGroup() as tasks:
        by_itself = tasks.create_task(opening.failed(MISSING))
        await clock.advance(19)
        waits, news = not by_itself.done(), (opening.has_news(), opening.has_news())
        await clock.advance(1)
        await by_itself
        opening.say("正在寻找浏览器…")
        seen = shown(bridge)
        asked = tasks.create_task(opening.failed(MISSING))
        await clock.advance(0)
        answer, again = bridge.try_again(), opening.has_news()
        await asked
    bridge.try_again()  # nobody waits any more, and that is no error

    assert waits
    assert (True, False, False) == (*news, again)
    assert ("blind", True) == (seen["state"], seen["again"])
    assert ["没有浏览器。", "请安装一个。"] == seen["subline"].splitlines()[:2]
    assert "自己再试" in seen["subline"]
    assert {"ok": True} == answer


def test_an_act_finds_nobody_before_the_agent_works(desk: FakeDesk) -> None:
    """It is refused with a reason and a next step; to quit is always possible."""
    quits: list[bool] = []
    bridge = PatientBridge(Opening(FakeClock(), "zh"), "zh", lambda: quits.append(True))
    refused = bridge.acknowledge(12)
    left = bridge.quit()

    assert (False, "鸽哨没有在监看，这次没有完成。") == (refused["ok"], refused["error"])
    assert refused["next_step"]
    assert ({"ok": True}, [True], []) == (left, quits, desk.asked)


@pytest.mark.parametrize(
    ("worked", "headline"), [(True, "已停止监看"), (False, "没能开始监看")], ids=["after", "before"]
)
def test_what_broke_the_agent_is_shown(
    desk: FakeDesk, crossing: Crossing, *, worked: bool, headline: str
) -> None:
    """The reason stays in sight, and nothing is asked of the agent any more."""
    opening = Opening(FakeClock(), "zh")
    bridge = PatientBridge(opening, "zh", lambda: None)
    if worked:
        opening.ready(desk, crossing)
    opening.stopped("鸽哨自己出错了。", "请再试一次。")
    view = shown(bridge)
    away = opening.put_away()
    refused = bridge.star(12, starred=True)
    news = opening.has_news(), opening.has_news()

    assert (True, True, False) == (opening.over, *news)
    assert ("stopped", headline, False) == (view["state"], view["headline"], view["again"])
    assert ["鸽哨自己出错了。", "请再试一次。"] == view["subline"].splitlines()[:2]
    assert "各店后台看一眼" in view["subline"]
    assert (False, False) == (away, refused["ok"])
    assert [] == desk.asked


def test_the_agent_says_that_the_window_is_away(desk: FakeDesk, crossing: Crossing) -> None:
    """Before there is an agent nobody can say it, and that is no error."""
    opening = Opening(FakeClock(), "en")
    before = opening.put_away()
    opening.ready(desk, crossing)
    after = opening.put_away()

    (said,) = desk.asked
    assert (False, True) == (before, after)
    assert "mention" == said[0]
    assert "still watched" in str(said[1])
