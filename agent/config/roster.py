"""Who works here, who is on duty when, and who has which kind of case, as it stands in the file."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from agent.cases import Holiday, Roster, Shift, Special, Tier, Weekly
from agent.cases.roster import EVERY_DAY, ON_DUTY, STAND_IN
from agent.config.channels import ChannelNames
from agent.config.loudness import LoudnessSettings
from agent.config.policy import PolicySettings
from agent.config.section import Section
from agent.config.values import (
    CalendarDay,
    KindName,
    Text,
    TimeOfDay,
    Weekday,
    distinct,
    wrong,
)

_LONGEST = timedelta(days=366)
_MIDNIGHT = time(0)


People = Annotated[tuple[Text, ...], distinct("前面没有写过的人")]


class ShiftSettings(Section):
    """Some hours, on some days of each week, and who is on duty then; all of the day if not said.

    From a time to an earlier one it goes over midnight, to the same one it lasts 24 hours.
    """

    days: Annotated[tuple[Weekday, ...], distinct("前面没有写过的日子")] = tuple(EVERY_DAY)
    begins: TimeOfDay = Field(default=_MIDNIGHT, alias="from")
    ends: TimeOfDay = Field(default=_MIDNIGHT, alias="to")
    who: People = Field(title="这时谁值班，例如 [小王]")

    @field_validator("days")
    @classmethod
    def _has_days(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if not days:
            raise wrong("至少一天，例如 [mon, tue]；不写 days 就是每天")
        return days

    def to_weekly(self) -> Weekly:
        """Return the shift as the rest of the program knows it."""
        return Weekly(Shift(self.who, self.begins, self.ends), frozenset(self.days))


class ExceptionSettings(Section):
    """One day, or all days until another one, on which it is otherwise than each week."""

    on: CalendarDay = Field(title="日期，例如 2026-10-01")
    until: CalendarDay | None = None
    begins: TimeOfDay = Field(default=_MIDNIGHT, alias="from")
    ends: TimeOfDay = Field(default=_MIDNIGHT, alias="to")
    who: People = Field(title="这时谁值班，例如 [小王]；写 [] 就是没有人值班")

    @model_validator(mode="after")
    def _ends_in_its_time(self) -> Self:
        if self.until is not None and not is_a_stretch(self.on, self.until):
            raise wrong("不早于 on、最多一年后的日期", at=("until",))
        return self

    def to_special(self) -> Special:
        """Return the exception as the rest of the program knows it."""
        shift = Shift(self.who, self.begins, self.ends)
        return Special(shift, self.on, self.until or self.on)


class RosterSettings(Section):
    """The *people* with the roads of their own, whose turn it is, and who has which kind."""

    people: Mapping[Text, ChannelNames] = Field(default_factory=dict)
    weekly: tuple[ShiftSettings, ...] = ()
    exceptions: tuple[ExceptionSettings, ...] = ()
    stand_in: Text | None = None
    assign: Mapping[KindName, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _knows_its_people(self) -> Self:
        if {ON_DUTY, STAND_IN} & self.people.keys():
            raise wrong("不叫 on_duty、stand_in 的人（escalate 的 to 用这两个词）", at=("people",))
        for group in ("weekly", "exceptions"):
            for number, shift in enumerate(getattr(self, group)):
                for place, name in enumerate(shift.who):
                    self.check(name, (group, number, "who", place))
        if self.stand_in is not None:
            self.check(self.stand_in, ("stand_in",))
        for kind, name in self.assign.items():
            self.check(name, ("assign", kind.value))
        return self

    def check(self, name: str, at: tuple[str | int, ...]) -> None:
        """Raise the error of the spot *at* if *name* is nobody of these people."""
        if not self.people:
            raise wrong("roster.people 里的人；请先在那里写上，例如 people: {小王: []}", at=at)
        if name not in self.people:
            raise wrong("", dict.fromkeys(self.people, ""), at=at)

    def to_roster(self, channels: Iterable[str]) -> Roster:
        """Return the roster as the rest of the program knows it, on *channels* only."""
        used = frozenset(channels)
        people = {
            name: tuple(road for road in roads if road in used)
            for name, roads in self.people.items()
        }
        return Roster(
            people=MappingProxyType(people),
            weekly=tuple(shift.to_weekly() for shift in self.weekly),
            specials=tuple(exception.to_special() for exception in self.exceptions),
            stand_in=self.stand_in or "",
            assigned=MappingProxyType(dict(self.assign)),
        )


class HolidaySettings(Section):
    """From the first to the last day the *stand_in* is on duty: unless named, the roster's."""

    first: CalendarDay = Field(alias="from", title="休假的第一天，例如 2026-10-01")
    last: CalendarDay = Field(alias="to", title="最后一天，例如 2026-10-07")
    stand_in: Text | None = None

    @model_validator(mode="after")
    def _ends_in_its_time(self) -> Self:
        if not is_a_stretch(self.first, self.last):
            raise wrong("不早于 from、最多一年后的日期", at=("to",))
        return self

    def to_holiday(self, roster: RosterSettings) -> Holiday:
        """Return the holiday as the rest of the program knows it."""
        return Holiday(self.first, self.last, self.stand_in or roster.stand_in or "")


def is_a_stretch(first: date, last: date) -> bool:
    """Tell whether *first* to *last* is some days, in their order, of a year at most."""
    return timedelta(0) <= last - first < _LONGEST


def check_people(
    roster: RosterSettings, holiday: HolidaySettings | None, policy: PolicySettings
) -> None:
    """Raise the error of the first spot that names people whom *roster* has not."""
    if holiday is not None:
        _check_stand_in(roster, holiday)
    if roster.people:
        return
    _check_steps(("policy",), policy.loudness)
    for number, override in enumerate(policy.overrides):
        _check_steps(("policy", "overrides", number), override.loudness)


def _check_steps(page: tuple[str | int, ...], tiers: Mapping[Tier, LoudnessSettings]) -> None:
    for tier, loudness in tiers.items():
        for number, step in enumerate(loudness.escalate or ()):
            if step.to in {ON_DUTY, STAND_IN}:
                at = (*page, "loudness", tier.name.lower(), "escalate", number, "to")
                raise wrong("人的名字；on_duty、stand_in 要先写 roster.people 才能用", at=at)


def _check_stand_in(roster: RosterSettings, holiday: HolidaySettings) -> None:
    if holiday.stand_in is None and roster.stand_in is None:
        raise wrong("写明 stand_in（休假时谁值班）的一组", at=("holiday",))
    if holiday.stand_in is not None and roster.people:
        roster.check(holiday.stand_in, ("holiday", "stand_in"))
