"""The drill that a person begins at the screen: followed link by link, answered, one at a time."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from agent.cases import EVERY_SHOP, Tier
from agent.cases.drill import is_drill
from agent.drill import ANSWERED, JUDGED, WRITTEN, Drill
from agent.errors import ChannelRefused, GeshaoError
from agent.inbox import Inbox
from agent.journal import DrillEnd
from agent.mutes import Mutes
from agent.pace import Pace
from agent.snapshot import ShownDrill
from agent.trial import WORD_LIMIT_S, Trial
from tests.dispatching import a_desk
from tests.rehearsing import FAILED, PASSED, Rehearsal, link, states

GONE = ChannelRefused("钉钉拒绝了（300001）。", "机器人已停用。", permanent=True)


@dataclass
class Screen:
    """A program at work, and a person before its screen."""

    rehearsal: Rehearsal
    drill: Drill = field(init=False)
    trial: Trial = field(init=False)

    def __post_init__(self) -> None:
        """Have the program ready for a drill."""
        desk = self.rehearsal.desk
        mutes = Mutes(desk.journal, desk.policy, desk.clock)
        self.rehearsal.hushes = mutes.hushes
        self.drill = self.rehearsal.drill()
        self.trial = Trial(self.drill, self.rehearsal.roads, journal=desk.journal, clock=desk.clock)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Let the program work until the block ends."""
        async with self.rehearsal.desk.at_work(), asyncio.TaskGroup() as tasks:
            running = tasks.create_task(self.trial.run())
            yield
            running.cancel()

    async def passes(self, seconds: float) -> None:
        """Let time go by."""
        await self.rehearsal.desk.clock.advance(seconds)

    async def asked(self) -> None:
        """Begin a drill, and wait until it asks."""
        self.trial.begin()
        for _ in range(60):
            await self.passes(1)
            if self.shown.asks:
                return
        raise AssertionError("the drill never asked")

    @property
    def shown(self) -> ShownDrill:
        """Return what the screen has of the drill."""
        shown = self.trial.shown()
        assert shown is not None
        return shown

    def noted(self) -> list[DrillEnd]:
        """Return how the drills ended that are remembered."""
        return [note.end for note in self.rehearsal.desk.journal.drills(9)]


@pytest.fixture
def screen() -> Iterator[Screen]:
    """Give a program whose journal is in memory."""
    with a_desk() as desk:
        yield Screen(Rehearsal(desk))


async def test_a_person_follows_it_and_has_the_last_word(screen: Screen) -> None:
    """Nothing before it is begun; each link as it is done; then it asks, and leaves nothing."""
    before = screen.trial.shown()
    async with screen.at_work():
        await screen.asked()
        asking, waited = screen.shown, states(screen.shown.links)
        await screen.passes(5)
        screen.trial.answer(heard=True)
        await screen.passes(1)
    after = screen.shown

    assert before is None
    assert (JUDGED, WRITTEN, "desktop", "sound", ANSWERED) == asking.names
    assert dict.fromkeys(asking.names[:-1], PASSED) == waited
    assert {PASSED} == set(states(after.links).values())
    assert 5 <= (link(after.links, ANSWERED).seconds or 0)
    assert (True, False, "") == (after.over, after.asks, after.broken)
    assert [DrillEnd.PASSED] == screen.noted()
    assert [] == [*screen.rehearsal.desk.journal.open_cases()]


async def test_it_is_shown_while_it_goes_on(screen: Screen) -> None:
    """A channel that hangs is waited for; the others show that they are done."""
    screen.rehearsal.desk.sound.hangs = True
    async with screen.at_work():
        screen.trial.begin()
        await screen.passes(4)
        during = screen.shown

    assert [JUDGED, WRITTEN, "desktop"] == [one.name for one in during.links]
    assert (False, False) == (during.over, during.asks)


@pytest.mark.parametrize(
    ("heard", "said"),
    [(False, "发出去了，可是您没有看到。"), (None, f"{WORD_LIMIT_S:.0f} 秒里没有人确认。")],
)
async def test_what_nobody_noticed_has_failed(
    screen: Screen,
    heard: bool | None,  # noqa: FBT001 (a column of the table)
    said: str,
) -> None:
    """Sent is not seen: a person who says no, or nothing, is told what helps."""
    async with screen.at_work():
        await screen.asked()
        if heard is not None:
            screen.trial.answer(heard=heard)
        await screen.passes(WORD_LIMIT_S + 5)
    last = link(screen.shown.links, ANSWERED)

    assert (FAILED, said, True) == (last.state, last.said, bool(last.next_step))
    assert [DrillEnd.FAILED] == screen.noted()


async def test_an_answer_from_elsewhere_counts(screen: Screen) -> None:
    """A phone or a command may take the made-up case in hand as well."""
    desk = screen.rehearsal.desk
    inbox = Inbox(desk.journal, desk.policy, desk.clock, (), pace=Pace())
    async with screen.at_work():
        await screen.asked()
        [case] = [case for case in desk.journal.open_cases() if is_drill(case.key)]
        inbox.acknowledge(str(case.number))
        await screen.passes(3)

    assert PASSED == link(screen.shown.links, ANSWERED).state


async def test_a_link_that_broke_is_named_and_the_person_asked_all_the_same(
    screen: Screen,
) -> None:
    """With what the service says and what helps."""
    screen.rehearsal.desk.desktop.answer = GONE
    async with screen.at_work():
        await screen.asked()
        screen.trial.answer(heard=True)
        await screen.passes(1)

    assert str(GONE) == link(screen.shown.links, "desktop").said
    assert [DrillEnd.FAILED] == screen.noted()


async def test_where_nothing_arrived_nobody_is_asked(screen: Screen) -> None:
    """There is nothing to notice; that an answer silences is tried all the same."""
    screen.rehearsal.desk.desktop.answer = screen.rehearsal.desk.sound.answer = GONE
    async with screen.at_work():
        screen.trial.begin()
        await screen.passes(10)

    assert (True, False) == (screen.shown.over, screen.shown.asks)
    assert PASSED == link(screen.shown.links, ANSWERED).state


async def test_a_second_one_waits_for_the_first(screen: Screen) -> None:
    """Whoever began it; what goes on is not disturbed, and afterwards there is another one."""
    async with screen.at_work():
        await screen.asked()
        with pytest.raises(GeshaoError, match="演习正在进行，没有再开始一次"):
            screen.trial.begin()
        screen.trial.answer(heard=True)
        await screen.passes(1)
        others = asyncio.ensure_future(screen.drill.run(Tier.URGENT, ("sound",)))
        await screen.passes(0)
        with pytest.raises(GeshaoError, match="演习正在进行"):
            screen.trial.begin()
        await screen.passes(5)
        await others
        await screen.asked()

    assert [DrillEnd.PASSED] == screen.noted()


async def test_silence_is_no_failure(screen: Screen) -> None:
    """While nothing may ring no drill begins; it is said how to go on, and nothing is noted."""
    desk = screen.rehearsal.desk
    mutes = Mutes(desk.journal, desk.policy, desk.clock)
    mutes.mute(EVERY_SHOP, desk.policy.ticket_bands.final, whole=True)
    with pytest.raises(GeshaoError, match="现在不让响") as refused:
        screen.trial.begin()

    assert "恢复响铃" in refused.value.next_step
    assert (None, []) == (screen.trial.shown(), screen.noted())


async def test_a_word_that_nobody_asked_for(screen: Screen) -> None:
    """Before it asks there is nothing to confirm."""
    with pytest.raises(GeshaoError, match="演习现在不用您确认"):
        screen.trial.answer(heard=True)


async def test_one_that_another_program_ends(screen: Screen) -> None:
    """It is over, says why, and leaves the links as they were."""
    async with screen.at_work():
        await screen.asked()
        screen.rehearsal.desk.journal.forget_drills()
        await screen.passes(3)

    assert screen.shown.over
    assert "另一次演习开始了" in screen.shown.broken
    assert [] == screen.noted()


async def test_a_bug_ends_one_drill_and_not_the_next(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said plainly, and the button works again."""

    async def breaks(*_: object) -> None:
        raise RuntimeError("a bug")

    async with screen.at_work():
        with monkeypatch.context() as patch:
            patch.setattr(screen.drill, "run", breaks)
            screen.trial.begin()
            await screen.passes(1)
        broken = screen.shown
        await screen.asked()
        again = screen.shown

    assert "鸽哨自己出错了（RuntimeError）" in broken.broken
    assert again.asks
