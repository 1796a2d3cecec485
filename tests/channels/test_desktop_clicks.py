"""What a click on a notification opens, and how long a notification can be clicked on."""

import asyncio
import threading
from contextlib import aclosing
from pathlib import Path

import pytest

from agent.cases import Kind, Reason, Tier
from agent.cases.drill import DRILL_SHOP
from agent.channels import desktop as desktop_module
from agent.channels.channel import Mention, Notice
from agent.channels.wording import plain_notice
from tests.channels.fake_desktop import desktop_offering, session_bus
from tests.channels.fake_notifier import FakeNotifier, on
from tests.mothers import KEY

PATIENCE_S = 120


def about(*numbers: int, shop: str = KEY.shop, quiet: bool = False) -> Notice:
    """Return a notice about the cases of these *numbers*, the most urgent first."""
    cases = tuple(
        Mention(number, shop, Kind.REFUND_ONLY, Tier.URGENT, Reason.NEW, None) for number in numbers
    )
    return Notice(Tier.URGENT, "仅退款", quiet=quiet, cases=cases)


@pytest.mark.parametrize(
    ("notice", "opened"),
    [
        (about(12), [12]),
        (about(15, 12), [15]),
        (about(0, 12), []),
        (about(12, shop=DRILL_SHOP.shop_id), []),
        (about(12, quiet=True), []),
        (plain_notice("离开 3 小时"), []),
    ],
    ids=["one", "the first of several", "without a number", "drill", "quiet", "about no case"],
)
async def test_click_opens_the_first_case(notice: Notice, opened: list[int]) -> None:
    """The title is of that one; what is only to be read opens nothing."""
    notifier, asked = FakeNotifier(), list[int]()
    desktop = on(notifier)
    desktop.opens = asked.append
    await desktop.deliver(notice)

    notifier.on_clicked("1")
    await asyncio.sleep(0)  # noqa: TID251 (gives way without waiting)

    assert opened == asked


async def test_click_nobody_listens_to() -> None:
    """A channel that is only tried out opens nothing, and breaks nothing."""
    notifier = FakeNotifier()
    await on(notifier).deliver(about(12))

    notifier.on_clicked("1")
    notifier.on_clicked("of another program's run")
    await asyncio.sleep(0)  # noqa: TID251 (gives way without waiting)

    assert 1 == len(notifier.sent)


async def test_click_from_another_thread_opens_on_the_loop() -> None:
    """On a Mac clicks come on the main thread, and the loop runs elsewhere."""
    notifier, came = FakeNotifier(), asyncio.Event()
    threads: list[int] = []
    desktop = on(notifier)

    def opens(_number: int) -> None:
        threads.append(threading.get_ident())
        came.set()

    desktop.opens = opens
    await desktop.deliver(about(12))

    await asyncio.to_thread(notifier.on_clicked, "1")
    async with asyncio.timeout(PATIENCE_S):
        await came.wait()

    assert [threading.get_ident()] == threads


def test_click_after_the_end() -> None:
    """What is still on the screen when the program is at its end can be clicked on in vain."""
    notifier, asked = FakeNotifier(), list[int]()
    desktop = on(notifier)
    desktop.opens = asked.append
    asyncio.run(desktop.deliver(about(12)))

    notifier.on_clicked("1")

    assert [] == asked


@pytest.mark.parametrize("failure", ["", "gone"])
async def test_old_notifications_do_not_pile_up(failure: str) -> None:
    """Beyond a hundred the oldest are taken away; that one is gone already hinders nothing."""
    notifier = FakeNotifier(failure)
    desktop = on(notifier)
    for number in range(1, 104):
        await desktop.deliver(about(number))

    assert 103 == len(notifier.sent)
    assert ([] if failure else ["1", "2", "3"]) == notifier.cleared
    assert 100 == len(desktop._kept)


async def test_clicks_on_a_real_bus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The library hears the click; what was dismissed or taken away it no longer remembers."""
    monkeypatch.setattr(desktop_module, "_MOST_KEPT", 3)
    came: asyncio.Queue[int] = asyncio.Queue()
    with session_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        async with desktop_offering() as service, aclosing(desktop_module.Desktop()) as desktop:
            desktop.opens = came.put_nowait
            for number in (11, 12, 13, 14):
                await desktop.deliver(about(number))
            for shown, action in ((1, "default"), (2, "other"), (3, "default")):
                service.clicked(shown, action)
            service.closed(4, 2)
            async with asyncio.timeout(PATIENCE_S):
                opened = await came.get()
            await desktop.deliver(about(15))  # its answer comes after all that was told before
            assert desktop._notifier is not None
            kept = await desktop._notifier.get_current_notifications()

    assert ([13], [1]) == ([opened, *_rest(came)], service.taken_away)
    assert 1 == len(kept)


def _rest(queue: asyncio.Queue[int]) -> list[int]:
    return [queue.get_nowait() for _ in range(queue.qsize())]
