from datetime import timedelta

import pytest

from agent.platforms.phrases import read_countdown

DAY, HOUR, MINUTE, SECOND = (
    timedelta(days=1),
    timedelta(hours=1),
    timedelta(minutes=1),
    timedelta(seconds=1),
)


@pytest.mark.parametrize(
    ("text", "left", "consequence"),
    [
        (
            "（0天23时3分45秒未处理，系统将自动退款）",
            23 * HOUR + 3 * MINUTE + 45 * SECOND,
            "系统将自动退款",
        ),
        ("还剩3小时（逾期将自动退款）", 3 * HOUR, "逾期将自动退款"),
        ("3小时后自动同意（若拒绝，则关闭）", 3 * HOUR, "自动同意"),
        ("3小时后（自动）同意", 3 * HOUR, "（自动）同意"),
        ("【剩余2小时】请尽快处理", 2 * HOUR, ""),
        ("12小时内未处理，将自动同意", 12 * HOUR, "将自动同意"),
        ("3小时后不可申请，请尽快", 3 * HOUR, "不可申请"),
        ("还剩2天3时4分", 2 * DAY + 3 * HOUR + 4 * MINUTE, ""),
        ("剩47时24分0秒", 47 * HOUR + 24 * MINUTE, ""),
        ("待商家处理 还剩23小时21分", 23 * HOUR + 21 * MINUTE, ""),
        ("待商家处理还剩23小时21分", 23 * HOUR + 21 * MINUTE, ""),
        ("5分后超时", 5 * MINUTE, "超时"),
        ("即将超时 2小时", 2 * HOUR, ""),
        ("距平台超时2小时", 2 * HOUR, ""),
        ("2天9小时16分后逾期", 2 * DAY + 9 * HOUR + 16 * MINUTE, "逾期"),
        ("2 小时 30 分", 2 * HOUR + 30 * MINUTE, ""),
        ("２小时３０分后自动同意", 2 * HOUR + 30 * MINUTE, "自动同意"),
        ("1个小时后关闭", HOUR, "关闭"),
        ("1周后关闭", 7 * DAY, "关闭"),
        ("2 days 3 hours left", 2 * DAY + 3 * HOUR, ""),
        ("2 Days, 3 Hours and 5 Minutes remaining", 2 * DAY + 3 * HOUR + 5 * MINUTE, ""),
        ("expires in 3h 20m", 3 * HOUR + 20 * MINUTE, ""),
        ("1d 2h", DAY + 2 * HOUR, ""),
        ("1d2h left to reply, then closed", DAY + 2 * HOUR, "then closed"),
        ("3 hours until auto-refund. Hurry", 3 * HOUR, "auto-refund"),
        ("剩余 23:59:10", 23 * HOUR + 59 * MINUTE + 10 * SECOND, ""),
        ("剩余时间：００：１２：３０", 12 * MINUTE + 30 * SECOND, ""),
        ("00:12:30后自动同意", 12 * MINUTE + 30 * SECOND, "自动同意"),
        ("距离超时 47:00:00", 47 * HOUR, ""),
        ("倒计时 2天 23:59:10", 2 * DAY + 23 * HOUR + 59 * MINUTE + 10 * SECOND, ""),
        ("2天 03:04:05", 2 * DAY + 3 * HOUR + 4 * MINUTE + 5 * SECOND, ""),
        ("23:59:10 left", 23 * HOUR + 59 * MINUTE + 10 * SECOND, ""),
        ("12:30:05 更新 剩余 00:00:09", 9 * SECOND, ""),
    ],
)
def test_a_rest_is_read_wherever_it_stands(text: str, left: timedelta, consequence: str) -> None:
    """In brackets, behind a status, in English or as a clock: what is left, and what then."""
    countdown = read_countdown(text)

    assert countdown is not None
    assert (left, consequence) == (countdown.left, countdown.consequence)


@pytest.mark.parametrize(
    ("text", "slack"),
    [
        ("剩余 23:59:10", timedelta(0)),
        ("2天 03:04:05", timedelta(0)),
        ("1d 2h", HOUR - SECOND),
        ("expires in 3h 20m", MINUTE - SECOND),
        ("1周后关闭", 7 * DAY - SECOND),
    ],
)
def test_slack_is_what_the_last_unit_hides(text: str, slack: timedelta) -> None:
    """A clock leaves out nothing; English units are as coarse as Chinese ones."""
    countdown = read_countdown(text)

    assert countdown is not None
    assert slack == countdown.slack


@pytest.mark.parametrize(
    "text",
    [
        *("已超时", "已逾期3小时", "逾期3小时", "超时 2小时"),
        *("overdue by 3 hours", "3 hours overdue"),
        *("3 hours ago", "3 hours ago更新", "12:30:05", "2026-11-21 12:30:05"),
        "2026-11-21 12:30:05后自动同意",
        *("今天12:30:05后", "下午3时", "2026年11月21日 12时30分", "11-21 12时", "通话 00:12:30"),
        *("剩余 12:30", "剩余 00:61:00", "剩余 1:00:00:00", "24小时内将逾期订单数 3单"),
        *("24小时内待商家举证 3单", "7天无理由退货", "近7天", "第3天", "每3小时", "3天以上"),
        "1,000小时后",
        *("评分 5分", "平均 3分", "响应时长：3分钟", "1000 秒退", "3周年", "5MB", "12时效"),
        "١小时",
    ],
)  # fmt: skip
def test_what_is_no_rest_sets_no_limit(text: str) -> None:
    """Times that have passed, hours of the day, counts, measures and names are no countdown."""
    assert None is read_countdown(text)
