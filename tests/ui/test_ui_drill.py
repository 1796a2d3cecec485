"""How the last drill ended is a quiet line beside the channels."""

from dataclasses import replace

import pytest
from rich.console import Console

from agent.journal import DrillEnd, DrillNote
from tests.mothers import NOON
from tests.ui.samples import a_snapshot
from ui.terminal import render
from ui.ticking import epoch_ms
from ui.view import present


@pytest.mark.parametrize(
    ("end", "text", "failing"),
    [
        (DrillEnd.PASSED, "{clock} 演习全部送到", False),
        (DrillEnd.FAILED, "{clock} 演习没有全部送到", True),
        (DrillEnd.BROKEN, "{clock} 演习没有做完", False),
        (DrillEnd.SKIPPED, "每周演习错过了：电脑睡着、鸽哨没有运行，或那天一直静音", False),
    ],
)
def test_each_end_has_its_words(end: DrillEnd, text: str, failing: bool) -> None:  # noqa: FBT001 (a column of the table)
    """It is no warning: one that failed has an alarm of its own."""
    calm = a_snapshot()
    view = present(replace(calm, drill=DrillNote(NOON, end)), "zh")
    last = view["channels"][-1]

    assert (text, failing) == (last["text"]["text"], last["failing"])
    assert present(calm, "zh")["warnings"] == view["warnings"]
    assert present(calm, "zh")["channels"] == view["channels"][:-1]


def test_the_terminal_shows_it() -> None:
    """In the foot, with the time."""
    view = present(a_snapshot(drill=DrillNote(NOON, DrillEnd.PASSED)), "zh")
    console = Console(width=120)
    with console.capture() as printed:
        console.print(render(view, epoch_ms(NOON), 120, 40))

    assert "演习全部送到" in printed.get()
