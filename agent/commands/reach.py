"""Whether all who may be called can be reached, when nobody is on duty, whom a step calls in vain.

Nothing here is a fault: whoever writes a roster may mean it so. It is said, with what helps.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from agent.cases import Escalation, Loudness, Roster, Tier
from agent.cases.roster import ON_DUTY, STAND_IN
from agent.channels.wording import spell_short
from agent.commands.finding import Finding
from agent.commands.hours import spell_stretches, unmanned
from agent.config import Settings
from agent.config.channels import OWN_CHANNELS
from agent.words import say

_MEND_PEOPLE = (
    "请在 roster.people 里给他写上通道，或在群机器人的 people 里写上要 @ 的号码；"
    "停用的、送不到的通道请先打开、修好。"
)
_MEND_STEPS = "请改 policy.loudness 里的 escalate，或者给要叫的人写上能用的通道。"


def staffed(settings: Settings, open_roads: Collection[str], today: date) -> Iterator[Finding]:
    """Yield what is to be known of the people whom *settings* name, nothing if there are none.

    *open_roads* are those that get through at present.
    """
    reach = _Reach(settings, open_roads)
    names = reach.names(today)
    if names:
        lost = [reach.why_not(name) for name in names if not reach.hears(name)]
        found = f"叫不到：{'；'.join(lost)}" if lost else f"{len(names)} 个人都叫得到"
        yield Finding("值班的人", well=True, found=found, next_step=_MEND_PEOPLE if lost else "")
    if settings.roster.people:
        yield Finding("值班时间", well=True, found=_hours(reach.roster))
    steps = [step for step in reach.steps if step.people]
    if steps:
        vain = [said for step in steps if (said := reach.vain(step))]
        found = "；".join((*(vain or ["每一步都叫得到人"]), *reach.notes(steps)))
        yield Finding("没人处理时", well=True, found=found, next_step=_MEND_STEPS if vain else "")


def _hours(roster: Roster) -> str:
    if not roster.weekly:
        return "没有排每周的班，该叫值班的人时就叫所有人"
    empty = spell_stretches(unmanned(roster))
    return f"没有人值班：{empty}；这时叫所有人" if empty else "每周的每个小时都有人"


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of the ladder at its *place*: its *own* channels, else those of the *tier*."""

    place: str
    own: tuple[str, ...]
    tier: tuple[str, ...]
    people: tuple[str, ...]


class _Reach:
    """Which roads lead to whom, and which of them are open."""

    def __init__(self, settings: Settings, open_roads: Collection[str]) -> None:
        self._settings = settings
        self._policy = settings.to_policy()
        self._used = settings.enabled_channels()
        self._open = self._used & frozenset(open_roads)
        self.roster = self._policy.roster
        self.steps = tuple(self._each_step())

    def names(self, today: date) -> list[str]:
        """Return all who may be called, each once; of a holiday that is over nobody."""
        holiday = self._policy.holiday
        stand_in = (holiday.stand_in,) if holiday is not None and holiday.last >= today else ()
        called = [name for step in self.steps for name in step.people]
        named = dict.fromkeys((*self.roster.people, *stand_in, *called))
        return [name for name in named if name not in {ON_DUTY, STAND_IN}]

    def hears(self, name: str) -> bool:
        """Tell whether *name* hears anything at present."""
        return not self._open.isdisjoint(self._roads(name))

    def why_not(self, name: str) -> str:
        """Return who it is that hears nothing, and why."""
        why = [f"{_called(road)}{self._state(road)}" for road in self._roads(name)]
        return f"{name}（{'、'.join(why) or '没有通道'}）"

    def vain(self, step: _Step) -> str:
        """Return what is wrong with *step*, "" if it reaches all whom it calls."""
        if step.own:
            dead = self._open.isdisjoint(step.own)
            return f"{step.place}只用 {_listed(step.own)}，现在送不到" if dead else ""
        people = self._meant(step)
        tried = self._open & {*step.tier, *self.roster.roads(people)}
        lost = [name for name in people if tried.isdisjoint(self._roads(name))]
        return f"{step.place}叫不到 {'、'.join(lost)}" if lost else ""

    def notes(self, steps: Collection[_Step]) -> Iterator[str]:
        """Yield what may surprise about whom *steps* call."""
        called = dict.fromkeys(name for step in steps for name in step.people)
        known = {*self._on_duty_at_times(), self.roster.stand_in}
        idle = [name for name in called if name in self.roster.people and name not in known]
        if idle:
            yield f"{'、'.join(idle)} 从不值班，也会被叫"
        if STAND_IN in called and not self.roster.stand_in:
            yield "没有写 stand_in，该叫替班的人时就叫所有人"

    def _roads(self, name: str) -> tuple[str, ...]:
        """Return the roads on which *name* is called: own ones, robots', those of own steps."""
        own = self._settings.roster.people.get(name, ())
        robots = [road.name for road in self._settings.roads if name in road.people]
        steps = [road for step in self.steps if name in step.people for road in step.own]
        return tuple(dict.fromkeys((*own, *robots, *steps)))

    def _state(self, road: str) -> str:
        return "送不到" if road in self._used else "已停用"

    def _meant(self, step: _Step) -> tuple[str, ...]:
        """Return all whom *step* calls at any time."""
        everybody = tuple(self.roster.people)
        meant = {
            ON_DUTY: self._on_duty_at_times() or everybody,
            STAND_IN: (self.roster.stand_in,) if self.roster.stand_in else everybody,
        }
        return tuple(dict.fromkeys(name for one in step.people for name in meant.get(one, (one,))))

    def _on_duty_at_times(self) -> tuple[str, ...]:
        weekly = (name for one in self.roster.weekly for name in one.shift.people)
        special = (name for one in self.roster.specials for name in one.shift.people)
        return tuple(dict.fromkeys((*weekly, *special)))

    def _each_step(self) -> Iterator[_Step]:
        """Yield each step of each ladder; of an exception only where it has one of its own."""
        pages = {("", ""): self._policy, **self._policy.exceptions}
        for tier in reversed(Tier):
            for (shop, queue), page in pages.items():
                wider = {("", ""), (shop, ""), ("", queue)} - {(shop, queue)}
                ladders = [pages[spot].loudness[tier].ladder for spot in wider if spot in pages]
                if page.loudness[tier].ladder in ladders:
                    continue
                where = " ".join(filter(None, (shop, queue, _tier(tier))))
                yield from _steps(where, page.loudness[tier])


def _steps(place: str, loudness: Loudness) -> Iterator[_Step]:
    for number, step in enumerate(loudness.ladder, start=1):
        yield _Step(_named(place, number, step), step.channels, loudness.channels, step.people)


def _named(place: str, number: int, step: Escalation) -> str:
    return f"{place}的第 {number} 步（{spell_short(step.after, 'zh')}后）"


def _tier(tier: Tier) -> str:
    return say(f"tier.{tier.name.lower()}")


def _called(road: str) -> str:
    return OWN_CHANNELS.get(road, road)


def _listed(roads: Collection[str]) -> str:
    return "、".join(map(_called, roads))
