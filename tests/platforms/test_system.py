"""How programs of this machine are found, run and ended."""

import asyncio
import sys
from pathlib import Path

import psutil
import pytest

from agent.platforms.system import NOT_FOUND, System, ThisSystem


@pytest.fixture
def system() -> System:
    """Give the machine that the tests run on."""
    return ThisSystem()


async def test_run_tells_each_line(system: System) -> None:
    """What a program says, on either stream, is heard line by line and kept with its exit code."""
    heard: list[str] = []
    program = "import sys; print('one', flush=True); print('二', file=sys.stderr); sys.exit(3)"
    ran = await system.run(sys.executable, "-X", "utf8", "-c", program, say=heard.append)

    assert (3, ("one", "二")) == (ran.code, ran.lines)
    assert ["one", "二"] == heard


async def test_run_without_such_a_program(system: System) -> None:
    """A program that is not there is an exit code, not an error."""
    assert NOT_FOUND == (await system.run("geshao-has-no-such-program")).code


async def test_a_cancelled_run_ends_its_program(system: System) -> None:
    """Nobody is left downloading after the caller has gone."""
    pid: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    program = "import os, signal; print(os.getpid(), flush=True); signal.pause()"
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(
            system.run(sys.executable, "-c", program, say=lambda line: pid.set_result(int(line)))
        )
        started = await pid
        running.cancel()

    assert running.cancelled()
    assert not psutil.pid_exists(started)


def test_which_and_is_program(system: System, tmp_path: Path) -> None:
    """A program is a file with the right to run it, not a folder nor a text."""
    text = tmp_path / "text"
    text.write_text("", encoding="utf-8")

    assert system.which("geshao-has-no-such-program") is None
    assert system.is_program(Path(sys.executable))
    assert not system.is_program(tmp_path)
    assert not system.is_program(text)
    assert not system.is_program(tmp_path / "nothing")


def test_find(system: System, tmp_path: Path) -> None:
    """Files are found by a pattern below a folder, and none where there is no folder."""
    inside = tmp_path / "chrome-linux" / "headless_shell"
    inside.parent.mkdir()
    inside.touch()

    assert [inside] == system.find(tmp_path, "*/headless_shell")
    assert [] == system.find(tmp_path / "nowhere", "*/headless_shell")


async def test_playwright_names_its_chromium(system: System) -> None:
    """Playwright's own browser lies in a folder whose name tells its build."""
    path = await system.playwright_chromium()

    assert any(folder.name.startswith("chromium-") for folder in path.parents)
