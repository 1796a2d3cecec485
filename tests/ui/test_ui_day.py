"""The page of the days: counts by hour, kind and shop, first touches and near misses, in words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from agent.cases import Kind, Policy, Span, Why
from agent.daybook import made
from agent.journal import Act, Entry
from tests.days import SHOPS, a_book, a_line, ago, key, opened, resolved
from tests.fakes import NOON
from tests.mothers import KEY
from ui.day import DayView, PeriodView, day_view

NEAR = {"respond_by": ago(hours=1)}
LIVES = (
    [
        opened(ago(hours=5), **NEAR),
        Entry(ago(hours=4, minutes=50), Act.ACKNOWLEDGED),
        resolved(ago(minutes=75)),
    ],
    [
        opened(ago(hours=5), kind=Kind.DISPUTE, respond_by=ago(hours=2)),
        Entry(ago(hours=3), Act.SNOOZED, until=ago(hours=2)),
    ],
    [opened(ago(hours=30)), resolved(ago(hours=29))],
    [opened(ago(hours=2), kind=Kind.CONVERSATION)],
)
"""At noon it is 20:00 on 1 May there: three came today, one yesterday."""


def today(view: DayView) -> PeriodView:
    """Return what is shown first."""
    return view["periods"][0]


def test_today_comes_first_then_the_week_then_each_day() -> None:
    """Eight choices: a glance at today, the whole week, and each day of it."""
    titles = [period["title"] for period in day_view(a_book(), "zh")["periods"]]

    assert ["今天", "近 7 天", "昨天", "04-29", "04-28", "04-27", "04-26", "04-25"] == titles


def test_what_came_and_ended_by_hour() -> None:
    """Each in the hour in which it was seen, by the clock on the wall."""
    first, week, *_ = day_view(a_book(*LIVES), "zh")["periods"]
    came = {hour["title"]: hour["came"] for hour in first["hours"] if hour["came"]}
    went = {hour["title"]: hour["went"] for hour in first["hours"] if hour["went"]}

    assert ({"15 点": 2, "18 点": 1}, {"18 点": 1}) == (came, went)
    assert "今天：新到 3 件，结束 1 件" == first["summary"]
    assert "近 7 天：新到 4 件，结束 2 件" == week["summary"]


def test_an_hour_nobody_watched_is_unknown_and_not_zero() -> None:
    """Its number is "at least" so many, or none at all; what is to come has none either."""
    line = a_line((200, Why.COVERED), (4, Why.ASLEEP), (2.5, Why.COVERED))
    hours = today(day_view(a_book(*LIVES, line=line), "zh"))["hours"]

    assert ("nothing", "至少 2") == (hours[15]["seen"], hours[15]["came_text"])
    assert ("nothing", "未知") == (hours[14]["seen"], hours[14]["came_text"])
    assert ("partly", "未知") == (hours[13]["seen"], hours[13]["came_text"])
    assert ("whole", "1") == (hours[18]["seen"], hours[18]["came_text"])
    assert ("ahead", "") == (hours[22]["seen"], hours[22]["came_text"])
    assert "5 个小时没看全" in today(day_view(a_book(line=line), "zh"))["summary"]


def test_an_hour_that_no_clock_showed_is_not_one_that_nobody_watched() -> None:
    """On the day when clocks are put forward there are 23, and all of them were watched."""
    policy, now = Policy(zone=ZoneInfo("America/New_York")), datetime(2026, 3, 10, 4, tzinfo=UTC)
    line = [Span(now - timedelta(days=9), now, Why.COVERED)]
    book = made({}, {KEY.shop: {KEY.queue: line}}, {}, SHOPS, policy, now)
    _, week, _, sunday, *_ = day_view(book, "zh")["periods"]

    assert "03-08" == sunday["title"]
    assert {"whole"} == {hour["seen"] for hour in (*week["hours"], *sunday["hours"])}


def test_by_kind_and_by_shop_with_how_much_was_watched() -> None:
    """The most first; a shop in which nothing came is listed with what that is worth."""
    shops = {**SHOPS, "quiet": "安静小店"}
    line = a_line((10, Why.COVERED), (10, Why.ASLEEP))
    first = today(day_view(a_book(*LIVES, line=line, shops=shops), "zh"))
    kinds = [(one["title"], one["came"], one["went"]) for one in first["kinds"]]

    assert [("仅退款", 1, 1), ("买家等回复", 1, 0), ("仲裁纠纷", 1, 0)] == sorted(
        kinds, key=lambda one: (-one[2], one[0])
    )
    assert [("山雀百货", 3, "看到 50%"), ("安静小店", 0, "看到 50%")] == [
        (one["title"], one["came"], one["note"]) for one in first["shops"]
    ]


def test_how_soon_somebody_took_it() -> None:
    """Median and slowest of what was taken; the longest that still waits beside it."""
    touch = today(day_view(a_book(*LIVES), "zh"))["touch"]
    steps = [step["came"] for step in touch["steps"]]

    assert ("1 小时 5 分", "2 小时") == (touch["median"], touch["worst"])
    assert touch["said"].startswith("3 件里 2 件")
    assert "等得最久、还没人接手：2 小时" == touch["waiting"]
    assert [0, 1, 0, 1, 0] == steps


def test_nothing_to_count_is_said_to_be_so() -> None:
    """No median of nothing."""
    first = today(day_view(a_book(), "zh"))

    assert "还没有数可算" == first["touch"]["median"] == first["touch"]["worst"]
    assert ([], "", []) == (first["touch"]["steps"], first["touch"]["said"], first["close"])
    assert "" == first["close_said"]


def test_near_misses_and_misses() -> None:
    """The latest first, with the case's number if it is known, and how near it was."""
    book = a_book(*LIVES)
    first = today(day_view(book, "zh"))
    shown = [(one["kind"], one["shop"], one["said"], one["bad"]) for one in first["close"]]

    assert [
        ("仅退款", "山雀百货", "最后一步才处理，剩 15 分", False),
        ("仲裁纠纷", "山雀百货", "已超时 2 小时，还没处理", True),
    ] == shown
    assert "最后一步才处理 1 件，超时 1 件" == first["close_said"]
    assert [0, 0] == [one["number"] for one in first["close"]]


def test_a_limit_that_ran_out_unseen_is_counted_apart() -> None:
    """It is no miss that anybody could know of."""
    line = a_line((200, Why.COVERED), (2, Why.ASLEEP), (0.2, Why.COVERED))
    life = [opened(ago(hours=5), **NEAR), resolved(ago(minutes=10))]
    first = today(day_view(a_book(life, line=line), "zh"))

    assert "最后一步才处理 0 件，超时 0 件，没看着说不准 1 件" == first["close_said"]
    assert not first["close"][0]["bad"]


def test_of_very_many_near_misses_some_are_named() -> None:
    """All are counted."""
    lives = [[opened(ago(hours=5), key=key(number), **NEAR)] for number in range(70)]
    first = today(day_view(a_book(*lives), "zh"))

    assert (60, "最后一步才处理 0 件，超时 70 件 · 还有 10 件") == (
        len(first["close"]),
        first["close_said"],
    )


def test_what_stood_there_at_the_first_look_is_told_apart() -> None:
    """A shop's first day is not the busiest of all."""
    book = a_book([opened(ago(hours=5))], [opened(ago(hours=5))], first_read=ago(hours=5))
    first = today(day_view(book, "en"))

    assert first["stood"].startswith("2 more stood there")
    assert "Today: 0 came, 0 ended" == first["summary"]
    assert NOON.timestamp() * 1000 == day_view(book, "en")["made_at"]
    assert KEY.shop in book.shops
