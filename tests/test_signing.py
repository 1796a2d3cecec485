"""How people sign in: in a window or with a phone; only their own shop is taken."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import Outcome, Reading
from agent.errors import BrowserMissing, GeshaoError
from agent.inbox import ShopState
from agent.signing import sign_in_by_hand, sign_in_by_scan
from agent.snapshot import ShownCode
from tests.fakes import NOON
from tests.mothers import a_reading
from tests.scenes import SHOP, Scene, a_scene

PICTURE = b"\x89PNG 1"
WRONG = a_reading(outcome=Outcome.WRONG_SHOP, detail="页面显示的是「别家店」")
SIGNED_OUT = a_reading(outcome=Outcome.SIGNED_OUT)
STATE = {"cookies": [1]}


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """Give a desk with one shop at work, which is signed out."""
    with a_scene(monkeypatch) as scene:
        scene.reads("aftersale", Outcome.SIGNED_OUT)
        yield scene


@pytest.fixture
def scanning(scene: Scene) -> Scene:
    """Give one whose shop is signed in to with a phone."""
    scene.session.pack.login.code = object()
    return scene


async def test_another_shop_in_the_window_is_said_and_not_taken(scene: Scene) -> None:
    """While the window is open, beside the shop; its session is tried and given up again."""
    scene.readers[0].shows(WRONG)
    async with scene.at_work():
        await scene.desk.help_shop(SHOP)
        await scene.clock.advance(0)
        assert scene.windows.accepts is not None
        enough = await scene.windows.accepts(STATE)
        busy = (await scene.shop()).busy

    assert not enough
    assert ([STATE], []) == (scene.session.tried, scene.session.adopted)
    assert "closed" in scene.session.acts
    assert "登录的是另一家店（页面显示的是「别家店」），没有采用。" in busy
    assert "山雀百货" in busy


async def test_a_window_closed_at_another_shop_says_why(scene: Scene) -> None:
    """The reason stays beside the shop, with what to do."""
    scene.readers[0].shows(WRONG)
    scene.windows.comes_in = False
    async with scene.at_work():
        await scene.desk.help_shop(SHOP)
        await scene.clock.advance(0)
        assert scene.windows.accepts is not None
        await scene.windows.accepts(STATE)
        scene.windows.closed.set()
        await scene.clock.advance(0)
        failed = (await scene.shop()).failed

    assert "另一家店" in failed
    assert "请再登录一次，用 山雀百货 的账号。" in failed


@pytest.mark.parametrize(
    ("outcome", "kept"),
    [
        (Outcome.ROWS, [STATE]),
        (Outcome.NO_PERMISSION, [STATE]),
        (Outcome.PAGE_CHANGED, [STATE]),
        (Outcome.SIGNED_OUT, []),
        (Outcome.WRONG_SHOP, []),
    ],
)
async def test_what_a_window_brings_is_kept_unless_it_is_not_the_shop(
    scene: Scene, outcome: Outcome, kept: list[object]
) -> None:
    """A shop without a right, or with a new page, is signed in all the same."""
    scene.readers[0].shows(replace(a_reading(), outcome=outcome))
    shop = scene.desk.only_shop()
    scene.windows.closed.set()
    await sign_in_by_hand(shop, scene.clock)
    assert scene.windows.accepts is not None
    await scene.windows.accepts(STATE)

    assert kept == scene.session.adopted
    assert ["http://office/list me"] == scene.windows.opened


async def test_the_button_of_a_shop_that_is_scanned_shows_the_code(scanning: Scene) -> None:
    """In the overlay, no window needed; each new one with the time at which it is replaced."""
    shown: list[ShownCode | None] = []
    async with scanning.at_work():
        begun = await scanning.desk.help_shop(SHOP)
        await scanning.clock.advance(0)
        assert scanning.phone.show is not None
        for picture in (None, PICTURE, b"", PICTURE):
            if picture is not None:
                scanning.phone.show(picture)
            shown.append((await scanning.shop()).code)

    fresh_until = NOON + timedelta(seconds=100)
    assert ("code", []) == (begun, scanning.windows.opened)
    assert [
        ShownCode(),
        ShownCode(PICTURE, fresh_until, 1),
        ShownCode(b"", fresh_until, 1),
        ShownCode(PICTURE, fresh_until, 2),
    ] == shown


async def test_a_scanned_code_is_gone_and_the_shop_is_read(scanning: Scene) -> None:
    """Our own reader proves the shop, the session is kept, and every list is read anew."""
    async with scanning.at_work():
        await scanning.desk.help_shop(SHOP)
        scanning.phone.scanned.set()
        await scanning.clock.advance(0)
        shop = await scanning.shop()

    assert (None, "", "") == (shop.code, shop.busy, shop.failed)
    assert (["saved True"], ["again"]) == (scanning.session.acts, scanning.watching.asked)
    assert [900] == scanning.watching.held  # no page asks for a code of its own meanwhile
    assert ["aftersale"] == [reading.queue for reading in scanning.watching.recorded]


@pytest.mark.parametrize(
    ("reading", "said"),
    [(WRONG, "另一家店（页面显示的是「别家店」），没有采用"), (SIGNED_OUT, "还是没有登录进去")],
    ids=["wrong shop", "still signed out"],
)
async def test_another_shop_on_the_phone_is_not_taken(
    scanning: Scene,
    reading: Reading,
    said: str,
) -> None:
    """It is said beside the shop, and what was kept before is still what there is."""
    scanning.readers[0].shows(reading)
    async with scanning.at_work():
        await scanning.desk.help_shop(SHOP)
        scanning.phone.scanned.set()
        await scanning.clock.advance(0)
        failed = (await scanning.shop()).failed

    assert ["closed"] == scanning.session.acts
    assert said in failed
    assert "请用 山雀百货 的账号再扫一次" in failed


async def test_a_code_that_nobody_scans(scanning: Scene) -> None:
    """After a while it is given up, in words and with the next step."""
    scanning.phone.comes_in = False
    async with scanning.at_work():
        await scanning.desk.help_shop(SHOP)
        scanning.phone.scanned.set()
        await scanning.clock.advance(0)
        shop = await scanning.shop()

    assert (None, "一直没有人扫码。点「重新登录」再扫一次。") == (shop.code, shop.failed)


async def test_a_code_is_left_for_a_window(scanning: Scene) -> None:
    """The window takes its place, at the sign-in page."""
    async with scanning.at_work():
        await scanning.desk.help_shop(SHOP)
        await scanning.clock.advance(0)
        await scanning.desk.open_window(SHOP)
        await scanning.clock.advance(0)
        shop = await scanning.shop()

    assert (None, "等您在浏览器窗口里操作") == (shop.code, shop.busy)
    assert ["http://office/login me"] == scanning.windows.opened


async def test_a_code_stays_where_no_window_opens(
    scanning: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a screen the other way is refused in words, and this one goes on."""

    def refuse(_host: object) -> None:
        raise BrowserMissing("没有屏幕。", "换一台。")

    monkeypatch.setattr("agent.desk.check_window", refuse)
    async with scanning.at_work():
        await scanning.desk.help_shop(SHOP)
        with pytest.raises(BrowserMissing):
            await scanning.desk.open_window(SHOP)
        code = (await scanning.shop()).code

    assert ShownCode() == code


async def test_a_code_that_is_closed_is_waited_for_no_more(scanning: Scene) -> None:
    """And the shop's button works again."""
    async with scanning.at_work():
        await scanning.desk.help_shop(SHOP)
        await scanning.clock.advance(0)
        await scanning.desk.leave_code(SHOP)
        left = await scanning.shop()
        again = await scanning.desk.help_shop(SHOP)

    assert (None, "", "") == (left.code, left.busy, left.failed)
    assert "code" == again


async def test_nothing_to_scan_is_said(scene: Scene) -> None:
    """A platform without a code is signed in to in the window."""
    with pytest.raises(GeshaoError, match="抖店不用扫码登录") as error:
        await sign_in_by_scan(scene.desk.only_shop(), scene.clock, lambda _: None)

    assert error.value.next_step


async def test_pausing_from_the_overlay(scene: Scene) -> None:
    """The reading stops and the pages are closed; going on begins it anew."""
    async with scene.at_work():
        await scene.desk.pause("", 60)
        await scene.clock.advance(0)
        paused = (scene.watching.running, (await scene.shop()).state, list(scene.session.acts))
        await scene.desk.resume(SHOP)
        await scene.clock.advance(0)
        resumed = (scene.watching.running, (await scene.shop()).paused)

    assert (1, ShopState.PAUSED, ["renewed", "closed"]) == paused  # the dispatcher goes on
    assert (2, None) == resumed
    assert ["now", "again"] == scene.watching.asked


async def test_pausing_a_shop_that_is_not_there(scene: Scene) -> None:
    """It is refused with the next step, and nothing is paused."""
    for ask in (scene.desk.pause("nowhere", 60), scene.desk.resume("nowhere")):
        with pytest.raises(GeshaoError, match="没有名为 nowhere 的店铺"):
            await ask

    assert {} == scene.journal.pauses()


async def test_a_window_in_a_pause_leaves_no_page_open(scene: Scene) -> None:
    """What was read to prove the sign-in is closed with it."""
    number = scene.has()
    async with scene.at_work():
        await scene.desk.pause(SHOP, 0)
        await scene.clock.advance(0)
        scene.session.acts.clear()
        await scene.desk.open_case(number)
        scene.windows.closed.set()
        await scene.clock.advance(0)
        acts = list(scene.session.acts)

    assert ["renewed", "closed"] == acts


async def test_a_rest_is_shown_with_its_end(scene: Scene) -> None:
    """Of a platform that asked for a person, from the one who knows: the shop's watcher."""
    scene.watching.rests = NOON + timedelta(minutes=8)

    assert NOON + timedelta(minutes=8) == (await scene.shop()).rests_until
