"""How the log is written: where it goes, and that it is masked.

Everything that is written passes `mask` first: the message, the bound shop, the traceback. A file
is sent to others when help is asked for, so it must hold nothing that signs in or calls somebody.
"""

import logging
import os
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from loguru import logger

from agent.log.masks import mask

if TYPE_CHECKING:
    from loguru import Record

LARGEST_FILE_BYTES = 5_000_000
FILES_KEPT = 5
TRACEBACK_ENTRIES = 8  # the innermost ones: above them stands only the event loop

_LINE = (
    "{time:YYYY-MM-DD HH:mm:ss.SSS ZZ} | {level: <8} | {extra[shop]} | {name}: {message}"
    "{extra[traceback]}\n"
)


def set_up(folder: Path | None, *, verbose: bool) -> None:
    """Send the log to the console and, if *folder* is given, to a file there.

    The console shows warnings and errors, the file what happens; *verbose* lets both tell all.
    """
    logger.remove()
    logger.configure(patcher=_masked, extra={"shop": "-", "traceback": ""})
    if sys.stderr is not None:  # a program started without a console has none
        logger.add(
            _Quiet(sys.stderr),
            level="DEBUG" if verbose else "WARNING",
            format=_line,
            filter=_may_be_shown,
            diagnose=False,
            backtrace=False,
        )
    if folder is not None:
        logger.add(
            _OwnFile(folder / "geshao.log"),
            level="DEBUG" if verbose else "INFO",
            format=_line,
            diagnose=False,  # it would write the values of variables into the traceback
            backtrace=False,
        )
    logging.getLogger().addHandler(_FROM_STANDARD_LIBRARY)


class _Quiet(logging.StreamHandler[TextIO]):
    """Writes lines; one that cannot be written is lost, and not complained of.

    Complaints would tell the exception that is being handled as it is, unmasked.
    """

    terminator = ""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the library's name)
        """Say nothing."""


class _OwnFile(RotatingFileHandler):
    """Writes lines to a file for the owner alone, and begins a new one when it is large."""

    terminator = ""

    def __init__(self, file: Path) -> None:
        kept = FILES_KEPT - 1  # beside the one being written
        super().__init__(file, maxBytes=LARGEST_FILE_BYTES, backupCount=kept, encoding="utf-8")

    def _open(self) -> TextIOWrapper:
        return TextIOWrapper(open(self.baseFilename, "ab", opener=_private), encoding="utf-8")

    def close(self) -> None:
        """Close the file; what it does not take any more is lost."""
        with suppress(OSError):
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the library's name)
        """Say nothing: as with `_Quiet`."""


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def console_taken() -> Iterator[None]:
    """Keep the log off the console while something else is drawn there; the file goes on."""
    _console_taken.set()
    try:
        yield
    finally:
        _console_taken.clear()


_console_taken = threading.Event()


def _may_be_shown(_record: "Record") -> bool:
    return not _console_taken.is_set()


_TOO_LATE = ("Cannot find parent object", "was not bound in the connection")
"""What Playwright says of a message about a page that has gone: nobody waits for it any more."""


class _FromStandardLibrary(logging.Handler):
    """Brings in what libraries log (asyncio tells of lost errors there), so that it is masked."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log *record* on loguru."""
        raised = record.exc_info[1] if record.exc_info else None
        if record.name == "playwright" and any(words in str(raised) for words in _TOO_LATE):
            logger.debug("{}: {}", record.name, raised)
            return
        level = "ERROR" if record.levelno >= logging.ERROR else "WARNING"
        logger.opt(exception=record.exc_info).log(level, "{}: {}", record.name, record.getMessage())


_FROM_STANDARD_LIBRARY = _FromStandardLibrary(level=logging.WARNING)


def _line(_record: "Record") -> str:
    # As a function, because loguru appends its own, unmasked traceback to a format that is text.
    return _LINE


def _masked(record: "Record") -> None:
    # One event, one line: text from a page cannot pretend to be a line of its own.
    record["message"] = mask(record["message"]).replace("\r", "").replace("\n", "\\n")
    record["extra"]["shop"] = mask(str(record["extra"]["shop"]))
    if record["exception"] is not None:
        lines = traceback.format_exception(*record["exception"], limit=-TRACEBACK_ENTRIES)
        record["extra"]["traceback"] = "\n" + mask("".join(lines).rstrip())
        record["exception"] = None  # else the handlers add it once more, as it is
