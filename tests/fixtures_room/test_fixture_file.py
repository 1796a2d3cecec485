import json
from datetime import timedelta
from pathlib import Path

import pytest

from agent.cases import Kind, Outcome, Source
from agent.errors import PackError
from agent.fixtures.fixture import (
    FIXTURE_FILE,
    Answer,
    Expected,
    ExpectedRow,
    Fixture,
    Frame,
)
from tests.fixtures_room.made_up_page import NOON


def a_fixture() -> Fixture:
    """Return a fixture that has something everywhere."""
    row = ExpectedRow(
        case_id="8123456789012345678",
        kind=Kind.REFUND_ONLY,
        status="待商家审核",
        respond_by=NOON + timedelta(hours=3),
    )
    return Fixture(
        platform="made_up",
        queue="aftersale",
        shop="甲乙丙",
        captured_at=NOON,
        url="https://shop.test/list",
        html="<!DOCTYPE html>\r\n<p>仅退款</p>\n",
        frames=(
            Frame(url="https://shop.test/a", html="<p>一</p>"),
            Frame(url="https://shop.test/b"),
        ),
        answers=(
            Answer(
                url="https://shop.test/api/list",
                method="POST",
                asked={"page": 1},
                body={"id": 8123456789012345678, "big": 10**25, "f": 1.5, "n": None, "☆": [True]},
            ),
        ),
        expected=Expected(
            outcome=Outcome.ROWS, source=Source.RESPONSE, total=1, gate="", rows=(row,)
        ),
    )


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Nothing is lost on the way, to the last digit and the last line's end."""
    folder = tmp_path / "fixtures" / "aftersale"
    a_fixture().write(folder)

    assert a_fixture() == Fixture.read(folder)
    assert [FIXTURE_FILE, "frame-1.html", "page.html"] == sorted(
        file.name for file in folder.iterdir()
    )


def test_the_file_can_be_read_by_people(tmp_path: Path) -> None:
    """The index is indented, in plain Chinese, and does not hold the page."""
    a_fixture().write(tmp_path)
    text = (tmp_path / FIXTURE_FILE).read_text(encoding="utf-8")

    assert '\n "queue": "aftersale",\n' in text
    assert "待商家审核" in text
    assert "<!DOCTYPE" not in text


def test_a_fixture_is_never_written_over_another(tmp_path: Path) -> None:
    """Two captures keep to two folders."""
    a_fixture().write(tmp_path)

    with pytest.raises(PackError, match="已经有一份页面样本"):
        a_fixture().write(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file in the way is an error that says what to look at."""
    (tmp_path / "way").write_text("", encoding="utf-8")

    with pytest.raises(PackError, match=r"写不进.*请检查文件夹的权限"):
        a_fixture().write(tmp_path / "way" / "below")


@pytest.mark.parametrize(
    ("spot", "value", "told"),
    [
        ("queue", None, "queue：缺少这一项"),
        ("colour", "red", "colour：没有这个键"),
        ("html", "<p>", "html"),
        ("platform", "Made Up", "platform：名字不对"),
        ("captured_at", "2026-05-01T12:00:00", "captured_at：时间要带时区"),
        ("captured_at", "gestern", "captured_at：不是时间"),
        ("version", 2, "version：值不对"),
        ("html_file", "../../secret.html", "html_file：名字不对"),
        ("html_file", "gone.html", "gone.html：读不出来"),
        (
            "expected",
            {"outcome": "rows", "rows": [{"case_id": "1"}]},
            r"expected.rows.0.kind：缺少",
        ),
        ("answers", [{"url": "x", "headers": {}}], r"answers.0.headers：没有这个键"),
        ("frames", [{"url": "x", "html_file": "/etc/x.html"}], r"frames.0.html_file：名字不对"),
    ],
)
def test_a_wrong_file_is_told_with_the_spot(
    tmp_path: Path, spot: str, value: object, told: str
) -> None:
    """The error names the file, the place in it, and what to do."""
    a_fixture().write(tmp_path)
    index = json.loads((tmp_path / FIXTURE_FILE).read_text(encoding="utf-8"))
    changed = {**index, spot: value} if value is not None else {**index}
    if value is None:
        del changed[spot]
    (tmp_path / FIXTURE_FILE).write_text(json.dumps(changed), encoding="utf-8")

    with pytest.raises(PackError, match=told) as caught:
        Fixture.read(tmp_path)
    assert str(tmp_path) in caught.value.message
    assert caught.value.next_step


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"a": 1,\n  b}', f"{FIXTURE_FILE}:2:3：这里不是正确的 JSON"),
        (b"[]", "整个文件"),
        (b"\xff\xfe", "不是 UTF-8 文本"),
        (b"[" * 100_000, "嵌套得太深"),
    ],
)
def test_what_is_no_fixture_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    """A broken file is an error that a person can act on."""
    (tmp_path / FIXTURE_FILE).write_bytes(content)

    with pytest.raises(PackError, match=told):
        Fixture.read(tmp_path)


def test_an_empty_folder_holds_no_fixture(tmp_path: Path) -> None:
    """The error names the file that is missing."""
    with pytest.raises(PackError, match=FIXTURE_FILE):
        Fixture.read(tmp_path)
