"""The tray without what draws it: its menu, what it does, what it asks, what it survives."""

import threading
from typing import Any

import pytest

from tests.fakes import FakeClock
from tests.ui.samples import a_row, a_snapshot
from ui.answer import Answer
from ui.glance import Glance, Seen
from ui.tray import Entry, Tray
from ui.view import Choice, present

HOUR = Choice(minutes=60, text="1 小时")


class Told:
    """A bridge that remembers, and an icon that does."""

    def __init__(self) -> None:
        self.done: list[tuple[object, ...]] = []
        self.moved = threading.Event()
        self.refused = False
        self.shown: list[Seen] = []
        self.complaints: list[str] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever is asked of a bridge)
        """Return what takes note of a call."""

        def call(*values: object) -> Answer:
            self.done.append((name, *values))
            self.moved.set()
            if self.refused:
                return {"ok": False, "error": "没有应答。", "next_step": "再试一次。"}
            view = present(a_snapshot(a_row(1)), "zh")
            return {"ok": True, "revision": "1", "view": view}

        return call

    def refresh(self, seen: Seen) -> None:
        """Take note."""
        self.shown.append(seen)

    def complain(self, text: str) -> None:
        """Take note."""
        self.complaints.append(text)


@pytest.fixture
def told() -> Told:
    """Give both sides of a tray."""
    return Told()


def a_tray(told: Any, glance: Glance | None = None) -> Tray:  # noqa: ANN401 (a stand-in)
    """Return a tray between *told* and itself."""
    return Tray(glance or Glance(FakeClock()), told, told.appear, "zh")


def texts(entries: tuple[Entry, ...]) -> list[str]:
    """Return the lines of a menu, those that unfold from one after it."""
    return [text for one in entries for text in (one.text, *texts(one.entries))]


@pytest.mark.parametrize(
    ("seen", "lines"),
    [
        (Seen(), []),
        (Seen("empty", hushed=False), ["马上全部安静 10 分钟"]),
        (
            Seen("calm", pauses=(HOUR,), hushed=False),
            ["马上全部安静 10 分钟", "暂停监看", "1 小时"],
        ),
        (
            Seen("paused", pauses=(HOUR,), all_paused=True, hushed=True),
            ["恢复响铃", "全部继续"],
        ),
    ],
    ids=["starting", "no shops", "calm", "paused and silent"],
)
def test_menu_offers_what_can_be_done(told: Told, seen: Seen, lines: list[str]) -> None:
    """To open and to quit always; what ends the watching is one step deeper."""
    found = texts(a_tray(told).entries(seen))

    assert ["打开小窗", *lines, "退出鸽哨", "退出，停止监看"] == found


@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("打开小窗", ("appear",)),
        ("马上全部安静 10 分钟", ("hush", 10)),
        ("恢复响铃", ("unhush",)),
        ("1 小时", ("pause", "", 60)),
        ("全部继续", ("resume", "")),
        ("退出，停止监看", ("quit",)),
    ],
)
def test_line_does_what_it_says(told: Told, line: str, done: tuple[object, ...]) -> None:
    """On a thread of its own: what draws never waits for the agent."""
    tray = a_tray(told)
    states = [Seen(pauses=(HOUR,), all_paused=some, hushed=some) for some in (False, True)]
    tops = [one for seen in states for one in tray.entries(seen)]
    entries = [*tops, *(inner for one in tops for inner in one.entries)]
    tray.do(next(one for one in entries if one.text == line))
    moved = told.moved.wait(60)

    assert (True, [done]) == (moved, told.done)


def test_icon_follows_and_is_told_only_what_is_new(told: Told) -> None:
    """A page that was told just now is asked nothing more."""
    glance, rounds = Glance(FakeClock()), [False, False, False, True]
    glance.take(told.snapshot())
    a_tray(told, glance).follow(told, lambda: rounds.pop(0))

    assert ["urgent"] == [seen.state for seen in told.shown]
    assert [("snapshot",)] == told.done


def test_agent_that_does_not_answer_turns_the_icon_red(told: Told) -> None:
    """By itself, and whatever it showed before."""
    told.refused = True
    rounds = [False, True]
    a_tray(told).follow(told, lambda: rounds.pop(0))

    assert [Seen("stopped", text="已停止监看")] == told.shown


def test_what_is_refused_is_said_beside_the_icon(told: Told) -> None:
    """With its next step; what fails otherwise costs only that one click."""
    tray, over = a_tray(told), [True]
    tray.follow(told, over.pop)
    told.refused = True
    tray._do(Entry("x", lambda: told.pause("", 60)))
    tray._do(Entry("x", lambda: {}["gone"]))
    tray._do(Entry("x"))

    assert ["没有应答。再试一次。"] == told.complaints
