"""`kill -9` of the real program, its browser and its driver: all is there after, and told once.

`GESHAO_KILLS=50 python -m pytest tests/test_killed_program.py` kills one of them at fifty points.
"""

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, closing, suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from signal import SIGTERM

import psutil
import pytest

from agent.folder import is_held, journal_file, mark_of
from agent.platforms.family import is_driver, mark_argument, words_of
from tests.commands.household import NAME, Household, a_household
from tests.commands.program import CLOCK, Program, survivors

KILLS = int(os.environ.get("GESHAO_KILLS", "2"))
SEED = 7
LONGEST_S = 3.0
NOISE = ("never retrieved", "was destroyed", "never awaited", "Traceback")
SAME_STEP = """
    SELECT case_number, asked_at, tier, band, repeat, count(*) FROM alerts
    GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1
"""
FIRSTS = """
    SELECT case_id, reason, count(*) FROM alerts JOIN cases ON number = case_number
    WHERE reason = 'new' AND queue <> 'outage' AND queue NOT LIKE '@%' GROUP BY case_id
"""


def the_agent(program: Program) -> Sequence[psutil.Process]:
    """Return the program itself."""
    return [psutil.Process(program.process.pid)]


def the_browser(program: Program) -> Sequence[psutil.Process]:
    """Return the browser's main processes."""
    family = psutil.Process(program.process.pid).children(recursive=True)
    return [one for one in family if _is_the_browser(one)]


def _is_the_browser(process: psutil.Process) -> bool:
    line = " ".join(words_of(process))
    return "geshao-mark" in line and "--type=" not in line


def the_driver(program: Program) -> Sequence[psutil.Process]:
    """Return what drives the browser."""
    family = psutil.Process(program.process.pid).children()
    return [one for one in family if is_driver(one)]


VICTIMS: Sequence[Callable[[Program], Sequence[psutil.Process]]] = (
    the_agent,
    the_browser,
    the_driver,
)


@pytest.mark.timeout(300 + 60 * KILLS)
async def test_killed_at_any_point_it_loses_nothing_and_tells_nothing_twice(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """A ticket comes before each death; at the end all are known, and nothing is left running."""
    chance, cases = Random(SEED), []
    async with a_household(tmp_path) as household, AsyncExitStack() as programs:
        running = await programs.enter_async_context(household.watches())
        lives = [running]
        await running.tells("reading", outcome="verified_empty")
        for turn in range(KILLS):
            cases.append(household.office.add_case(NAME, deadline=timedelta(hours=20)))
            await CLOCK.sleep(chance.uniform(0, LONGEST_S))
            victim = VICTIMS[turn % len(VICTIMS)]
            for process in victim(running):
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            if victim is the_agent:
                await running.ends()
                running = await programs.enter_async_context(household.watches())
                lives.append(running)
            cases.append(household.office.add_case(NAME, deadline=timedelta(hours=20)))
            await running.until(lambda: set(cases) <= known(household))
        end = await running.ends_after(SIGTERM)
        said = "".join(life.err for life in lives)
    with closing(sqlite3.connect(journal_file(household.data))) as connection:
        twice = list(connection.execute(SAME_STEP))
        firsts = list(connection.execute(FIRSTS))
    figure(f"the program, its browser or its driver was killed at {KILLS} points")

    assert [] == twice
    assert [(case, "new", 1) for case in sorted(cases)] == sorted(firsts)
    assert (0, []) == (end.code, end.left)
    assert not is_held(household.data)
    assert [] == [noise for noise in NOISE if noise in said]
    assert [] == await survivors(left(household))


def known(household: Household) -> set[str]:
    """Return the cases that were told of."""
    with closing(sqlite3.connect(journal_file(household.data), timeout=60)) as connection:
        return {case for case, _, _ in connection.execute(FIRSTS)}


def left(household: Household) -> list[psutil.Process]:
    """Return the processes that still carry the data folder's mark."""
    mark = mark_argument(mark_of(household.data))
    found = psutil.process_iter(["cmdline"])
    return [one for one in found if mark in (one.info["cmdline"] or ())]
