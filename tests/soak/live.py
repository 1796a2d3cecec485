"""Watch a make-believe shop for minutes in real Chromium, and tell what becomes of the memory.

`python -m tests.soak.live [MINUTES]` (ten, if none are said): the real program in a process of its
own reads two lists every five seconds, a ticket comes and one goes every ten. It prints the memory
of program, driver and browser (PSS) at the beginning and the end, and ends with 1 if one of them
grew by more than a tenth.
"""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil

from agent.platforms import family
from tests.commands.household import NAME, Household, a_household
from tests.commands.program import CLOCK, Program

WARM_UP_S = 90.0
"""Caches fill, and each list is loaded often enough that its page has its usual size."""
STEP_S = 10.0
SAMPLES = 6
"""At each end so many samples, of which the middle one counts: a page is just being loaded."""
MOST_GROWTH = 0.10

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Soaked:
    """Memory at both ends in MB by who has it, and how many tickets came and were rung."""

    begin: Weights
    end: Weights
    came: int
    rung: int

    def growth(self, who: str) -> float:
        """Return by which part of itself *who* grew."""
        return self.end[who] / self.begin[who] - 1


def weigh(program: psutil.Process) -> Weights:
    """Return what program, driver and browser weigh, in MB."""
    [driver] = [one for one in program.children() if family.is_driver(one)]
    return {
        "program": _alone(program),
        "driver": _alone(driver),
        "browser": family.weight_mb(driver.children()),
    }


def _alone(process: psutil.Process) -> float:
    return float(process.memory_full_info().pss) / 1_000_000


async def soak(minutes: float, folder: Path) -> Soaked:
    """Watch for so many *minutes* after the warm-up."""
    async with a_household(folder) as household, household.watches() as running:
        await running.tells("reading", queue="aftersale", outcome="verified_empty")
        life = _Life(household, running)
        await life.lives(WARM_UP_S)
        begin = await life.weighed()
        await life.lives(minutes * 60 - 2 * SAMPLES * STEP_S)
        end = await life.weighed()
        return Soaked(begin, end, life.came, len(running.events("alert", reason="new")))


@dataclass
class _Life:
    """What goes on in the shop meanwhile."""

    household: Household
    running: Program
    case: str = ""
    came: int = 0

    async def lives(self, seconds: float) -> None:
        end = CLOCK.monotonic() + seconds
        while CLOCK.monotonic() < end:
            if self.case:
                self.household.office.resolve(NAME, self.case)
            self.case = self.household.office.add_case(NAME)
            self.came += 1
            await CLOCK.sleep(STEP_S)

    async def weighed(self) -> Weights:
        samples = []
        for _ in range(SAMPLES):
            await self.lives(STEP_S)
            samples.append(weigh(psutil.Process(self.running.process.pid)))
        return {who: median(sample[who] for sample in samples) for who in samples[0]}


def main(minutes: float) -> int:
    """Soak, print the table, and return the exit code."""
    with TemporaryDirectory(prefix="geshao-soak-") as folder:
        soaked = asyncio.run(soak(minutes, Path(folder)))
    print(f"{'':8} {'begin':>8} {'end':>8} {'growth':>8}   (MB, PSS, {minutes:g} minutes)")  # noqa: T201 (its result)
    for who in soaked.begin:
        row = f"{soaked.begin[who]:8.1f} {soaked.end[who]:8.1f} {soaked.growth(who):8.1%}"
        print(f"{who:8} {row}")  # noqa: T201 (the same)
    print(f"{soaked.came} tickets came, {soaked.rung} were rung")  # noqa: T201 (the same)
    return int(any(soaked.growth(who) > MOST_GROWTH for who in soaked.begin))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0))
