"""The page of the watching: gaps with their reasons, last readings, and nothing made up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import Outcome, Source, Span, Why
from agent.machine import Battery, Machine, Memory
from agent.pace import Promise, Slow
from tests.days import a_line
from tests.fakes import NOON
from tests.ui.samples import FAWN, a_blind_shop, a_shop, a_snapshot, a_starting_shop, ago
from ui.health import health_view
from ui.ticking import clock_text, epoch_ms, fill
from ui.words import page_words

ZH = page_words("zh")


def clock(**span: float) -> str:
    """Return the time of day then, as this machine's clock shows it."""
    return clock_text(epoch_ms(ago(**span)), epoch_ms(NOON))


@pytest.mark.parametrize(
    ("line", "missed", "gaps"),
    [
        pytest.param((), "近 24 小时还没有记录", [], id="no record"),
        pytest.param([(24, Why.UNKNOWN)], "近 24 小时还没有记录", [], id="nothing known"),
        pytest.param([(24, Why.COVERED)], "近 24 小时没有漏看", [], id="no gap"),
        pytest.param(
            [(10, Why.COVERED), (2, Why.ASLEEP), (1, Why.COVERED), (0.5, Why.SIGNED_OUT)],
            "近 24 小时看到 81.4%，漏看 2 段，共 2 小时 30 分",
            [
                (f"{clock(minutes=30)} → 现在", "30 分", "登录已失效"),
                (f"{clock(hours=3.5)} → {clock(hours=1.5)}", "2 小时", "电脑休眠"),
            ],
            id="the latest first, one goes on",
        ),
    ],
)
def test_each_gap_has_its_time_and_reason(
    line: list[tuple[float, Why]], missed: str, gaps: list[tuple[str, str, str]]
) -> None:
    """From when to when, how long, and why."""
    shop = a_shop(coverage=tuple(a_line(*line)))
    (record,) = health_view(a_snapshot(shops=(shop,)), "zh")["shops"]

    assert missed == record["missed"]
    assert gaps == [(gap["when"], gap["lasted"], gap["why"]) for gap in record["gaps"]]


def test_of_many_gaps_the_longest_are_listed() -> None:
    """Twelve at most, and how many more there are."""
    parts = [(0.1 + number / 100, why) for number in range(15) for why in (Why.ASLEEP, Why.COVERED)]
    shop = a_shop(coverage=tuple(a_line(*parts)))
    (record,) = health_view(a_snapshot(shops=(shop,)), "zh")["shops"]

    assert (12, "还有 3 段更短的") == (len(record["gaps"]), record["more"])


@pytest.mark.parametrize(
    ("shop", "said"),
    [
        pytest.param(
            a_shop(sources={"aftersale": Source.RESPONSE}),
            ("确认没有待办", True, "页面自己载入的数据", "40 秒前"),
            id="read",
        ),
        pytest.param(
            a_shop(),
            ("确认没有待办", True, "来源：这次启动后还没读", "40 秒前"),
            id="before this run",
        ),
        pytest.param(
            a_blind_shop(sources={"aftersale": Source.NONE}),
            ("登录已失效", False, "没有读到内容", "5 秒前"),
            id="signed out",
        ),
        pytest.param(
            a_blind_shop(outcome=Outcome.TRUNCATED, sources={"aftersale": Source.DOM}),
            ("没读完整", False, "页面上的文字", "5 秒前"),
            id="in part",
        ),
        pytest.param(a_starting_shop(), ("还没有读过", False, "", ""), id="never"),
    ],
)
def test_how_the_last_reading_ended(shop: object, said: tuple[str, bool, str, str]) -> None:
    """Its outcome, where on the page it came from, and when that was."""
    view = health_view(replace(a_snapshot(), shops=(shop,)), "zh")  # type: ignore[arg-type] # a column of the table
    (reading,) = view["shops"][0]["readings"]
    when = fill(reading["at"], epoch_ms(NOON), ZH)

    assert said == (reading["outcome"], reading["good"], reading["source"], when)


@pytest.mark.parametrize(
    ("machine", "facts"),
    [
        pytest.param(None, ["未知", "未知", "未知", "未知", "还没有量过"], id="not measured"),
        pytest.param(
            Machine(ago(seconds=20), Memory(180.4, None, 0.2), Battery(63, used=True)),
            ["180 MB", "未知", "1 MB", "用电池，还有 63%", "20 秒前"],
            id="the browser not weighed yet",
        ),
        pytest.param(
            Machine(ago(seconds=20), Memory(180, 412, 61), Battery(None, used=False)),
            ["180 MB", "412 MB", "61 MB", "插着电源", "20 秒前"],
            id="no percentage",
        ),
        pytest.param(
            Machine(ago(seconds=20), Memory(180, 412, 61), None),
            ["180 MB", "412 MB", "61 MB", "没有电池，或系统没说", "20 秒前"],
            id="no battery",
        ),
    ],
)
def test_what_is_not_known_of_the_computer_is_no_number(
    machine: Machine | None, facts: list[str]
) -> None:
    """Unknown is never 0, and looks like what it is."""
    found = health_view(a_snapshot(machine=machine), "zh")["machine"]
    said = [fill(fact["value"], epoch_ms(NOON), ZH) for fact in found]

    assert [*facts, "每 30 秒看一次"] == said
    assert all(fact["known"] for fact in found if "MB" in fact["value"]["text"])
    assert not any(fact["known"] for fact in found if fact["value"]["text"] == "未知")


def test_the_pace_of_the_road_is_said() -> None:
    """Whoever looks at the battery sees what it costs."""
    pace = Promise(timedelta(seconds=90), Slow.TRAVEL)
    *_, fact = health_view(a_snapshot(pace=pace), "zh")["machine"]

    assert "省电：每 90 秒看一次" == fact["value"]["text"]


def test_spans_of_a_shop_are_not_another_ones() -> None:
    """Each shop has its own record."""
    asleep = (Span(ago(hours=1), NOON, Why.ASLEEP),)
    shops = (a_shop(FAWN, coverage=asleep), a_blind_shop())
    records = health_view(a_snapshot(shops=shops), "zh")["shops"]

    assert [1, 0] == [len(record["gaps"]) for record in records]
