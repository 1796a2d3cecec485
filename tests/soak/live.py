"""Watch a make-believe shop for minutes in real Chromium, and tell what becomes of the memory.

`python -m tests.soak.live [MINUTES]` (ten, if none are said): the real program in a process of its
own reads two lists every five seconds, a ticket comes and one goes every ten. After a warm-up it
prints the memory of program, driver and browser in the first and in the last third of that time,
and the trend through all of it, and ends with 1 if one of them grew by more than a tenth.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression, median
from tempfile import TemporaryDirectory

import psutil

from agent.platforms import family
from tests.commands.household import NAME, Household, a_household
from tests.commands.program import CLOCK, Program

WARM_UP_READINGS = 45
"""So often each list is read first. A page is replaced after thirty loads, and some readings need
none: until then all of them are young, and what is measured is that they grow up."""
STEP_S = 10.0
MOST_GROWTH = 0.10

Weights = Mapping[str, float]


@dataclass
class Soaked:
    """Memory in MB by who has it, every ten seconds; how many tickets came and were rung.

    A single moment tells little: pages are loaded, tidied and replaced all the time. A third of
    ten minutes holds the whole life of a page.
    """

    samples: list[Weights] = field(default_factory=list)
    came: int = 0
    rung: int = 0

    def begin(self, who: str) -> float:
        """Return what *who* took in the first third of the time."""
        return median(self._of(who)[: len(self.samples) // 3])

    def end(self, who: str) -> float:
        """Return what *who* took in the last third of the time."""
        return median(self._of(who)[-(len(self.samples) // 3) :])

    def growth(self, who: str) -> float:
        """Return by which part of itself *who* grew."""
        return self.end(who) / self.begin(who) - 1

    def trend(self, who: str) -> float:
        """Return by which part of itself a straight line through all samples rises."""
        slope, start = linear_regression(range(len(self.samples)), self._of(who))
        return slope * (len(self.samples) - 1) / start

    def _of(self, who: str) -> Sequence[float]:
        return [sample[who] for sample in self.samples]


def weigh(program: psutil.Process) -> Weights:
    """Return what program, driver and browser wrote into their memory, in MB; Linux tells it."""
    [driver] = [one for one in program.children() if family.is_driver(one)]
    return {
        "program": written(program),
        "driver": written(driver),
        "browser": sum(map(written, family.with_children(driver.children()))),
    }


def written(process: psutil.Process) -> float:
    """Return what *process* takes without the code that it runs, in MB.

    Code is shared with whoever runs the same program just now on this machine. Each one's share
    (PSS), and what nobody shares (USS), change by 60 MB when another one begins or ends.
    """
    try:
        told = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):  # its page has just been replaced
        return 0.0
    sizes = {name: rest for name, _, rest in (line.partition(":") for line in told.splitlines())}
    return sum(int(sizes[name].split()[0]) for name in ("Pss_Anon", "Pss_Shmem")) * 1024 / 1_000_000


async def soak(minutes: float, folder: Path) -> Soaked:
    """Watch for so many *minutes* after the warm-up."""
    async with a_household(folder) as household, household.watches() as running:
        await running.tells("reading", queue="aftersale", outcome="verified_empty")
        life = _Life(household, running)
        while min(Counter(one["queue"] for one in running.events("reading")).values()) < (
            WARM_UP_READINGS
        ):
            await life.goes_on()
        soaked = Soaked()
        end = CLOCK.monotonic() + minutes * 60
        while CLOCK.monotonic() < end:
            await life.goes_on()
            soaked.samples.append(weigh(psutil.Process(running.process.pid)))
        soaked.came, soaked.rung = life.came, len(running.events("alert", reason="new"))
        return soaked


@dataclass
class _Life:
    """What goes on in the shop meanwhile."""

    household: Household
    running: Program
    case: str = ""
    came: int = 0

    async def goes_on(self) -> None:
        if self.case:
            self.household.office.resolve(NAME, self.case)
        self.case = self.household.office.add_case(NAME)
        self.came += 1
        await CLOCK.sleep(STEP_S)


def main(minutes: float) -> int:
    """Soak, print the table, and return the exit code."""
    with TemporaryDirectory(prefix="geshao-soak-") as folder:
        soaked = asyncio.run(soak(minutes, Path(folder)))
    heading = f"{'':8} {'begin':>8} {'end':>8} {'growth':>8} {'trend':>8}"
    print(f"{heading}   (MB without code, {minutes:g} minutes)")  # noqa: T201 (its result)
    for who in soaked.samples[0]:
        shares = f"{soaked.growth(who):8.1%} {soaked.trend(who):8.1%}"
        print(f"{who:8} {soaked.begin(who):8.1f} {soaked.end(who):8.1f} {shares}")  # noqa: T201 (the same)
    print(f"{soaked.came} tickets came, {soaked.rung} were rung")  # noqa: T201 (the same)
    return int(any(soaked.growth(who) > MOST_GROWTH for who in soaked.samples[0]))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0))
