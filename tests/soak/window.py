"""Live with the real window: the real program behind it, then two hours of its life told at once.

`python -m tests.soak.window [MINUTES]` (120, if none are said; a few only show that all goes by
itself, and too little of what an hour makes of it), on a virtual display. First `geshao run` with
its own window: how soon it is there and shows the list, whether an act of a hand reaches the
journal, whether it rings on while it is put away. Then a window whose cases never stand still and
whose seconds are short: first its agent's thread hangs for a while; then each second is a question
to the desk and a new list, each minute goes through all its sizes, each five it is put away and
called back. In the first half of that nobody looks in: whoever does so makes the page tidy up,
which it may put off for long. In the second it is made to, and weighed, each other minute. Prints
what became of memory, threads and page, and ends with 1 if one grows by more than a tenth an hour.
Of a browser left alone that is no growth, so long as it stays below what is too much.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from playwright.async_api import Page

from agent.folder import call
from agent.platforms import family
from tests.commands.household import NAME, Household, a_household
from tests.commands.program import CLOCK, PATIENCE_S, Program
from tests.commands.program import page_of as program_page
from tests.ports import free_port
from tests.soak.busy_window import HANGS_S
from tests.soak.growth import MOST_GROWTH, Growth, Sample
from tests.soak.inside import inside
from tests.soak.live import written
from tests.ui.display import SEARCH, a_display, place, run, until
from tests.ui.program import page_of, told, window_program

MOST_MB = 200
"""The browser's processes, without their code. What it really needs is a third of that."""
LOOKS_EVERY = 2
RINGS = 3


@contextmanager
def sound_card(folder: Path) -> Iterator[Mapping[str, str]]:
    """Run a sound server without a card; give what makes a program use it."""
    socket = folder / "pulse.sock"
    environ = {**os.environ, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    command = [shutil.which("pulseaudio") or "pulseaudio", "-n"]
    sink = ["--load=module-null-sink sink_name=null0"]
    door = [f"--load=module-native-protocol-unix auth-anonymous=1 socket={socket}"]
    start = [*command, "--daemonize=yes", "--exit-idle-time=60", *sink, *door]
    subprocess.run(start, env=environ, check=True, capture_output=True)
    try:
        yield {"PULSE_SERVER": f"unix:{socket}"}
    finally:
        subprocess.run([command[0], "--kill"], env=environ, check=False, capture_output=True)


async def becomes(page: Page, what: str) -> None:
    """Wait until *what* is true in the page, whose policy lets nobody wait there."""
    end = CLOCK.monotonic() + PATIENCE_S
    while not await page.evaluate(what):
        if CLOCK.monotonic() > end:
            raise AssertionError(f"never came: {what}")
        await CLOCK.sleep(0.02)


async def live_with_the_program(folder: Path, environment: Mapping[str, str]) -> list[str]:
    """Return what is said of a window that belongs to the program itself.

    Its browser is installed only when the window is driven already: so it is seen how soon the
    list follows the agent.
    """
    port, browser, said = free_port(), folder / "chromium", list[str]()
    own = {**environment, "QTWEBENGINE_REMOTE_DEBUGGING": str(port), "GESHAO_BROWSER": str(browser)}
    async with a_household(folder) as household:
        for _ in range(2):
            household.office.add_case(NAME)
        events = folder / "1" / "events.jsonl"
        began = CLOCK.monotonic()
        async with household.runs("run", "--events", str(events), **own) as program:
            await asyncio.to_thread(until, own["DISPLAY"], r"\d+", *SEARCH)
            said.append(f"window on the screen {CLOCK.monotonic() - began:.1f} s after the start")
            async with program_page(program, port) as page:
                await becomes(page, "!document.getElementById('opening').hidden")
                browser.symlink_to(shutil.which("chromium-headless-shell") or "/nowhere")
                await page.click("#again")
                said.append(await _the_list_follows(program, page))
                await becomes(page, "document.documentElement.dataset.state === 'urgent'")
                said += await _by_hand(page, household)
                said += await _rings_unseen(program, page, household)
    return said


async def _the_list_follows(program: Program, page: Page) -> str:
    await program.until(program.events)
    up = CLOCK.monotonic()
    await becomes(page, "document.documentElement.dataset.begun === 'true'")
    return f"the list {CLOCK.monotonic() - up:.1f} s after the agent's first event"


async def _by_hand(page: Page, household: Household) -> list[str]:
    """Go through the sizes, read a case, take one in hand; tell what became of it."""
    began = CLOCK.monotonic()
    for key, size in (("w", "whistle"), ("e", "tab"), ("e", "whistle"), ("w", "inbox")):
        await page.keyboard.press(key)
        await becomes(page, f"document.documentElement.dataset.size === '{size}'")
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await page.locator("#case-title").wait_for()
    await page.keyboard.press("Escape")
    moved = CLOCK.monotonic() - began
    number = await page.locator("li.row").first.get_attribute("data-number")
    await becomes(page, "Rows.settled()")
    began = CLOCK.monotonic()
    await page.locator("li.row").first.locator("[data-act=acknowledge]").click()
    mark = page.locator(f"li.row[data-number='{number}'] .mark")
    await mark.filter(has_text="处理中").wait_for()
    shown = CLOCK.monotonic() - began
    async with household.runs("inbox", "--json") as asking:
        await asking.ends()
    kept = {str(row["number"]): row for row in json.loads(asking.out)}
    taken = "is" if kept[str(number)]["acknowledged_at"] else "is NOT"
    return [
        f"pill, edge, pill, inbox, case, inbox in {moved:.1f} s",
        f"taken by hand: shown after {shown:.2f} s, and {taken} in the journal",
    ]


async def _rings_unseen(program: Program, page: Page, household: Household) -> list[str]:
    """Put the window away, hear it ring, call it back; tell how often it rang meanwhile."""
    await page.evaluate("void pywebview.api.hide()")
    rings = {"channel": "sound", "state": "delivered"}
    before = len(program.events("delivery", **rings))
    await program.tells("delivery", more_than=before + RINGS - 1, **rings)
    rang = len(program.events("delivery", **rings)) - before
    call(household.data)
    await program.until(lambda: not (household.data / "show-window").exists())
    await becomes(page, "document.visibilityState === 'visible'")
    return [f"put away it rang {rang} times, and came when it was called"]


def weighed(program: psutil.Process) -> Sample:
    """Return what the *program* takes, and its browser."""
    others = family.with_children(program.children())
    own = {"program, MB": written(program), "browser, MB": sum(map(written, others))}
    return {**own, "threads": program.num_threads(), "files": program.num_fds()}


@dataclass
class Life:
    """What became of everything: while nobody looked in, and once its rubbish was gone."""

    alone: Growth = field(default_factory=Growth)
    tidied: Growth = field(default_factory=Growth)

    @property
    def most_mb(self) -> float:
        """How much the browser took at most while nobody looked in."""
        return max(sample["browser, MB"] for _, sample in self.alone.samples)


async def live_for(minutes: int, folder: Path, environment: Mapping[str, str]) -> Life:
    """Let so many *minutes* pass in a window whose cases never stand still."""
    port, life, display = free_port(), Life(), environment["DISPLAY"]
    busy = window_program(port, folder, "tests.soak.busy_window", **environment)
    async with busy as program:
        async with page_of(program, port) as page:
            print(await _falls_silent(page), flush=True)  # noqa: T201 (its result)
        for minute in range(minutes):
            while not (await told(program)).startswith("minute"):
                pass
            await asyncio.to_thread(_use, display, folder, minute)
            weighs = psutil.Process(program.pid)
            if minute < minutes // 2:
                life.alone.note(minute, weighed(weighs))
            elif minute % LOOKS_EVERY == 0:
                held = await inside(port)
                life.tidied.note(minute, {**held, **weighed(weighs)})
    return life


async def _falls_silent(page: Page) -> str:
    """Have the agent's thread hang; tell how soon the window says so, and how soon it recovers."""
    await becomes(page, "document.documentElement.dataset.state === 'urgent'")
    await page.evaluate("void pywebview.api.star(1, true)")
    began = CLOCK.monotonic()
    await becomes(page, "document.documentElement.dataset.state === 'stopped'")
    red = CLOCK.monotonic() - began
    await becomes(page, "document.documentElement.dataset.state === 'urgent'")
    back = CLOCK.monotonic() - began - HANGS_S
    return f"a thread that hangs: red after {red:.1f} s, gone {back:.1f} s after it goes on"


def _use(display: str, folder: Path, minute: int) -> None:
    """Go through the sizes as a person does; now and then put the window away and call it back."""
    number = until(display, r"\d+", *SEARCH).split()[0]
    x, y = place(display, number)
    run(display, "/usr/bin/xdotool", "mousemove", str(x + 100), str(y + 20), "click", "1")
    for keys in ("w", "e", "e", "w", "j", "question", "Escape"):
        run(display, "/usr/bin/xdotool", "key", keys)
    if minute % 5 == 0:
        run(display, "/usr/bin/xdotool", "key", "alt+F4")
        until(display, "^$", *SEARCH)  # called any sooner, it would be put away after that
        call(folder)


async def live(minutes: int) -> int:
    """Live both lives, print what became of them, and return the exit code."""
    with TemporaryDirectory(prefix="geshao-window-") as name, a_display() as display:
        folder = Path(name)
        screen = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QTWEBENGINE_DISABLE_SANDBOX": "1"}
        with sound_card(folder) as card:
            print(*await live_with_the_program(folder, {**screen, **card}), sep="\n", flush=True)  # noqa: T201 (its result)
        life = await live_for(minutes, folder, screen)
    trends = {f"{what} tidied": trend for what, trend in life.tidied.trends(0).items()}
    trends = {**life.alone.trends(minutes // 6), **trends}
    print(f"{'':20} {'begin':>8} {'end':>8} {'an hour':>8}")  # noqa: T201 (its result)
    for what, trend in trends.items():
        print(f"{what:20} {trend.begin:8.1f} {trend.end:8.1f} {trend.an_hour:8.1%}")  # noqa: T201 (the same)
    print(f"the browser took {life.most_mb:.0f} MB at most")  # noqa: T201 (the same)
    del trends["browser, MB"]  # how much rubbish it puts up with; what it keeps is told once tidied
    grows = any(trend.an_hour > MOST_GROWTH for trend in trends.values())
    return int(grows or life.most_mb > MOST_MB)


if __name__ == "__main__":
    sys.exit(asyncio.run(live(int(sys.argv[1]) if len(sys.argv) > 1 else 120)))
