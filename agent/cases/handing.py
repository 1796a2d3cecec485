"""One case given to one person by hand, in place of whose kind the roster says it is."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from agent.cases.case import Case
from agent.cases.policy import Policy
from agent.errors import GeshaoError


class Lost(StrEnum):
    """Why a case that was given to somebody is not theirs now."""

    LEFT = "left"
    """The roster knows nobody of that name any more."""
    AWAY = "away"
    """It is holiday, and the stand-in has all of it."""


def check_person(person: str, policy: Policy) -> None:
    """Raise GeshaoError if *person* is not of the roster of *policy*; "" is nobody, and fine."""
    people = policy.roster.people
    if person and person not in people:
        raise GeshaoError(
            f"配置的 roster.people 里没有 {person}。",
            f"可选：{'、'.join(people)}。" if people else "请先在设置里添加一个人。",
        )


def handed(case: Case, person: str, now: datetime) -> Case:
    """Return *case* as given to *person* at *now*; "": it is again whose the roster says.

    Whose it now is has yet to see to it: that another took it in hand, or put it off, covers it
    no more.
    """
    if not person:
        return replace(case, person="", assigned_at=None)
    return replace(case, person=person, assigned_at=now).released().awake()


def lost(case: Case, policy: Policy, now: datetime) -> Lost | None:
    """Return why *case* is not whose it was given to, None if it is, or was given to nobody."""
    policy = policy.at(case.key).during(now)
    if not case.person or policy.assigned(case) == case.person:
        return None
    return Lost.AWAY if case.person in policy.roster.people else Lost.LEFT
