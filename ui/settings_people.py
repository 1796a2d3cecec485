"""Who handles what, as the page of the settings lists it and lets it be changed."""

from collections.abc import Iterator
from typing import TypedDict

from agent.cases import Kind
from agent.config import RoadSettings, Settings
from agent.settings.people import Person, people_of
from agent.words import Language
from agent.words import say as say_trade
from ui.words import channel_title, say


class ChoiceView(TypedDict):
    """One box to tick: a road, or a kind of case."""

    value: str
    title: str


class PersonView(TypedDict):
    """Somebody of the roster: *said* is a sentence, the rest is what is ticked."""

    name: str
    said: str
    roads: list[str]
    kinds: list[str]
    numbers: dict[str, str]
    stands_in: bool


class StaffView(TypedDict):
    """The people of the roster, what may be ticked for each, and what calls them by a number."""

    people: list[PersonView]
    roads: list[ChoiceView]
    kinds: list[ChoiceView]
    robots: list[ChoiceView]


def staff_view(said: Settings, language: Language) -> StaffView:
    """Return who handles what by the file."""
    people = people_of(said)
    named = (road for person in people for road in person.roads)
    roads = dict.fromkeys((*(road.name for road in said.roads), *named))
    return StaffView(
        people=[_person(one, language) for one in people],
        roads=[ChoiceView(value=name, title=channel_title(name, language)) for name in roads],
        kinds=[
            ChoiceView(value=kind.value, title=say_trade(f"kind.{kind}", language)) for kind in Kind
        ],
        robots=[_robot(road, language) for road in said.roads if road.calls_people],
    )


def _robot(road: RoadSettings, language: Language) -> ChoiceView:
    term = "person.user_in" if road.type == "feishu" else "person.phone_in"
    return ChoiceView(value=road.name, title=say(term, language, road=road.name))


def _person(person: Person, language: Language) -> PersonView:
    return PersonView(
        name=person.name,
        said=" · ".join(_said(person, language)),
        roads=list(person.roads),
        kinds=[kind.value for kind in Kind if kind in person.kinds],
        numbers={**person.numbers},
        stands_in=person.stands_in,
    )


def _said(person: Person, language: Language) -> Iterator[str]:
    comma = say("settings.and", language)
    kinds = comma.join(say_trade(f"kind.{kind}", language) for kind in Kind if kind in person.kinds)
    roads = comma.join(channel_title(name, language) for name in person.roads)
    yield say("person.kinds" if kinds else "person.no_kinds", language, kinds=kinds)
    yield say("person.roads" if roads else "person.no_roads", language, roads=roads)
    if person.numbers:
        yield say("person.numbers", language, roads=comma.join(person.numbers))
    if person.stands_in:
        yield say("person.stands_in", language)
