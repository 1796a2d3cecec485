"""The one command that checks everything: `python -m tests [arguments for pytest]`."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from agent import log
from agent.platforms.system import ThisSystem
from tests.system_packages import provide

ROOT = Path(__file__).parents[1]
# While one waits for a browser another can go on: three workers for two cores, each with whole
# files, whose browsers and offices are shared by the tests of a file. A fourth gains nothing.
PYTEST = ("pytest", "-n", "3", "--no-loadscope-reorder")


def run_pytest(*arguments: str) -> int:
    """Run all tests, or those that *arguments* name; return pytest's exit code."""
    # Programs are started over and over: each shall find what the first one compiled.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", *PYTEST, *arguments]
    return subprocess.run(command, cwd=ROOT, env=kept, check=False).returncode


if __name__ == "__main__":
    log.set_up(None, verbose=False)
    asyncio.run(provide(print, ThisSystem()))
    sys.exit(run_pytest(*sys.argv[1:]))
