"""What an icon knows: taken from the answers that a page gets, and doubted when there are none."""

from typing import Any

import pytest

from agent.inbox import Snapshot
from tests.fakes import FakeClock
from tests.ui.samples import a_blind_shop, a_row, a_shop, a_snapshot, a_starting_shop
from ui.glance import Glance, Seen
from ui.view import present


def answer(snapshot: Snapshot, revision: str = "1") -> dict[str, Any]:
    """Return what a page is answered with *snapshot*."""
    view = present(snapshot, "zh")
    return {"ok": True, "unchanged": False, "revision": revision, "view": view}


UNCHANGED = {"ok": True, "unchanged": True, "revision": "1"}


@pytest.mark.parametrize(
    ("snapshot", "state", "number", "text"),
    [
        pytest.param(a_snapshot(), "calm", "", "没有待办", id="calm"),
        pytest.param(a_snapshot(a_row(1), a_row(2)), "urgent", "2", "2 件紧急待办", id="urgent"),
        pytest.param(
            a_snapshot(*(a_row(number) for number in range(1, 121))),
            "urgent",
            "99+",
            "120 件紧急待办",
            id="many",
        ),
        pytest.param(
            a_snapshot(a_row(1), shops=(a_shop(), a_blind_shop())),
            "urgent",
            "1+",
            "1 件紧急待办",
            id="a shop out of sight",
        ),
    ],
)
def test_verdict_is_taken_in_short(snapshot: Snapshot, state: str, number: str, text: str) -> None:
    """Its state, how many cases wait, and the words."""
    glance = Glance(FakeClock())
    glance.take(answer(snapshot))
    seen = glance.seen

    assert (state, number, text) == (seen.state, seen.number, seen.text.splitlines()[0])
    assert ({30, 60, 120, 480, 0}, False) == ({one["minutes"] for one in seen.pauses}, seen.hushed)


def test_other_trouble_is_told_too() -> None:
    """Beside an urgent case a shop out of sight is not forgotten."""
    glance = Glance(FakeClock())
    view = {**present(a_snapshot(a_row(1)), "zh"), "warnings": [{"text": "另有 1 家店看不到"}]}
    glance.take({"ok": True, "revision": "1", "view": view})

    assert "1 件紧急待办\n另有 1 家店看不到" == glance.seen.text


def test_start_has_neither_number_nor_choices() -> None:
    """Before there is an agent nothing can be paused or silenced."""
    glance = Glance(FakeClock())
    glance.take({"ok": True, "start": {"state": "blind", "headline": "还没有开始监看"}})

    assert Seen("blind", text="还没有开始监看") == glance.seen
    assert glance.fresh


async def test_page_that_sleeps_leaves_it_in_doubt() -> None:
    """What was heard counts for moments; a page that was told the same counts as heard."""
    clock = FakeClock()
    glance = Glance(clock)
    first = glance.fresh
    glance.take(answer(a_snapshot()))
    await clock.advance(2)
    glance.take(UNCHANGED)
    await clock.advance(2)
    second = glance.fresh
    glance.take({"ok": False, "error": "没有应答", "next_step": ""})
    await clock.advance(1)

    assert (False, True, False) == (first, second, glance.fresh)


async def test_page_that_knows_another_state_leaves_it_in_doubt() -> None:
    """That nothing changed since says nothing of what is known here."""
    clock = FakeClock()
    glance = Glance(clock)
    glance.take(answer(a_snapshot(shops=(a_starting_shop(),)), "2"))
    await clock.advance(3)
    glance.take(UNCHANGED)

    assert not glance.fresh


def test_agent_that_does_not_answer_is_no_calm() -> None:
    """The number is gone, and what was known is asked for anew."""
    glance = Glance(FakeClock())
    glance.take(answer(a_snapshot()))
    glance.lost("已停止监看")

    assert (Seen("stopped", text="已停止监看"), "", False) == (
        glance.seen,
        glance.revision,
        glance.fresh,
    )
