"""What a killed program left running: browsers that carry its mark."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import psutil

PATIENCE_SECONDS = 2.0


def mark_argument(mark: str) -> str:
    """Return the argument, meaningless to the browser, by which its process is known again."""
    return f"--geshao-mark={mark}"


def sweep(mark: str) -> int:
    """End the browsers that carry *mark*, with their children; return how many processes ended.

    A process without exactly this mark is left alone, and so is one that is not ours to end.
    Takes at most 2 × `PATIENCE_SECONDS`.
    """
    processes = list(_left_behind(mark_argument(mark)))
    for process in processes:
        _attempt(process.terminate)
    _, stubborn = psutil.wait_procs(processes, timeout=PATIENCE_SECONDS)
    for process in stubborn:
        _attempt(process.kill)
    psutil.wait_procs(stubborn, timeout=PATIENCE_SECONDS)
    return sum(not _is_alive(process) for process in processes)


def _left_behind(argument: str) -> Iterator[psutil.Process]:
    seen: set[int] = set()
    for process in psutil.process_iter(["cmdline"]):
        if argument in (process.info["cmdline"] or ()):
            for one in (process, *_children(process)):
                if one.pid not in seen:
                    seen.add(one.pid)
                    yield one


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _is_alive(process: psutil.Process) -> bool:
    # A zombie has ended; in a container often nobody is there to notice.
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _attempt(end: Callable[[], None]) -> None:
    # Gone already, or not ours: either way there is nothing more to do.
    with suppress(psutil.Error):
        end()
