"""What the log may say, and where it goes."""

import logging
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from loguru import logger
from playwright.async_api import Error as PlaywrightError

from agent import log
from agent.log import writing


@pytest.fixture(autouse=True)
def _quiet_afterwards() -> Iterator[None]:
    """Leave no sink behind: the next test's standard error is another one."""
    yield
    logger.remove()
    logging.getLogger().removeHandler(writing._FROM_STANDARD_LIBRARY)


def test_file_holds_no_secrets(tmp_path: Path) -> None:
    """Message, shop and traceback are masked; no variable is shown; nobody else may read."""
    log.set_up(tmp_path, verbose=False)
    hidden = "only-a-local"

    try:
        int(f"token=abc123 of 13812341234{hidden[:0]}")
    except ValueError:
        logger.bind(shop="13912341234").exception("cannot read {}", "6917345678901234567")
    text = (tmp_path / "geshao.log").read_text(encoding="utf-8")

    assert 0o600 == (tmp_path / "geshao.log").stat().st_mode & 0o777
    assert "| 139****1234 | " in text
    assert "cannot read ****4567" in text
    assert "token=*** of 138****1234" in text
    assert not any(word in text for word in ("abc123", "13812341234", hidden))


def test_no_exception_tells_what_it_holds(tmp_path: Path) -> None:
    """Causes, groups within groups and notes are masked too, and no local variable is shown."""
    log.set_up(tmp_path, verbose=True)
    hidden = "only-a-local"

    told = OSError("buyer='木子李' 13812341234")
    told.add_note("寄到杭州市余杭区文一西路969号")
    told.__cause__ = ValueError("cookie: sid=0a1b2c; uid=3" + hidden[:0])
    broke = ExceptionGroup(
        "Authorization: Bearer abcdefgh", [ExceptionGroup("token=abc123", [told])]
    )
    try:
        raise broke
    except ExceptionGroup:
        logger.exception("broke")
    text = (tmp_path / "geshao.log").read_text(encoding="utf-8")

    assert "cookie: ***\n" in text
    assert "buyer='木**' 138****1234" in text
    assert "寄到***\n" in text
    told_whole = ("0a1b2c", "木子", "13812341234", "文一西路", "abc123", "abcdefgh", hidden)
    assert [] == [secret for secret in told_whole if secret in text]


class FullDisk(StringIO):
    """A console that takes nothing any more."""

    def write(self, _text: str) -> int:
        """Refuse."""
        raise OSError(28, "No space left on device")


def test_line_that_cannot_be_written_is_not_told_unmasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk or a console that is gone costs lines; no complaint tells what they hid."""
    console = sys.stderr
    (tmp_path / "geshao.log").symlink_to("/dev/full")
    monkeypatch.setattr(sys, "stderr", FullDisk())
    log.set_up(tmp_path, verbose=False)
    monkeypatch.setattr(sys, "stderr", console)

    try:
        int("token=abc123")
    except ValueError:
        logger.exception("cannot read {}", "13812341234")

    assert ("", "") == capsys.readouterr()


def test_text_from_a_page_is_data(tmp_path: Path) -> None:
    """Braces, tags and line ends in a text are written as they are, on one line."""
    log.set_up(tmp_path, verbose=False)

    logger.info("reason: {}", "{shop} <red>{0}</red> {")
    logger.info("{not a field}")
    logger.info("one\r\ntwo")
    lines = (tmp_path / "geshao.log").read_text(encoding="utf-8").splitlines()

    assert [
        "test_log: reason: {shop} <red>{0}</red> {",
        "test_log: {not a field}",
        r"test_log: one\ntwo",
    ] == [line.split(" | ")[-1].removeprefix("tests.") for line in lines]


@pytest.mark.parametrize(
    ("verbose", "levels"), [(False, ["WARNING"]), (True, ["DEBUG", "INFO", "WARNING"])]
)
def test_console_is_quiet(
    verbose: bool,  # noqa: FBT001 (a column of the table)
    levels: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only warnings come to the console, unless all is asked for."""
    console = StringIO()
    monkeypatch.setattr(sys, "stderr", console)
    log.set_up(None, verbose=verbose)

    logger.debug("a")
    logger.info("b")
    logger.warning("c")

    assert levels == [line.split(" | ")[1].strip() for line in console.getvalue().splitlines()]


def test_five_files_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old files go once there are five, the newest lines stay."""
    monkeypatch.setattr(writing, "LARGEST_FILE_BYTES", 100)
    log.set_up(tmp_path, verbose=False)

    for number in range(12):
        logger.info("line {}", number)
    current = (tmp_path / "geshao.log").read_text(encoding="utf-8")

    assert writing.FILES_KEPT == len(list(tmp_path.iterdir()))
    assert current.endswith("line 11\n")


def test_libraries_are_masked_too(tmp_path: Path) -> None:
    """What a library logs by the standard way lands in the same file, masked."""
    log.set_up(tmp_path, verbose=False)
    log.set_up(tmp_path, verbose=False)

    logging.getLogger("asyncio").error("lost: %s", "token=abc123")
    text = (tmp_path / "geshao.log").read_text(encoding="utf-8")

    assert 1 == text.count("asyncio: lost: token=***")
    assert "| ERROR    |" in text


@pytest.mark.parametrize(
    ("raised", "told"),
    [("Cannot find parent object page@1 to create disposable@2", 0), ("a bug in a listener", 1)],
)
def test_what_comes_too_late_of_a_page_is_no_trouble(
    tmp_path: Path, raised: str, told: int
) -> None:
    """Playwright complains of messages about pages that have gone; all else of it is told."""
    log.set_up(tmp_path, verbose=False)

    late = PlaywrightError(raised)
    logging.getLogger("playwright").error("Error occurred in event listener", exc_info=late)
    text = (tmp_path / "geshao.log").read_text(encoding="utf-8")

    assert told == text.count("Error occurred in event listener")
