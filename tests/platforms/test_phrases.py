from datetime import UTC, datetime, timedelta

import pytest

from agent.platforms.phrases import (
    read_countdown,
    read_epoch,
    read_fen,
    read_seconds,
    read_yuan,
)

DAY, HOUR, MINUTE, SECOND = (
    timedelta(days=1),
    timedelta(hours=1),
    timedelta(minutes=1),
    timedelta(seconds=1),
)


@pytest.mark.parametrize(
    ("text", "left", "consequence"),
    [
        ("22小时31分12秒后自动同意", 22 * HOUR + 31 * MINUTE + 12 * SECOND, "自动同意"),
        ("2天9小时16分后自动同意", 2 * DAY + 9 * HOUR + 16 * MINUTE, "自动同意"),
        ("3小时后自动同意", 3 * HOUR, "自动同意"),
        ("5天17小时52分后售后关闭", 5 * DAY + 17 * HOUR + 52 * MINUTE, "售后关闭"),
        ("9小时24分1秒后逾期", 9 * HOUR + 24 * MINUTE + SECOND, "逾期"),
        (
            "6天8小时11分后超时平台将主动发起…协商",
            6 * DAY + 8 * HOUR + 11 * MINUTE,
            "超时平台将主动发起…协商",
        ),
        ("35秒", 35 * SECOND, ""),
        ("4分", 4 * MINUTE, ""),
        ("2时", 2 * HOUR, ""),
        ("1天0小时5分钟后关闭", DAY + 5 * MINUTE, "关闭"),
        ("2 天 3 小时 后关闭", 2 * DAY + 3 * HOUR, "关闭"),
        ("1天30秒后关闭", DAY + 30 * SECOND, "关闭"),
        ("0秒后自动同意", timedelta(0), "自动同意"),
        ("3小时后，自动同意", 3 * HOUR, "自动同意"),
        ("还剩3小时，请尽快处理", 3 * HOUR, ""),
        ("请在12小时内处理", 12 * HOUR, ""),
        ("请在12小时内处理，逾期将自动同意", 12 * HOUR, "逾期将自动同意"),
        ("12小时内未处理将自动同意", 12 * HOUR, "未处理将自动同意"),
        ("36小时之后自动退款", 36 * HOUR, "自动退款"),
        ("剩余３小时", 3 * HOUR, ""),
        ("3小时后自动同意 5天后售后关闭", 3 * HOUR, "自动同意"),
        ("3小时后自动同意\n5天后售后关闭", 3 * HOUR, "自动同意"),
        ("已等待3小时，剩余2小时后关闭", 2 * HOUR, "关闭"),
        ("待商家处理 距超时还有2小时", 2 * HOUR, ""),
    ],
)
def test_a_countdown_is_read_with_its_consequence(
    text: str, left: timedelta, consequence: str
) -> None:
    """Whatever units are named, the first time still to run is found, and what follows it."""
    countdown = read_countdown(text)

    assert countdown is not None
    assert (left, consequence) == (countdown.left, countdown.consequence)


@pytest.mark.parametrize(
    ("text", "slack"),
    [
        ("2天", DAY - SECOND),
        ("2天9小时", HOUR - SECOND),
        ("9小时16分", MINUTE - SECOND),
        ("16分3秒", timedelta(0)),
    ],
)
def test_what_a_countdown_leaves_out_is_its_slack(text: str, slack: timedelta) -> None:
    """A page that shows only hours may mean up to 59 min 59 s more."""
    countdown = read_countdown(text)

    assert countdown is not None
    assert slack == countdown.slack


@pytest.mark.parametrize(
    "text",
    [
        "",
        "同意退款，退款成功",
        "已逾期",
        "已逾期3小时",
        "已超时 2天3小时",
        "已等待35秒",
        "等待了5分钟",
        "3小时前",
        "2天之前 申请",
        "5月1日 12时30分",
        "5月1日12时",
        "1.5小时",
        "1-3小时",
        "-3小时后关闭",
        "401天后关闭",
        "9999999小时后关闭",
        "9600小时1秒",
        "12345678901234567890秒",
        "小时后自动同意",
        "2026/05/01 12:00:00",
    ],
)
def test_what_is_no_countdown_gives_no_limit(text: str) -> None:
    """Passed times, moments, ranges, fractions and absurd numbers are not turned into a limit."""
    assert None is read_countdown(text)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("¥129.00", 12900),
        ("¥1,280.50", 128050),
        ("￥ 0.01", 1),
        ("1280元", 128000),
        ("¥12.5", 1250),
        ("0", 0),
        ("￥１２．５０", 1250),
        ("¥129.00起", None),
        ("¥12,50", None),
        ("¥12.345", None),
        ("免费", None),
        ("", None),
        ("9" * 30, None),
    ],
)
def test_yuan_become_fen_exactly(text: str, fen: int | None) -> None:
    """An amount in yuan is kept in hundredths; what is no plain amount is none."""
    assert fen == read_yuan(text)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12900", 12900),
        ("0", 0),
        ("12900.0", 12900),
        ("129.5", None),
        ("1e999999999", None),
        ("Infinity", None),
        ("NaN", None),
        ("sNaN", None),
        ("", None),
        ("¥129", None),
        ("12_900", None),
    ],
)
def test_fen_are_whole_and_bounded(text: str, fen: int | None) -> None:
    """An amount in fen is a whole number of a size that something can cost."""
    assert fen == read_fen(text)


@pytest.mark.parametrize(
    ("text", "per_second", "moment"),
    [
        ("1777636800", 1, datetime(2026, 5, 1, 12, 0, tzinfo=UTC)),
        ("1777636800000", 1000, datetime(2026, 5, 1, 12, 0, tzinfo=UTC)),
        ("253402300799999", 1000, datetime(9999, 12, 30, tzinfo=UTC)),
        ("0", 1, None),
        ("-5", 1, None),
        ("", 1, None),
        ("soon", 1, None),
        ("1_777_636_800", 1, None),
        ("nan", 1, None),
        ("inf", 1, None),
        ("1" * 400, 1, None),
    ],
)
def test_moments_count_from_1970(text: str, per_second: int, moment: datetime | None) -> None:
    """Seconds and milliseconds since 1970 are moments; 0 is the platforms' word for none."""
    assert moment == read_epoch(text, per_second)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("90", 90 * SECOND),
        ("0", None),
        ("-1", None),
        ("1e18", None),
        ("nan", None),
        ("abc", None),
    ],
)
def test_seconds_left_are_a_time_to_come(text: str, left: timedelta | None) -> None:
    """Seconds left are taken as they stand, unless they are over or absurd."""
    assert left == read_seconds(text)
