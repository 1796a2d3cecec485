"""What moves the window about, on a window that only remembers; the real one is in its own test."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from ui import frame as module
from ui.frame import Frame, Keeping
from ui.places import TAB, Kept, Place, read_kept

CORNER = (876, 72)


class Pane:
    """A window that does what it is told, at once."""

    def __init__(self) -> None:
        self.x, self.y, self.width, self.height = 0, 0, 380, 640
        self.asked: list[str] = []

    def move(self, x: int, y: int) -> None:
        """Be there."""
        self.x, self.y = x, y

    def resize(self, width: int, height: int) -> None:
        """Be as large."""
        self.width, self.height = width, height

    def show(self) -> None:
        """Remember."""
        self.asked.append("show")

    def restore(self) -> None:
        """Remember."""
        self.asked.append("restore")

    def hide(self) -> None:
        """Remember."""
        self.asked.append("hide")

    @property
    def place(self) -> tuple[int, int, int, int]:
        """Where it is, and how large."""
        return self.x, self.y, self.width, self.height


@pytest.fixture(autouse=True)
def screens(monkeypatch: pytest.MonkeyPatch) -> list[SimpleNamespace]:
    """Have one screen; others may be plugged in."""
    found = [SimpleNamespace(x=0, y=0, width=1280, height=900)]
    monkeypatch.setattr(module, "webview", SimpleNamespace(screens=found))
    return found


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what would be done on a thread of its own done before `start` returns."""

    def thread(*, target: Callable[..., object], args: list[object], daemon: bool) -> object:
        assert daemon
        return SimpleNamespace(start=lambda: target(*args))

    monkeypatch.setattr(module, "threading", SimpleNamespace(Thread=thread))


def keeping(
    folder: Path,
    calls: list[bool] | None = None,
    told: Callable[[], bool] = bool,
    *,
    over: bool = False,
) -> Keeping:
    """Return what a window is kept by; it is called as *calls* say, *told* that it is away."""
    left = list(calls or [])

    def called() -> bool:
        return bool(left) and left.pop(0)

    return Keeping(folder / "window.json", called, lambda: over, told, lambda: over)


def test_each_size_returns_to_its_place(tmp_path: Path) -> None:
    """The strip is dragged away and comes back there, over a restart too."""
    pane = Pane()
    frame = Frame(pane, keeping(tmp_path))
    frame.settle()
    first = pane.place
    whistle = frame.size("whistle"), pane.place
    pane.move(30, 800)
    back = frame.size("inbox"), pane.place
    frame.size("whistle")
    again = pane.place
    frame.keep()
    later = Pane()
    Frame(later, keeping(tmp_path)).settle()

    assert (*CORNER, 380, 640) == first
    assert ("whistle", (876, 72, 380, 60)) == whistle
    assert ("inbox", first) == back
    assert (30, 800, 380, 60) == again == later.place


@pytest.mark.parametrize(("x", "edge"), [(30, 0), (700, 1228)], ids=["left", "right"])
def test_tab_lies_at_the_nearer_edge(tmp_path: Path, x: int, edge: int) -> None:
    """At the height where the strip was, over a restart too; the strip returns to its place."""
    pane = Pane()
    frame = Frame(pane, keeping(tmp_path))
    frame.size("whistle")
    pane.move(x, 500)
    tab = frame.size("tab"), pane.place
    later = Pane()
    Frame(later, keeping(tmp_path)).settle()
    frame.size("whistle")

    assert ("tab", (edge, 500, *TAB)) == tab
    assert tab[1] == later.place
    assert (x, 500, 380, 60) == pane.place


def test_only_the_small_sizes_are_seen_through(tmp_path: Path) -> None:
    """It is remembered; what is no yes or no changes nothing."""
    shares: list[float] = []
    frame = Frame(Pane(), keeping(tmp_path), shares.append)
    frame.size("whistle")
    faded = frame.fade(), frame.fade(wanted="yes"), frame.fade(wanted=True)
    frame.size("inbox")
    frame.size("tab")
    Frame(Pane(), keeping(tmp_path), shares.append).settle()
    frame.fade(wanted=False)

    assert (False, False, True) == faded
    assert [1.0, 0.55, 1.0, 0.55, 0.55, 1.0] == shares


@pytest.mark.parametrize("wanted", [None, "huge", 3, ["whistle"], "inbox"])
def test_other_sizes_change_nothing(tmp_path: Path, wanted: object) -> None:
    """The page's word is data; what the size is now is the answer."""
    pane = Pane()
    frame = Frame(pane, keeping(tmp_path))

    assert ("inbox", (0, 0, 380, 640)) == (frame.size(wanted), pane.place)
    assert Kept() == read_kept(tmp_path / "window.json")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [((500, 700), (500, 700)), ((1, 1), (320, 420)), (("500", 700), (380, 640))],
)
def test_corner_is_pulled_within_limits(
    asked: tuple[object, object], expected: tuple[int, int]
) -> None:
    """No smaller than can be read; what is no number is not heeded."""
    pane = Pane()
    Frame(pane, None).resize(*asked)

    assert expected == (pane.width, pane.height)


@pytest.mark.usefixtures("at_once")
def test_it_is_put_away_and_says_so_once(tmp_path: Path) -> None:
    """Where it was is kept; who closes it twice has read it before, unless nobody could say it."""
    pane, could, told = Pane(), [False, True, True], list[bool]()
    frame = Frame(pane, keeping(tmp_path, told=lambda: told.append(could.pop(0)) or told[-1]))
    pane.move(7, 8)
    away = [frame.hide() for _ in range(4)]

    assert ([True] * 4, [False, True]) == (away, told)
    assert ["hide"] * 4 == pane.asked
    assert Place(x=7, y=8, width=380, height=640) == read_kept(tmp_path / "window.json").inbox


def test_what_nothing_goes_on_behind_is_not_put_away(tmp_path: Path) -> None:
    """A demo's window closes for good, and so does one that says why nobody watches any more."""
    pane = Pane()

    assert not Frame(pane, None).hide()
    assert not Frame(pane, keeping(tmp_path, over=True)).hide()
    assert [] == pane.asked


def test_a_call_shows_it_before_all_others(tmp_path: Path) -> None:
    """As often as somebody asks, until all is over."""
    pane, rounds = Pane(), [False, False, False, True]
    Frame(pane, keeping(tmp_path, [False, True, False])).attend(lambda: rounds.pop(0))

    assert ["show", "restore"] == pane.asked


def test_what_broke_shows_it_without_taking_the_keyboard(tmp_path: Path) -> None:
    """A window that was put away must not hide that nobody watches any more."""
    pane, rounds = Pane(), [False, True]
    Frame(pane, keeping(tmp_path, over=True)).attend(lambda: rounds.pop(0))

    assert ["show"] == pane.asked


@pytest.mark.parametrize(
    ("x", "expected"), [(1500, CORNER), (-300, (-300, 40))], ids=["gone", "half in sight"]
)
def test_window_comes_back_when_its_screen_is_unplugged(
    screens: list[SimpleNamespace], x: int, expected: tuple[int, int]
) -> None:
    """One that a hand can still get hold of is left where it was put."""
    screens.append(SimpleNamespace(x=1280, y=0, width=1920, height=1080))
    pane = Pane()
    frame = Frame(pane, None)
    frame.settle()
    pane.move(x, 40)
    before: list[tuple[int, int]] = []

    def over() -> bool:
        before.append((pane.x, pane.y))
        del screens[1:]
        return len(before) > 20

    frame.attend(over)

    assert (x, 40) == before[0]
    assert expected == before[-1]


def test_window_without_a_place_keeps_the_former(tmp_path: Path) -> None:
    """A toolkit that no longer knows where it is costs nothing."""
    pane = Pane()
    frame = Frame(pane, keeping(tmp_path))
    frame.keep()
    pane.width = 0
    frame.keep()

    assert Place(x=0, y=0, width=380, height=640) == read_kept(tmp_path / "window.json").inbox
