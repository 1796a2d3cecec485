"""One alarm for a browser that is down: the shops that it reads are silent, and say so."""

from dataclasses import replace

from agent.cases import CaseKey, Outcome, Policy, Why
from agent.cases.line import BROWSER, BROWSER_KEY, COMPUTER_KEY, NO_ANSWER, OWN_REMOTE, REMOTE
from agent.inbox import Inbox, Watched
from tests.mothers import a_reading
from tests.several import QUEUE, Several, several

ALARM = "重要 · 这台电脑 · 浏览器启动不了"


def loses_the_browser(home: Several, *shops: str) -> None:
    """Let *shops*, all if none is named, be read no more for want of a browser."""
    down = a_reading(
        outcome=Outcome.UNREACHABLE, gate=BROWSER, detail="浏览器的驱动停了。", expected=None
    )
    for shop in shops or home.offices:
        home.offices[shop].shows(replace(down, shop=shop))


def outages(home: Several) -> list[CaseKey]:
    """Return the outages that are open."""
    return [case.key for case in home.journal.open_cases() if case.key.queue == "outage"]


async def test_a_browser_that_is_down_is_one_alarm() -> None:
    """Three shops of three platforms are not read: one case, one ring, with its own next step."""
    with several("a", "b", "c") as home:
        async with home.at_work():
            loses_the_browser(home)
            await home.clock.advance(40)

        assert [BROWSER_KEY] == outages(home)
        assert [ALARM] == home.rung()
        assert "重启电脑" in home.desktop.heard[0][1].lines[0]
        assert [Why.UNREACHABLE] * 3 == [home.whys(shop)[-1] for shop in home.offices]


async def test_browsers_elsewhere_of_which_none_answers_are_one_alarm() -> None:
    """It says so, and nobody restarts this computer for it."""
    with several("a", "b", "c") as home:
        away = a_reading(
            outcome=Outcome.UNREACHABLE, gate=REMOTE, detail="连不上远程浏览器 二楼", expected=None
        )
        async with home.at_work():
            for shop in home.offices:
                home.offices[shop].shows(replace(away, shop=shop))
            await home.clock.advance(40)

        assert [BROWSER_KEY] == outages(home)
        assert ["重要 · 这台电脑 · 远程浏览器都连不上"] == home.rung()
        assert "geshao doctor" in home.desktop.heard[0][1].lines[0]


async def test_a_shop_whose_own_remote_browser_is_away_says_it_itself() -> None:
    """Others are read elsewhere: the alarm stays as it is, whoever is read in between."""
    with several("a", "b") as home:
        away = a_reading(outcome=Outcome.UNREACHABLE, gate=OWN_REMOTE, shop="a", expected=None)
        async with home.at_work():
            home.offices["a"].shows(away)
            await home.clock.advance(200)

        assert ["a"] == home.outages()
        assert ["重要 · a · 这家店的远程浏览器连不上"] == home.rung()


async def test_a_browser_that_is_started_again_is_nobodys_concern() -> None:
    """Each shop misses one reading; the next has a browser again."""
    with several("a", "b", "c") as home:
        async with home.at_work():
            loses_the_browser(home)
            while not any(home.journal.health()[shop][QUEUE].blind for shop in home.offices):
                await home.clock.advance(0.5)
            home.finds_the_line()
            await home.clock.advance(40)

        assert ([], []) == (outages(home), home.rung())


async def test_with_the_browser_back_all_is_read_at_once() -> None:
    """The alarm ends by itself with the first reading, and nobody waits for the next turn."""
    with several("a", "b", "c") as home:
        async with home.at_work():
            loses_the_browser(home)
            await home.clock.advance(40)
            home.finds_the_line()
            while outages(home):
                await home.clock.advance(0.5)
            back = home.clock.monotonic()
            await home.clock.advance(0.5)

        assert all(home.looks(shop, back - 0.6) for shop in home.offices)
        assert [Why.COVERED] * 3 == [home.whys(shop)[-1] for shop in home.offices]


async def test_the_only_shop_says_it_itself() -> None:
    """One shop, one alarm, with the cause."""
    with several("a") as home:
        async with home.at_work():
            loses_the_browser(home)
            await home.clock.advance(100)

        assert ["a"] == home.outages()
        assert ["重要 · a · 浏览器启动不了"] == home.rung()


async def test_an_older_alarm_of_a_shop_waits_for_the_browser() -> None:
    """It stays open, and rings no more as long as the browser's own does."""
    with several("a", "b") as home:
        async with home.at_work():
            home.loses_the_line("a", gate=NO_ANSWER)
            await home.clock.advance(40)
            loses_the_browser(home)
            await home.clock.advance(80)

        assert {"a", BROWSER_KEY.shop} == set(home.outages())
        assert ["重要 · a · 打不开后台", ALARM] == home.rung()


async def test_a_cut_line_is_not_mended_by_a_browser_that_dies() -> None:
    """What no browser tried says nothing of the network: its alarm stays, this one comes beside."""
    with several("a", "b") as home:
        async with home.at_work():
            home.loses_the_line()
            await home.clock.advance(60)
            loses_the_browser(home)
            await home.clock.advance(60)

        assert [COMPUTER_KEY, BROWSER_KEY] == outages(home)
        assert ["重要 · 这台电脑 · 没有网络", ALARM] == home.rung()


async def test_a_signed_out_shop_is_told_all_the_same() -> None:
    """What a person must mend was found before, and is not forgotten."""
    with several("a", "b") as home:
        home.offices["a"].shows(a_reading(outcome=Outcome.SIGNED_OUT, shop="a"))
        async with home.at_work():
            await home.clock.advance(20)
            loses_the_browser(home)
            await home.clock.advance(60)

        assert "重要 · a · 登录已失效" in home.rung()


async def test_the_shops_say_that_it_is_the_browser() -> None:
    """Each with the one cause; the list has one row for all."""
    with several("a", "b") as home:
        loses_the_browser(home)
        async with home.at_work():
            await home.clock.advance(60)
            watched = [Watched(home.shop(s), "", {QUEUE: "售后"}) for s in home.offices]
            inbox = Inbox(home.journal, Policy(), home.clock, watched, pace=home.pace)
            snapshot = inbox.snapshot()

        assert [BROWSER] * 2 == [shop.gate for shop in snapshot.shops]
        assert ["这台电脑"] == [row.shop.name for row in snapshot.rows]
