"""`geshao ack` and `geshao snooze`."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agent.cases import CaseKey, Change, ChangeKind, Tier
from agent.clock import SystemClock
from tests.commands.home import SHOP, Home
from tests.mothers import KEY, NOON, a_case, an_alert

FAR = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def settled(home: Home) -> Iterator[Home]:
    """Give a home with one shop and one open case."""
    home.settles_in()
    home.remembers(a_case(respond_by=FAR))
    return home


@pytest.mark.parametrize("name", ["1", "#1", "＃1", "7001", "shanque/aftersale/7001"])
def test_ack_takes_the_case_in_hand(settled: Home, name: str) -> None:
    """A case is called by its short number or by the platform's."""
    said = settled.types("ack", name)

    assert (0, "✓ #1 由您处理；升级或更临近时限时会再提醒。\n") == (said.code, said.out)
    assert Tier.URGENT is settled.case(KEY).acknowledged_tier


def test_ack_takes_a_whole_shop_in_hand(settled: Home) -> None:
    """All that was told of it; what was not stays, and is counted."""
    told = settled.case(KEY)
    [new] = settled.remembers(a_case(key=CaseKey(SHOP, "aftersale", "new"), respond_by=FAR))
    with settled.journal() as journal:
        journal.raise_alert(an_alert(key=KEY, asked_at=told.asked_at))
    said = settled.types("ack", "--shop", SHOP)

    assert (
        0,
        "✓ shanque 的 1 件由您处理；升级或更临近时限时会再提醒。还有 1 件还没有提醒过，不在内。\n",
    ) == (said.code, said.out)
    assert settled.case(KEY).acknowledged_at is not None
    assert settled.case(new.key).acknowledged_at is None


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        ((), 2, "运行 geshao ack 12 接手一件"),
        (("1", "--shop", SHOP), 2, "只写一样"),
        (("--shop", SHOP), 1, "运行 geshao inbox"),
        (("--shop", "nowhere"), 1, "nowhere"),
    ],
)
def test_ack_wants_one_case_or_one_shop(
    settled: Home, words: tuple[str, ...], code: int, hint: str
) -> None:
    """And something in it to take."""
    ended, problem = settled.types("ack", *words).problem

    assert (code, True) == (ended, hint in problem)
    assert settled.case(KEY).acknowledged_at is None


def test_snooze_tells_when_it_ends(settled: Home) -> None:
    """The span counts from now, on the clock of the person."""
    before = SystemClock().now()
    said = settled.types("snooze", "1", "--for", "1h30m")
    until = settled.case(KEY).snoozed_until

    assert until is not None
    assert timedelta(0) <= until - before - timedelta(minutes=90) < timedelta(minutes=1)
    assert f"✓ #1 推迟到 {until.astimezone():%m-%d %H:%M}（不会拖过时限）。\n" == said.out


def test_snooze_is_half_an_hour_unless_said_otherwise(settled: Home) -> None:
    """Who gives no span gets one."""
    before = SystemClock().now()
    settled.types("snooze", "1")
    until = settled.case(KEY).snoozed_until

    assert until is not None
    assert timedelta(0) <= until - before - timedelta(minutes=30) < timedelta(minutes=1)


def test_snooze_ends_before_the_last_step(settled: Home) -> None:
    """However long the span, the last step before the deadline rings; and that is told."""
    soon = SystemClock().now() + timedelta(hours=1)
    settled.remembers(a_case(key=CaseKey(SHOP, "aftersale", "soon"), respond_by=soon))
    said = settled.types("snooze", "soon", "--for", "12h")

    until = soon - timedelta(minutes=30)
    assert until == settled.case(CaseKey(SHOP, "aftersale", "soon")).snoozed_until
    assert f"✓ #2 只推迟到 {until.astimezone():%m-%d %H:%M}：再晚就来不及了" in said.out


@pytest.mark.parametrize("span", ["soon", "", "30", "-5m", "0m", "2d", f"{10**12}d"])
def test_wrong_spans_change_nothing(settled: Home, span: str) -> None:
    """What is no span, or too long a one, is refused with how to write it."""
    code, problem = settled.types("snooze", "1", f"--for={span}").problem

    assert 2 == code
    assert any(hint in problem for hint in ("→ 请写成 30m", "→ 可以推迟 1m 到 24h"))
    assert settled.case(KEY).snoozed_until is None


@pytest.mark.parametrize("command", ["ack", "snooze"])
@pytest.mark.parametrize("name", ["2", "#99999999999999999999", "nowhere/x/1", " ", "7001; DROP"])
def test_unknown_case_has_its_own_exit_code(settled: Home, command: str, name: str) -> None:
    """A script can tell a wrong number from everything else."""
    code, problem = settled.types(command, name).problem

    assert 6 == code
    assert "→ 请运行 geshao inbox" in problem


@pytest.mark.parametrize("command", ["ack", "snooze"])
def test_case_that_is_over(settled: Home, command: str) -> None:
    """Whoever is late is told so; nothing changes."""
    case = settled.case(KEY)
    with settled.journal() as journal:
        over = Change(ChangeKind.RESOLVED, case, replace(case, resolved_at=NOON))
        journal.record([over], None, shop=SHOP)
    code, problem = settled.types(command, "1").problem

    assert 1 == code
    assert "✗ #1 已经结束，不用再处理。\n→ 运行 geshao inbox" in problem
    assert settled.case(KEY).acknowledged_at is None


def test_before_there_is_anything_to_act_on(home: Home) -> None:
    """Without a journal the next step is named."""
    home.types("init")
    code, problem = home.types("ack", "1").problem

    assert (1, True) == (code, "请先运行 geshao run" in problem)
