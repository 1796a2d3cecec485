"""How a command speaks: progress, results, and errors with their next step and exit code."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console
from rich.text import Text

from agent.errors import (
    AlreadyRunning,
    BrowserMissing,
    ConfigError,
    GeshaoError,
    PackError,
    UnknownCase,
    VaultLocked,
)

_EXIT_CODES: tuple[tuple[type[GeshaoError], int], ...] = (
    (ConfigError, 2),
    (PackError, 2),
    (BrowserMissing, 3),
    (VaultLocked, 4),
    (AlreadyRunning, 5),
    (UnknownCase, 6),
)
"""Stable: scripts ask for them (README, "Exit codes"); any other expected error is 1."""

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)


def tell(text: str) -> None:
    """Print *text* as it is: it may hold words from a page."""
    out.print(Text(text))


def exit_code(error: GeshaoError) -> int:
    """Return the exit code that stands for *error*."""
    return next((code for kind, code in _EXIT_CODES if isinstance(error, kind)), 1)


def fail(error: GeshaoError) -> NoReturn:
    """Say what happened and what to do next; end with the error's exit code."""
    err.print(Text(f"✗ {error.message}", style="bold red"))
    if error.next_step:
        err.print(Text(f"→ {error.next_step}"))
    raise typer.Exit(exit_code(error))


@contextmanager
def explaining() -> Iterator[None]:
    """Turn expected errors into words and an exit code."""
    try:
        yield
    except GeshaoError as error:
        fail(error)


@contextmanager
def progress(title: str) -> Iterator[Callable[[str], None]]:
    """Show that something takes time; what is yielded tells the latest of it."""
    if not err.is_terminal:
        # Redrawn lines would fill a log: say each thing once.
        err.print(Text(title))
        yield lambda text: err.print(Text(f"  {text}"))
        return
    with err.status(Text(title)) as status:
        yield lambda text: status.update(Text(f"{title} {text[: err.width]}"))


def input_is_a_person() -> bool:
    """Tell whether somebody sits there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty()
