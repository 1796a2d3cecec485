"""The line of the holiday in the user's file: put there, changed and taken out again."""

from datetime import date
from pathlib import Path

import pytest

from agent.config import HolidaySettings, read_settings, set_holiday
from agent.config.splice import with_line
from agent.errors import ConfigError

LINE = 'holiday: {from: 2026-10-01, to: 2026-10-07, stand_in: "小李"}\n'
HOLIDAY = HolidaySettings.model_validate(
    {"from": "2026-10-01", "to": "2026-10-07", "stand_in": "小李"}
)
BLOCK = """\
# 我的
holiday:   # 国庆
  from: 2026-09-01
  to: 2026-09-02
  stand_in: 甲

# 语言
language: zh
"""


@pytest.mark.parametrize(
    ("before", "after", "without"),
    [
        ("language: zh\n", f"language: zh\n{LINE}", "language: zh\n"),
        ("language: zh", f"language: zh\n{LINE}", "language: zh"),
        ("", LINE, ""),
        (f"{LINE}language: zh\n", f"{LINE}language: zh\n", "language: zh\n"),
        ("holiday:\nlanguage: zh\n", f"{LINE}language: zh\n", "language: zh\n"),
        (BLOCK, f"# 我的\n{LINE}\n# 语言\nlanguage: zh\n", "# 我的\n\n# 语言\nlanguage: zh\n"),
        ("language: zh\r\n", f"language: zh\r\n{LINE[:-1]}\r\n", "language: zh\r\n"),
    ],
    ids=["none", "no end of line", "empty file", "same", "bare", "block", "windows"],
)
def test_it_takes_a_line_of_its_own(before: str, after: str, without: str, tmp_path: Path) -> None:
    """In the place of what was there, or at the end; every other line stays as it was."""
    file = tmp_path / "config.yaml"
    file.write_bytes(before.encode())
    set_holiday(file, HOLIDAY)
    written = file.read_bytes().decode()
    settings = read_settings(file)
    set_holiday(file, None)

    assert after == written
    assert HOLIDAY == settings.holiday
    assert without == with_line(before, "holiday", None)
    assert read_settings(file).holiday is None


@pytest.mark.parametrize("text", ["{language: zh}\n", "{language: en, holiday: }\n"])
def test_what_cannot_be_changed_is_left_alone(text: str, tmp_path: Path) -> None:
    """A file in braces is the person's to change."""
    file = tmp_path / "config.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match="请手动改成单独一行 holiday"):
        set_holiday(file, HOLIDAY)
    assert text == file.read_text(encoding="utf-8")


def test_a_name_is_written_so_that_it_is_read_again(tmp_path: Path) -> None:
    """Whatever is in it."""
    file = tmp_path / "config.yaml"
    file.write_text("language: zh\n", encoding="utf-8")
    odd = HOLIDAY.model_copy(update={"stand_in": '小"李: {#}\\', "last": date(2026, 10, 2)})
    set_holiday(file, odd)

    assert odd == read_settings(file).holiday
