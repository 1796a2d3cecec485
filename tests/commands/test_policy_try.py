"""`geshao policy test`: the last days under another file, side by side, and nothing changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.clock import SystemClock
from tests.commands.home import SHOP, Home
from tests.mothers import KEY, a_case

HOUR = timedelta(hours=1)


@pytest.fixture
def settled(home: Home) -> Home:
    """Give a home that was asked by three buyers in the last hours."""
    home.settles_in()
    now = SystemClock().now()
    for number in range(3):
        at = now - (number + 1) * HOUR
        key = replace(KEY, shop=SHOP, case_id=str(number))
        times = {"asked_at": at, "first_seen_at": at, "last_seen_at": at}
        home.remembers(a_case(key=key, amount=None, **times))
    return home


def test_both_are_counted(settled: Home) -> None:
    """By hour and tier, what is used now and what the other file makes of it."""
    other = settled.folder / "other.yaml"
    text = settled.config.read_text(encoding="utf-8")
    other.write_text(
        text.replace("\npolicy:", "\npolicy:\n  tiers: {refund_only: normal}"), encoding="utf-8"
    )
    before = settled.config.read_bytes()

    said = settled.types("policy", "test", str(other))

    assert 0 == said.code
    assert "最近 7 天：现在的配置提醒 3 次，改成这个文件是 3 次。" in said.out
    assert all(cell in said.out for cell in ("1 → 0", "3 → 0", "0 → 3"))
    assert "改成这个文件是 0 次。" in said.out.splitlines()[-2]
    assert before == settled.config.read_bytes()


def test_a_file_that_is_wrong_is_refused(settled: Home) -> None:
    """As it would be by `geshao run`."""
    wrong = settled.folder / "wrong.yaml"
    wrong.write_text("policy: {tiers: {refund: normal}}", encoding="utf-8")

    code, problem = settled.types("policy", "test", str(wrong)).problem

    assert 2 == code
    assert "policy.tiers.refund：没有这个名字" in problem


def test_nothing_to_tell_is_told(home: Home) -> None:
    """An empty record is no table of noughts."""
    home.settles_in()

    said = home.types("policy", "test", str(home.config), "--days=3")

    assert (0, "") == (said.code, said.out)
    assert "最近 3 天没有要提醒的记录。" in said.err
