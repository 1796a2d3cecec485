"""Titles of notices for several cases, digests, and whom a step of the ladder calls."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import Alert, Case, Kind, Reason
from agent.channels.channel import Notice
from agent.channels.wording import notice_for
from tests.mothers import KEY, NOON, a_case, a_shop, an_alert

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def several(*lefts: timedelta | None) -> list[tuple[Alert, Case]]:
    """Return new alerts for cases with so much time left."""
    keys = [replace(KEY, case_id=str(number)) for number in range(len(lefts))]
    return [
        (
            an_alert(key=key),
            a_case(key=key, respond_by=None if left is None else NOON + left, buyer="木棉"),
        )
        for key, left in zip(keys, lefts, strict=True)
    ]


def notice(alerts: list[tuple[Alert, Case]], *, digest: bool = False) -> Notice:
    """Return the notice for *alerts* at noon."""
    return notice_for(alerts, {"shanque": a_shop()}, NOON, "zh", digest=digest)


@pytest.mark.parametrize(
    ("lefts", "title"),
    [
        ((None, None), "紧急 · 2 件要处理"),
        ((None, 22 * MINUTE + timedelta(seconds=40)), "紧急 · 2 件要处理，最急 22 分"),
        ((3 * HOUR + 59 * MINUTE, 30 * HOUR), "紧急 · 2 件要处理，最急 3 小时 59 分"),
        ((timedelta(seconds=45), HOUR), "紧急 · 2 件要处理，最急 45 秒"),
        ((timedelta(0), HOUR, None), "紧急 · 3 件要处理，最急的已超时"),
    ],
)
def test_the_title_says_how_long_the_first_has(
    lefts: tuple[timedelta | None, ...], title: str
) -> None:
    """On the screen and where it leaves the machine."""
    said = notice(several(*lefts))

    assert said.masked is not None
    assert (title, title) == (said.title, said.masked.title)


def test_a_digest_says_that_it_is_one() -> None:
    """Below the worst of its cases; a single case is none."""
    many = notice(several(*[HOUR] * 9), digest=True).lines
    one = notice(several(HOUR), digest=True).lines

    assert ("还有 4 件", "一分钟里提醒太多，合成了这一条") == many[-2:]
    assert 1 == len(one)


def test_who_is_called_is_named() -> None:
    """On each road, by the name in the file, and before all else."""
    [(alert, case)] = several(HOUR)
    called = replace(alert, reason=Reason.ESCALATED, people=("王姐", "李哥"), level=2)
    said = notice([(called, case)])

    assert said.masked is not None
    assert all(
        line.startswith("请 王姐、李哥 处理 · ") for line in (said.lines[0], said.masked.lines[0])
    )


def test_an_alarm_for_many_tickets_says_what_they_share() -> None:
    """How many, and of which product; of a buyer one character."""
    batch = a_case(kind=Kind.BATCH, reason="3 单质量问题：帆布包", buyer="", amount=None)
    buyer = a_case(kind=Kind.SAME_BUYER, reason="3 单售后：木棉", buyer="木棉", amount=None)
    said = [notice([(an_alert(), case)]) for case in (batch, buyer)]

    assert ["紧急 · 山雀百货 · 批量质量问题", "紧急 · 山雀百货 · 同一买家多单"] == [
        one.title for one in said
    ]
    assert ["新 · 3 单质量问题：帆布包", "新 · 木** · 3 单售后：木**"] == [
        one.lines[0] for one in said
    ]
