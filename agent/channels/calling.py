"""Whom a group robot calls: some for all that is urgent, others when it is their turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agent.cases import Tier
from agent.channels.letter import Letter


@dataclass(frozen=True, slots=True)
class Calls:
    """The ids *at* are called for what is urgent, those of *people* when it calls them by name."""

    at: tuple[str, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)

    def of(self, letter: Letter) -> list[str]:
        """Return the ids that *letter* calls, each once."""
        always = self.at if letter.tier is Tier.URGENT else ()
        named = (self.people[name] for name in letter.people if name in self.people)
        return list(dict.fromkeys((*always, *named)))
