"""The one command that checks everything: `python -m tests [arguments for pytest]`."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from agent import log
from agent.platforms.system import ThisSystem
from tests.system_packages import provide

ROOT = Path(__file__).parents[1]
PYTEST = (sys.executable, "-m", "pytest")
# While one waits for a browser another can go on: four workers for two cores, each with whole
# files, whose browsers and offices are shared by the tests of a file.
WORKERS = ("-n", "4", "--no-loadscope-reorder")


def environment(cache: str) -> dict[str, str]:
    """Return what tests find around them: what was compiled is kept, the driver's too in *cache*.

    Programs are started over and over: each shall find what the first one compiled.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"NODE_COMPILE_CACHE": cache} | kept


async def compile_once(around: dict[str, str]) -> None:
    """Have the tests compiled, half of them by each core; three workers would do it three times."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    if not any((ROOT / "tests" / "__pycache__").glob("test_*.pyc")):
        await asyncio.gather(*(_compile(half, around) for half in (files[::2], files[1::2])))


async def _compile(files: Sequence[Path], around: dict[str, str]) -> None:
    # Hypothesis would read all sources for numbers to try, which nobody tries here.
    tests = ("-p", "no:hypothesispytest", *map(str, files))
    command = (*PYTEST, "-n", "0", "--collect-only", "-q", *tests)
    nowhere = asyncio.subprocess.DEVNULL  # what is wrong with a file is told by those who run it
    compiling = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=around, stdout=nowhere, stderr=nowhere
    )
    await compiling.wait()


async def prepare(around: dict[str, str]) -> None:
    """Compile the tests while the system's packages are fetched."""
    await asyncio.gather(compile_once(around), provide(print, ThisSystem()))


def run_pytest(*arguments: str) -> int:
    """Run all tests, or those that *arguments* name; return pytest's exit code."""
    # A driver that ends late may still write there.
    with TemporaryDirectory(ignore_cleanup_errors=True) as cache:
        around = environment(cache)
        asyncio.run(prepare(around) if not arguments else provide(print, ThisSystem()))
        command = [*PYTEST, *WORKERS, *arguments]
        return subprocess.run(command, cwd=ROOT, env=around, check=False).returncode


if __name__ == "__main__":
    log.set_up(None, verbose=False)
    sys.exit(run_pytest(*sys.argv[1:]))
