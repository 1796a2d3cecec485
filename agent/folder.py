"""The data folder: what lies where in it, and that one program at a time works on it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from agent.errors import AlreadyRunning, GeshaoError

_LOCK = "geshao.lock"
_CALL = "show-window"
_PATIENCE_S = 0.3
"""Longer than somebody needs who only looks whether it is held."""


def journal_file(folder: Path) -> Path:
    """Return where the journal of data *folder* lies."""
    return folder / "journal.sqlite3"


def mark_of(folder: Path) -> str:
    """Return what marks the browser processes that belong to data *folder*."""
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def window_file(folder: Path) -> Path:
    """Return where the program keeps the place of its window."""
    return folder / "window.json"


def call(folder: Path) -> None:
    """Ask the program that works on the data *folder* to show its window."""
    (folder / _CALL).touch()


def is_calling(folder: Path) -> bool:
    """Tell whether a call for the window was not heard yet."""
    return (folder / _CALL).exists()


def was_called(folder: Path) -> bool:
    """Tell whether somebody asked for the window; asked once, it is answered once."""
    try:
        (folder / _CALL).unlink()
    except OSError:
        return False
    return True


def is_held(folder: Path) -> bool:
    """Tell whether a program works on the data *folder* just now."""
    lock = FileLock(folder / _LOCK)
    try:
        with lock.acquire(timeout=0):
            return False
    except Timeout:
        return True


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the data *folder*, which is made if it is missing.

    A killed program holds nothing. Raises AlreadyRunning if another one holds it, GeshaoError if
    it cannot be written.
    """
    lock = FileLock(folder / _LOCK)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire(timeout=_PATIENCE_S)
    except Timeout as error:
        raise AlreadyRunning(
            "另一个鸽哨正在使用这个数据目录。", "请用已经打开的那个；要在这里操作，先结束它。"
        ) from error
    except OSError as error:
        raise GeshaoError(
            f"写不了数据目录 {folder}（{error.strerror}）。", "请检查权限，或用 --data 换一个目录。"
        ) from error
    try:
        yield
    finally:
        lock.release()
