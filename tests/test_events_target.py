"""Where events go, and that a target which stops taking them costs nothing but them."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from loguru import logger

from agent import events as events_module
from agent.errors import GeshaoError
from agent.events import STDOUT, EventLog
from tests.fakes import FakeClock
from tests.mothers import a_reading


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where events may be written."""
    return tmp_path / "events.jsonl"


@pytest.fixture
def said() -> Iterator[list[str]]:
    """Give what is logged."""
    lines: list[str] = []
    sink = logger.add(lines.append, format="{message}")
    yield lines
    logger.remove(sink)


@pytest.fixture(autouse=True)
def all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the last lines take as long as a busy machine needs."""
    monkeypatch.setattr("agent.events._LAST_WORDS_S", 60)


def a_log(target: Path | str | None) -> EventLog:
    """Return an event log into *target*, at noon."""
    return EventLog(None if target is None else str(target), FakeClock())


def test_a_file_is_continued(file: Path) -> None:
    """The next run appends; a line torn by a kill is ended first, so that no other is spoilt."""
    file.write_text('{"event": "reading"}\n{"event": "rea', encoding="utf-8")
    for _ in range(2):
        with a_log(file) as log:
            log.reading(a_reading())
    lines = file.read_text(encoding="utf-8").splitlines()

    assert 4 == len(lines)
    assert ["reading"] * 3 == [json.loads(line)["event"] for line in (lines[0], *lines[2:])]


def test_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    """With `-` the lines come there, in UTF-8, and it stays open for others."""
    with a_log(STDOUT) as log:
        log.reading(a_reading(detail="读到了"))
    print("after")  # noqa: T201 (whether standard output still works)
    line, after = capfd.readouterr().out.splitlines()

    assert "读到了" == json.loads(line)["detail"]
    assert "after" == after


def test_nowhere() -> None:
    """Without a target nothing is written, and nothing fails."""
    with a_log(None) as log:
        log.reading(a_reading())


@pytest.mark.parametrize("target", ["", "missing/events"])
def test_a_target_that_cannot_be_opened_is_refused(tmp_path: Path, target: str) -> None:
    """At the start, with its name and what to do."""
    with (
        pytest.raises(GeshaoError, match="写不了事件文件") as refused,
        a_log(tmp_path / target),
    ):
        pass

    assert refused.value.next_step


def test_no_standard_output_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that was started without a console has none."""
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(GeshaoError, match="没有标准输出"), a_log(STDOUT):
        pass


@contextmanager
def a_pipe(folder: Path) -> Iterator[tuple[Path, int]]:
    """Give a named pipe and the descriptor of who reads it; nothing is read by itself."""
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        yield pipe, reader
    finally:
        os.close(reader)


def test_each_line_is_written_at_once(tmp_path: Path) -> None:
    """Who reads along sees a line while the log is still open."""
    with a_pipe(tmp_path) as (pipe, reader), a_log(pipe) as log:
        log.reading(a_reading())
        os.set_blocking(reader, True)
        line = os.read(reader, 10_000)

    assert "reading" == json.loads(line)["event"]


def test_a_closed_pipe_ends_the_events_and_nothing_else(tmp_path: Path, said: list[str]) -> None:
    """The reader has gone: it is said once, and the program goes on."""
    with a_pipe(tmp_path) as (pipe, _):
        log = a_log(pipe)
        log.__enter__()
    for _ in range(3):
        log.reading(a_reading())
    log.__exit__(None, None, None)

    assert ["no more events are written: Broken pipe\n"] == said


def test_a_full_disk_ends_the_events_and_nothing_else(said: list[str]) -> None:
    """There is no room: it is said once, and the program goes on."""
    with a_log("/dev/full") as log:
        for _ in range(3):
            log.reading(a_reading())

    assert ["no more events are written: No space left on device\n"] == said


def test_a_reader_that_pauses_for_good_blocks_nothing(
    tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe that nobody empties takes what it holds; the watching does not wait for it."""
    monkeypatch.setattr(events_module, "_MOST_WAITING", 100)
    monkeypatch.setattr(events_module, "_LAST_WORDS_S", 0)
    with a_pipe(tmp_path) as (pipe, _):
        with a_log(pipe) as log:
            for _ in range(1000):
                log.reading(a_reading(detail="长" * 1000))
            writing = log._pen
        assert writing is not None
    writing._thread.join()

    assert ["no more events are written: nobody reads them\n"] == said
