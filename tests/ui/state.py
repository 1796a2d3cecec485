"""What a state of the overlay is, and how a person gets there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from agent.inbox import Snapshot
from agent.words import Language

Place = Literal["list", "case", "health", "day", "settings", "dialog"]

Desk = Callable[[Language], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class State:
    """One state: what the agent has to show (None: it never spoke), and how one gets there.

    *steps* are keys to press, or selectors of what is clicked; *desk* is how the agent answers.
    """

    name: str
    place: Place
    snapshot: Snapshot | None
    steps: tuple[str, ...] = ()
    desk: Desk = field(default=lambda _: MappingProxyType({}))
    silent: bool = False
    """The agent stops answering."""
    alike: bool = False
    """Its parts are those of other states, with other words: axe has seen them there."""
