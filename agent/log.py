"""How the log is written: where it goes, and what it must not say.

Everything that is written passes `mask` first: the message, the bound shop, the traceback. A file
is sent to others when help is asked for, so it must hold nothing that signs in or calls somebody.
"""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from loguru import logger

if TYPE_CHECKING:
    from loguru import Record

LARGEST_FILE_BYTES = 5_000_000
FILES_KEPT = 5
TRACEBACK_ENTRIES = 8  # the innermost ones: above them stands only the event loop

_LINE = (
    "{time:YYYY-MM-DD HH:mm:ss.SSS ZZ} | {level: <8} | {extra[shop]} | {name}: {message}"
    "{extra[traceback]}\n"
)

_TELLTALES = (
    r"token|session[-_]?id|sid[-_](?:tt|guard|ucp)|passw(?:or)?d|pwd|passphrase|secret"
    r"|credential|signature|api[-_]?key|access[-_]?key|密码|口令|验证码"
)

_MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    # A header's value may hold blanks and semicolons, so it is taken to the end of the line.
    (
        re.compile(
            r"((?:authorization|cookie)[\"']?\s*[:=]\s*)(?:\"[^\"\r\n]*|'[^'\r\n]*|[^\"'\r\n]+)",
            re.IGNORECASE,
        ),
        r"\1***",
    ),
    (re.compile(r"\b(bearer)\s+[\w.~+/=-]{8,}", re.IGNORECASE), r"\1 ***"),
    # A cookie as the browser hands it out: its value stands beside its name, not after it.
    (re.compile(r"([\"']value[\"']\s*:\s*)(?:\"[^\"]*\"|'[^']*')"), r"\1***"),
    (
        re.compile(
            rf"((?i:{_TELLTALES})[\w-]{{0,20}}\\?[\"']?\s*[:=\uff1a]\s*)"
            # Bare values are ASCII: the sentence around them goes on in Chinese. (The case counts
            # here: regardless of it, \u0080-\uffff holds I, K and S too.)
            r"(?:\\?\"[^\"]*\"|'[^']*'|[^\s&;,\"'<>)}\]\u0080-\uffff]+)"
        ),
        r"\1***",
    ),
    # Robots are addressed by a secret in the web address.
    (re.compile(r"([?&](?:key|sign|sig)=)[^\s&\"']+", re.IGNORECASE), r"\1***"),
    (re.compile(r"(/hook/)[\w-]{8,}"), r"\1***"),
    # Bounded on the left, so that a long run of letters is gone through once.
    (
        re.compile(
            r"(?<![\w.%+-])([A-Za-z0-9])[A-Za-z0-9._%+-]{0,63}@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})",
            re.ASCII,
        ),
        r"\1***@\2",
    ),
    (re.compile(r"(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)"), r"\1****\2"),
    (re.compile(r"(?<!\d)(0\d{2,3})-\d{3,4}(\d{4})(?!\d)"), r"\1-****\2"),
    # Orders, tickets, accounts; not the digits behind a decimal point.
    (re.compile(r"(?<!\d)(?<!\d\.)\d{8,}(\d{4})(?!\d)"), r"****\1"),
)


def mask(text: str) -> str:
    """Return *text* without phones, e-mail addresses, secrets and long numbers.

    The last four digits of phones and numbers stay, so that a person can find the case again.
    """
    for pattern, replacement in _MASKS:
        text = pattern.sub(replacement, text)
    return text


def set_up(folder: Path | None, *, verbose: bool) -> None:
    """Send the log to the console and, if *folder* is given, to a file there.

    The console shows warnings and errors, the file what happens; *verbose* lets both tell all.
    """
    logger.remove()
    logger.configure(patcher=_masked, extra={"shop": "-", "traceback": ""})
    if sys.stderr is not None:  # a program started without a console has none
        logger.add(
            sys.stderr,
            level="DEBUG" if verbose else "WARNING",
            format=_line,
            filter=_may_be_shown,
            diagnose=False,
            backtrace=False,
        )
    if folder is not None:
        logger.add(
            folder / "geshao.log",
            level="DEBUG" if verbose else "INFO",
            format=_line,
            diagnose=False,  # it would write the values of variables into the traceback
            backtrace=False,
            rotation=LARGEST_FILE_BYTES,
            retention=FILES_KEPT - 1,  # beside the one being written
            encoding="utf-8",
        )
    logging.getLogger().addHandler(_FROM_STANDARD_LIBRARY)


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


class _FromStandardLibrary(logging.Handler):
    """Brings in what libraries log (asyncio tells of lost errors there), so that it is masked."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log *record* on loguru."""
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
