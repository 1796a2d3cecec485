"""Whose word holds when a reading and a person speak of one case at the same time.

Both work from a case that they read a moment ago, each in its own process. What is in the file
now is *stored*; only what somebody really changed is laid over it.
"""

from dataclasses import replace
from typing import Any

from agent.cases import Case, Change, ChangeKind

_ACKNOWLEDGEMENT = ("acknowledged_tier", "acknowledged_band", "acknowledged_at")
_SNOOZE = ("snoozed_at", "snoozed_until")
_STAR = ("starred",)
_NOTE = ("note",)
_PERSON = ("person", "assigned_at")
_PERSONS = (_ACKNOWLEDGEMENT, _SNOOZE, _STAR, _NOTE, _PERSON)
_OF_ONE_ROUND = (_ACKNOWLEDGEMENT, _SNOOZE)


def after_reading(stored: Case, change: Change) -> Case:
    """Return *stored* with what the platform said in *change*; a person's word stays.

    Except where the change itself speaks of it. A new round, or a new opening, ends an
    acknowledgement or snooze even if it was given while the page was being read: the person had
    not seen it. The same holds for a snooze when the tier rises.
    """
    kept: dict[str, Any] = {
        name: getattr(stored, name)
        for names in _PERSONS
        if not _spoken_of(names, stored, change)
        for name in names
    }
    return replace(change.after, number=stored.number, **kept)


def _spoken_of(names: tuple[str, ...], stored: Case, change: Change) -> bool:
    new_round = change.kind is ChangeKind.OPENED or change.after.asked_at != stored.asked_at
    if new_round and names in _OF_ONE_ROUND:
        return True
    if names == _SNOOZE and change.after.tier > stored.tier:
        return True
    return change.before is not None and _differ(names, change.before, change.after)


def after_person(stored: Case, before: Case, after: Case) -> Case:
    """Return *stored* with what a person changed between *before* and *after*.

    An acknowledgement or snooze is for the round the person saw: once another has begun, it
    is left out.
    """
    same_round = stored.asked_at == before.asked_at
    changed: dict[str, Any] = {
        name: getattr(after, name)
        for names in _PERSONS
        if _differ(names, before, after) and (same_round or names not in _OF_ONE_ROUND)
        for name in names
    }
    return replace(stored, **changed)


def _differ(names: tuple[str, ...], one: Case, other: Case) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)
