"""What must not die does not, however often the window's toolkit takes it for immortal."""

import subprocess
import sys

LOSES = """
from ui.undying import keep_alive
keep_alive()
keep_alive()
from PySide6.QtCore import QObject
one = QObject()
for _ in range(100_000):
    one.setObjectName("")
    one.blockSignals(False)
print("alive")
"""


def test_program_outlives_what_the_toolkit_forgets() -> None:
    """More calls than there are references to None in a young program; to ask twice is no harm."""
    ended = subprocess.run(
        [sys.executable, "-c", LOSES], capture_output=True, text=True, check=False
    )

    assert (0, "alive\n") == (ended.returncode, ended.stdout)
