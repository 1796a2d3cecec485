"""The one command that checks everything: `python -m tests [arguments for pytest]`."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from agent import log
from agent.platforms.system import ThisSystem
from tests.system_packages import provide

ROOT = Path(__file__).parents[1]
LINTERS = (("ruff", "format", "--check", "."), ("ruff", "check", "."), ("mypy",))
# While one waits for a browser another can go on: four workers for two cores, each with whole
# files, whose browsers and offices are shared by the tests of a file.
PYTEST = ("pytest", "-n", "4", "--no-loadscope-reorder")


def run_module(*command: str) -> int:
    """Run a module of this Python in the project's folder; return its exit code."""
    print(f"$ {' '.join(command)}", flush=True)  # noqa: T201 (this is what the command is for)
    # Programs are started over and over: each shall find what the first one compiled.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    whole = [sys.executable, "-m", *command]
    return subprocess.run(whole, cwd=ROOT, env=kept, check=False).returncode


def check(arguments: Sequence[str], run: Callable[..., int] = run_module) -> int:
    """Run the linters, then pytest with *arguments*; return 0 only if all went well.

    All run, whatever fails before. Pytest is the last, so that the last line is its summary.
    """
    failed = [" ".join(linter) for linter in LINTERS if run(*linter) != 0]
    for name in failed:
        print(f"failed: {name} (see above)", flush=True)  # noqa: T201 (the same)
    tested = run(*PYTEST, *arguments)
    return 1 if failed or tested != 0 else 0


if __name__ == "__main__":
    log.set_up(None, verbose=False)
    asyncio.run(provide(print, ThisSystem()))
    sys.exit(check(sys.argv[1:]))
