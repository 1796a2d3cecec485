"""How an alert gets out: retried, withdrawn, never lost, and no channel waits for another."""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent.cases import Case, Kind, Stage
from agent.channels import retries
from agent.channels.wording import plain_notice
from agent.errors import ChannelRefused
from agent.journal import Journal
from tests.dispatching import Desk, a_desk

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

NO_DEVICE = ChannelRefused("没有可用的声音设备。", "请接上音箱。")
NEVER = ChannelRefused("这样安装的程序不能弹通知。", permanent=True)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Give a desk whose journal is in memory."""
    with a_desk() as desk:
        yield desk


async def test_a_refusal_is_retried_less_and_less_often(desk: Desk) -> None:
    """The gap doubles from ten seconds to five minutes, as long as the case needs somebody."""
    desk.opens(kind=Kind.EXCHANGE)
    desk.sound.answer = NO_DEVICE
    await desk.passes(25 * MINUTE, 10 * SECOND)
    refused, why = len(desk.sound.tried), desk.error_of("sound")
    desk.sound.answer = None
    await desk.passes(5 * MINUTE, 10 * SECOND)

    assert [10, 20, 40, 80, 160, 320, 620, 920, 1220] == desk.sound.tried[:refused]
    assert str(NO_DEVICE) == why
    assert [1520] == desk.rang()
    assert [10] == [at for at, _ in desk.desktop.heard]


@pytest.mark.parametrize(("on", "heard"), [((), 1), ({"desktop"}, 0)], ids=["all", "one"])
async def test_what_is_announced_reaches_the_channels_that_are_meant(
    desk: Desk, on: Collection[str], heard: int
) -> None:
    """Each once; what concerns this computer alone goes to no phone."""
    async with desk.at_work() as dispatcher:
        dispatcher.announce(plain_notice("小窗已收起"), on=on)
        await desk.clock.advance(60)

    assert ["小窗已收起"] == [notice.title for _, notice in desk.desktop.heard]
    assert heard == len(desk.sound.heard)


async def test_a_permanent_refusal_fails_at_once(desk: Desk) -> None:
    """What can never succeed is not tried again; the other channel does not mind."""
    desk.opens(kind=Kind.EXCHANGE)
    desk.desktop.answer = NEVER
    await desk.passes(20 * MINUTE)

    assert ([30], [30]) == (desk.desktop.tried, desk.rang())
    assert str(NEVER) == desk.error_of("desktop")
    assert [] == desk.pending()


async def test_it_gives_up_in_the_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that was refused often enough has failed."""
    monkeypatch.setattr(retries, "_MOST_ATTEMPTS", 3)
    desk.opens(kind=Kind.EXCHANGE)
    desk.sound.answer = NO_DEVICE
    await desk.passes(10 * MINUTE, 10 * SECOND)

    assert [10, 20, 40] == desk.sound.tried
    assert [] == desk.pending()


def the_case(desk: Desk) -> Case:
    """Return the one case that is open."""
    [case] = desk.journal.open_cases()
    return case


def answer(desk: Desk) -> Case:
    """Answer the one case on the platform."""
    case = the_case(desk)
    return desk.becomes(replace(case, latest=replace(case.latest, stage=Stage.WAITING)))


LATE: dict[str, Callable[[Desk], object]] = {
    "taken in hand": lambda desk: desk.takes(the_case(desk)),
    "put off": lambda desk: desk.puts_off(the_case(desk), HOUR),
    "resolved": lambda desk: desk.resolves(the_case(desk)),
    "answered": answer,
}


@pytest.mark.parametrize("act", LATE.values(), ids=LATE)
async def test_a_late_message_is_withdrawn(desk: Desk, act: Callable[[Desk], object]) -> None:
    """What nobody needs to hear any more by the time the channel works is not said."""
    desk.opens(kind=Kind.EXCHANGE)
    desk.sound.answer = NO_DEVICE
    await desk.passes(10 * SECOND, 10 * SECOND)
    act(desk)
    desk.sound.answer = None
    await desk.passes(30 * MINUTE, 10 * SECOND)

    assert [10] == desk.sound.tried
    assert [] == desk.pending()


async def test_a_message_of_a_past_round_is_withdrawn(desk: Desk) -> None:
    """The ball went and came back: the new round's alert is heard, the old one's is not."""
    desk.opens(kind=Kind.EXCHANGE)
    desk.sound.answer = NO_DEVICE
    await desk.passes(10 * SECOND, 10 * SECOND)
    await desk.clock.advance(10)
    desk.becomes(the_case(desk).asked_again(desk.clock.now()))
    desk.sound.answer = None
    await desk.dispatcher().carry(desk.sound)
    before_the_tick = desk.rang()
    await desk.passes(MINUTE, 10 * SECOND)

    assert [] == before_the_tick
    assert [30] == desk.rang()
    assert ("#1 · 又轮到您 · ¥129.00 · 木** · 拍多了",) == desk.sound.heard[0][1].lines
    assert [] == desk.pending()


async def test_an_older_step_gives_way_to_a_newer(desk: Desk) -> None:
    """A case that rose while nothing got out is told once, as it stands."""
    desk.opens(kind=Kind.EXCHANGE, left=4 * HOUR + MINUTE)
    desk.sound.answer = NO_DEVICE
    await desk.passes(90 * SECOND, 10 * SECOND)
    undelivered = [delivery.alert.band.name for delivery in desk.pending()]
    desk.sound.answer = None
    await desk.passes(10 * MINUTE, 10 * SECOND)

    assert ["CLOSE"] == undelivered
    assert 1 == len(desk.rang())


async def test_what_was_pending_is_delivered_after_a_restart(tmp_path: Path) -> None:
    """Killed while the sound was playing: the next start plays it again; none is swallowed."""
    file = tmp_path / "journal"
    with a_desk(file) as desk:
        desk.opens(kind=Kind.EXCHANGE)
        desk.sound.hangs = True
        async with desk.at_work():
            await desk.clock.advance(3)
    with a_desk(file) as again:
        async with again.at_work():
            await again.clock.advance(60)

        assert [0] == [at for at, _ in desk.desktop.heard]
        assert ([0], []) == (again.rang(), again.said())
        assert [] == again.pending()


async def test_a_channel_that_is_off_leaves_nothing_behind(desk: Desk) -> None:
    """An alert is raised all the same, for those that are on; what waited for it is withdrawn."""
    desk.opens("before", kind=Kind.EXCHANGE)
    desk.dispatcher().tick()
    only_desktop = desk.dispatcher(desk.desktop)
    async with desk.at_work(only_desktop):
        desk.opens("after", kind=Kind.EXCHANGE)
        await desk.clock.advance(31)

    assert [] == desk.pending()
    assert [] == desk.sound.tried
    assert 2 == len(desk.desktop.heard)
    assert [("sound", "desktop"), ("desktop",)] == [
        alert.channels for alert in desk.journal.last_alerts().values()
    ]


async def test_another_process_may_take_a_case_in_hand(tmp_path: Path) -> None:
    """`geshao ack` beside the running agent: at the next tick all is silent."""
    file = tmp_path / "journal"
    with a_desk(file) as desk, Journal.open(file) as beside:
        case = desk.opens()
        async with desk.at_work():
            await desk.clock.advance(29)
            desk.takes(case, beside)
            await desk.clock.advance(100)

    assert [0] == desk.rang()


async def test_taken_in_hand_beside_an_undelivered_alert(tmp_path: Path) -> None:
    """Acknowledged by another process after the alert was raised: the message is withdrawn."""
    file = tmp_path / "journal"
    with a_desk(file) as desk, Journal.open(file) as beside:
        case = desk.opens()
        dispatcher = desk.dispatcher()
        dispatcher.tick()
        desk.takes(case, beside)
        await dispatcher.carry(desk.sound)
        left = [delivery.channel for delivery in desk.pending()]
        rises = replace(desk.now(case).latest, respond_by=desk.clock.now() + 20 * MINUTE)
        desk.becomes(replace(desk.now(case), latest=rises))
        raised = dispatcher.tick()

        assert ([], ["desktop"]) == (desk.sound.tried, left)
        assert ["band_reached"] == [alert.reason.value for alert in raised]


async def test_scripts_hear_of_each_alert_and_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An alert, then how far each of its messages got, each time something is tried."""
    monkeypatch.setattr("agent.events._LAST_WORDS_S", 60)  # the machine may be busy
    file = tmp_path / "events"
    with a_desk(events=file) as desk:
        desk.opens(kind=Kind.EXCHANGE)
        desk.sound.answer = NO_DEVICE
        await desk.passes(10 * SECOND, 10 * SECOND)
        desk.sound.answer = None
        await desk.passes(10 * SECOND, 10 * SECOND)
    told = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]

    assert ["alert", "delivery", "delivery", "delivery"] == [one["event"] for one in told]
    assert [
        ("sound", "pending", 1, str(NO_DEVICE)),
        ("desktop", "delivered", 1, ""),
        ("sound", "delivered", 2, ""),
    ] == [(d["channel"], d["state"], d["attempts"], d["error"]) for d in told[1:]]
    assert {told[0]["alert"]} == {one["alert"] for one in told[1:]}
