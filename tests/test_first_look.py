"""The first look at a shop that has been there for long: one summary, one word for all of it."""

from dataclasses import replace
from datetime import timedelta

from agent.cases import Kind, Policy
from agent.channels.wording import notice_for
from agent.inbox import Inbox, Watched
from tests.mothers import KEY, NOON, a_case, a_shop, an_alert
from tests.several import QUEUE, Several, a_ticket, several

MINUTE = timedelta(minutes=1)


def backlog(home: Several, shop: str, count: int, start: int = 0) -> None:
    """Let *shop* have so many tickets, an exchange each, the first of them in 22 minutes."""
    now = home.clock.now()
    home.shows(
        shop,
        *(
            a_ticket(
                str(7000 + number), kind=Kind.EXCHANGE, respond_by=now + (22 + number * 30) * MINUTE
            )
            for number in range(start, start + count)
        ),
    )


async def test_eighty_old_tickets_are_one_summary_that_says_so() -> None:
    """With how long the first has, at the desk and on the phone, and how to take them all."""
    with several("a") as home:
        backlog(home, "a", 80)
        async with home.at_work():
            await home.clock.advance(3)
        ((_, notice),) = home.desktop.heard

    assert notice.masked is not None
    title = "紧急 · 第一次读取：80 件在等，最急 22 分"
    assert [title, title] == [notice.title, notice.masked.title]
    assert ("还有 75 件", "一次全部接手：geshao ack --shop a") == notice.lines[-2:]
    assert "geshao" not in "".join(notice.masked.lines)


async def test_it_is_taken_in_hand_at_once() -> None:
    """One word, and nothing of it rings but what comes within its next step."""
    with several("a") as home:
        backlog(home, "a", 80)
        async with home.at_work():
            await home.clock.advance(3)
            watched = [Watched(home.shop("a"), "", {QUEUE: "售后"})]
            inbox = Inbox(home.journal, Policy(), home.clock, watched, pace=home.pace)
            taken = inbox.acknowledge_shop("a")
            await home.clock.advance(60)

    assert (80, 0) == (len(taken.cases), taken.left)
    assert 1 == len(home.sound.heard)


async def test_what_comes_later_is_no_first_look() -> None:
    """Two new tickets at the second reading; nor is a shop with one old ticket worth a word."""
    with several("a", "b") as home:
        backlog(home, "b", 1)
        async with home.at_work():
            await home.clock.advance(3)
            backlog(home, "a", 2)
            await home.clock.advance(60)

    assert "紧急 · b · 换货" == home.rung()[0]
    assert any("2 件要处理" in title for title in home.rung())
    assert not any("第一次" in title for title in home.rung())


def test_news_among_the_old_is_told_apart() -> None:
    """A summary that holds both counts what stood there before, and is no first look itself."""
    cases = [a_case(key=replace(KEY, case_id=str(number))) for number in range(3)]
    told = [(an_alert(key=case.key), case) for case in cases]
    found = {case.key for case in cases[:2]}
    notice = notice_for(told, {KEY.shop: a_shop()}, NOON, "zh", found=found)

    assert "紧急 · 3 件要处理" == notice.title
    assert "其中 2 件是第一次读取时就在的" == notice.lines[-1]


async def test_after_a_restart_old_is_old() -> None:
    """The lists are read anew, and what came meanwhile is news."""
    with several("a") as home:
        async with home.at_work():
            await home.clock.advance(40)
        home.clock.jump(3600)
        backlog(home, "a", 3)
        async with home.at_work():
            await home.clock.advance(5)

    assert ["紧急 · 3 件要处理，最急 22 分"] == home.rung()
