"""The plain script: a browser profile a shop, reloaded by a timer, read cell by cell."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import ClassVar

from tests.bench.contender import RELOAD_S, Contender, Stage, own_program
from tests.bench.programs.work import Work


class PlainScript(Contender):
    """What somebody writes in an afternoon with Playwright's manual."""

    name: ClassVar = "script"
    title: ClassVar = "普通脚本 plain script"
    period_s: ClassVar = float(RELOAD_S)
    note: ClassVar = (
        "script: one persistent headless-shell context a shop, its two lists reloaded every"
        f" {RELOAD_S} s and read cell by cell; it raises its alert without a tone"
    )

    async def command(self, stage: Stage) -> Sequence[str]:
        """Return the script, with its shops in a file."""
        return own_program("plain_script", work_file(stage, str(stage.found.headless)))


def work_file(stage: Stage, browser: str) -> str:
    """Write down what one of the bench's programs is to watch; return the file."""
    work = Work(
        browser=browser,
        folder=str(stage.folder),
        reload_s=RELOAD_S,
        lists=stage.office.lists,
        shops=[asdict(shop) for shop in stage.shops],
    )
    file = stage.folder / "work.json"
    file.write_text(json.dumps(asdict(work), ensure_ascii=False), encoding="utf-8")
    return str(file)
