"""One alarm for a computer without network; coverage that is written with each reading."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import Outcome, Pause, Policy, QueueHealth, Span, Why
from agent.cases.line import COMPUTER_KEY, NO_ANSWER, OFFLINE, UNRESOLVED, Line, line_of
from agent.inbox import Inbox, ShopState, Watched
from tests.fakes import NOON
from tests.mothers import a_reading, a_shop
from tests.several import QUEUE, READ, a_try, several

COMPUTER = COMPUTER_KEY.shop
HOUR = timedelta(hours=1)
FRESH = timedelta(minutes=2)


@pytest.mark.parametrize(
    ("shops", "line"),
    [
        pytest.param([[a_try(OFFLINE)], [a_try(NO_ANSWER, failures=1)]], Line.CUT, id="all"),
        pytest.param([[a_try(NO_ANSWER)], [a_try(**READ, ago=9)]], Line.UNSURE, id="one of two"),
        pytest.param([[a_try(NO_ANSWER, ago=9)], [a_try(**READ)]], Line.UP, id="one answered"),
        pytest.param([[a_try(NO_ANSWER, ago=9)], [a_try()]], Line.UP, id="a page said no"),
        pytest.param(
            [[a_try(OFFLINE, failures=1)], [a_try(OFFLINE, failures=1)]], Line.UNSURE, id="once"
        ),
        pytest.param([[a_try(OFFLINE)]], Line.LIKELY_CUT, id="the only shop"),
        pytest.param([[a_try(UNRESOLVED)]], Line.LIKELY_CUT, id="no name is found"),
        pytest.param([[a_try(NO_ANSWER)]], Line.UNSURE, id="the only shop may be down"),
        pytest.param([[a_try(OFFLINE)], [a_try(**READ, ago=999)]], Line.LIKELY_CUT, id="long ago"),
        pytest.param(
            [[a_try(OFFLINE), a_try(**READ, ago=50)], [a_try(OFFLINE)]], Line.CUT, id="lists"
        ),
        pytest.param([[], []], Line.UNSURE, id="nothing was tried"),
    ],
)
def test_what_the_last_tries_say(shops: list[list[QueueHealth]], line: Line) -> None:
    """Only where nothing at all answers is the line cut; HTTP answers are answers."""
    platforms = {str(number): [queues] for number, queues in enumerate(shops)}

    assert line is line_of(platforms, NOON, FRESH)


async def test_no_network_is_one_alarm() -> None:
    """Three shops lose the line: one outage, one ring; each shop says why it is not seen."""
    with several("a", "b", "c") as home:
        async with home.at_work():
            await home.clock.advance(60)
            home.loses_the_line()
            await home.clock.advance(300)

        assert [COMPUTER] == home.outages()
        assert ["重要 · 这台电脑 · 没有网络"] == home.rung()
        assert [[Why.COVERED, Why.UNREACHABLE, Why.NO_NETWORK]] * 3 == [
            home.whys(shop) for shop in home.offices
        ]


async def test_when_the_line_is_back_all_are_read_at_once() -> None:
    """The first answer ends the alarm, and the other shops do not wait for their turn."""
    with several("a", "b", "c") as home:
        async with home.at_work():
            home.loses_the_line()
            await home.clock.advance(100)
            home.finds_the_line()
            await home.clock.advance(0.1)
            begun = home.clock.monotonic()
            while home.outages():
                await home.clock.advance(0.5)
            back = home.clock.monotonic()
            await home.clock.advance(0.5)

        assert back - begun <= 30.5
        assert all(home.looks(shop, back - 0.6) for shop in home.offices)
        assert [Why.COVERED] * 3 == [home.whys(shop)[-1] for shop in home.offices]


async def test_one_shop_without_an_answer_has_its_own_alarm() -> None:
    """As long as others answer it is that shop, and they were asked at once to find out."""
    with several("a", "b") as home:
        async with home.at_work():
            await home.clock.advance(15)
            home.loses_the_line("a", gate=NO_ANSWER)
            await home.clock.advance(200)

        assert ["a"] == home.outages()
        assert ["重要 · a · 打不开后台"] == home.rung()
        failed = home.looks("a", 16)[0]
        assert failed == home.looks("b", 16)[0]


async def test_shops_that_answer_no_each_have_their_alarm() -> None:
    """A back office that answers with an error is no matter of the network."""
    with several("a", "b") as home:
        async with home.at_work():
            for shop in home.offices:
                down = a_reading(outcome=Outcome.UNREACHABLE, detail="后台回答 HTTP 502")
                home.offices[shop].shows(replace(down, shop=shop))
            await home.clock.advance(100)

        assert ["a", "b"] == sorted(home.outages())


async def test_the_only_shop_says_that_there_is_no_network() -> None:
    """There is nothing to compare with, but the browser knows."""
    with several("a") as home:
        async with home.at_work():
            home.loses_the_line()
            await home.clock.advance(100)

        assert ["a"] == home.outages()
        assert ["重要 · a · 没有网络"] == home.rung()
        assert Why.NO_NETWORK is home.whys("a")[-1]


async def test_an_older_alarm_of_a_shop_waits_for_the_line() -> None:
    """What was open before stays open, but rings no more as long as the computer's own does."""
    with several("a", "b") as home:
        async with home.at_work():
            home.loses_the_line("a", gate=NO_ANSWER)
            await home.clock.advance(60)
            home.loses_the_line()
            await home.clock.advance(240)

        assert {"a", COMPUTER} == set(home.outages())
        assert ["重要 · a · 打不开后台", "重要 · 这台电脑 · 没有网络"] == home.rung()


async def test_a_signed_out_shop_is_told_all_the_same() -> None:
    """What a person must mend is no matter of the line."""
    with several("a", "b", "c") as home:
        async with home.at_work():
            home.loses_the_line("a", "b")
            out = a_reading(outcome=Outcome.SIGNED_OUT, shop="c")
            home.offices["c"].shows(out)
            await home.clock.advance(40)

        assert "c" in home.outages()


async def test_the_record_of_a_day_with_everything_in_it() -> None:
    """Read, signed out, read: three spans, no hole, as the readings told it."""
    with several("a") as home:
        async with home.at_work():
            await home.clock.advance(300)
            home.offices["a"].shows(a_reading(outcome=Outcome.SIGNED_OUT, shop="a"))
            await home.clock.advance(300)
            home.finds_the_line()
            await home.clock.advance(300)

        assert [
            (0, 330, Why.COVERED),
            (330, 630, Why.SIGNED_OUT),
            (630, 900, Why.COVERED),
        ] == [seconds(span) for span in home.line("a")]


async def test_a_pause_is_a_gap_from_its_first_moment() -> None:
    """Also where a reading that was on its way comes in later, and over a restart."""
    with several("a") as home:
        async with home.at_work():
            await home.clock.advance(40)
            home.journal.pause("a", Pause(home.clock.now()))
            await home.clock.advance(25)
        home.clock.jump(3600)
        async with home.at_work():
            await home.clock.advance(40)
            home.journal.pause("a", Pause(home.clock.now(), home.clock.now()))
            await home.clock.advance(30)

        assert [Why.COVERED, Why.PAUSED, Why.COVERED] == home.whys("a")
        assert NOON + timedelta(seconds=40) == home.line("a")[0].ended_at


async def test_a_pause_that_ended_while_nothing_ran() -> None:
    """Until its end it is a pause, from then on nobody watched."""
    with several("a") as home:
        async with home.at_work():
            await home.clock.advance(40)
            home.journal.pause("a", Pause(home.clock.now(), home.clock.now() + HOUR))
        home.clock.jump(7200)
        assert [Why.COVERED, Why.PAUSED] == home.whys("a")
        async with home.at_work():
            await home.clock.advance(40)

        assert [
            (0, 40, Why.COVERED),
            (40, 3640, Why.PAUSED),
            (3640, 7240, Why.NOT_RUNNING),
            (7240, 7280, Why.COVERED),
        ] == [seconds(span) for span in home.line("a")]


async def test_all_shops_say_that_it_is_the_computers_network() -> None:
    """Each is shown with the one cause, whatever it was told itself; a button reads all."""
    with several("a", "b") as home:
        async with home.at_work():
            home.loses_the_line(gate=NO_ANSWER)
            await home.clock.advance(60)
            watched = [Watched(a_shop(shop_id=s, name=s), "", {QUEUE: "售后"}) for s in ("a", "b")]
            inbox = Inbox(home.journal, Policy(), home.clock, watched, pace=home.pace)
            snapshot = inbox.snapshot()

        assert [ShopState.BLIND] * 2 == [shop.state for shop in snapshot.shops]
        assert [OFFLINE] * 2 == [shop.gate for shop in snapshot.shops]
        assert ["这台电脑"] == [row.shop.name for row in snapshot.rows]
        assert Why.NO_NETWORK is snapshot.shops[0].coverage[-1].why


def seconds(span: Span) -> tuple[float, float, Why]:
    """Return a span with its ends in seconds after noon."""
    begun, ended = ((at - NOON).total_seconds() for at in (span.begun_at, span.ended_at))
    return begun, ended, span.why


async def test_time_in_which_nobody_ran_is_a_gap() -> None:
    """After an hour without the program the record says so, from the last confirmation on."""
    with several("a") as home:
        async with home.at_work():
            await home.clock.advance(65)
        home.clock.jump(3600)
        async with home.at_work():
            await home.clock.advance(65)

        assert [
            (0, 60, Why.COVERED),
            (60, 3665, Why.NOT_RUNNING),
            (3665, 3730, Why.COVERED),
        ] == [seconds(span) for span in home.line("a")]
