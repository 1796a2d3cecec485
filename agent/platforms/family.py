"""The processes behind the browser: which are ours, what they weigh, and how they are ended."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

_DRIVER = "run-driver"
_PROFILE = "--user-data-dir="
_DRIVERS_OWN = "playwright_"  # so begin the names of the folders that a driver makes
_BYTES_PER_MB = 1_000_000


def mark_argument(mark: str) -> str:
    """Return the argument, meaningless to the browser, by which its process is known again."""
    return f"--geshao-mark={mark}"


def drivers() -> set[psutil.Process]:
    """Return the drivers of browsers that this program runs just now."""
    try:
        return {one for one in psutil.Process().children() if is_driver(one)}
    except psutil.Error:
        return set()


def is_driver(process: psutil.Process) -> bool:
    """Tell whether *process* drives browsers."""
    return _DRIVER in words_of(process)


def words_of(process: psutil.Process) -> Sequence[str]:
    """Return how *process* was started; nothing if it is gone, or none of ours to ask."""
    try:
        return process.cmdline()
    except psutil.Error:
        return ()


def headless_of(driver: psutil.Process | None, mark: str) -> list[psutil.Process]:
    """Return the browsers without a window that *driver* started; a person's window is theirs."""
    wanted = mark_argument(mark)
    found = []
    for one in [] if driver is None else children(driver):
        words = words_of(one)
        if wanted in words and any(said.startswith("--headless") for said in words):
            found.append(one)
    return found


def children(process: psutil.Process) -> list[psutil.Process]:
    """Return all that descend from *process*; nothing if it is gone, or none of ours to ask."""
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def with_children(processes: Iterable[psutil.Process]) -> list[psutil.Process]:
    """Return *processes* with all that descend from them, each once."""
    found: dict[int, psutil.Process] = {}
    for process in processes:
        for one in (process, *children(process)):
            found.setdefault(one.pid, one)
    return list(found.values())


def is_alive(process: psutil.Process) -> bool:
    """Tell whether *process* still runs."""
    # A zombie has ended; in a container often nobody is there to notice.
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def profiles(processes: Iterable[psutil.Process]) -> list[Path]:
    """Return the temporary folders that the driver made for *processes* and their children."""
    said = {argument for one in with_children(processes) for argument in words_of(one)}
    named = [Path(one.removeprefix(_PROFILE)) for one in said if one.startswith(_PROFILE)]
    return [path for path in named if path.name.startswith(_DRIVERS_OWN)]


def clear(folders: Iterable[Path]) -> None:
    """Remove *folders* of browsers that have ended; what is gone already is well."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def attempt(end: Callable[[], None]) -> None:
    """Call *end* on a process that may be gone already, or not be ours: then nothing is to do."""
    with suppress(psutil.Error):
        end()


def kill(processes: Sequence[psutil.Process], within: float) -> int:
    """End *processes* and their children by force; return how many had to be.

    A process that was stopped ends too. Takes at most *within* seconds.
    """
    alive = [process for process in with_children(processes) if is_alive(process)]
    for process in alive:
        attempt(process.kill)
    psutil.wait_procs(alive, timeout=within)
    return len(alive)


def weight_mb(processes: Sequence[psutil.Process]) -> float:
    """Return the memory of *processes* and their children in MB, each shared page counted once.

    Where the system does not tell shares, it is what each has for itself alone.
    """
    return sum(_own_bytes(process) for process in with_children(processes)) / _BYTES_PER_MB


def own_mb(process: psutil.Process | None) -> float | None:
    """Return the memory of *process* alone in MB, None if it is gone or does not tell."""
    taken = 0 if process is None else _own_bytes(process)
    return taken / _BYTES_PER_MB if taken else None


def machine_mb() -> float:
    """Return how much memory this machine has, in MB."""
    return float(psutil.virtual_memory().total) / _BYTES_PER_MB


def _own_bytes(process: psutil.Process) -> int:
    try:
        memory = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(memory, "pss", memory.uss))
