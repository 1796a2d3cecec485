"""A rehearsal: a made-up case goes the whole road to the person, and each link says how it did.

What tells people is the dispatcher at work, whoever runs it; here it is only watched, through the
journal, from which the made-up case is gone at the end.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

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
from agent.cases.drill import (
    DRILL_QUEUE,
    DRILL_SHOP,
    UNREACHED_KEY,
    drill_case,
    reached_again,
)
from agent.cases.link import Link, LinkState, failed, not_tried
from agent.clock import Clock
from agent.config.channels import OWN_CHANNELS
from agent.errors import DrillBroken, GeshaoError, UnknownCase
from agent.journal import DrillEnd, DrillNote, Journal
from agent.words import say

TAKEN_LIMIT_S = 10.0
"""Whoever tells people looks each second; a program that does not by then does not look."""
ARRIVED_LIMIT_S = 45.0
"""A first try and two more."""
_LOOK_S = 0.2
_SELDOM_S = 1.0
"""What takes long is not measured to the tenth of a second."""


JUDGED, WRITTEN, ANSWERED = "判断级别", "写入记录", "确认"
_AGAIN = "处理好后再运行一次 geshao drill。"


class Follower(Protocol):
    """Before whose eyes a drill goes on."""

    def see(self, links: Sequence[Link]) -> None:
        """Take note of the *links* that are done so far."""

    async def heard(self, case: Case) -> GeshaoError | None:
        """Wait until the messages about *case* were noticed; return why they were not, if so."""


class _Nobody:
    """Follows nothing; that the messages were noticed is taken for granted."""

    def see(self, links: Sequence[Link]) -> None: ...

    async def heard(self, case: Case) -> GeshaoError | None: ...


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
        self.busy = False

    def hindered(self, tier: Tier) -> GeshaoError | None:
        """Return why a case of *tier* would not ring now, None if it would."""
        now = self._clock.now()
        case = drill_case(tier, (), self._policy, now)
        if self._hushes(case):
            return GeshaoError("现在不让响（mute 或 hush）。", _UNMUTE)
        if waits_for_morning(case, self._policy, now):
            return GeshaoError(
                "现在是安静时段，这一级要等到早上。", "过了安静时段再演习，或演习 --tier 1。"
            )
        return None

    async def run(
        self, tier: Tier, roads: Sequence[str], follower: Follower | None = None
    ) -> list[Link]:
        """Rehearse *tier* on all *roads*; return the links in the order of the road.

        A drill that was left behind goes first. Raises DrillBroken if another one begins meanwhile.
        """
        self.busy = True
        try:
            return await self._run(tier, roads, follower or _Nobody())
        finally:
            self.busy = False

    async def _run(self, tier: Tier, roads: Sequence[str], follower: Follower) -> list[Link]:
        begun = self._clock.monotonic()
        case = drill_case(tier, roads, self._policy, self._clock.now())
        judged = replace(self._judged(case, tier, roads), seconds=self._since(begun))
        if judged.state is LinkState.FAILED:
            return [judged, *not_tried((WRITTEN, *roads, ANSWERED))]
        follower.see([judged])
        try:
            written, alert = await self._written(case)
            if alert is None:
                return [judged, written, *not_tried((*roads, ANSWERED))]
            follower.see(begin := [judged, written])
            carried = await self._carried(alert, lambda done: follower.see([*begin, *done]))
            return [*begin, *carried, await self._answered(case, alert, follower)]
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
            return failed(JUDGED, f"规则把它判成了{_tier(found)}，不是{_tier(tier)}。", _BANDS)
        if (hindered := self.hindered(tier)) is not None:
            return failed(JUDGED, hindered.message, hindered.next_step)
        if not roads:
            return failed(JUDGED, "一条通道也没有打开。", _CHANNELS)
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
                if case.key not in self._journal.memory(case.key.shop, case.key.queue, ()):
                    raise _broken()
                if self._since(begun) >= TAKEN_LIMIT_S:
                    return failed(WRITTEN, _NOBODY, _RESTART, self._since(begun)), None
                await self._clock.sleep(_LOOK_S)
        except DrillBroken:
            raise
        except GeshaoError as error:
            return failed(WRITTEN, error.message, error.next_step, self._since(begun)), None
        return Link(
            WRITTEN, LinkState.PASSED, self._since(begun), "已写入，并排好要发的消息"
        ), alert

    async def _carried(self, alert: Alert, see: Callable[[Sequence[Link]], None]) -> list[Link]:
        """Wait for the messages of *alert*; return how each of its roads did."""
        begun = self._clock.monotonic()
        done: dict[str, Link] = {}
        while True:
            sent = self._journal.deliveries_of(alert.key)
            if not sent:
                raise _broken()
            took = self._since(begun)
            done |= {
                one.channel: _arrived(one, took)
                for one in sent
                if one.channel not in done and one.state is not DeliveryState.PENDING
            }
            see([*done.values()])
            if len(done) == len(sent) or took >= ARRIVED_LIMIT_S:
                links = [done.get(one.channel) or _waiting(one, took) for one in sent]
                see(links)
                return links
            await self._clock.sleep(min(max(_LOOK_S, took / 5), _SELDOM_S))

    async def _answered(self, case: Case, alert: Alert, follower: Follower) -> Link:
        """Take *case* in hand as a person does; see that nothing would ring any more."""
        begun = self._clock.monotonic()
        try:
            if (unheard := await follower.heard(case)) is not None:
                return failed(ANSWERED, unheard.message, unheard.next_step, self._since(begun))
            stored = self._acknowledge(str(case.key))
        except UnknownCase as error:
            raise _broken() from error
        except GeshaoError as error:
            return failed(ANSWERED, error.message, error.next_step, self._since(begun))
        if decide(stored, alert, self._policy, self._clock.now()) is not None:
            return failed(ANSWERED, "确认后还会再响。", _REPORT, self._since(begun))
        return Link(ANSWERED, LinkState.PASSED, self._since(begun), "确认后不再响")

    def _since(self, begun: float) -> float:
        return self._clock.monotonic() - begun


def titled(name: str) -> str:
    """Return what people call a link; a channel's name that is the user's own stays as it is."""
    return OWN_CHANNELS.get(name, name)


def remember(journal: Journal, links: Sequence[Link], at: datetime, due: str = "") -> DrillNote:
    """Note how a drill at *at* of all roads ended; what it shows to be mended is over.

    *due* is the day for which a weekly one was wanted. Raises GeshaoError if it can't be noted.
    """
    broken = [link for link in links if link.state is LinkState.FAILED]
    end = DrillEnd.FAILED if broken else DrillEnd.PASSED
    said = "；".join(f"{titled(link.name)}：{link.said}" for link in broken)
    drilled = DrillNote(at, end, said, due)
    journal.note_drill(drilled)
    before = left_behind(journal)
    if not broken and before is not None and before.is_open:
        journal.record([reached_again(before, at)], None, shop=before.key.shop)
    return drilled


def is_under_way(journal: Journal) -> bool:
    """Tell whether a drill goes on, of this program or another; a second one would end it."""
    return bool(journal.memory(DRILL_SHOP.shop_id, DRILL_QUEUE, ()))


def left_behind(journal: Journal) -> Case | None:
    """Return what a drill that did not get through left to mend, over or not, None if nothing."""
    known = journal.memory(UNREACHED_KEY.shop, UNREACHED_KEY.queue, [UNREACHED_KEY])
    return known.get(UNREACHED_KEY)


_BANDS = "请检查配置里 policy 的 bands：三段时长隔得太近。"
_CHANNELS = "请在配置里打开 channels 的声音或桌面通知，或用 geshao channel add 添加。"
_UNMUTE = "点小窗里的「恢复响铃」，或运行 geshao unmute，再演习一次。"
_NOBODY = f"{TAKEN_LIMIT_S:.0f} 秒里没有程序来提醒。"
_RESTART = "请退出正在运行的鸽哨再打开（可能是旧版本，或者卡住了），然后再演习一次。"
_REPORT = "请把这句话反馈给鸽哨的作者。"


def _arrived(sent: Delivery, took: float) -> Link:
    """Return how the road of a message did with which nothing more happens."""
    if sent.state is DeliveryState.DELIVERED:
        tries = f"，第 {sent.attempts} 次才送到" if sent.attempts > 1 else ""
        return Link(sent.channel, LinkState.PASSED, took, f"送达{tries}")
    if sent.state is DeliveryState.FAILED:
        return failed(sent.channel, sent.error, _AGAIN, took)
    return failed(
        sent.channel,
        "没有发：正在运行的鸽哨没有开这条通道，或有人先确认了。",
        "改过配置或用了 --mute 的，退出鸽哨再打开，然后再演习一次。",
        took,
    )


def _waiting(sent: Delivery, took: float) -> Link:
    """Return how the road of a message did that is still on its way when the time is up."""
    if sent.error:
        return failed(sent.channel, f"试了 {sent.attempts} 次：{sent.error}", _AGAIN, took)
    return failed(sent.channel, f"{took:.0f} 秒还没有回音。", f"请检查网络；{_AGAIN}", took)


def _broken() -> DrillBroken:
    return DrillBroken("另一次演习开始了，这一次没有做完。", _AGAIN)


def _tier(tier: Tier) -> str:
    return say(f"tier.{tier.name.lower()}")
