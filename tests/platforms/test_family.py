"""The processes behind a browser: found by their driver and mark, weighed, and ended by force."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from agent.platforms import family
from agent.platforms.family import mark_argument

BESIDE = "import signal; print('ready', flush=True); signal.pause()"
PARENT = f"""
import subprocess, sys
children = [
    subprocess.Popen([sys.executable, '-c', {BESIDE!r}, *said.split('|')], stdout=subprocess.PIPE)
    for said in sys.argv[2:]
]
for child in children:
    child.stdout.readline()
print('ready', flush=True)
children[0].wait()
"""
MARK = f"family-{os.getpid()}"


@contextmanager
def a_driver(*browsers: str) -> Iterator[psutil.Process]:
    """Run what looks like a driver with *browsers*, their arguments parted by bars."""
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, "run-driver", *browsers], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert "ready\n" == process.stdout.readline()
        driver = psutil.Process(process.pid)
        try:
            yield driver
        finally:
            family.kill([driver], within=30)


def test_a_persons_window_is_none_of_ours() -> None:
    """Of all that a driver started, the browsers with our mark and without a window are ours."""
    ours, window = f"--headless=old|{mark_argument(MARK)}", mark_argument(MARK)
    with a_driver(window, ours, f"--headless|{mark_argument('other')}") as driver:
        found = family.headless_of(driver, MARK)

        assert ["--headless=old"] == [one.cmdline()[3] for one in found]
        assert driver in family.drivers()
    assert [] == family.headless_of(None, MARK)


def test_what_was_stopped_ends_with_its_children() -> None:
    """It answers nobody, and still it does not stay."""
    with a_driver("a", "b") as driver:
        everybody = family.with_children([driver, *driver.children()])
        driver.send_signal(signal.SIGSTOP)
        killed = family.kill([driver], within=30)
        again = family.kill([driver], within=30)

        assert (3, 3, 0) == (len(everybody), killed, again)
        assert not any(map(family.is_alive, everybody))
        assert driver not in family.drivers()


def test_only_folders_of_the_drivers_own_making_are_cleared(tmp_path: Path) -> None:
    """A profile that somebody else named stays, whatever becomes of its browser."""
    own, other = tmp_path / "playwright_chromiumdev_profile-1", tmp_path / "a person's own"
    for folder in (own, other):
        (folder / "Default").mkdir(parents=True)
    with a_driver(f"--user-data-dir={own}", f"--user-data-dir={other}") as driver:
        folders = family.profiles([driver])
    family.clear(folders)
    family.clear(folders)

    assert [own] == folders
    assert [other] == list(tmp_path.iterdir())


def test_memory_is_counted_over_all_of_them() -> None:
    """Three interpreters weigh more than one of them; those that are gone weigh nothing."""
    with a_driver("a", "b") as driver:
        one, three = family.weight_mb(driver.children()[:1]), family.weight_mb([driver])
        own = family.own_mb(driver)
    gone = family.weight_mb([driver])

    assert 0 < one < three < family.machine_mb()
    assert 0 < (own or 0) < three
    assert pytest.approx(0) == gone
    assert (None, None) == (family.own_mb(driver), family.own_mb(None))
