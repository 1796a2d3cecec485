"""What a person asks of the running program."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from agent import desk as desks
from agent.cases import CaseKey, Kind, Outcome, Source
from agent.cases.line import THIS_COMPUTER, platform_key
from agent.desk import AgentDesk
from agent.errors import GeshaoError, UnknownCase
from agent.pauses import Pauses
from tests.fakes import NOON
from tests.mothers import a_reading
from tests.scenes import SHOP, Scene, a_scene, an_inbox, no_controls, no_keeper


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """Give a desk on a machine where windows open."""
    with a_scene(monkeypatch) as scene:
        yield scene


@pytest.mark.parametrize("shop", [THIS_COMPUTER.shop_id, platform_key("doudian").shop])
async def test_help_for_the_computer_or_a_platform_reads_every_shop(
    scene: Scene, shop: str
) -> None:
    """Its outage is no shop's; what helps is to look everywhere again."""
    assert "read" == await scene.desk.help_shop(shop)
    assert ["again"] == scene.watching.asked


async def test_help_for_another_platform_is_no_help(scene: Scene) -> None:
    """None of its shops is watched."""
    with pytest.raises(GeshaoError, match="没有名为"):
        await scene.desk.help_shop(platform_key("another").shop)


async def test_faces_are_told_where_readings_came_from(scene: Scene) -> None:
    """Only the running program knows; so with how the computer does."""
    scene.watching.sources["aftersale"] = Source.DOM

    assert {"aftersale": Source.DOM} == (await scene.shop()).sources
    assert (await scene.desk.snapshot()).machine is None


async def test_taking_a_case_in_hand_silences_it_at_once(scene: Scene) -> None:
    """The next tick is not waited for."""
    number = scene.has()
    await scene.desk.acknowledge(number)

    (row,) = (await scene.desk.snapshot()).rows
    assert row.quiet
    assert ["now"] == scene.watching.asked


async def test_many_are_taken_and_given_back_at_once(scene: Scene) -> None:
    """Both are heard by whatever rings at once."""
    number = scene.has()
    taken = await scene.desk.acknowledge_all([number, 99])
    (quiet,) = (await scene.desk.snapshot()).rows
    back = await scene.desk.take_back([number])
    (loud,) = (await scene.desk.snapshot()).rows

    assert (1, True, 1, False) == (taken, quiet.quiet, back, loud.quiet)
    assert ["now", "now"] == scene.watching.asked


async def test_snooze_and_star(scene: Scene) -> None:
    """Both are kept; a snooze tells when it ends."""
    number = scene.has(respond_by=NOON + timedelta(days=2))
    until = await scene.desk.snooze(number, 45)
    await scene.desk.star(number, True)  # noqa: FBT003 (as the page calls it)

    (row,) = (await scene.desk.snapshot()).rows
    assert (NOON + timedelta(minutes=45), until, True) == (
        row.case.snoozed_until,
        until,
        row.case.starred,
    )


async def test_whose_a_case_is_to_be(scene: Scene) -> None:
    """Where there is no roster it can only be nobody's in particular."""
    number = scene.has()
    await scene.desk.assign(number, "")
    with pytest.raises(GeshaoError, match="没有 小王"):
        await scene.desk.assign(number, "小王")

    (row,) = (await scene.desk.snapshot()).rows
    assert ("", "") == (row.assigned, row.case.person)


@pytest.mark.parametrize(
    ("url", "queue", "shown"),
    [
        ("http://office/case/7", "aftersale", "http://office/case/7"),
        ("", "chats", "http://office/chats"),
        ("", "given-up", "http://office/list"),
    ],
    ids=["its own page", "its list", "a list that the pack has no more"],
)
async def test_case_is_shown_in_a_window(scene: Scene, url: str, queue: str, shown: str) -> None:
    """The shop counts as busy as long as the window is open; afterwards all is read anew."""
    number = scene.has(key=CaseKey(SHOP, queue, "7"), url=url)
    async with scene.at_work():
        await scene.desk.open_case(number)
        await scene.clock.advance(0)
        busy = (await scene.desk.snapshot()).shops[0].busy
        scene.windows.closed.set()
        await scene.clock.advance(0)
        after = (await scene.desk.snapshot()).shops[0].busy

    assert [shown] == scene.windows.opened
    assert ("正在浏览器窗口里处理", "") == (busy, after)
    assert ["again"] == scene.watching.asked


async def test_what_goes_on_beside_the_watching_ends_with_it(scene: Scene) -> None:
    """The browser is looked after as long as the shops are watched."""
    told: list[str] = []

    async def beside() -> None:
        told.append("begun")
        try:
            await scene.clock.sleep(3600)
        finally:
            told.append("ended")

    scene.desk._beside = [beside]
    async with scene.at_work():
        during = told.copy()

    assert (["begun"], ["begun", "ended"]) == (during, told)


async def test_outage_is_no_page_but_a_call_for_help(scene: Scene) -> None:
    """Opening it does what its button does."""
    scene.reads("aftersale", Outcome.UNREACHABLE)
    await scene.desk.open_case(scene.has(kind=Kind.OUTAGE))

    assert (["again"], []) == (scene.watching.asked, scene.windows.opened)


@pytest.mark.parametrize("outcome", [Outcome.UNREACHABLE, Outcome.MAINTENANCE, Outcome.ROWS])
async def test_help_that_needs_nobody(scene: Scene, outcome: Outcome) -> None:
    """Where no window would help the pages are loaded once more, and no window is promised."""
    scene.reads("aftersale", outcome)

    assert "read" == await scene.desk.help_shop(SHOP)
    assert (["again"], []) == (scene.watching.asked, scene.windows.opened)


async def test_help_opens_the_window_at_the_sign_in_page(scene: Scene) -> None:
    """The window is over when that very queue can be read, by our own reader."""
    scene.reads("aftersale", Outcome.VERIFIED_EMPTY)
    scene.reads("chats", Outcome.SIGNED_OUT)
    first, second = scene.readers
    second.shows(a_reading(outcome=Outcome.SIGNED_OUT), a_reading())
    async with scene.at_work():
        opens = await scene.desk.help_shop(SHOP)
        await scene.clock.advance(0)
        accepts = scene.windows.accepts
        assert accepts is not None
        verdicts = [await accepts({"cookies": [n]}) for n in (1, 2)]

    assert ("window", ["http://office/login me"]) == (opens, scene.windows.opened)
    assert [False, True] == verdicts
    assert [{"cookies": [1]}, {"cookies": [2]}] == scene.session.tried
    assert [{"cookies": [2]}] == scene.session.adopted
    assert ([], [True, True]) == (first.looks, [look.fresh for look in second.looks])
    assert ["chats", "chats"] == [reading.queue for reading in scene.watching.recorded]


async def test_shops_begin_one_after_another(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many at a time as the machine has cores."""
    monkeypatch.setattr(desks, "_AT_ONCE", 1)
    shop = scene.desk.only_shop()
    shops = [
        replace(shop, settings=shop.settings.model_copy(update={"id": name})) for name in "abc"
    ]
    pauses = Pauses(scene.journal, scene.clock)
    others: Any = (an_inbox(scene.journal, scene.clock), scene.watching, shops, None)
    desk = AgentDesk(*others, scene.clock, pauses, no_controls(), no_keeper())
    stop, running = asyncio.Event(), []
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(desk.work(stop))
        for seconds in (0, 0.5, 0.5):
            await scene.clock.advance(seconds)
            running.append(scene.watching.running - 1)  # one of them tells
        stop.set()

    assert [1, 2, 3] == running


async def test_unknown_cases_and_shops(scene: Scene) -> None:
    """Each is refused with the next step."""
    with pytest.raises(UnknownCase):
        await scene.desk.open_case(99)
    with pytest.raises(GeshaoError, match="没有名为 nowhere 的店铺") as error:
        await scene.desk.help_shop("nowhere")

    assert "geshao shop list" in error.value.next_step


async def test_the_shop_whose_case_is_most_urgent_begins(scene: Scene) -> None:
    """Those without any come last, in the order of the configuration."""
    shop = scene.desk.only_shop()
    names = ("calm", "still", SHOP)
    shops = [
        replace(shop, settings=shop.settings.model_copy(update={"id": name})) for name in names
    ]
    scene.has()
    others: Any = (an_inbox(scene.journal, scene.clock), scene.watching, shops, None)
    pauses = Pauses(scene.journal, scene.clock)
    desk = AgentDesk(*others, scene.clock, pauses, no_controls(), no_keeper())

    line = [one.settings.id for one in desk._most_urgent_first()]

    assert [SHOP, "calm", "still"] == line
