"""`geshao policy explain`: why a case is as urgent as it is, and what rings next, in Chinese."""

from dataclasses import replace
from datetime import UTC, time, timedelta

import pytest

from agent.cases import (
    Alert,
    Band,
    Case,
    Delivery,
    DeliveryState,
    Effect,
    Escalation,
    Fen,
    Kind,
    Mood,
    Policy,
    Reason,
    Roster,
    Shift,
    Stage,
    Tier,
    Topic,
    Vip,
    Weekly,
    with_people,
)
from agent.cases.drill import unreached
from agent.commands.policy_explain import explained
from tests.commands.home import Home
from tests.mothers import NOON, a_case, an_alert
from ui.ticking import clock_text, epoch_ms

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
POLICY = replace(Policy(), keywords={"过敏": Effect.URGENT}, vip=Vip(frozenset({"木棉"})))


def clock(after: timedelta) -> str:
    """Return the time of day so long after noon, as the machine's clock on the wall shows it."""
    return clock_text(epoch_ms(NOON + after), epoch_ms(NOON))


def said(case: Case, last: Alert | None = None, policy: Policy = POLICY) -> list[str]:
    """Return the lines that explain *case* at noon."""
    return list(explained(case, last, policy, NOON))


def test_it_names_all_that_counts() -> None:
    """The case, its tier and limit, each ground, who was told, and what comes."""
    case = a_case(
        number=12,
        kind=Kind.EXCHANGE,
        tier=Tier.URGENT,
        topics=frozenset({Topic.QUALITY, Topic.LOGISTICS}),
        keywords=frozenset({"过敏"}),
        mood=Mood.ANGRY,
        buyer="木棉",
        amount=Fen(60_000),
        respond_by=NOON + 3 * HOUR,
    )
    last = an_alert(raised_at=NOON - MINUTE, band=Band.CLOSE, asked_at=NOON)

    assert [
        "#12 shanque · 换货 · 7001",
        f"现在：紧急，平台时限 {clock(3 * HOUR)}，还剩 3 小时",
        "为什么：",
        "  · 类型是换货，本来是重要",
        "  · 说到质量问题，至少重要",
        "  · 有您的词「过敏」，至少紧急",
        "  · 重要的买家，升一级",
        "  · 买家愤怒，升一级",
        "  · 金额 600.00 元，升一级",
        "  · 剩不到 4 小时，至少重要",
        f"响过：{clock(-MINUTE)} 紧急（新），声音、桌面通知",
        "处理：还没有人接手",
        "接下来（没有变化、也没有人动它的话）：",
        "  · 　隔 30 秒 再响，间隔渐长到 5 分：声音",
        f"  · {clock(150 * MINUTE)} 紧急（时限临近），声音、桌面通知",
        "  · 　隔 30 秒 再响：声音",
        f"  · {clock(3 * HOUR)} 紧急（时限临近），声音、桌面通知",
        "  · 　隔 30 秒 再响，间隔渐长到 5 分：声音",
    ] == said(case, last)


@pytest.mark.parametrize(
    ("case", "line"),
    [
        (a_case(), "响过：还没有"),
        (a_case(), f"现在：紧急，您自己定的时间 {clock(24 * HOUR)}，还剩 1 天"),
        (a_case(respond_by=NOON), f"现在：紧急，平台时限 {clock(0 * HOUR)}，已经过了"),
        (a_case(respond_by=NOON), "  · 已超时，至少紧急"),
        (a_case(asked_at=NOON - 24 * HOUR), "  · 过了您自己定的时间，至少重要"),
        (a_case(kind=Kind.OUTAGE), "现在：重要，没有时限"),
        (
            a_case(kind=Kind.OUTAGE, asked_at=NOON - HOUR),
            "  · 看不到超过 10 分，至少紧急",
        ),
        (a_case(kind=Kind.OUTAGE), f"  · {clock(10 * MINUTE)} 紧急（升级），声音、桌面通知"),
        (unreached(None, "群：没送到", NOON).after, "  · 鸽哨自己提出的，定为重要"),
        (
            a_case(tier=Tier.IMPORTANT),
            "  · 记录里是重要：下次读到这一单时按现在的配置算成紧急",
        ),
        (
            a_case().acknowledged(Tier.URGENT, Band.FAR, NOON),
            f"处理：{clock(0 * HOUR)} 起由您处理",
        ),
        (
            a_case(respond_by=NOON + HOUR).acknowledged(Tier.URGENT, Band.FAR, NOON),
            f"处理：{clock(0 * HOUR)} 起由您处理，但现在更急或更晚了，会再响",
        ),
        (a_case().snoozed(NOON + HOUR, NOON), f"处理：推迟到 {clock(HOUR)}"),
        (a_case(stage=Stage.WAITING), "处理：轮到别人，不响"),
        (a_case(stage=Stage.WAITING), "  · 不会再响"),
        (a_case(resolved_at=NOON), "处理：已经结束，不再响"),
    ],
)
def test_each_thing_is_said_where_it_holds(case: Case, line: str) -> None:
    """Limits of either kind, lateness, what a person did, what was said by an older file."""
    assert line in said(case)


def test_it_says_whom_the_ladder_calls() -> None:
    """Each step with its time, its roads and the person's name."""
    loud = replace(
        Policy().loudness[Tier.URGENT], ladder=(Escalation(10 * MINUTE, ("phone",), ("王姐",)),)
    )
    policy = replace(Policy(), loudness={**Policy().loudness, Tier.URGENT: loud})

    assert f"  · {clock(10 * MINUTE)} 紧急（一直没有人处理），phone，找 王姐" in said(
        a_case(), an_alert(), policy
    )


def test_it_says_whose_turn_it_is() -> None:
    """Whose kind it is, who is on duty until when, who stands in, and whom the steps will call."""
    ladder = (Escalation(10 * MINUTE, ("phone",), ("on_duty",)),)
    loud = replace(Policy().loudness[Tier.URGENT], ladder=ladder)
    roster = Roster(
        people={"小王": (), "小李": ()},
        weekly=(Weekly(Shift(("小李",), time(12), time(12, 30))),),
        stand_in="小王",
        assigned={Kind.REFUND_ONLY: "小王"},
        zone=UTC,
    )
    usual = replace(Policy(), loudness={**Policy().loudness, Tier.URGENT: loud}, zone=UTC)
    lines = said(a_case(), an_alert(), with_people(usual, roster))

    assert [
        "处理：还没有人接手，归 小王",
        "值班：小李，到 05-01 12:30",
        "替班：小王",
        f"  · {clock(10 * MINUTE)} 紧急（一直没有人处理），phone，找 小王、小李",
    ] == [line for line in lines if "小王" in line or "小李" in line][:4]


def test_it_says_who_lost_it() -> None:
    """To whom it was given, if the roster has nobody of that name, and whose it is instead."""
    given = a_case(person="老张", assigned_at=NOON)
    roster = Roster(people={"小王": ()}, assigned={Kind.REFUND_ONLY: "小王"}, zone=UTC)

    assert "处理：还没有人接手（老张不在排班表里了）" in said(given)
    assert "处理：还没有人接手，归 小王（老张不在排班表里了）" in said(
        given, policy=with_people(Policy(), roster)
    )


def test_it_says_step_by_step_what_was_tried() -> None:
    """In this round: when, on which roads, for whom, and whether it arrived; repeats are none."""
    first = an_alert(alert_id=1)
    again = an_alert(alert_id=2, reason=Reason.REPEAT)
    called = an_alert(
        alert_id=3, reason=Reason.ESCALATED, raised_at=NOON + 3 * MINUTE, people=("小王",)
    )
    past = an_alert(alert_id=9, asked_at=NOON - HOUR)
    carried = [
        Delivery(first, "desktop", DeliveryState.DELIVERED),
        Delivery(again, "sound", DeliveryState.DELIVERED),
        Delivery(called, "群", DeliveryState.FAILED),
        Delivery(called, "手机", DeliveryState.PENDING),
        Delivery(past, "sound"),
    ]
    lines = list(explained(a_case(), called, POLICY, NOON + HOUR, carried))

    where = lines.index("处理：还没有人接手")
    assert [
        f"  · {clock(0 * MINUTE)} 新：桌面通知送到了",
        f"  · {clock(3 * MINUTE)} 一直没有人处理：群没送到、手机还没送到，找 小王",
    ] == lines[where - 2 : where]


def test_it_says_which_exception_holds() -> None:
    """Whoever wrote an exception sees that it is heeded."""
    policy = replace(Policy(), exceptions={("shanque", ""): replace(Policy(), high_value=Fen(1))})

    assert "  · 按 policy.overrides 的例外（店铺 shanque、列表 aftersale）" in said(
        a_case(), None, policy
    )


def test_the_command_finds_the_case_and_the_page(home: Home) -> None:
    """It speaks of what the journal holds under the policy of the file."""
    home.settles_in()
    home.remembers(a_case(tier=Tier.URGENT))
    text = home.config.read_text(encoding="utf-8")
    home.config.write_text(text.replace("\npolicy:", "\npolicy:\n  vip: {buyers: ['木**']}"))

    found = home.types("policy", "explain", "1")

    assert 0 == found.code
    assert "#1 shanque · 仅退款 · 7001\n现在：紧急" in found.out
    assert "  · 重要的买家，升一级\n" in found.out
    assert 6 == home.types("policy", "explain", "99").code


def test_what_a_drill_left_behind_asks_for_nothing(home: Home) -> None:
    """A road may be called after what it is for; that makes no refund of it."""
    home.settles_in()
    home.remembers(unreached(None, "退款群：没送到", NOON).after)

    assert "· 其他 ·" in home.types("policy", "explain", "1").out


def test_it_says_that_all_is_silenced(home: Home) -> None:
    """Or what is foretold would not come true."""
    home.settles_in()
    home.remembers(a_case())
    home.types("mute")
    mute = home.types("policy", "explain", "1").out
    home.types("hush")

    assert "⚠ 静音中：到 " in mute
    assert mute.endswith("为止只响平台时限的最后一步\n")
    assert home.types("policy", "explain", "1").out.endswith("为止什么都不响\n")
