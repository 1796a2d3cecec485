"""A rehearsal: a made-up case goes the whole road to the person, and each link says how it did.

What tells people is the dispatcher at work, whoever runs it; here it is only watched, through the
journal, from which the made-up case is gone at the end.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from loguru import logger

from agent.cases import (
    Alert,
    Case,
    Delivery,
    DeliveryState,
    Policy,
    Tier,
    decide,
    standing,
    waits_for_morning,
)
from agent.cases.case import Change, ChangeKind
from agent.cases.drill import DRILL_SHOP, UNREACHED_KEY, drill_case, reached_again
from agent.clock import Clock
from agent.errors import GeshaoError
from agent.journal import DrillEnd, DrillNote, Journal
from agent.log import mask
from agent.words import say

TAKEN_LIMIT_S = 10.0
"""Whoever tells people looks each second; a program that does not by then does not look."""
ARRIVED_LIMIT_S = 45.0
"""A first try and two more."""
_LOOK_S = 0.2
_SELDOM_S = 1.0
"""What takes long is not measured to the tenth of a second."""


class LinkState(StrEnum):
    """How one link of the road did."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_TRIED = "not_tried"
    """A link before it failed."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the road: how it did, how long it took, what is *said* of it, what helps.

    *name* is what people call it, a channel's its own; *seconds* is None for what was not reached.
    """

    name: str
    state: LinkState
    seconds: float | None = None
    said: str = ""
    next_step: str = ""


_TITLES = {"sound": "声音", "desktop": "桌面通知"}
JUDGED, WRITTEN, ANSWERED = "判断级别", "写入记录", "确认"
_AGAIN = "处理好后再运行一次 geshao drill。"


class Drill:
    """Rehearses over *journal*; *hushes* tells what does not ring, *acknowledge* takes in hand.

    *acknowledge* is given the number of a case, and is what a person's word goes through.
    """

    def __init__(
        self,
        *,
        journal: Journal,
        policy: Policy,
        clock: Clock,
        hushes: Callable[[Case], bool],
        acknowledge: Callable[[str], Case],
    ) -> None:
        self._journal = journal
        self._policy = policy
        self._clock = clock
        self._hushes = hushes
        self._acknowledge = acknowledge

    def hindered(self, tier: Tier) -> GeshaoError | None:
        """Return why a case of *tier* would not ring now, None if it would."""
        now = self._clock.now()
        case = drill_case(tier, (), self._policy, now)
        if self._hushes(case):
            return GeshaoError("现在不让响（mute 或 hush）。", "运行 geshao unmute，再演习一次。")
        if waits_for_morning(case, self._policy, now):
            return GeshaoError(
                "现在是安静时段，这一级要等到早上。", "过了安静时段再演习，或演习 --tier 1。"
            )
        return None

    async def run(self, tier: Tier, roads: Sequence[str]) -> list[Link]:
        """Rehearse *tier* on all *roads*; return the links in the order of the road.

        A drill that was left behind goes first. Raises GeshaoError if another one begins meanwhile.
        """
        begun = self._clock.monotonic()
        case = drill_case(tier, roads, self._policy, self._clock.now())
        judged = replace(self._judged(case, tier, roads), seconds=self._since(begun))
        if judged.state is LinkState.FAILED:
            return [judged, *_not_tried((WRITTEN, *roads, ANSWERED))]
        try:
            written, alert = await self._written(case)
            if alert is None:
                return [judged, written, *_not_tried((*roads, ANSWERED))]
            links = [judged, written, *await self._carried(alert)]
            return [*links, self._answered(case, alert)]
        finally:
            self._clear(case)

    def _clear(self, case: Case) -> None:
        """Leave nothing of *case*; one that begun later is somebody else's."""
        try:
            self._journal.forget_drills(case.asked_at)
        except GeshaoError as error:
            logger.warning("a drill was left behind, the next start clears it: {}", error)

    def _judged(self, case: Case, tier: Tier, roads: Sequence[str]) -> Link:
        """Have the policy judge *case*, and see that it is heard now."""
        found = standing(case, self._policy, self._clock.now()).tier
        if found is not tier:
            return _failed(JUDGED, f"规则把它判成了{_tier(found)}，不是{_tier(tier)}。", _BANDS)
        if (hindered := self.hindered(tier)) is not None:
            return _failed(JUDGED, hindered.message, hindered.next_step)
        if not roads:
            return _failed(JUDGED, "一条通道也没有打开。", _CHANNELS)
        usual = self._policy.at(case.key).loudness[tier].channels
        heard = "、".join(map(titled, usual)) or "没有通道"
        return Link(JUDGED, LinkState.PASSED, said=f"{_tier(tier)}；平时马上响的是：{heard}")

    async def _written(self, case: Case) -> tuple[Link, Alert | None]:
        """Record *case*, and wait until whoever tells people has raised its alert."""
        begun = self._clock.monotonic()
        try:
            self._journal.forget_drills()
            opened = Change(ChangeKind.OPENED, None, case)
            self._journal.record([opened], None, shop=DRILL_SHOP.shop_id)
            while (alert := self._journal.last_alerts().get(case.key)) is None:
                if self._since(begun) >= TAKEN_LIMIT_S:
                    return _failed(WRITTEN, _NOBODY, _RESTART, self._since(begun)), None
                await self._clock.sleep(_LOOK_S)
        except GeshaoError as error:
            return _failed(WRITTEN, error.message, error.next_step, self._since(begun)), None
        return Link(
            WRITTEN, LinkState.PASSED, self._since(begun), "已写入，并排好要发的消息"
        ), alert

    async def _carried(self, alert: Alert) -> list[Link]:
        """Wait for the messages of *alert*; return how each of its roads did."""
        begun = self._clock.monotonic()
        done: dict[str, Link] = {}
        while True:
            sent = self._journal.deliveries_of(alert.key)
            if not sent:
                raise GeshaoError("另一次演习开始了，这一次没有做完。", _AGAIN)
            took = self._since(begun)
            done |= {
                one.channel: _arrived(one, took)
                for one in sent
                if one.channel not in done and one.state is not DeliveryState.PENDING
            }
            if len(done) == len(sent) or took >= ARRIVED_LIMIT_S:
                return [done.get(one.channel) or _waiting(one, took) for one in sent]
            await self._clock.sleep(min(max(_LOOK_S, took / 5), _SELDOM_S))

    def _answered(self, case: Case, alert: Alert) -> Link:
        """Take *case* in hand as a person does; see that nothing would ring any more."""
        begun = self._clock.monotonic()
        try:
            stored = self._acknowledge(str(case.key))
        except GeshaoError as error:
            return _failed(ANSWERED, error.message, error.next_step, self._since(begun))
        if decide(stored, alert, self._policy, self._clock.now()) is not None:
            return _failed(ANSWERED, "确认后还会再响。", _REPORT, self._since(begun))
        return Link(ANSWERED, LinkState.PASSED, self._since(begun), "确认后不再响")

    def _since(self, begun: float) -> float:
        return self._clock.monotonic() - begun


def titled(name: str) -> str:
    """Return what people call a link; a channel's name that is the user's own stays as it is."""
    return _TITLES.get(name, name)


def remember(journal: Journal, links: Sequence[Link], at: datetime, due: str = "") -> DrillNote:
    """Note how a drill at *at* of all roads ended; what it shows to be mended is over.

    *due* is the day for which a weekly one was wanted. Raises GeshaoError if it can't be noted.
    """
    failed = [link for link in links if link.state is LinkState.FAILED]
    end = DrillEnd.FAILED if failed else DrillEnd.PASSED
    said = "；".join(f"{titled(link.name)}：{link.said}" for link in failed)
    drilled = DrillNote(at, end, said, due)
    journal.note_drill(drilled)
    before = left_behind(journal)
    if not failed and before is not None and before.is_open:
        journal.record([reached_again(before, at)], None, shop=before.key.shop)
    return drilled


def as_told(link: Link) -> dict[str, object]:
    """Return *link* as scripts are told of it."""
    return {
        "link": link.name,
        "state": link.state.value,
        "seconds": None if link.seconds is None else round(link.seconds, 1),
        "detail": mask(link.said),
    }


def left_behind(journal: Journal) -> Case | None:
    """Return what a drill that did not get through left to mend, over or not, None if nothing."""
    known = journal.memory(UNREACHED_KEY.shop, UNREACHED_KEY.queue, [UNREACHED_KEY])
    return known.get(UNREACHED_KEY)


_BANDS = "请检查配置里 policy 的 bands：三段时长隔得太近。"
_CHANNELS = "请在配置里打开 channels 的声音或桌面通知，或用 geshao channel add 添加。"
_NOBODY = f"{TAKEN_LIMIT_S:.0f} 秒里没有程序来提醒。"
_RESTART = "请退出正在运行的鸽哨再打开（可能是旧版本，或者卡住了），然后再演习一次。"
_REPORT = "请把这句话反馈给鸽哨的作者。"


def _arrived(sent: Delivery, took: float) -> Link:
    """Return how the road of a message did with which nothing more happens."""
    if sent.state is DeliveryState.DELIVERED:
        tries = f"，第 {sent.attempts} 次才送到" if sent.attempts > 1 else ""
        return Link(sent.channel, LinkState.PASSED, took, f"送达{tries}")
    if sent.state is DeliveryState.FAILED:
        return _failed(sent.channel, sent.error, _AGAIN, took)
    return _failed(
        sent.channel,
        "没有发：正在运行的鸽哨没有开这条通道，或有人先确认了。",
        "改过配置或用了 --mute 的，退出鸽哨再打开，然后再演习一次。",
        took,
    )


def _waiting(sent: Delivery, took: float) -> Link:
    """Return how the road of a message did that is still on its way when the time is up."""
    if sent.error:
        return _failed(sent.channel, f"试了 {sent.attempts} 次：{sent.error}", _AGAIN, took)
    return _failed(sent.channel, f"{took:.0f} 秒还没有回音。", f"请检查网络；{_AGAIN}", took)


def _failed(name: str, said: str, next_step: str, seconds: float | None = None) -> Link:
    return Link(name, LinkState.FAILED, seconds, said, next_step)


def _not_tried(names: Sequence[str]) -> Iterator[Link]:
    return (Link(name, LinkState.NOT_TRIED) for name in names)


def _tier(tier: Tier) -> str:
    return say(f"tier.{tier.name.lower()}")
