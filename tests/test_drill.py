"""A drill goes the whole road, says of each link how it did, and leaves nothing behind."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from agent.cases import EVERY_SHOP, Case, Change, ChangeKind, Kind, Policy, Quiet, Reason, Tier
from agent.cases.drill import drill_alerts, drill_case, is_drill
from agent.cases.link import Link
from agent.drill import ANSWERED, JUDGED, WRITTEN, remember
from agent.errors import ChannelRefused, DrillBroken, GeshaoError
from agent.inbox import Inbox
from agent.journal import DrillEnd, Journal
from agent.mutes import Mutes
from agent.pace import Pace
from tests.dispatching import Desk, a_desk
from tests.fakes import NOON
from tests.rehearsing import FAILED, NOT_TRIED, PASSED, Rehearsal, link, states

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
GONE = ChannelRefused("钉钉拒绝了（300001）：token is not exist", "机器人已停用。", permanent=True)
BUSY = ChannelRefused("没有可用的声音设备。", "请接上音箱。")


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the last events be written however long a busy machine takes."""
    monkeypatch.setattr("agent.events._LAST_WORDS_S", 60)


@pytest.fixture
def rehearsal() -> Iterator[Rehearsal]:
    """Give a rehearsal over a journal in memory."""
    with a_desk() as desk:
        yield Rehearsal(desk)


@pytest.mark.parametrize("tier", list(Tier))
async def test_each_link_is_named_in_its_order(rehearsal: Rehearsal, tier: Tier) -> None:
    """Whatever the tier: judged by the policy, written, told on every channel, answered."""
    links = await rehearsal.runs(tier)
    heard = [notice for _, notice in rehearsal.desk.sound.heard]

    assert [JUDGED, WRITTEN, "desktop", "sound", ANSWERED] == [one.name for one in links]
    assert {PASSED} == set(states(links).values())
    assert "平时马上响的是：" in link(links, JUDGED).said
    assert ("桌面通知" in link(links, JUDGED).said) == (tier is not Tier.NORMAL)
    assert all(one.seconds is not None and one.seconds < 2 for one in links)
    assert [tier] == [notice.tier for notice in heard]


async def test_every_message_says_that_it_is_a_drill(rehearsal: Rehearsal) -> None:
    """In the title and at the end, on this machine and in what leaves it; in the case's id too."""
    await rehearsal.runs()
    [(_, notice)] = rehearsal.desk.sound.heard

    assert notice.masked is not None
    assert "【演习】紧急 · 演习 · 仅退款" == notice.title
    assert ["这是演习，不用处理"] * 2 == [notice.lines[-1], notice.masked.lines[-1]]
    assert notice.masked.title.startswith("【演习】")
    assert ["@drill"] == [mention.shop for mention in notice.cases]


async def test_it_counts_nowhere_and_leaves_nothing(tmp_path: Path) -> None:
    """Not in the list, not among what ended, not as an event, and it is gone at the end."""
    with a_desk(events=tmp_path / "events") as desk:
        rehearsal = Rehearsal(desk)
        inbox = Inbox(desk.journal, desk.policy, desk.clock, (), pace=Pace())
        desk.sound.hangs = True
        async with desk.at_work(), asyncio.TaskGroup() as tasks:
            task = tasks.create_task(rehearsal.drill().run(Tier.URGENT, ("sound",)))
            await desk.clock.advance(3)
            during, shown = list(desk.journal.open_cases()), inbox.snapshot()
            await desk.clock.advance(60)
        after = inbox.snapshot()

        assert [True] == [is_drill(case.key) for case in during]
        assert ((), ()) == (shown.rows, shown.resolved)
        assert ((), ()) == (after.rows, after.resolved)
        assert [] == list(desk.journal.open_cases())
        assert {} == desk.journal.lives(NOON - HOUR)
        assert task.done()
    assert "" == (tmp_path / "events").read_text(encoding="utf-8")


async def test_a_refusal_is_told_in_the_service_s_own_words(rehearsal: Rehearsal) -> None:
    """A channel that is gone fails at once, with what helps; the others are told all the same."""
    rehearsal.desk.desktop.answer = GONE
    links = await rehearsal.runs()

    assert {JUDGED: PASSED, WRITTEN: PASSED, "desktop": FAILED, "sound": PASSED} == {
        name: state for name, state in states(links).items() if name != ANSWERED
    }
    assert str(GONE) == link(links, "desktop").said
    assert "geshao drill" in link(links, "desktop").next_step


async def test_what_is_mended_meanwhile_arrives(rehearsal: Rehearsal) -> None:
    """The outbox tries again, as it does for what is real; the link says how often."""
    rehearsal.desk.sound.answer = BUSY
    async with rehearsal.desk.at_work(), asyncio.TaskGroup() as tasks:
        task = tasks.create_task(rehearsal.drill().run(Tier.URGENT, ("sound",)))
        await rehearsal.desk.clock.advance(5)
        rehearsal.desk.sound.answer = None
        await rehearsal.desk.clock.advance(20)

    assert "送达，第 2 次才送到" == link(task.result(), "sound").said


@pytest.mark.parametrize(
    ("answer", "said"), [(BUSY, f"试了 3 次：{BUSY}"), (None, "45 秒还没有回音。")]
)
async def test_nothing_is_delivered_that_was_not(
    rehearsal: Rehearsal, answer: ChannelRefused | None, said: str
) -> None:
    """A channel that refuses, or hangs, to the end has failed."""
    rehearsal.desk.sound.answer, rehearsal.desk.sound.hangs = answer, answer is None
    links = await rehearsal.runs()

    assert (FAILED, said) == (link(links, "sound").state, link(links, "sound").said)
    assert PASSED == link(links, "desktop").state


async def test_a_channel_that_the_program_does_not_have(rehearsal: Rehearsal) -> None:
    """Nobody carries to it: that is said, and what to do."""
    links = await rehearsal.runs(Tier.URGENT, rehearsal.desk.sound)

    assert FAILED == link(links, "desktop").state
    assert "没有开这条通道" in link(links, "desktop").said
    assert PASSED == link(links, "sound").state


async def test_nobody_tells(rehearsal: Rehearsal) -> None:
    """Where no program looks into the journal, the road ends there."""
    task = asyncio.ensure_future(rehearsal.drill().run(Tier.URGENT, ("sound",)))
    await rehearsal.desk.clock.advance(15)

    assert {JUDGED: PASSED, WRITTEN: FAILED, "sound": NOT_TRIED, ANSWERED: NOT_TRIED} == states(
        await task
    )
    assert [] == list(rehearsal.desk.journal.open_cases())


async def test_what_is_silenced_is_said_to_be(rehearsal: Rehearsal) -> None:
    """A hush, quiet hours for the tier, no channel: each is why nothing would ring.

    What rings all the same, as the platform's last step does through a mute, is rehearsed.
    """
    night = Quiet(time(0), time(23, 59), frozenset({Tier.URGENT}))
    quiet = Rehearsal(replace_policy(rehearsal.desk, replace(Policy(), quiet=night)))
    normal, urgent = await quiet.runs(Tier.NORMAL), await quiet.runs(Tier.URGENT)
    mutes = Mutes(rehearsal.desk.journal, Policy(), rehearsal.desk.clock)
    rehearsal.hushes = mutes.hushes
    mutes.mute(EVERY_SHOP, HOUR, whole=True)
    hushed = await rehearsal.runs()
    mutes.mute(EVERY_SHOP, HOUR)
    muted = await rehearsal.runs()
    rehearsal.roads = ()
    nowhere = await rehearsal.runs()

    assert "安静时段" in link(normal, JUDGED).said
    assert {PASSED} == set(states(urgent).values()) == set(states(muted).values())
    assert "geshao unmute" in link(hushed, JUDGED).next_step
    assert "一条通道也没有打开" in link(nowhere, JUDGED).said
    assert [FAILED, NOT_TRIED, NOT_TRIED] == list(states(nowhere).values())


def replace_policy(desk: Desk, policy: Policy) -> Desk:
    """Have the desk follow *policy*."""
    desk.policy = policy
    return desk


async def test_it_is_never_in_one_notice_with_what_is_real(rehearsal: Rehearsal) -> None:
    """What is real goes first and alone, and its repeats keep their rhythm."""
    desk = rehearsal.desk
    desk.opens(kind=Kind.DISPUTE, left=30 * HOUR)
    await rehearsal.runs()
    async with desk.at_work():
        await desk.clock.advance(40)
    titles = [notice.title for _, notice in desk.sound.heard]

    assert ["紧急 · 山雀百货 · 仲裁纠纷", "【演习】紧急 · 演习 · 仅退款"] == titles[:2]
    assert [0, 30] == [round(at) for at, notice in desk.sound.heard if "演习" not in notice.title]


def test_a_drill_rings_once(rehearsal: Rehearsal) -> None:
    """Left behind it neither repeats nor calls anybody."""
    desk = rehearsal.desk
    case = drill_case(Tier.URGENT, ("sound",), desk.policy, NOON)
    desk.journal.record([Change(ChangeKind.OPENED, None, case)], None, shop=case.key.shop)
    first = desk.dispatcher().tick()
    again = drill_alerts([case], desk.journal.last_alerts(), desk.policy, NOON + HOUR)

    assert [(("sound",), Reason.NEW, ())] == [(a.channels, a.reason, a.people) for a in first]
    assert {} == again


async def test_an_end_in_the_middle_leaves_nothing(rehearsal: Rehearsal) -> None:
    """Ctrl-C while a channel hangs."""
    rehearsal.desk.sound.hangs = True
    async with rehearsal.desk.at_work():
        task = asyncio.ensure_future(rehearsal.drill().run(Tier.URGENT, ("sound",)))
        await rehearsal.desk.clock.advance(3)
        open_then = len(rehearsal.desk.journal.open_cases())
        task.cancel()
        await asyncio.wait([task])

    assert (1, 0) == (open_then, len(rehearsal.desk.journal.open_cases()))


async def test_the_next_one_clears_what_a_kill_left(tmp_path: Path) -> None:
    """A drill in the file whose command is gone rings nowhere and is not there any more."""
    with Journal.open(tmp_path / "journal") as killed:
        case = drill_case(Tier.URGENT, ("desktop", "sound"), Policy(), NOON - MINUTE)
        killed.record([Change(ChangeKind.OPENED, None, case)], None, shop=case.key.shop)
    with a_desk(tmp_path / "journal") as desk:
        links = await Rehearsal(desk).runs()

        assert {PASSED} == set(states(links).values())
        assert [] == list(desk.journal.open_cases())


async def test_of_two_at_once_the_later_goes_on(rehearsal: Rehearsal) -> None:
    """The earlier says so, and takes nothing of the other away."""
    desk = rehearsal.desk
    desk.sound.hangs = True
    async with desk.at_work():
        first = asyncio.ensure_future(rehearsal.drill().run(Tier.URGENT, ("sound",)))
        await desk.clock.advance(3)
        second = asyncio.ensure_future(rehearsal.drill().run(Tier.URGENT, ("sound",)))
        await desk.clock.advance(1)
        left = len(desk.journal.open_cases())
        await desk.clock.advance(60)

    assert isinstance(first.exception(), DrillBroken)
    assert 1 == left
    assert FAILED == link(second.result(), "sound").state


async def test_so_it_does_before_anybody_has_told(rehearsal: Rehearsal) -> None:
    """That nobody tells is the other's to find out: this one's case is not there any more."""
    first = asyncio.ensure_future(rehearsal.drill().run(Tier.URGENT, ("sound",)))
    await rehearsal.desk.clock.advance(3)
    second = asyncio.ensure_future(rehearsal.drill().run(Tier.URGENT, ("sound",)))
    await rehearsal.desk.clock.advance(15)

    assert isinstance(first.exception(), DrillBroken)
    assert FAILED == link(second.result(), WRITTEN).state


@dataclass
class Thinks:
    """Somebody who takes half a minute to find the phone."""

    desk: Desk

    def see(self, links: Sequence[Link]) -> None:
        """Look on."""

    async def heard(self, _case: Case) -> GeshaoError | None:
        """Think, and have noticed all."""
        await self.desk.clock.sleep(30)
        return None


async def test_so_it_does_while_a_person_thinks(rehearsal: Rehearsal) -> None:
    """A case that is gone can't be taken in hand; that is no fault of the last link's."""
    desk = rehearsal.desk
    async with desk.at_work():
        first = asyncio.ensure_future(rehearsal.drill().run(Tier.URGENT, ("sound",), Thinks(desk)))
        await desk.clock.advance(5)
        second = asyncio.ensure_future(rehearsal.drill().run(Tier.URGENT, ("sound",)))
        await desk.clock.advance(40)

    assert isinstance(first.exception(), DrillBroken)
    assert {PASSED} == set(states(second.result()).values())


async def test_how_it_ended_is_remembered(rehearsal: Rehearsal) -> None:
    """With the links that failed, in words."""
    rehearsal.desk.desktop.answer = GONE
    noted = remember(rehearsal.desk.journal, await rehearsal.runs(), NOON)

    assert [noted] == list(rehearsal.desk.journal.drills())
    assert (DrillEnd.FAILED, f"桌面通知：{GONE}") == (noted.end, noted.said)
