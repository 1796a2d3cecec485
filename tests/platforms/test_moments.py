from datetime import UTC, datetime, timedelta

import pytest

from agent.platforms.hours import CHINA
from agent.platforms.moments import read_date

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=CHINA)  # a Saturday


def china(text: str) -> datetime:
    """Return the moment that *text*, in ISO 8601, is in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21 12:30:05", "2026-11-21 12:30:05"),
        ("2026/11/21", "2026-11-21"),
        ("2026.11.21", "2026-11-21"),
        ("2026/1/2 3:04", "2026-01-02 03:04"),
        ("2026年11月21日 12时30分", "2026-11-21 12:30"),
        ("2026 年 11 月 21 日 8点", "2026-11-21 08:00"),
        ("2026年11月21日12:30:05", "2026-11-21 12:30:05"),
        ("2026-11-21(星期六)12:30", "2026-11-21 12:30"),
        ("2026-11-21T12:30", "2026-11-21 12:30"),
        ("2026-11-21T12:30:05.123", "2026-11-21 12:30:05.123"),
        ("Nov 21, 2026 12:30 PM", "2026-11-21 12:30"),
        ("November 21st, 2026 at 3 p.m.", "2026-11-21 15:00"),
        ("截止Nov 21, 2026 12:30 PM前处理", "2026-11-21 12:30"),
        ("Nov\xa021, 2026, 12:30\u202fPM", "2026-11-21 12:30"),
        ("21 Nov 2026", "2026-11-21"),
        ("21-Nov-2026 12:30", "2026-11-21 12:30"),
        ("2026-11-21 下午3:05", "2026-11-21 15:05"),
        ("2026-11-21 下午15:05", "2026-11-21 15:05"),
        ("2026/11/21 上午12:30:05", "2026-11-21 00:30:05"),
        ("2026/11/21 中午1点30分", "2026-11-21 13:30"),
        ("2026-11-21 晚上11:30", "2026-11-21 23:30"),
        ("2026-11-21 12:30 AM", "2026-11-21 00:30"),
        ("2026-11-21 24:00", "2026-11-22"),
        ("２０２６－１１－２１　１２：３０", "2026-11-21 12:30"),
        ("申请时间：2026-05-01 07:59", "2026-05-01 07:59"),
        ("申请时间2026-05-01 07:59 张三", "2026-05-01 07:59"),
        ("2026-11-21 12:30~2026-11-22 12:30", "2026-11-21 12:30"),
        ("2026-11-21 09:00-10:00", "2026-11-21 09:00"),
        ("今天 12:30 (2026-11-20 08:00)", "2026-11-20 08:00"),
    ],
)
def test_a_full_date_is_read(text: str, moment: str) -> None:
    """Whatever the spelling: Beijing time, and the first of the fullest."""
    assert china(moment) == read_date(text, NOW)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21T12:30:05Z", "2026-11-21T12:30:05+00:00"),
        ("2026-11-21 12:30:05 UTC", "2026-11-21T12:30:05+00:00"),
        ("2026-11-21T12:30:05+0800", "2026-11-21T12:30:05+08:00"),
        ("2026-11-21T12:30:05.123-05:30", "2026-11-21T12:30:05.123-05:30"),
        ("2026-11-21 12:30 +01:00", "2026-11-21T12:30+01:00"),
        ("2026-11-21 12:30 UTC+8", "2026-11-21T12:30+08:00"),
        ("Sat, 21 Nov 2026 12:30:05 GMT", "2026-11-21T12:30:05+00:00"),
        ("Sat Nov 21 2026 12:30:05 GMT+0800 (CST)", "2026-11-21T12:30:05+08:00"),
        ("Sat Nov 21 12:30:05 CST 2025", "2025-11-21T12:30:05+08:00"),
        ("北京时间 2026-11-21 12:30", "2026-11-21T12:30+08:00"),
        ("今天 12:30 GMT", "2026-11-21T12:30+00:00"),
    ],
)
def test_a_named_zone_is_kept(text: str, moment: str) -> None:
    """A zone in the text wins over Beijing's."""
    assert datetime.fromisoformat(moment) == read_date(text, NOW)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("11-21 12:30", "2026-11-21 12:30"),
        ("11/20 9:05:01", "2026-11-20 09:05:01"),
        ("创建时间:11-21 12:30", "2026-11-21 12:30"),
        ("11月21日", "2026-11-21"),
        ("明年1月3日 8:00", "2027-01-03 08:00"),
        ("去年11月3日", "2025-11-03"),
        ("Nov 21 12:30", "2026-11-21 12:30"),
        ("12:30", "2026-11-21 12:30"),
        ("23:59", "2026-11-21 23:59"),
        ("3:05 PM", "2026-11-21 15:05"),
        ("截止时间：12:30", "2026-11-21 12:30"),
        ("12:30前处理", "2026-11-21 12:30"),
        ("今天 12:30", "2026-11-21 12:30"),
        ("昨天 23:59", "2026-11-20 23:59"),
        ("昨日23:59", "2026-11-20 23:59"),
        ("明天 08:00", "2026-11-22 08:00"),
        ("请于明天下午3点前处理", "2026-11-22 15:00"),
        ("前天", "2026-11-19"),
        ("大前天 12:30", "2026-11-18 12:30"),
        ("后天", "2026-11-23"),
        ("大后天 12:30", "2026-11-24 12:30"),
        ("3天前 12:30", "2026-11-18 12:30"),
        ("3天后 12:30", "2026-11-24 12:30"),
        ("周三 12:00", "2026-11-18 12:00"),
        ("星期三", "2026-11-18"),
        ("周日 12:00", "2026-11-22 12:00"),
        ("上周三 12:00", "2026-11-11 12:00"),
        ("下周三", "2026-11-25"),
        ("Wed 12:30", "2026-11-18 12:30"),
        ("yesterday 12:30", "2026-11-20 12:30"),
        ("today", "2026-11-21"),
        ("Tomorrow at 3 PM", "2026-11-22 15:00"),
    ],
)
def test_what_a_text_leaves_out_is_taken_from_now(text: str, moment: str) -> None:
    """A day without its year or its name only is near; a mere time is today's."""
    assert china(moment) == read_date(text, NOW)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("刚刚", timedelta(0)),
        ("just now", timedelta(0)),
        ("3分钟前", timedelta(minutes=-3)),
        ("买家 2小时之前", timedelta(hours=-2)),
        ("更新于 1天2小时前", timedelta(days=-1, hours=-2)),
        ("3个小时前", timedelta(hours=-3)),
        ("3 minutes ago", timedelta(minutes=-3)),
        ("an hour ago", timedelta(hours=-1)),
        ("2 weeks ago", timedelta(weeks=-2)),
        ("2小时后", timedelta(hours=2)),
        ("3分钟后超时", timedelta(minutes=3)),
        ("in 3h 20m", timedelta(hours=3, minutes=20)),
    ],
)
def test_a_distance_counts_from_now(text: str, after: timedelta) -> None:
    """So long ago or ahead is a moment, as exact as the text is."""
    assert NOW + after == read_date(text, NOW)


@pytest.mark.parametrize(
    ("text", "now", "moment"),
    [
        ("12-31 23:59", "2027-01-01 00:01", "2026-12-31 23:59"),
        ("1月1日 00:30", "2026-12-31 23:50", "2027-01-01 00:30"),
        ("昨天 23:59", "2027-01-01 00:01", "2026-12-31 23:59"),
        ("明天 00:30", "2026-12-31 23:50", "2027-01-01 00:30"),
        ("2月29日 12:00", "2027-12-01 00:00", "2028-02-29 12:00"),
        ("周四 12:00", "2027-01-02 08:00", "2026-12-31 12:00"),
        ("00:05", "2026-11-21 00:10", "2026-11-21 00:05"),
    ],
)
def test_a_year_s_end_is_crossed_both_ways(text: str, now: str, moment: str) -> None:
    """What lacks its year is the nearest, the day after New Year's Eve as well as on it."""
    assert china(moment) == read_date(text, china(now).astimezone(UTC))


@pytest.mark.parametrize(
    "text",
    [
        *("", "已逾期", "2026-02-30", "2026/13/01", "25:61", "2026-11-21 25:61", "24:01"),
        "02-30 8:00",
        *("2月29日 12:00", "明天 25:00", "0001/01/01 00:00:00", "2026-11-21 12:305", "13:05 AM"),
        *("3:2", "11-21", "03-05", "11/21", "3-5", "2026", "2026年11月", "20261121", "1779000000"),
        *("13800138000", "260501-123456789012", "6920260501123", "P2026-11-21", "¥12.30", "12.30"),
        *("2026.11.21.5", "V2026.11.21", "26-11-21 12:30", "26年11月21日", "11/21/2026 12:30"),
        *("2026-11-21 12:30 EST", "2026-11-21 12:30 +99:00", "2026-11-21 下午3点半", "晚上12:30"),
        *("每周三 12:00", "周一至周五 9:00-18:00", "09:00-18:00", "下下周三", "每天 12:30"),
        "次日 12:00",
        *("12时30分", "平均 03:20", "剩余 23:59:10", "视频 03:20", "Chat 12:30", "比例 16:09"),
        *("3-5天前", "1个月前", "2年前", "付款后48小时后", "签收7天后", "5天内", "24小时内"),
        "3小时",
        *("今天还有3单", "张周三", "may 3 items", "Sun cream", "next Wed 12:00", "提前天数 3"),
        *("前台 3", "前日", "后日 12:30"),
    ],
)  # fmt: skip
def test_what_is_no_moment_gives_none(text: str) -> None:
    """Impossible and ambiguous moments, numbers, measures and prose are not completed to one."""
    assert None is read_date(text, NOW)


@pytest.mark.parametrize("now", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
@pytest.mark.parametrize("text", ["9999天前", "9999天后", "昨天", "明天", "12-31 23:59", "周三"])
def test_the_ends_of_time_are_no_trouble(text: str, now: datetime) -> None:
    """Where no moment is left to name, there is none."""
    moment = read_date(text, now)

    assert moment is None or moment.tzinfo is UTC
