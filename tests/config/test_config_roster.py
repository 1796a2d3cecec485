"""The roster and the holiday of the file: what each line does, and how it is refused."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from agent.cases import Escalation, Holiday, Kind, Roster, Shift, Special, Tier, Weekly
from agent.config import parse_settings, remove_road
from agent.errors import ConfigError

ROADS = "roads: [{name: 群, type: dingtalk}, {name: 手机, type: apprise, tiers: []}]\n"
PAGE = f"""\
roster:
  people: {{小王: [], 小李: [手机]}}
  weekly:
    - {{days: [mon, tue, fri], from: "09:00", to: "18:00", who: [小王]}}
    - {{from: "18:00", to: "02:00", who: [小李, 小王]}}
  exceptions:
    - {{on: 2026-10-01, until: 2026-10-07, who: [小李]}}
    - {{on: 2026-12-31, from: "10:00", to: "12:00", who: []}}
  stand_in: 小李
  assign: {{refund_only: 小王}}
holiday: {{from: 2026-10-01, to: 2026-10-07, stand_in: 小王}}
policy:
  loudness:
    urgent: {{escalate: [{{after: 3m, to: on_duty}}, {{after: 9m, to: stand_in}}]}}
{ROADS}"""
FILE = Path("geshao.yaml")
MINUTE = timedelta(minutes=1)


def test_the_page_says_what_it_seems_to_say() -> None:
    """Every line arrives where it belongs; hours that are not said are the whole day."""
    policy = parse_settings(PAGE, FILE).to_policy()
    first, last = date(2026, 10, 1), date(2026, 10, 7)
    eve = date(2026, 12, 31)

    assert (
        Roster(
            people={"小王": (), "小李": ("手机",)},
            weekly=(
                Weekly(Shift(("小王",), time(9), time(18)), frozenset({0, 1, 4})),
                Weekly(Shift(("小李", "小王"), time(18), time(2))),
            ),
            specials=(
                Special(Shift(("小李",)), first, last),
                Special(Shift((), time(10), time(12)), eve, eve),
            ),
            stand_in="小李",
            assigned={Kind.REFUND_ONLY: "小王"},
        )
        == policy.roster
    )
    assert Holiday(first, last, "小王") == policy.holiday
    assert (
        Escalation(3 * MINUTE, (), ("on_duty",)),
        Escalation(9 * MINUTE, (), ("stand_in",)),
    ) == policy.loudness[Tier.URGENT].ladder


def test_a_road_that_is_switched_off_is_nobodys() -> None:
    """What nobody can be reached on is not waited for."""
    off = PAGE.replace("type: apprise,", "type: apprise, enabled: false,")

    assert {"小王": (), "小李": ()} == parse_settings(off, FILE).to_policy().roster.people


def test_the_stand_in_of_a_holiday_is_the_rosters_unless_named() -> None:
    """Whoever is named for the holiday takes it, on no roster too."""
    unnamed = PAGE.replace(", stand_in: 小王}", "}")
    alone = "holiday: {from: 2026-10-01, to: 2026-10-01, stand_in: 老板}"

    assert ["小李", "老板"] == [
        holiday.stand_in
        for text in (unnamed, alone)
        if (holiday := parse_settings(text, FILE).to_policy().holiday) is not None
    ]


def test_a_road_that_is_somebodys_is_not_removed(tmp_path: Path) -> None:
    """It is said whose it is, and the file is left alone."""
    file = tmp_path / "config.yaml"
    file.write_text(PAGE, encoding="utf-8")

    with pytest.raises(ConfigError, match="小李 还用着通道 手机"):
        remove_road(file, "手机")
    assert PAGE == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "roster: {weekly: [{who: [小王]}]}",
            (
                "roster.weekly[0].who[0]：写的是「小王」，应为 roster.people 里的人；"
                "请先在那里写上，例如 people: {小王: []}"
            ),
        ),
        (
            "roster: {people: {小王: []}, exceptions: [{on: 2026-10-01, who: [小玉]}]}",
            "roster.exceptions[0].who[0]：写的是「小玉」，可选：小王",
        ),
        (
            "roster: {people: {小王: []}, weekly: [{who: [小王, 小王]}]}",
            "roster.weekly[0].who[1]：写的是「小王」，应为前面没有写过的人",
        ),
        (
            "roster: {people: {小王: []}, weekly: [{days: [mo], who: [小王]}]}",
            (
                "roster.weekly[0].days[0]：写的是「mo」，是不是想写 mon？可选：mon（周一）、"
                "tue（周二）、wed（周三）、thu（周四）、fri（周五）、sat（周六）、sun（周日）"
            ),
        ),
        (
            "roster: {people: {小王: []}, weekly: [{days: [mon, mon], who: [小王]}]}",
            "roster.weekly[0].days[1]：写的是「mon」，应为前面没有写过的日子",
        ),
        (
            "roster: {people: {小王: []}, weekly: [{days: [], who: [小王]}]}",
            "roster.weekly[0].days：写的是 []，应为至少一天，例如 [mon, tue]；不写 days 就是每天",
        ),
        (
            "roster: {people: {小王: []}, weekly: [{from: 9点, who: [小王]}]}",
            "roster.weekly[0].from：写的是「9点」，应为一天里的时刻，例如 01:00 或 23:30",
        ),
        (
            "roster: {people: {小王: []}, weekly: [{days: [mon]}]}",
            "roster.weekly[0].who：缺少这一项，请写上这时谁值班，例如 [小王]",
        ),
        (
            "roster: {people: {小王: []}, exceptions: [{on: 国庆, who: []}]}",
            "roster.exceptions[0].on：写的是「国庆」，应为日期，例如 2026-10-01",
        ),
        (
            "roster: {people: {小王: []}, exceptions: [{on: 2026-02-30, who: []}]}",
            "roster.exceptions[0].on：写的是「2026-02-30」，应为日期，例如 2026-10-01",
        ),
        (
            "roster: {exceptions: [{on: 2026-10-07, until: 2026-10-01, who: []}]}",
            "roster.exceptions[0].until：写的是「2026-10-01」，应为不早于 on、最多一年后的日期",
        ),
        (
            "roster: {people: {小王: []}, stand_in: 王小}",
            "roster.stand_in：写的是「王小」，可选：小王",
        ),
        (
            "roster: {people: {小王: []}, assign: {refund_only: 李}}",
            "roster.assign.refund_only：写的是「李」，可选：小王",
        ),
        (
            "roster: {people: {小王: [电话]}}",
            "roster.people.小王[0]：写的是「电话」，可选：sound（声音）、desktop（桌面通知）",
        ),
        (
            "roster: {people: {on_duty: []}}",
            (
                "roster.people：写的是一组「键: 值」，"
                "应为不叫 on_duty、stand_in 的人（escalate 的 to 用这两个词）"
            ),
        ),
        (
            "policy: {loudness: {urgent: {escalate: [{after: 3m, to: on_duty}]}}}",
            (
                "policy.loudness.urgent.escalate[0].to：写的是「on_duty」，"
                "应为人的名字；on_duty、stand_in 要先写 roster.people 才能用"
            ),
        ),
        (
            (
                "policy: {overrides: [{queue: chat, "
                "loudness: {normal: {escalate: [{after: 3m, to: stand_in}]}}}]}"
            ),
            (
                "policy.overrides[0].loudness.normal.escalate[0].to：写的是「stand_in」，"
                "应为人的名字；on_duty、stand_in 要先写 roster.people 才能用"
            ),
        ),
        (
            "holiday: {from: 2026-10-01, to: 2026-10-07}",
            "holiday：写的是一组「键: 值」，应为写明 stand_in（休假时谁值班）的一组",
        ),
        (
            "holiday: {from: 2026-10-07, to: 2026-10-01, stand_in: 甲}",
            "holiday.to：写的是「2026-10-01」，应为不早于 from、最多一年后的日期",
        ),
        (
            "holiday: {to: 2026-10-01, stand_in: 甲}",
            "holiday.from：缺少这一项，请写上休假的第一天，例如 2026-10-01",
        ),
        (
            (
                "holiday: {from: 2026-10-01, to: 2026-10-07, stand_in: 王}\n"
                "roster: {people: {小王: []}}"
            ),
            "holiday.stand_in：写的是「王」，是不是想写 小王？可选：小王",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_spot(text: str, told: str) -> None:
    """With what was found, and what may stand there."""
    with pytest.raises(ConfigError) as refused:
        parse_settings(text, FILE)

    assert f"配置文件 geshao.yaml 有 1 处要改：\n  第 1 行 {told}。" == refused.value.message
