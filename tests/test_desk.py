"""What a person asks of the running program, and the errands that follow."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from agent import desk as desks
from agent.cases import CaseKey, Change, ChangeKind, Kind, Outcome, Policy, QueueHealth, Reading
from agent.config import ShopSettings
from agent.desk import AgentDesk, ShopAtWork
from agent.errors import BrowserMissing, GeshaoError, UnknownCase
from agent.inbox import Inbox, Watched
from agent.journal import Journal
from tests.fakes import NOON, FakeClock, FakeShop
from tests.mothers import KEY, a_case, a_reading, a_shop

SHOP = KEY.shop
Accept = Callable[[dict[str, Any]], Awaitable[bool]]
LISTS = {"aftersale": "main:/list", "chats": "main:/chats"}


class Watching:
    """A watcher and a dispatcher that only take notes."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.recorded: list[Reading] = []
        self.running = 0

    async def run(self, *_: object) -> None:
        """Run until cancelled."""
        self.running += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.running -= 1

    def look_again(self) -> None:
        """Remember that the pages are to be loaded anew."""
        self.asked.append("again")

    def look_now(self) -> None:
        """Remember that the tick is not to wait."""
        self.asked.append("now")

    def record(self, reading: Reading) -> None:
        """Remember *reading*."""
        self.recorded.append(reading)


@dataclass
class Windows:
    """What was shown in a browser window, and how that goes on."""

    opened: list[str] = field(default_factory=list)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    fails: Exception | None = None
    accepts: Accept | None = None

    async def open(
        self,
        _session: object,
        url: str,
        _clock: object,
        *,
        accept: Accept | None = None,
        username: str = "",
    ) -> bool:
        """Show *url* until the test closes it."""
        self.opened.append(f"{url} {username}".strip())
        self.accepts = accept
        if self.fails is not None:
            raise self.fails
        await self.closed.wait()
        return True


@dataclass
class Scene:
    """A desk over a journal in memory, with one shop at work."""

    desk: AgentDesk
    journal: Journal
    watching: Watching
    windows: Windows
    readers: tuple[FakeShop, ...]
    adopted: list[object]
    clock: FakeClock

    def has(self, **fields: Any) -> int:  # noqa: ANN401 (any field)
        """Have an open case; return its number."""
        change = Change(ChangeKind.OPENED, None, a_case(**fields))
        return self.journal.record([change], None, shop=SHOP)[0].after.number

    def reads(self, queue: str, outcome: Outcome) -> None:
        """Have a queue read with *outcome*."""
        health = QueueHealth(queue).after(a_reading(queue=queue, outcome=outcome))
        self.journal.record([], health, shop=SHOP)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Let the program work until the block ends."""
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.desk.work(stop))
            await self.clock.advance(0)
            yield
            stop.set()


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """Give a desk on a machine where windows open."""
    clock, watching, windows = FakeClock(), Watching(), Windows()
    adopted: list[object] = []

    async def adopt(state: object) -> None:
        adopted.append(state)

    pack = SimpleNamespace(
        queues={name: SimpleNamespace(url=url) for name, url in LISTS.items()},
        resolve=lambda address: address.replace("main:", "http://office"),
    )
    session: Any = SimpleNamespace(pack=pack, adopt=adopt)
    readers = tuple(FakeShop(clock, a_reading(), name=name) for name in LISTS)
    for reader in readers:
        vars(reader)["queue"] = pack.queues[reader.name]
    monkeypatch.setattr(desks, "check_window", lambda _host: None)
    monkeypatch.setattr(desks, "open_window", windows.open)
    with Journal.open(None) as journal:
        at_work: Any = (session, watching, readers, None)
        settings = ShopSettings(id=SHOP, platform="doudian", name="山雀百货", username="me")
        shop = ShopAtWork(settings, *at_work)
        others: Any = (watching, [shop], SimpleNamespace(), clock)
        desk = AgentDesk(an_inbox(journal, clock), *others)
        yield Scene(desk, journal, watching, windows, readers, adopted, clock)


def an_inbox(journal: Journal, clock: FakeClock) -> Inbox:
    """Return an inbox that watches the one shop."""
    watched = [Watched(a_shop(), "抖店", dict.fromkeys(LISTS, "列表"))]
    return Inbox(journal, Policy(), clock, watched, stale_after=timedelta(minutes=2))


async def test_taking_a_case_in_hand_silences_it_at_once(scene: Scene) -> None:
    """The next tick is not waited for."""
    number = scene.has()
    await scene.desk.acknowledge(number)

    (row,) = (await scene.desk.snapshot()).rows
    assert row.quiet
    assert ["now"] == scene.watching.asked


async def test_snooze_and_star(scene: Scene) -> None:
    """Both are kept; a snooze tells when it ends."""
    number = scene.has(respond_by=NOON + timedelta(days=2))
    until = await scene.desk.snooze(number, 45)
    await scene.desk.star(number, True)  # noqa: FBT003 (as the page calls it)

    (row,) = (await scene.desk.snapshot()).rows
    assert (NOON + timedelta(minutes=45), until, True) == (
        row.case.snoozed_until,
        until,
        row.case.starred,
    )


@pytest.mark.parametrize(
    ("url", "queue", "shown"),
    [
        ("http://office/case/7", "aftersale", "http://office/case/7"),
        ("", "chats", "http://office/chats"),
        ("", "given-up", "http://office/list"),
    ],
    ids=["its own page", "its list", "a list that the pack has no more"],
)
async def test_case_is_shown_in_a_window(scene: Scene, url: str, queue: str, shown: str) -> None:
    """The shop counts as busy as long as the window is open; afterwards all is read anew."""
    number = scene.has(key=CaseKey(SHOP, queue, "7"), url=url)
    async with scene.at_work():
        await scene.desk.open_case(number)
        await scene.clock.advance(0)
        busy = (await scene.desk.snapshot()).shops[0].busy
        scene.windows.closed.set()
        await scene.clock.advance(0)
        after = (await scene.desk.snapshot()).shops[0].busy

    assert [shown] == scene.windows.opened
    assert ("正在浏览器窗口里处理", "") == (busy, after)
    assert ["again"] == scene.watching.asked


async def test_outage_is_no_page_but_a_call_for_help(scene: Scene) -> None:
    """Opening it does what its button does."""
    scene.reads("aftersale", Outcome.UNREACHABLE)
    await scene.desk.open_case(scene.has(kind=Kind.OUTAGE))

    assert (["again"], []) == (scene.watching.asked, scene.windows.opened)


@pytest.mark.parametrize("outcome", [Outcome.UNREACHABLE, Outcome.ROWS])
async def test_help_that_needs_nobody(scene: Scene, outcome: Outcome) -> None:
    """Where no window would help the pages are loaded once more."""
    scene.reads("aftersale", outcome)
    await scene.desk.help_shop(SHOP)

    assert (["again"], []) == (scene.watching.asked, scene.windows.opened)


async def test_help_opens_the_window_at_the_queue_in_trouble(scene: Scene) -> None:
    """The window is over when that very queue can be read, by our own reader."""
    scene.reads("aftersale", Outcome.VERIFIED_EMPTY)
    scene.reads("chats", Outcome.SIGNED_OUT)
    first, second = scene.readers
    second.shows(a_reading(outcome=Outcome.SIGNED_OUT), a_reading())
    async with scene.at_work():
        await scene.desk.help_shop(SHOP)
        await scene.clock.advance(0)
        accepts = scene.windows.accepts
        assert accepts is not None
        verdicts = [await accepts({"cookies": [n]}) for n in (1, 2)]

    assert ["http://office/chats me"] == scene.windows.opened
    assert [False, True] == verdicts
    assert [{"cookies": [1]}, {"cookies": [2]}] == scene.adopted
    assert ([], [True, True]) == (first.looks, [look.fresh for look in second.looks])
    assert ["chats", "chats"] == [reading.queue for reading in scene.watching.recorded]


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


async def test_unknown_cases_and_shops(scene: Scene) -> None:
    """Each is refused with the next step."""
    with pytest.raises(UnknownCase):
        await scene.desk.open_case(99)
    with pytest.raises(GeshaoError, match="没有名为 nowhere 的店铺") as error:
        await scene.desk.help_shop("nowhere")

    assert "geshao shop list" in error.value.next_step
