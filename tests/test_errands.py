"""What is begun for a shop at a person's word: one thing at a time, and what becomes of it."""

from collections.abc import Iterator

import pytest

from agent.cases import Outcome
from agent.errors import BrowserMissing, GeshaoError
from tests.scenes import SHOP, Scene, a_scene


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """Give a desk on a machine where windows open."""
    with a_scene(monkeypatch) as scene:
        yield scene


async def test_one_window_a_shop(scene: Scene) -> None:
    """A second one is refused with where to look; after the first it is not."""
    number = scene.has()
    async with scene.at_work():
        await scene.desk.open_case(number)
        with pytest.raises(GeshaoError, match="已经打开") as refused:
            await scene.desk.open_case(number)
        scene.windows.closed.set()
        await scene.clock.advance(0)
        await scene.desk.open_case(number)
        await scene.clock.advance(0)

    assert refused.value.next_step
    assert 2 == len(scene.windows.opened)


@pytest.mark.parametrize(
    "error", [BrowserMissing("没有浏览器。", "装一个。"), RuntimeError("a bug")], ids=str
)
async def test_errand_that_fails_ends_nothing_else(scene: Scene, error: Exception) -> None:
    """The watching goes on, and the shop is free for another try."""
    number = scene.has()
    scene.windows.fails = error
    async with scene.at_work():
        await scene.desk.open_case(number)
        await scene.clock.advance(0)
        running, busy = scene.watching.running, (await scene.desk.snapshot()).shops[0].busy

    assert (2, "") == (running, busy)


async def test_why_an_errand_failed_stays_until_all_was_read(scene: Scene) -> None:
    """What went wrong and the next step stand beside the shop, until nothing is left to mend."""
    scene.reads("aftersale", Outcome.SIGNED_OUT)
    scene.windows.fails = BrowserMissing("没有浏览器。", "请装一个。")
    async with scene.at_work():
        await scene.desk.help_shop(SHOP)
        await scene.clock.advance(0)
        failed = (await scene.shop()).failed
        await scene.clock.advance(10)
        scene.reads("aftersale", Outcome.ROWS)
        half = (await scene.shop()).failed
        scene.reads("chats", Outcome.ROWS)
        after = (await scene.shop()).failed

    assert ("没有浏览器。请装一个。", failed, "") == (failed, half, after)


async def test_why_an_errand_failed_goes_with_the_next_one(scene: Scene) -> None:
    """While another is under way, the shop says that, and a bug is named by its kind."""
    number = scene.has()
    scene.windows.fails = KeyError("bug")
    async with scene.at_work():
        await scene.desk.open_case(number)
        await scene.clock.advance(0)
        failed = (await scene.shop()).failed
        scene.windows.fails = None
        await scene.desk.open_case(number)
        await scene.clock.advance(0)
        shop = await scene.shop()

    assert ("KeyError" in failed, "") == (True, shop.failed)


async def test_end_of_the_work_ends_the_errands(scene: Scene) -> None:
    """A window that is still open does not keep the program alive."""
    number = scene.has()
    async with scene.at_work():
        await scene.desk.open_case(number)
        await scene.clock.advance(0)

    assert 0 == scene.watching.running
    assert "" == (await scene.desk.snapshot()).shops[0].busy


@pytest.mark.parametrize("over", [False, True], ids=["before", "after"])
async def test_no_errand_begins_while_nobody_works(scene: Scene, *, over: bool) -> None:
    """Before the work has begun, and after it has ended, a window is refused in words."""
    number = scene.has()
    if over:
        async with scene.at_work():
            pass
    with pytest.raises(GeshaoError, match="还没有开始监看"):
        await scene.desk.open_case(number)

    assert [] == scene.windows.opened
