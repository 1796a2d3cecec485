"""What a road to the person takes: one notice, however many alerts it stands for."""

from dataclasses import dataclass
from typing import Protocol

from agent.cases import Tier


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said on a channel at once: the loudest *tier*, a *title* and some *lines*.

    *repeat* tells that nothing in it is new, *quiet* that it asks for nothing: it is to be read
    and not heard. The text is already in the user's language.
    """

    tier: Tier
    title: str
    lines: tuple[str, ...] = ()
    repeat: bool = False
    quiet: bool = False


class Channel(Protocol):
    """A road to the person."""

    @property
    def name(self) -> str:
        """The name under which the policy and the journal know it."""

    async def deliver(self, notice: Notice) -> None:
        """Bring *notice* to the person.

        Returns once it has arrived as far as the road can tell; raises ChannelRefused otherwise.
        """
