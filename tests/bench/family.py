"""A program with all that descends from it: what it weighs and uses, and how it is stopped."""

import os
from collections.abc import Iterator
from contextlib import suppress

import psutil

MARK = "GESHAO_BENCH"
"""A variable that descendants inherit, also those that left their parent."""
_BYTES_PER_MB = 1_000_000


class Family:
    """The processes that carry *mark* in their surroundings, and those that descend from them."""

    def __init__(self, mark: str) -> None:
        self._mark = mark

    def members(self) -> list[psutil.Process]:
        """Return all that live just now."""
        found: dict[int, psutil.Process] = {}
        for process in psutil.process_iter():
            if self._is_marked(process):
                found[process.pid] = process
                with suppress(psutil.Error):
                    found |= {child.pid: child for child in process.children(recursive=True)}
        return list(found.values())

    def _is_marked(self, process: psutil.Process) -> bool:
        with suppress(psutil.Error, OSError):
            return process.pid != os.getpid() and process.environ().get(MARK) == self._mark
        return False

    def cpu_s(self) -> float:
        """Return the processor time used so far, of children that have ended too."""
        return sum(self._cpu_seconds())

    def _cpu_seconds(self) -> Iterator[float]:
        for process in self.members():
            with suppress(psutil.Error):
                used = process.cpu_times()
                yield used.user + used.system + used.children_user + used.children_system

    def pss_mb(self) -> float:
        """Return the memory in MB, what is shared counted in proportion."""
        return sum(self._shares()) / _BYTES_PER_MB

    def _shares(self) -> Iterator[int]:
        for process in self.members():
            with suppress(psutil.Error):
                memory = process.memory_full_info()
                yield getattr(memory, "pss", memory.uss)

    def suspend(self) -> None:
        """Stop all of it, as when the lid is closed."""
        for process in self.members():
            with suppress(psutil.Error):
                process.suspend()

    def resume(self) -> None:
        """Let all of it go on."""
        for process in self.members():
            with suppress(psutil.Error):
                process.resume()

    def kill(self) -> None:
        """End all of it by force."""
        for process in self.members():
            with suppress(psutil.Error):
                process.kill()
