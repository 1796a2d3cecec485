"""What a killed program left running: browsers that carry its mark."""

from collections.abc import Iterator

import psutil

from agent.platforms.family import (
    attempt,
    clear,
    is_alive,
    is_driver,
    kill,
    mark_argument,
    profiles,
    with_children,
)

PATIENCE_SECONDS = 2.0


def sweep(mark: str) -> int:
    """End the browsers that carry *mark*, with their drivers and children; return how many ended.

    The temporary folders of their profiles go with them.

    A process without exactly this mark is left alone, and so is one that is not ours to end.
    Takes at most 2 × `PATIENCE_SECONDS`.
    """
    processes = with_children(_left_behind(mark_argument(mark)))
    folders = profiles(processes)
    for process in processes:
        attempt(process.terminate)
    _, stubborn = psutil.wait_procs(processes, timeout=PATIENCE_SECONDS)
    kill(stubborn, PATIENCE_SECONDS)
    clear(folders)
    return sum(not is_alive(process) for process in processes)


def _left_behind(argument: str) -> Iterator[psutil.Process]:
    for process in psutil.process_iter(["cmdline"]):
        if argument in (process.info["cmdline"] or ()):
            # A driver ends with its program, but for one that was stopped: it never notices.
            yield from filter(is_driver, _parents(process))
            yield process


def _parents(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.parents()
    except psutil.Error:
        return []
