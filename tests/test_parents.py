"""One alarm for a platform that does not answer; what is known tells it from a cut line."""

from datetime import timedelta

import pytest

from agent.cases import CaseKey, Kind, Outcome, Pause, Policy, QueueHealth, Why
from agent.cases.line import (
    BARRED,
    COMPUTER_KEY,
    NO_ANSWER,
    OFFLINE,
    REFUSED,
    SILENT,
    UNRESOLVED,
    Line,
    Platform,
    line_of,
    platform_key,
    platform_of,
)
from agent.inbox import Inbox, Watched
from tests.fakes import NOON
from tests.mothers import a_case, a_reading
from tests.several import QUEUE, READ, Several, a_try, several

COMPUTER = COMPUTER_KEY.shop
SAME = {"a": "p", "b": "p"}
ALL_OF_P = platform_key("p").shop
P, Q = "p", "q"
FRESH = timedelta(minutes=2)

DEAD, GONE, OFF = a_try(NO_ANSWER), a_try(REFUSED), a_try(OFFLINE)
WELL = a_try(**READ, ago=9)


@pytest.mark.parametrize(
    ("own", "other", "platform", "line"),
    [
        pytest.param([DEAD, DEAD], [WELL], Platform.SILENT, Line.UNSURE, id="another is read"),
        pytest.param([DEAD, DEAD], [a_try(ago=9)], Platform.SILENT, Line.UNSURE, id="or says no"),
        pytest.param([a_try(UNRESOLVED)] * 2, [WELL], Platform.SILENT, Line.UNSURE, id="its name"),
        pytest.param([DEAD, DEAD], [DEAD], Platform.UNSURE, Line.CUT, id="nothing answers"),
        pytest.param([OFF, DEAD], [OFF], Platform.UNSURE, Line.CUT, id="the computer says so"),
        pytest.param([DEAD, DEAD], [], Platform.SILENT, Line.UNSURE, id="only one platform"),
        pytest.param([GONE, DEAD], [], Platform.SILENT, Line.UP, id="it refuses"),
        pytest.param([OFF, DEAD], [], Platform.UNSURE, Line.CUT, id="only one, no network"),
        pytest.param([a_try(UNRESOLVED)] * 2, [], Platform.UNSURE, Line.CUT, id="no names"),
        pytest.param([DEAD, a_try(BARRED)], [], Platform.UNSURE, Line.CUT, id="a proxy"),
        pytest.param([DEAD], [WELL], Platform.UNSURE, Line.UNSURE, id="one shop's own matter"),
        pytest.param([WELL, DEAD], [WELL], Platform.UNSURE, Line.UNSURE, id="one of two"),
        pytest.param([a_try(**READ), DEAD], [], Platform.ANSWERS, Line.UP, id="one answers now"),
        pytest.param([a_try(), a_try()], [], Platform.ANSWERS, Line.UP, id="pages that fail"),
        pytest.param(
            [a_try(NO_ANSWER, failures=1)] * 2, [WELL], Platform.UNSURE, Line.UNSURE, id="once"
        ),
        pytest.param([DEAD, DEAD], [a_try(ago=999)], Platform.SILENT, Line.UNSURE, id="long ago"),
        pytest.param([], [WELL], Platform.UNSURE, Line.UP, id="not tried"),
    ],
)
def test_what_the_last_tries_say_of_a_platform(
    own: list[QueueHealth], other: list[QueueHealth], platform: Platform, line: Line
) -> None:
    """Others that answer clear the line; with none to compare, what the browser says counts."""
    known = {P: [[one] for one in own], Q: [[one] for one in other]}

    assert platform is platform_of(P, known, NOON, FRESH)
    assert line is line_of(known, NOON, FRESH)


async def test_a_platform_that_does_not_answer_is_one_alarm() -> None:
    """Its two shops are out of sight, another platform's is read: one case, one ring."""
    with several("a", "b", "c", platforms=SAME) as home:
        home.loses_the_line("a", "b", gate=NO_ANSWER)
        async with home.at_work():
            await home.clock.advance(40)

        assert [ALL_OF_P] == home.outages()
        assert ["重要 · 平台 p · 平台没有响应"] == home.rung()
        assert [Why.UNREACHABLE, Why.COVERED] == [home.whys(shop)[-1] for shop in ("a", "c")]


async def test_a_user_of_one_platform_is_not_told_that_the_network_is_gone() -> None:
    """All shops time out, and nothing says that it is the computer's network."""
    with several("a", "b", platforms=SAME) as home:
        home.loses_the_line(gate=NO_ANSWER)
        async with home.at_work():
            await home.clock.advance(20)

        assert [ALL_OF_P] == home.outages()
        assert Why.UNREACHABLE is home.whys("a")[-1]


async def test_a_user_of_one_platform_without_network_is_told() -> None:
    """The browser knows: the computer's one alarm, and not the platform's."""
    with several("a", "b", platforms=SAME) as home:
        home.loses_the_line(gate=UNRESOLVED)
        async with home.at_work():
            await home.clock.advance(20)

        assert [COMPUTER] == home.outages()
        assert ["重要 · 这台电脑 · 没有网络"] == home.rung()
        assert Why.NO_NETWORK is home.whys("a")[-1]


async def test_when_the_platform_is_back_all_its_shops_are_read_at_once() -> None:
    """The first answer ends the alarm; nobody waits for the next turn."""
    with several("a", "b", "c", platforms=SAME) as home:
        home.loses_the_line("a", "b", gate=NO_ANSWER)
        async with home.at_work():
            await home.clock.advance(20)
            home.finds_the_line()
            while home.outages():
                await home.clock.advance(0.5)
            back = home.clock.monotonic()
            await home.clock.advance(0.5)

        assert back <= 51
        assert all(home.looks(shop, back - 0.6) for shop in ("a", "b"))


async def test_one_of_its_shops_that_stays_away_has_its_own_alarm_then() -> None:
    """The platform answers another shop: from now on it is this shop's matter."""
    with several("a", "b", "c", platforms=SAME) as home:
        home.loses_the_line("a", "b", gate=NO_ANSWER)
        async with home.at_work():
            await home.clock.advance(20)
            home.finds_the_line("b")
            await home.clock.advance(20)

        assert ["a"] == home.outages()
        assert ["重要 · 平台 p · 平台没有响应", "重要 · a · 打不开后台"] == home.rung()


async def test_a_platform_that_is_silent_and_then_the_line_is_cut() -> None:
    """The wider cause takes over: the platform's own rings no more until the line is back."""
    with several("a", "b", "c", platforms=SAME) as home:
        home.loses_the_line("a", "b", gate=NO_ANSWER)
        async with home.at_work():
            await home.clock.advance(20)
            home.loses_the_line()
            await home.clock.advance(80)
            during = home.rung()
            home.finds_the_line()
            await home.clock.advance(40)

        assert ["重要 · 平台 p · 平台没有响应", "重要 · 这台电脑 · 没有网络"] == during
        assert ([], during) == (home.outages(), home.rung())


@pytest.mark.parametrize("key", [COMPUTER_KEY, platform_key("p")])
async def test_nobody_is_rung_for_shops_that_are_all_paused(key: CaseKey) -> None:
    """People know that those are not seen; as long as one is watched they are told."""
    with several("a", "b", platforms=SAME) as home:
        home.loses_the_line()
        async with home.at_work():
            case = a_case(key=key, kind=Kind.OUTAGE, status=Outcome.UNREACHABLE.value)
            hushed = [home.computer.hushes(case)]
            for shop in home.offices:
                home.journal.pause(shop, Pause(NOON))
                hushed.append(home.computer.hushes(case))

    assert [False, False, True] == hushed


async def test_the_shops_and_the_list_say_that_it_is_the_platform() -> None:
    """Each shop names the one cause; the list has one row for all, by the platform's name."""
    with several("a", "b", "c", platforms=SAME) as home:
        home.loses_the_line("a", "b", gate=NO_ANSWER)
        async with home.at_work():
            await home.clock.advance(20)
            snapshot = inbox_of(home).snapshot()

        assert [SILENT, SILENT, ""] == [shop.gate for shop in snapshot.shops]
        assert ["平台 p"] == [row.shop.name for row in snapshot.rows]


def inbox_of(home: Several) -> Inbox:
    """Return what people see of the shops."""
    watched = [
        Watched(shop, f"平台 {shop.platform}", {QUEUE: "售后"})
        for shop in map(home.shop, home.offices)
    ]
    return Inbox(home.journal, Policy(), home.clock, watched, pace=home.pace)


async def test_a_signed_out_shop_of_a_silent_platform_is_told_all_the_same() -> None:
    """What a person must mend is no matter of the platform's silence, and is an answer."""
    with several("a", "b", "c", "d", platforms=SAME | {"d": "p"}) as home:
        home.loses_the_line("a", "b", gate=NO_ANSWER)
        home.offices["d"].shows(a_reading(outcome=Outcome.SIGNED_OUT, shop="d"))
        async with home.at_work():
            await home.clock.advance(20)

        assert "d" in home.outages()
        assert ALL_OF_P not in home.outages()
