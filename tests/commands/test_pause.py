"""`geshao pause` and `geshao resume`."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from agent.cases import EVERY_SHOP, Pause
from agent.clock import SystemClock
from tests.commands.home import SHOP, Home


@pytest.fixture
def settled(home: Home) -> Iterator[Home]:
    """Give a home with one shop."""
    home.settles_in()
    return home


def said(home: Home) -> dict[str, Pause]:
    """Return what the journal knows of pauses."""
    with home.journal() as journal:
        return journal.pauses()


@pytest.mark.parametrize(("words", "shop"), [((), EVERY_SHOP), ((SHOP,), SHOP)])
def test_a_pause_lasts_until_resumed(settled: Home, words: tuple[str, ...], shop: str) -> None:
    """Without a span there is no end; what it means, and how it ends, is said."""
    told = settled.types("pause", *words)
    pause = said(settled)[shop]
    again = settled.types("resume", *words)
    resumed = said(settled)[shop]

    assert (0, None) == (told.code, pause.until)
    assert "新来的看不到，已经列出的待办照样提醒" in told.out
    assert f"geshao resume {' '.join(words)}".strip() in told.out
    assert (0, False) == (again.code, resumed.lasts(SystemClock().now()))


def test_a_pause_for_a_time_tells_its_end(settled: Home) -> None:
    """On the clock of the person."""
    before = SystemClock().now()
    told = settled.types("pause", "--for", "2h")
    until = said(settled)[EVERY_SHOP].until

    assert until is not None
    assert timedelta(0) <= until - before - timedelta(hours=2) < timedelta(minutes=1)
    assert f"到 {until.astimezone():%m-%d %H:%M} 自动继续" in told.out


def test_a_paused_shop_is_listed_as_such(settled: Home) -> None:
    """Neither calm nor blind, in the table and for scripts."""
    settled.types("pause", "--for", "2h")

    assert "起暂停" in settled.types("shops").out
    assert '"state": "paused"' in settled.types("shops", "--json").out


@pytest.mark.parametrize("span", ["soon", "", "30", "0m", "31d", f"{10**12}d"])
def test_wrong_spans_pause_nothing(settled: Home, span: str) -> None:
    """What is no span, or too long a one, is refused with how to write it."""
    code, problem = settled.types("pause", f"--for={span}").problem

    assert 2 == code
    assert any(hint in problem for hint in ("→ 请写成 30m", "→ 可以暂停 1m 到 30d"))
    assert {} == said(settled)


@pytest.mark.parametrize("command", ["pause", "resume"])
def test_a_shop_that_is_not_there(settled: Home, command: str) -> None:
    """It is refused with the next step."""
    code, problem = settled.types(command, "nowhere").problem

    assert (1, True) == (code, "→ 运行 geshao shop list" in problem)
    assert {} == said(settled)
