"""What SQLite's complaints mean for the user, and what to do about each."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from sqlalchemy.exc import DBAPIError

from agent.errors import JournalFailing

_IN_USE = (
    "记录文件正被另一个程序占用",
    "请关掉正在打开它的程序（如数据库查看、备份软件），再试一次。",
)
_NO_WRITING = (
    "记录文件不能写入",
    "请检查它和所在文件夹的权限，或用 --data 换一个能写的文件夹，再试一次。",
)
_NO_OPENING = (
    "打不开记录文件",
    "请检查它所在的文件夹是否存在、是否有权限，或用 --data 换一个文件夹，再试一次。",
)
_DAMAGED = (
    "记录文件已损坏，没有改动它",
    "请把它和同名的 -wal、-shm 文件一起移到别处留底，再启动；鸽哨会新建一份，重新读各店的待办。",
)
_FULL = ("磁盘满了，记录没有写进去", "请腾出磁盘空间，再试一次。")
_FAILING = ("读写记录文件时磁盘出错", "请检查磁盘（或网络盘）是否正常，再试一次。")

_SAYINGS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        sqlite3.SQLITE_BUSY: _IN_USE,
        sqlite3.SQLITE_LOCKED: _IN_USE,
        sqlite3.SQLITE_PERM: _NO_WRITING,
        sqlite3.SQLITE_READONLY: _NO_WRITING,
        sqlite3.SQLITE_CANTOPEN: _NO_OPENING,
        sqlite3.SQLITE_CORRUPT: _DAMAGED,
        sqlite3.SQLITE_NOTADB: _DAMAGED,
        sqlite3.SQLITE_FULL: _FULL,
        sqlite3.SQLITE_IOERR: _FAILING,
    }
)
_PRIMARY = 0xFF  # the upper bits only tell kinds of the same trouble apart


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn what SQLite says about the file at *place* into JournalFailing; a bug stays one."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        saying = _SAYINGS.get(getattr(cause, "sqlite_errorcode", 0) & _PRIMARY)
        if saying is None:
            raise
        raise _told(saying, place) from error
    except OSError as error:
        raise _told(_NO_OPENING, place) from error


def damaged(place: str) -> JournalFailing:
    """Return what is to be said of the file at *place* if it makes no sense."""
    return _told(_DAMAGED, place)


def _told(saying: tuple[str, str], place: str) -> JournalFailing:
    what, next_step = saying
    return JournalFailing(f"{what}：{place}。", next_step, damaged=saying is _DAMAGED)
