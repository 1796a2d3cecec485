"""What the everyday tasks cost: clicks and keystrokes, as the page itself counts them.

`python -m tests.ui.usability`.
"""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from playwright.async_api import Browser, async_playwright
from rich.console import Console
from rich.table import Table

from agent.inbox import Snapshot
from agent.snapshot import ShownDrill
from tests.ui.overlay import Overlay, chromium
from tests.ui.samples import LAMP, a_blind_shop, a_snapshot, view
from tests.ui.states import BUSY, DRILL, LINKS, crowd

MOST = 5

_COUNT = """
window.spent = { clicks: 0, keys: 0 };
addEventListener("pointerdown", () => { spent.clicks += 1; }, true);
addEventListener("keydown", ({ key, repeat }) => {
  spent.keys += !repeat && !["Shift", "Control", "Alt", "Meta"].includes(key);
}, true);
"""

_SEEN = """(text) => [...document.querySelectorAll("body *")].some((one) => {
  const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.includes(text));
  const { top, bottom } = one.getBoundingClientRect();
  return own && one.checkVisibility() && top >= 0 && bottom <= innerHeight;
})"""

Step = str | Snapshot
"""A key to press, the selector of what is clicked, or what the agent says meanwhile."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that people do every day, by mouse and by keys.

    It is done once the agent was *asked* for it, and once the text *seen* is in the window.
    """

    name: str
    begin: Snapshot
    mouse: tuple[Step, ...]
    keys: tuple[Step, ...]
    asked: list[Any] | None = None
    seen: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cost:
    """What *task* took; -1 if it could not be done in that way."""

    task: str
    clicks: int
    keys: int


FIFTY = replace(crowd(50), shops=(a_blind_shop(LAMP), *crowd(50).shops))
ASKS = replace(BUSY, trial=ShownDrill(DRILL, LINKS, asks=True))
RUNS = replace(BUSY, trial=ShownDrill(DRILL, LINKS[:1]))
BLIND = a_snapshot(shops=(a_blind_shop(LAMP), *crowd(0).shops))

TASKS = (
    Task("find the most urgent of 50", FIFTY, (), (), seen="退货退款"),
    Task(
        "read all about it",
        FIFTY,
        ("#hero [data-act=case]",),
        ("j", "Enter"),
        asked=["case", 1],
        seen="情况",
    ),
    Task("acknowledge it", FIFTY, ("#hero .take",), ("j", "a"), asked=["acknowledge", 1]),
    Task(
        "snooze it for ten minutes",
        FIFTY,
        ("#hero [data-act=choose]", "#hero .choices button"),
        ("j", "l", "Enter"),
        asked=["snooze", 1, 10],
        answers={"snooze": {"ok": True, "until": 1_777_637_400_000}},
    ),
    Task(
        "open it in the back office",
        FIFTY,
        ("#hero [data-act=open]",),
        ("j", "o"),
        asked=["open_case", 1],
    ),
    Task("find out why a shop is blind", FIFTY, (), (), seen="登录已失效"),
    Task(
        "see since when and how often",
        FIFTY,
        ("#to-health",),
        ("h",),
        seen="12 分钟没看到",
    ),
    Task(
        "help that shop",
        BLIND,
        ("#hero .help",),
        ("Tab", "Tab", "Tab", "Tab", "Enter"),
        asked=["help_shop", "lamp"],
        answers={"help_shop": {"ok": True, "help": "window"}},
    ),
    Task(
        "run the drill, and answer it",
        BUSY,
        ("#drill", "#drill-begin", RUNS, ASKS, "#drill-heard"),
        ("r", "Enter", RUNS, ASKS, "Shift+Tab", "Shift+Tab", "Enter"),
        asked=["answer_drill", True],
    ),
)


async def cost(browser: Browser, task: Task) -> Cost:
    """Do *task* with the mouse, then with the keys only; return what each took."""
    clicks, more_keys = await _spent(browser, task, task.mouse)
    more_clicks, keys = await _spent(browser, task, task.keys)
    return Cost(task.name, clicks + more_keys, keys + more_clicks)


async def _spent(browser: Browser, task: Task, steps: tuple[Step, ...]) -> tuple[int, int]:
    page = await browser.new_page(viewport={"width": 420, "height": 760})
    await page.add_init_script(_COUNT)
    overlay = Overlay(page)
    await overlay.open(view(task.begin))
    await overlay.set(answers=task.answers)
    await overlay.seconds()
    for step in steps:
        await _take(overlay, step)
    seen = not task.seen or await page.evaluate(_SEEN, task.seen)
    done = seen and (task.asked is None or task.asked in await overlay.calls())
    spent = await page.evaluate("[spent.clicks, spent.keys]")
    await page.close()
    return (spent[0], spent[1]) if done else (-1, 0)


async def _take(overlay: Overlay, step: Step) -> None:
    if isinstance(step, Snapshot):
        await overlay.change(view(step))
    elif step[0] in "#.":
        await overlay.page.locator(step).first.click()
    else:
        await overlay.page.keyboard.press(step)
    await overlay.seconds()


async def measured() -> list[Cost]:
    """Return what every task costs."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium())
        costs = [await cost(browser, task) for task in TASKS]
        await browser.close()
        return costs


def main() -> int:
    """Print the table; return 1 if something costs too much or cannot be done."""
    table = Table("task", "clicks", "keystrokes", title=f"none above {MOST}")
    costs = asyncio.run(measured())
    for one in costs:
        table.add_row(one.task, f"{one.clicks}", f"{one.keys}")
    Console().print(table)
    return 0 if all(0 <= each <= MOST for one in costs for each in (one.clicks, one.keys)) else 1


if __name__ == "__main__":
    sys.exit(main())
