"""What a holiday changes: a stand-in is called at once, phones ring again, the desk keeps quiet."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from agent.cases.case import Tier
from agent.cases.loudness import Loudness
from agent.cases.policy import Policy
from agent.cases.roster import Holiday, Roster

_DESK = ("sound", "desktop")
"""The roads on which only somebody at the computer hears anything."""

_SHORTEST_GAP = timedelta(minutes=2)
"""A phone or a group that is called more often is soon silenced by its owner."""


def with_people(policy: Policy, roster: Roster, holiday: Holiday | None = None) -> Policy:
    """Return *policy*, its exceptions too, with *roster* in force, and in *holiday* the stand-in.

    In the holiday each step of the ladder is taken at once. On tiers that leave the machine the
    loudspeaker is silent and repeats go to phones and groups; urgent and important cases ring the
    stand-in's own roads too. A tier that has no such road stays as it is: it would be silent.
    """
    each = {spot: _with_people(one, roster, holiday) for spot, one in policy.exceptions.items()}
    return replace(_with_people(policy, roster, holiday), exceptions=MappingProxyType(each))


def _with_people(policy: Policy, roster: Roster, holiday: Holiday | None) -> Policy:
    staffed = replace(policy, roster=roster, holiday=holiday, away=None)
    if holiday is None:
        return staffed
    phones = roster.roads((holiday.stand_in,))
    held = replace(staffed, roster=roster.held_by(holiday.stand_in))
    away = held.with_loudness(
        lambda tier, loudness: _in_holiday(loudness, phones if tier > Tier.NORMAL else ())
    )
    return replace(staffed, away=replace(away, exceptions=MappingProxyType({})))


def _in_holiday(loudness: Loudness, phones: Collection[str]) -> Loudness:
    ladder = tuple(replace(step, after=timedelta(0)) for step in loudness.ladder)
    tried = (*loudness.channels, *loudness.roads(0, len(ladder)), *phones)
    far = tuple(dict.fromkeys(name for name in tried if name not in _DESK))
    if not far:
        return replace(loudness, ladder=ladder)
    every = loudness.repeat_every
    return replace(
        loudness,
        channels=(*(name for name in loudness.channels if name == "desktop"), *far),
        repeat_every=None if every is None else max(every, _SHORTEST_GAP),
        repeat_channels=far,
        ladder=tuple(
            replace(step, channels=tuple(name for name in step.channels if name != "sound"))
            for step in ladder
        ),
    )
