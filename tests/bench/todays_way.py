"""Today's way: an ordinary browser and profile a shop, its pages reloaded by an extension."""

from collections.abc import Sequence
from typing import ClassVar

from tests.bench.contender import RELOAD_S, Contender, Stage, own_program
from tests.bench.plain_script import work_file


class TodaysWay(Contender):
    """What merchants do: a window for each shop, and an extension with a timer."""

    name: ClassVar = "today"
    title: ClassVar = "一店一浏览器 today's way"
    period_s: ClassVar = float(RELOAD_S)
    note: ClassVar = (
        "today: one whole Chromium with a profile of its own a shop, both lists open in tabs, a"
        f" real extension that reloads them every {RELOAD_S} s; without a screen to draw on, which"
        " spares it what a window costs; nothing drives it"
    )

    async def command(self, stage: Stage) -> Sequence[str]:
        """Return what starts the browsers, each with its shop's pages."""
        browser = str(stage.found.visible or stage.found.headless)
        return own_program("todays_way", work_file(stage, browser))
