"""The bridge: what the page may ask, and what it gets to hear."""

import asyncio
import inspect
import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pytest

from agent.errors import GeshaoError, UnknownCase
from agent.inbox import Snapshot
from tests.fakes import NOON
from tests.ui.desk import FakeDesk
from tests.ui.samples import a_blind_shop, a_dossier, a_shop, a_snapshot, within
from ui import crossing as module
from ui.answer import Answer
from ui.bridge import Bridge
from ui.case import case_view
from ui.crossing import Crossing
from ui.ticking import epoch_ms


@pytest.fixture(autouse=True)
def all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a call take as long as a busy machine needs."""
    monkeypatch.setattr(module, "_SECONDS", 60)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Run an event loop in a thread of its own, as the agent does."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def desk() -> FakeDesk:
    """Give the agent's side."""
    return FakeDesk()


@pytest.fixture
def bridge(desk: FakeDesk, loop: asyncio.AbstractEventLoop) -> Bridge:
    """Give the bridge to that desk."""
    return Bridge(desk, Crossing(loop), "zh", lambda: desk.asked.append(("quit",)))


CALLS: list[tuple[str, tuple[object, ...], Answer]] = [
    ("acknowledge", (12,), {"ok": True}),
    ("acknowledge_all", ([12, 13],), {"ok": True, "count": 1}),
    ("take_back", ([12, 13],), {"ok": True, "count": 2}),
    ("assign", (12, "小王"), {"ok": True}),
    ("snooze", (12, 30), {"ok": True, "until": epoch_ms(within(minutes=29))}),
    ("star", (12, True), {"ok": True}),
    ("case", (12,), {"ok": True, "case": case_view(a_dossier(12), "zh")}),
    ("note", (12, "已打电话"), {"ok": True}),
    ("open_case", (12,), {"ok": True}),
    ("help_shop", ("lamp",), {"ok": True, "help": "window"}),
    ("open_window", ("lamp",), {"ok": True}),
    ("leave_code", ("lamp",), {"ok": True}),
    ("pause", ("", 60), {"ok": True}),
    ("resume", ("lamp",), {"ok": True}),
    ("hush", (10,), {"ok": True, "until": epoch_ms(within(minutes=10))}),
    ("unhush", (), {"ok": True}),
    ("begin_drill", (), {"ok": True}),
    ("answer_drill", (True,), {"ok": True}),
    ("begin_holiday", ("2026-10-01", "2026-10-07", "小李"), {"ok": True}),
    ("end_holiday", (), {"ok": True}),
    ("day", (), {"ok": True, "day": None}),
    ("quit", (), {"ok": True}),
]


@pytest.mark.parametrize(("name", "values", "expected"), CALLS)
def test_call_reaches_the_desk(
    bridge: Bridge, desk: FakeDesk, name: str, values: tuple[object, ...], expected: Answer
) -> None:
    """Each call arrives on the agent's loop with its values, and its answer comes back."""
    answer = getattr(bridge, name)(*values)

    assert expected == answer
    assert [(name, *values)] == desk.asked


def test_page_sees_only_what_it_may_call(bridge: Bridge) -> None:
    """Nothing without an underscore is anything but one of the calls: pywebview shows it all."""
    public = {name for name in dir(bridge) if not name.startswith("_")}

    assert {name for name, _, _ in CALLS} | {"snapshot", "settings", "change"} == public
    assert all(inspect.ismethod(getattr(bridge, name)) for name in public)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        pytest.param("acknowledge", (), id="no number"),
        pytest.param("acknowledge", (None,), id="null"),
        pytest.param("acknowledge", ("12",), id="text for a number"),
        pytest.param("acknowledge", (0,), id="zero"),
        pytest.param("acknowledge", (-1,), id="negative"),
        pytest.param("acknowledge", (2**60,), id="beyond what the page can count"),
        pytest.param("acknowledge", (1.5,), id="half a case"),
        pytest.param("acknowledge", (True,), id="a flag for a number"),
        pytest.param("acknowledge", ([12],), id="a list"),
        pytest.param("acknowledge_all", (12,), id="one for many"),
        pytest.param("acknowledge_all", ([],), id="none at all"),
        pytest.param("take_back", ([12, "13"],), id="text among numbers"),
        pytest.param("snooze", (12, 0), id="no time"),
        pytest.param("snooze", (12, 24 * 60 + 1), id="more than a day"),
        pytest.param("star", (12, 1), id="a number for a flag"),
        pytest.param("assign", (12, None), id="neither a person nor nobody"),
        pytest.param("assign", (12, "王" * 201), id="too long a person"),
        pytest.param("case", ("12",), id="text for a case to show"),
        pytest.param("note", (12, None), id="no note"),
        pytest.param("note", (12, "退" * 2001), id="too long a note"),
        pytest.param("open_case", ({"number": 12},), id="an object"),
        pytest.param("help_shop", ("",), id="no shop"),
        pytest.param("help_shop", ("x" * 201,), id="too long a name"),
        pytest.param("open_window", ("",), id="no shop's window"),
        pytest.param("leave_code", ("",), id="no shop's code"),
        pytest.param("pause", ("lamp", -1), id="less than no time"),
        pytest.param("pause", (None, 30), id="neither one nor all"),
        pytest.param("resume", (7,), id="a number for a shop"),
        pytest.param("hush", (61,), id="silence beyond an hour"),
        pytest.param("answer_drill", ("yes",), id="a word for a flag"),
        pytest.param("begin_holiday", ("2026-10-01", None, ""), id="no last day"),
        pytest.param("begin_holiday", ("1" * 21, "2026-10-07", ""), id="too long a day"),
        pytest.param("snapshot", (7,), id="a number for a revision"),
    ],
)
def test_impossible_values_are_refused_before_the_desk(
    bridge: Bridge, desk: FakeDesk, name: str, values: tuple[object, ...]
) -> None:
    """A wrong value is answered, with the next step, and goes no further."""
    answer = getattr(bridge, name)(*values)

    assert {
        "ok": False,
        "error": "窗口发来的请求不对。",
        "next_step": "关掉窗口重新打开再试。",
    } == answer
    assert [] == desk.asked


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (UnknownCase("#12 已经不在了。", "看看新的列表。"), ("#12 已经不在了。", "看看新的列表。")),
        (GeshaoError("磁盘满了。", "腾出空间。"), ("磁盘满了。", "腾出空间。")),
        (
            RuntimeError("secret detail"),
            ("出了意外，这次没有完成。", "再试一次；还不行就重新启动鸽哨，日志里有细节。"),
        ),
        (
            TimeoutError(),
            ("3 秒没有应答，这次没有完成。", "稍等再试；一直这样就重新启动鸽哨。"),
        ),
    ],
)
def test_desk_that_fails_is_explained(
    bridge: Bridge, desk: FakeDesk, error: Exception, expected: tuple[str, str]
) -> None:
    """Our own errors speak for themselves; of others the page learns no detail."""
    desk.error = error
    answer = bridge.acknowledge(12)

    assert {"ok": False, "error": expected[0], "next_step": expected[1]} == answer


def test_desk_that_never_answers_is_given_up(
    bridge: Bridge, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is not kept waiting, and what was reported as undone is not done later."""
    begun, cancelled = threading.Event(), threading.Event()
    put = asyncio.run_coroutine_threadsafe

    async def wait_for_ever(_number: int) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    def put_and_begun(*call: Any) -> Future[Any]:  # noqa: ANN401 (what asyncio takes)
        future = put(*call)
        assert begun.wait(60)
        return future

    monkeypatch.setattr(desk, "acknowledge", wait_for_ever)
    monkeypatch.setattr(module.asyncio, "run_coroutine_threadsafe", put_and_begun)
    monkeypatch.setattr(module, "_SECONDS", 0.05)
    answer = bridge.acknowledge(12)

    assert "3 秒没有应答，这次没有完成。" == answer["error"]
    assert cancelled.wait(60)


def test_agent_whose_loop_has_ended_is_given_up_at_once(desk: FakeDesk) -> None:
    """With no loop to run on, the answer is the same as for a silent one."""
    loop = asyncio.new_event_loop()
    loop.close()
    answer = Bridge(desk, Crossing(loop), "zh", lambda: None).acknowledge(12)

    assert not answer["ok"]
    assert [] == desk.asked


def test_page_that_is_up_to_date_gets_only_the_time(bridge: Bridge, desk: FakeDesk) -> None:
    """The same revision, later: nothing but the heartbeat."""
    first = bridge.snapshot()
    desk.now = replace(desk.now, taken_at=within(seconds=1))
    second = bridge.snapshot(first["revision"])

    assert not first["unchanged"]
    assert {
        "ok": True,
        "revision": first["revision"],
        "taken_at": epoch_ms(within(seconds=1)),
        "unchanged": True,
    } == second


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda old: replace(old, shops=(a_blind_shop(),)), id="blind by time alone"),
        pytest.param(
            lambda old: replace(old, shops=(a_shop(confirmed_at=NOON), *old.shops[1:])),
            id="confirmed anew",
        ),
    ],
)
def test_page_gets_everything_when_what_it_shows_differs(
    bridge: Bridge, desk: FakeDesk, change: Callable[[Snapshot], Snapshot]
) -> None:
    """What counts is what is shown: a shop turns blind without anything being written down."""
    first = bridge.snapshot()
    desk.now = change(desk.now)
    second = bridge.snapshot(first["revision"])

    assert not second["unchanged"]
    assert first["view"]["shops"] != second["view"]["shops"]


def test_answers_are_plain_json(bridge: Bridge, desk: FakeDesk) -> None:
    """Pywebview writes the answer as JSON; nothing in it may be lost on the way."""
    desk.now = a_snapshot(shops=(a_blind_shop(),))
    answers: list[dict[str, Any]] = [bridge.snapshot(), bridge.case(12)]

    assert answers == json.loads(json.dumps(answers))
