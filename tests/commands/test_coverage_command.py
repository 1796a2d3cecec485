"""`geshao coverage`: the strip, the shares and the gaps, for people and for scripts."""

import json
from datetime import datetime, timedelta
from itertools import product

import pytest

from agent.cases import Glance, QueueHealth, Why
from agent.clock import SystemClock
from agent.folder import journal_file
from agent.journal import Journal
from tests.commands.home import NAME, SHOP, Home
from tests.mothers import a_reading

KEEP = timedelta(minutes=2)
LONG = "一家名字特别特别长的官方旗舰店（全国总代理）华东仓"


@pytest.fixture
def settled(home: Home) -> Home:
    """Give a home with one shop and an empty journal."""
    home.settles_in()
    return home


def saw(home: Home, *stretches: tuple[float, Why], queue: str = "aftersale") -> datetime:
    """Record stretches of so many minutes, the last of which ends now; return when it began."""
    now = SystemClock().now()
    begun = at = now - timedelta(minutes=sum(minutes for minutes, _ in stretches))
    with Journal.open(journal_file(home.data)) as journal:
        for minutes, why in stretches:
            journal.record(
                [],
                QueueHealth(queue).after(a_reading(queue=queue, taken_at=at)),
                shop=SHOP,
                glance=Glance(at, why, KEEP),
            )
            at += timedelta(minutes=minutes)
            until = Glance(at, why, timedelta(days=100))
            health = QueueHealth(queue).after(a_reading(queue=queue, taken_at=at))
            journal.record([], health, shop=SHOP, glance=until)
    return begun


def test_coverage_as_json(settled: Home) -> None:
    """Covered, missed and unknown make up the day; the longest gap comes first."""
    begun = saw(
        settled,
        (60, Why.COVERED),
        (10, Why.SIGNED_OUT),
        (60, Why.COVERED),
        (30, Why.ASLEEP),
        (20, Why.COVERED),
    )
    aftersale, feige = json.loads(settled.types("coverage", "--json").out)

    assert [("asleep", 1800), ("signed_out", 600)] == [
        (gap["why"], round(gap["seconds"])) for gap in aftersale["gaps"]
    ]
    assert (8400, 2400) == (
        round(aftersale["covered_seconds"], -2),
        round(aftersale["missed_seconds"], -2),
    )
    for one in (aftersale, feige):
        since, until = map(datetime.fromisoformat, (one["since"], one["until"]))
        parts = (one[f"{name}_seconds"] for name in ("covered", "missed", "unknown"))
        assert sum(parts) == pytest.approx((until - since).total_seconds(), abs=0.01)
    first = datetime.fromisoformat(aftersale["gaps"][1]["since"])
    assert abs(first - begun - timedelta(minutes=60)) < timedelta(seconds=1)
    assert (SHOP, "feige", [], 0) == (
        feige["shop"],
        feige["queue"],
        feige["gaps"],
        feige["covered_seconds"],
    )


def test_a_gap_in_the_table(settled: Home) -> None:
    """The shop, its list, the share, the reason and how long."""
    saw(settled, (600, Why.COVERED), (300, Why.SIGNED_OUT))
    said = settled.types("coverage")

    words = (NAME, "售后工作台", "66.6%", "登录已失效", "5 小时", "—", "现在")
    assert 0 == said.code
    assert [] == [word for word in words if word not in said.out]
    assert "鸽哨没有在运行" in said.err


def test_a_clean_day_has_no_table_of_gaps(settled: Home) -> None:
    """Nothing missed, nothing listed."""
    saw(settled, (60, Why.COVERED))
    saw(settled, (60, Why.COVERED), queue="feige")
    said = settled.types("coverage")

    assert 2 == said.out.count("100.0%")
    assert "没看到的时段" not in said.out


def test_it_fits_the_screen(settled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long names are folded, a strip and the reasons are whole."""
    settled.adds(id="long", platform="taobao", name=LONG)
    for minutes in range(1, 15):
        saw(settled, (minutes, Why.COVERED), (minutes, Why.CHALLENGED), (1, Why.COVERED))
    wrong = {}
    for width, days in product((60, 100), ("1", "30")):
        monkeypatch.setenv("COLUMNS", str(width))
        said = settled.types("coverage", "--days", days).out
        squeezed = "".join(said.replace("│", "").split())
        if "…" in said or "平台要求验证" not in squeezed or set(LONG) - set(squeezed):
            wrong[width, days] = said

    assert {} == wrong


def test_one_shop_alone(settled: Home) -> None:
    """`--shop` leaves the others out; one that is not there is told with those that are."""
    settled.adds(id="long", platform="taobao", name=LONG)
    saw(settled, (60, Why.COVERED))
    found = json.loads(settled.types("coverage", "--shop", SHOP, "--json").out)
    code, problem = settled.types("coverage", "--shop", "nobody").problem

    assert {SHOP} == {one["shop"] for one in found}
    assert (2, True, True) == (code, "nobody" in problem, SHOP in problem)


def test_before_the_first_run(home: Home) -> None:
    """Without a journal nothing is made up, and none is made."""
    home.types("init")
    home.adds()
    code, problem = home.types("coverage").problem

    assert (1, True, False) == (code, "请先运行 geshao run。" in problem, home.data.exists())


def test_without_shops(settled: Home) -> None:
    """Nothing to show is said with the next step, beside the results."""
    settled.config.write_text("language: zh\n", encoding="utf-8")
    said = settled.types("coverage")

    assert ("", True) == (said.out, "geshao shop add" in said.err)
