"""Whether a killed program's browsers are ended, and nobody else's."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from agent.platforms.family import is_alive, mark_argument, words_of
from agent.platforms.leftovers import sweep

ROOT = Path(__file__).parents[2]
BYSTANDER = "import signal; print('ready', flush=True); signal.pause()"
AGENT = """
import asyncio, sys
from playwright.async_api import async_playwright
from agent.platforms.browser import find_browser, launch

async def main():
    found = await find_browser(None, lambda line: None)
    async with async_playwright() as playwright:
        browser = await launch(playwright, found, headless=True, mark=sys.argv[1])
        await (await browser.new_page()).set_content("<p>open</p>")
        print("ready", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.fixture
def mark() -> str:
    """Give a mark that no other test run uses."""
    return f"test-{os.getpid()}"


@contextmanager
def running(program: str, *arguments: str) -> Iterator[psutil.Process]:
    """Run a Python *program* that prints a line when it is ready, and end it afterwards."""
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert "ready\n" == process.stdout.readline()

        try:
            yield psutil.Process(process.pid)
        finally:
            process.kill()


def marked(mark: str) -> list[psutil.Process]:
    """Return the processes that carry *mark*."""
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if mark_argument(mark) in (process.info["cmdline"] or [])
    ]


def test_nothing_to_sweep(mark: str) -> None:
    """Where nothing was left, nothing is ended."""
    assert 0 == sweep(mark)


def test_no_browser_outlives_a_killed_agent(mark: str) -> None:
    """After `kill -9` of the agent and a sweep, neither its browser nor its driver is there."""
    with running(AGENT, mark) as agent:
        family = agent.children(recursive=True)
        browsers = marked(mark)
        agent.kill()
    sweep(mark)
    psutil.wait_procs(family, timeout=10)

    assert [] != browsers
    assert [] == marked(mark)
    assert not any(map(is_alive, family))


def test_a_browser_that_hangs_is_ended(mark: str) -> None:
    """A browser that answers neither its driver nor a polite request is killed with its children.

    Without the sweep it would stay: stopped, it does not notice that its driver has gone.
    """
    with running(AGENT, mark) as agent:
        browsers = marked(mark)
        for browser in browsers:
            browser.send_signal(signal.SIGSTOP)
        family = [child for browser in browsers for child in browser.children(recursive=True)]
        agent.kill()

    assert [] != browsers
    assert sweep(mark) >= len(browsers)
    assert not any(map(is_alive, (*browsers, *family)))


def test_a_driver_that_hangs_is_ended_with_its_browser(mark: str) -> None:
    """Stopped, it does not notice that its agent has gone, and would stay for ever."""
    with running(AGENT, mark) as agent:
        drivers = [child for child in agent.children() if "run-driver" in words_of(child)]
        family = agent.children(recursive=True)
        for driver in drivers:
            driver.send_signal(signal.SIGSTOP)
        agent.kill()
    sweep(mark)
    psutil.wait_procs(family, timeout=10)

    assert [] != drivers
    assert not any(map(is_alive, family))


@pytest.mark.parametrize(
    "argument",
    ["--geshao-mark={}2", "--geshao-mark=", "-geshao-mark={}", "say --geshao-mark={}", "{}"],
)
def test_another_mark_is_left_alone(argument: str, mark: str) -> None:
    """Only the exact argument counts: whatever merely resembles it lives on."""
    with running(BYSTANDER, argument.format(mark)) as bystander:
        ended = sweep(mark)

        assert 0 == ended
        assert is_alive(bystander)


def test_the_number_of_ended_processes_is_told(mark: str) -> None:
    """Each process with the mark is ended and counted, one of another mark beside them is not."""
    own, other = mark_argument(mark), mark_argument(f"{mark}-other")
    with (
        running(BYSTANDER, own),
        running(BYSTANDER, "--first", own),
        running(BYSTANDER, other) as bystander,
    ):
        ended = sweep(mark)

        assert 2 == ended
        assert is_alive(bystander)
