"""Open one new journal in many processes at once: run by `test_two_at_once.py` as a program.

`python -m tests.journal.rush FOLDER JOURNALS PROCESSES`: ends with 0 if every process could
record its case in every journal.
"""

import os
import sys
from pathlib import Path

from agent.journal import Journal
from tests.journal.samples import an_open_case


def rush(file: Path, processes: int) -> bool:
    """Let *processes* open *file* at the same moment; return whether all got through."""
    gate, opener = os.pipe()
    children = [_queue_up(file, gate, opener, name) for name in range(processes)]
    os.close(gate)
    os.close(opener)
    return not any(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)


def _queue_up(file: Path, gate: int, opener: int, name: int) -> int:
    child = os.fork()
    if child:
        return child
    os.close(opener)
    os.read(gate, 1)  # ends when the last holder of the opener lets go
    with Journal.open(file) as journal:
        an_open_case(journal, str(name))
    os._exit(0)


if __name__ == "__main__":
    folder, journals, processes = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    passed = [rush(folder / f"{name}.sqlite", processes) for name in range(journals)]
    sys.exit(not all(passed))
