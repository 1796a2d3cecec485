"""One link of the road that a drill goes, from the policy that judges to the person who answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from agent.log import mask


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


def failed(name: str, said: str, next_step: str, seconds: float | None = None) -> Link:
    """Return a link that did not hold."""
    return Link(name, LinkState.FAILED, seconds, said, next_step)


def not_tried(names: Sequence[str]) -> Iterator[Link]:
    """Return the links behind one that did not hold."""
    return (Link(name, LinkState.NOT_TRIED) for name in names)


def as_told(link: Link) -> dict[str, object]:
    """Return *link* as scripts are told of it."""
    return {
        "link": link.name,
        "state": link.state.value,
        "seconds": None if link.seconds is None else round(link.seconds, 1),
        "detail": mask(link.said),
    }
