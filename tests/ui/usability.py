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
from tests.ui.looks import Look
from tests.ui.overlay import Overlay, chromium
from tests.ui.samples import LAMP, a_blind_shop, a_snapshot, view
from tests.ui.settings_states import settings
from tests.ui.states import BUSY, DRILL, DUTY, LINKS, State, crowd
from tests.ui.tour import Tour

MOST = 5

_LOOK = Look("zh", "dark", 420, 1)
_COUNT = """() => {
window.spent = { clicks: 0, keys: 0 };
addEventListener("pointerdown", () => { spent.clicks += 1; }, true);
addEventListener("keydown", ({ key, repeat, target }) => {
  const written = target.matches?.("input, select, textarea") && !["Tab", "Enter"].includes(key);
  spent.keys += !repeat && !written && !["Shift", "Control", "Alt", "Meta"].includes(key);
}, true);
}"""

_SEEN = """(text) => [...document.querySelectorAll("body *")].some((one) => {
  const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.includes(text));
  const { top, bottom } = one.getBoundingClientRect();
  return own && one.checkVisibility() && top >= 0 && bottom <= innerHeight;
})"""

Step = str | Snapshot
"""A key to press, the selector of what is clicked, "=" and what is written into a field, or what
the agent says meanwhile. What is written costs nothing: it has to be told anyhow."""


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
    first: bool = False
    """It is done on a page that was just opened."""


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

WRITTEN = ("ArrowDown", "Tab", "=山雀", "Tab", "=me", "Tab", "=geheim", "Enter")
NEW = {"act": "add_shop", "platform": "jd", "name": "山雀", "username": "me", "password": "geheim"}

TASKS = (
    Task(
        "add the first shop",
        a_snapshot(shops=()),
        ("#to-settings", *WRITTEN),
        (",", *WRITTEN),
        asked=["change", NEW],
        answers=settings("shops: []")("zh"),
        first=True,
    ),
    Task("find the most urgent of 50", FIFTY, (), (), seen="退货退款"),
    Task(
        "read all about it",
        FIFTY,
        ("#hero [data-act=case]",),
        ("j", "Enter"),
        asked=["case", 1],
        seen="情况",
    ),
    Task(
        "give it to somebody",
        replace(FIFTY, duty=DUTY),
        ("#hero [data-act=case]", "#case [data-act=hand]", "#case-names button"),
        ("j", "p", "Enter"),
        asked=["assign", 1, "小王"],
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
        ("o",),
        asked=["open_case", 1],
    ),
    Task("find out why a shop is blind", FIFTY, (), (), seen="登录已失效"),
    Task(
        "see since when and how often",
        FIFTY,
        ("#to-health",),
        ("h",),
        seen="最近一次读取",
    ),
    Task(
        "help that shop",
        BLIND,
        ("#hero .help",),
        ("o",),
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


async def cost(tour: Tour, task: Task) -> Cost:
    """Do *task* with the mouse, then with the keys only; return what each took."""
    clicks, more_keys = await _spent(tour, task, task.mouse)
    if task.first:
        await tour.overlay.page.reload()
        await tour.overlay.page.evaluate(_COUNT)
    more_clicks, keys = await _spent(tour, task, task.keys)
    return Cost(task.name, clicks + more_keys, keys + more_clicks)


async def begin(browser: Browser) -> Tour:
    """Open a page that counts what a person does."""
    tour = await Tour.begin(browser, "zh")
    await tour.overlay.page.evaluate(_COUNT)
    return tour


async def _spent(tour: Tour, task: Task, steps: tuple[Step, ...]) -> tuple[int, int]:
    overlay = tour.overlay
    await tour.show(State(task.name, "list", task.begin, desk=lambda _: task.answers), _LOOK)
    await overlay.page.evaluate("spent.clicks = spent.keys = 0")
    for step in steps:
        await _take(overlay, step)
    seen = not task.seen or await overlay.page.evaluate(_SEEN, task.seen)
    done = seen and (task.asked is None or task.asked in await overlay.calls())
    spent = await overlay.page.evaluate("[spent.clicks, spent.keys]")
    return (spent[0], spent[1]) if done else (-1, 0)


async def _take(overlay: Overlay, step: Step) -> None:
    if isinstance(step, Snapshot):
        await overlay.change(view(step))
    elif step[0] == "=":
        await overlay.page.keyboard.type(step[1:])
    elif step[0] in "#.":
        await overlay.page.locator(step).first.click()
    else:
        await overlay.page.keyboard.press(step)
    await overlay.seconds()


async def measured() -> list[Cost]:
    """Return what every task costs."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium())
        tour = await begin(browser)
        costs = [await cost(tour, task) for task in TASKS]
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
