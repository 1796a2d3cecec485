"""Where the window was: kept, forgotten where it makes no sense, and always in sight."""

from pathlib import Path

import pytest

from ui.places import Area, Kept, Place, Size, fitted, read_kept, write_kept

DESK = Area(0, 0, 1280, 900)
BESIDE = Area(1280, 0, 1920, 1080)
LEFT = Area(-1024, 0, 1024, 768)
FIRST = Place(x=1280 - 380 - 24, y=72, width=380, height=640)


def at(x: int, y: int, width: int = 380, height: int = 640) -> Place:
    """Return a place."""
    return Place(x=x, y=y, width=width, height=height)


@pytest.mark.parametrize(
    ("was", "screens", "expected"),
    [
        pytest.param(None, [DESK], FIRST, id="never moved"),
        pytest.param(at(100, 50), [DESK], at(100, 50), id="where it was"),
        pytest.param(at(1500, 50), [DESK, BESIDE], at(1500, 50), id="on the other screen"),
        pytest.param(at(1500, 50), [DESK], FIRST, id="the other screen is gone"),
        pytest.param(at(-900, 20), [DESK, LEFT], at(-900, 20), id="left of the main screen"),
        pytest.param(at(1200, 800), [DESK], at(900, 260), id="half outside"),
        pytest.param(at(1270, 50), [DESK], FIRST, id="nothing to take hold of"),
        pytest.param(at(10, 10, 3000, 2000), [DESK], at(0, 0, 1280, 900), id="smaller screen"),
        pytest.param(at(10, 10, 100, 100), [DESK], at(10, 10, 320, 420), id="too small to read"),
        pytest.param(at(10, 10), [], at(876, 72), id="no screen is known"),
    ],
)
def test_window_comes_back_in_sight(
    was: Place | None, screens: list[Area], expected: Place
) -> None:
    """To its place if a hand can get hold of it there, else to the corner."""
    assert expected == fitted(was, "inbox", screens)


@pytest.mark.parametrize(
    ("was", "expected"),
    [
        pytest.param(None, at(1280 - 380 - 24, 72, 380, 60), id="never moved"),
        pytest.param(at(900, 840, 340, 60), at(900, 840, 340, 60), id="at the bottom"),
        pytest.param(at(900, 885, 340, 60), at(916, 72, 340, 60), id="under the edge"),
        pytest.param(at(5, 5, 340, 640), at(5, 5, 340, 120), id="no strip any more"),
    ],
)
def test_whistle_comes_back_in_sight(was: Place | None, expected: Place) -> None:
    """The strip has a size of its own."""
    assert expected == fitted(was, "whistle", [DESK])


def test_each_size_keeps_its_own_place(tmp_path: Path) -> None:
    """What is written is read again; nothing else is left beside it."""
    file = tmp_path / "window.json"
    kept = Kept().moved("inbox", at(1, 2)).moved("whistle", at(3, 4, 340, 60))
    write_kept(file, kept)

    assert kept == read_kept(file)
    assert ("whistle", at(1, 2), at(3, 4, 340, 60)) == (kept.size, kept.inbox, kept.whistle)
    assert [file] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"size": "huge"}',
        '{"size": "whistle", "more": 1}',
        '{"inbox": {"x": 1, "y": 2, "width": "3", "height": 4}}',
        '{"inbox": {"x": 1, "y": 2, "width": 0, "height": 4}}',
        '{"inbox": {"x": 1e300, "y": 2, "width": 3, "height": 4}}',
        '{"inbox": {"x": NaN, "y": 2, "width": 3, "height": 4}}',
    ],
)
def test_file_that_makes_no_sense_keeps_nothing(tmp_path: Path, text: str) -> None:
    """The window opens in its corner as if for the first time."""
    file = tmp_path / "window.json"
    file.write_text(text, encoding="utf-8")

    assert Kept() == read_kept(file)


def test_place_that_cannot_be_kept_costs_nothing_else(tmp_path: Path) -> None:
    """Neither a folder that is gone nor none at all is an error."""
    for file in (tmp_path / "gone" / "window.json", None):
        write_kept(file, Kept())

    sizes: list[Size] = [read_kept(tmp_path / "gone" / "window.json").size, read_kept(None).size]
    assert ["inbox", "inbox"] == sizes
