"""What faces show of pauses, rests, codes to scan and longer intervals."""

import io
from datetime import timedelta
from typing import Any

import pytest
from rich.console import Console

from agent.cases import Outcome, Pause, Tier
from agent.inbox import ShopHealth, ShopState
from agent.pace import Promise, Slow
from agent.snapshot import ShownCode
from tests.fakes import NOON
from tests.ui.samples import (
    FAWN,
    TEA,
    a_blind_shop,
    a_paused_shop,
    a_row,
    a_shop,
    a_snapshot,
    ago,
    view,
    within,
)
from ui.shops import shop_view
from ui.terminal import render
from ui.ticking import clock_text, epoch_ms
from ui.view import present

URGENT = a_row(1)
IMPORTANT = a_row(1, tier=Tier.IMPORTANT)
QUIET = a_row(1, quiet=True)


@pytest.mark.parametrize(
    ("rows", "shops", "state"),
    [
        ((), (a_paused_shop(FAWN), a_paused_shop(TEA)), "paused"),
        ((IMPORTANT,), (a_paused_shop(FAWN), a_paused_shop(TEA)), "paused"),
        ((URGENT,), (a_paused_shop(FAWN), a_paused_shop(TEA)), "urgent"),
        ((), (a_shop(FAWN), a_paused_shop(TEA)), "paused"),
        ((QUIET,), (a_shop(FAWN), a_paused_shop(TEA)), "paused"),
        ((IMPORTANT,), (a_shop(FAWN), a_paused_shop(TEA)), "waiting"),
        ((), (a_blind_shop(), a_paused_shop(TEA)), "blind"),
    ],
)
def test_a_paused_shop_is_never_calm(rows: Any, shops: Any, state: str) -> None:  # noqa: ANN401 (columns of the table)
    """Nor is it hidden behind what is loud: then a line of its own says so."""
    shown = present(a_snapshot(*rows, shops=shops), "zh")

    assert state == shown["state"]
    assert (state == "paused") is not any(one["kind"] == "paused" for one in shown["warnings"])
    assert all(not total["shown"].isdigit() for total in shown["totals"][:3])


@pytest.mark.parametrize(
    ("pause", "said"),
    [
        (Pause(ago(minutes=10), within(minutes=50)), "{clock} 起暂停，{until} 自动继续"),
        (Pause(ago(minutes=10)), "{clock} 起暂停，等您点「继续」"),
    ],
)
def test_a_pause_says_since_when_and_until_when(pause: Pause, said: str) -> None:
    """And the shop has a button that ends it, and none that pretends to help."""
    shown = shop_view(a_paused_shop(pause=pause), "zh", NOON)
    until = clock_text(epoch_ms(pause.until), epoch_ms(NOON)) if pause.until else ""

    assert said.replace("{until}", until) == shown["proof"]["text"]
    assert epoch_ms(pause.since) == shown["proof"]["at"]
    assert ("paused", "继续", "") == (shown["state"], shown["resume"], shown["help"])


def test_the_headline_names_one_or_all() -> None:
    """One of several is counted; of all of them the switch ends it."""
    one = present(a_snapshot(shops=(a_shop(FAWN), a_paused_shop(TEA))), "zh")
    both = present(a_snapshot(shops=(a_paused_shop(FAWN), a_paused_shop(TEA))), "zh")

    assert ("1 家店暂停监看", False) == (one["headline"], one["all_paused"])
    assert ("已暂停监看", True) == (both["headline"], both["all_paused"])
    assert {"number": None, "shop_id": TEA.shop_id} == one["hero"]


def test_a_rest_says_its_end_and_can_be_ended() -> None:
    """Beside the button that helps; what is under way, or failed, goes before it."""
    until = within(minutes=14)
    resting = a_blind_shop(outcome=Outcome.CHALLENGED, rests_until=until)
    shown = shop_view(resting, "zh", NOON)
    clock = clock_text(epoch_ms(until), epoch_ms(NOON))
    busy = a_blind_shop(outcome=Outcome.CHALLENGED, rests_until=until, busy="等您操作")

    assert f"平台要求验证，这家店先停手，{clock} 再看" == shown["note"]
    assert ("去完成验证", "继续") == (shown["help"], shown["resume"])
    assert "等您操作" == shop_view(busy, "zh", NOON)["note"]


@pytest.mark.parametrize(
    ("health", "said"),
    [
        (a_shop(state=ShopState.STARTING, pending=None), "正在重新读取…"),
        (a_shop(state=ShopState.CALM), "0 · {age}前确认"),
    ],
)
def test_a_shop_that_begins_again_does_not_read_for_the_first_time(
    health: ShopHealth, said: str
) -> None:
    """Which one it is, the last confirmation tells."""
    assert said == shop_view(health, "zh", NOON)["proof"]["text"]


@pytest.mark.parametrize(
    ("pace", "said"),
    [
        (Promise(timedelta(seconds=30)), ""),
        (Promise(timedelta(seconds=90), Slow.TRAVEL), "省电：每 90 秒看一次"),
        (Promise(timedelta(minutes=5), Slow.NIGHT), "夜间：每 5 分钟看一次"),
        (Promise(timedelta(hours=1), Slow.NIGHT), "夜间：每 1 小时看一次"),
    ],
)
def test_longer_intervals_are_said(pace: Promise, said: str) -> None:
    """In the overlay and in the terminal, with the reason."""
    shown = present(a_snapshot(pace=pace), "zh")
    screen = io.StringIO()
    console = Console(width=100, file=screen)
    console.print(render(shown, shown["taken_at"], 100, 30))

    assert said == shown["pace"]
    assert said in screen.getvalue()


def test_a_code_travels_as_a_picture() -> None:
    """As data within the page's content policy, with the time at which it is replaced."""
    code = ShownCode(b"\x89PNG", within(seconds=80), 2)
    shown = shop_view(a_blind_shop(code=code), "zh", NOON)["code"]
    spent = shop_view(a_blind_shop(code=ShownCode(b"", None, 2)), "zh", NOON)["code"]

    assert {
        "picture": "data:image/png;base64,iVBORw==",
        "fresh_until": epoch_ms(within(seconds=80)),
        "number": 2,
    } == shown
    assert {"picture": "", "fresh_until": None, "number": 2} == spent


def test_the_terminal_says_how_to_sign_in() -> None:
    """There is no button to press; other troubles are not mended so."""
    signed_out = view(a_snapshot(shops=(a_blind_shop(),)))["shops"][0]
    other = view(a_snapshot(shops=(a_blind_shop(outcome=Outcome.PAGE_CHANGED),)))["shops"][0]

    assert "geshao login lamp" in signed_out["terminal"]
    assert "" == other["terminal"]
