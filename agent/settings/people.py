"""Who works here, as a person changes it: their roads, the kinds that are theirs, who stands in."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from agent.cases import Kind
from agent.config import Settings, as_written, read_settings, set_values
from agent.config.document import Spot
from agent.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the roster by *name*, with the *roads* of their own and the *kinds* they have.

    *numbers* are by the name of a road: as what that calls them.
    """

    name: str
    roads: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset()
    stands_in: bool = False
    numbers: Mapping[str, str] = field(default_factory=dict)


def people_of(said: Settings) -> list[Person]:
    """Return the people of the roster in the order of the file."""
    roster = said.roster
    return [
        Person(
            name,
            roads,
            frozenset(kind for kind, owner in roster.assign.items() if owner == name),
            stands_in=roster.stand_in == name,
            numbers={road.name: road.people[name] for road in said.roads if name in road.people},
        )
        for name, roads in roster.people.items()
    ]


def put_person(file: Path, person: Person, *, new: bool) -> int:
    """Write *person* into *file*, *new* or in place of what it says of them; return the line.

    A kind that another has becomes theirs. Raises ConfigError, and leaves the file alone.
    """
    said = read_settings(file)
    known = {one.name: one for one in people_of(said)}
    if new and person.name in known:
        raise ConfigError(f"已经有 {person.name} 了。", "请点那一行的「改」，或换一个名字。")
    if not new and person.name not in known:
        raise ConfigError(f"排班表里没有 {person.name} 了。", "请看现在的名单，再试一次。")
    before = known.get(person.name, Person(person.name))
    roads = ", ".join(map(as_written, person.roads))
    values: dict[Spot, str | None] = {("roster", "people", person.name): f"[{roads}]"}
    theirs = as_written(person.name)
    for kind in Kind:
        if (kind in person.kinds) != (kind in before.kinds):
            values["roster", "assign", kind.value] = theirs if kind in person.kinds else None
    if person.stands_in != before.stands_in:
        values["roster", "stand_in"] = theirs if person.stands_in else None
    return set_values(file, values | _numbers(said, person))


def remove_person(file: Path, name: str) -> None:
    """Take *name* out of the roster in *file*, with the kinds that were theirs.

    Raises ConfigError, and leaves the file alone, where they have a turn or are called: then it
    is to be said who is there instead.
    """
    said = read_settings(file)
    if name not in said.roster.people:
        raise ConfigError(f"排班表里没有 {name} 了。", "请看现在的名单。")
    if spots := list(dict.fromkeys(_turns(said, name))):
        raise ConfigError(
            f"{name} 还在{'、'.join(spots)}里，没有删除。", "请先在那里换成别人，再试一次。"
        )
    kinds = (kind for kind, owner in said.roster.assign.items() if owner == name)
    values: dict[Spot, str | None] = {("roster", "people", name): None}
    values |= {("roster", "assign", kind.value): None for kind in kinds}
    set_values(file, values | _numbers(said, Person(name)))


def _numbers(said: Settings, person: Person) -> dict[Spot, str | None]:
    """Return what is to be written so that each road calls *person* by their numbers alone."""
    values: dict[Spot, str | None] = {}
    for position, road in enumerate(said.roads):
        wanted = person.numbers.get(road.name)
        if wanted != road.people.get(person.name):
            number = None if wanted is None else as_written(wanted)
            values["roads", position, "people", person.name] = number
    return values


def _turns(said: Settings, name: str) -> Iterator[str]:
    """Yield where *said* counts on somebody called *name*, as people call it."""
    roster, holiday = said.roster, said.holiday
    if any(name in shift.who for shift in roster.weekly):
        yield "每周的值班（roster.weekly）"
    if any(name in shift.who for shift in roster.exceptions):
        yield "例外的日子（roster.exceptions）"
    if roster.stand_in == name:
        yield "替班的人"
    if holiday is not None and holiday.stand_in == name:
        yield "休假的安排"
    if name in _called(said):
        yield "没人处理时要叫的人（policy 的 escalate）"


def _called(said: Settings) -> Collection[str]:
    pages = (said.policy, *said.policy.overrides)
    louds = chain.from_iterable(page.loudness.values() for page in pages)
    return {step.to for loud in louds for step in loud.escalate or () if step.to is not None}
