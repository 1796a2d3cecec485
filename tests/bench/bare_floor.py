"""The floor: what the page shows reaches Python through a binding, and no product code is there."""

from collections.abc import Sequence
from typing import ClassVar

from tests.bench.contender import Contender, Stage, own_program
from tests.bench.plain_script import work_file


class BareFloor(Contender):
    """An observer in each page, in one browser for all shops: nothing is read, kept or decided."""

    name: ClassVar = "floor"
    title: ClassVar = "下限 bare floor"
    note: ClassVar = (
        "floor: MutationObserver → binding → one line, no product code; the least that any watcher"
        " of these pages takes; its shops are opened as many at a time as there are cores"
    )

    async def command(self, stage: Stage) -> Sequence[str]:
        """Return the observing program, with its shops in a file."""
        return own_program("bare_floor", work_file(stage, str(stage.found.headless)))
