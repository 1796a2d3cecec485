"""How a command speaks: results on standard output, everything else beside them."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from loguru import logger
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
from agent.log import mask

EXIT_CODES: tuple[tuple[type[GeshaoError], int], ...] = (
    (ConfigError, 2),
    (PackError, 2),
    (BrowserMissing, 3),
    (VaultLocked, 4),
    (AlreadyRunning, 5),
    (UnknownCase, 6),
)
"""Stable: scripts ask for them (README, "Exit codes"); any other error is 1."""

out = Console()
err = Console(stderr=True)


def tell(text: str) -> None:
    """Print a result as it is: it may hold words from a page."""
    out.print(Text(text), soft_wrap=True)


def whole(text: str, style: str = "") -> Text:
    """Return *text* for a table's cell, where it is folded and not cut: names are compared."""
    return Text(text, style, overflow="fold")


def note(text: str) -> None:
    """Print what is no result, such as the next step."""
    err.print(Text(text), soft_wrap=True)


def complain(message: str, next_step: str) -> None:
    """Say what went wrong and what to do about it."""
    err.print(Text(f"✗ {message}", style="bold red"), soft_wrap=True)
    if next_step:
        note(f"→ {next_step}")


def fail(error: Exception) -> int:
    """Say what happened and what to do next; return the exit code for it."""
    error = _first(error)
    expected = explained(error)
    if expected is None:
        logger.opt(exception=error).critical("the command broke off")
        complain(
            f"鸽哨自己出错了（{type(error).__name__}：{mask(str(error))}）。",
            "请再试一次；还是不行，请把上面的详情告诉开发者。",
        )
        return 1
    complain(expected.message, expected.next_step)
    return exit_code(expected)


def in_brief(error: Exception) -> tuple[str, str]:
    """Return what is told of *error* where there is no terminal, and the next step.

    Of a bug no more than its name: what it says may be anybody's words.
    """
    known = explained(error)
    if known is not None:
        return known.message, known.next_step
    name = type(_first(error)).__name__
    again = "请重新运行 geshao run；还是不行，请把数据目录里的 geshao.log 发给开发者。"
    return f"鸽哨自己出错了（{name}）。", again


def exit_code(error: GeshaoError) -> int:
    """Return the exit code that stands for *error*."""
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), 1)


def explained(error: Exception) -> GeshaoError | None:
    """Return what can be explained about *error*, None if it is a bug."""
    error = _first(error)
    if isinstance(error, OSError) and error.filename is not None:
        return GeshaoError(
            f"读写 {error.filename} 时出错（{error.strerror}）。", "请检查磁盘空间和文件夹的权限。"
        )
    return error if isinstance(error, GeshaoError) else None


def _first(error: Exception) -> Exception:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]  # it came first and brought the others down
    return error


@contextmanager
def progress(title: str) -> Iterator[Callable[[str], None]]:
    """Show that something takes time; what is yielded tells the latest of it."""
    if not err.is_terminal:
        # Redrawn lines would fill a log: say each thing once.
        note(title)
        yield lambda text: note(f"  {text}")
        return
    with err.status(Text(title)) as status:
        yield lambda text: status.update(Text(f"{title} {text[: err.width]}"))


def input_is_a_person() -> bool:
    """Tell whether somebody sits there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty()
