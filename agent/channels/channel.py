"""What a road to the person takes: one notice, however many alerts it stands for."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from agent.cases import Band, Kind, Reason, Tier


@dataclass(frozen=True, slots=True)
class Words:
    """A *title* and some *lines*, in the user's language."""

    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One case of a notice, with nothing in it that a page or a buyer said.

    *shop* is the user's own short name for it; *number* is 0 for what has none. *band* and
    *asked_at* are the step and the round that it is told of.
    """

    number: int
    shop: str
    kind: Kind
    tier: Tier
    reason: Reason
    respond_by: datetime | None
    band: Band = field(default=Band.FAR, compare=False)
    asked_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said on a channel at once: the loudest *tier*, a *title* and some *lines*.

    *repeat* tells that nothing in it is new, *quiet* that it asks for nothing: it is to be read
    and not heard. The text is already in the user's language. *masked* is what may leave the
    machine in its place, and *cases* what it is about; without them it is not to leave. *people*
    are those whom it calls by name.
    """

    tier: Tier
    title: str
    lines: tuple[str, ...] = ()
    repeat: bool = False
    quiet: bool = False
    masked: Words | None = field(default=None, compare=False)
    cases: tuple[Mention, ...] = field(default=(), compare=False)
    people: tuple[str, ...] = field(default=(), compare=False)


class Channel(Protocol):
    """A road to the person."""

    @property
    def name(self) -> str:
        """The name under which the policy and the journal know it."""

    async def deliver(self, notice: Notice) -> None:
        """Bring *notice* to the person.

        Returns once it has arrived as far as the road can tell; raises ChannelRefused otherwise.
        """
