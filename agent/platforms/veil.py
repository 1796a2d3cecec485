"""What of a page's words may be shown to whoever is asked for help: no names, no whole numbers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from agent.log import mask, masked_name

_NUMBER_KEPT = 4
_LONG_NUMBER = re.compile(rf"[A-Za-z0-9-]+(?=[A-Za-z0-9]{{{_NUMBER_KEPT}}}$)")


def veiled_number(number: str) -> str:
    """Return the end of *number*: enough to find a case again, too little to name it."""
    return _LONG_NUMBER.sub("****", number)


@dataclass(frozen=True, slots=True)
class Veil:
    """Covers the given *names* and *numbers* wherever they stand, and all that `mask` covers."""

    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str], numbers: Iterable[str]) -> "Veil":
        """Return a veil over *names* and *numbers*, of which some may be empty."""
        return cls(frozenset(filter(None, names)), frozenset(filter(None, numbers)))

    def over(self, text: str) -> str:
        """Return *text* as it may be shown."""
        for whole in sorted(self.numbers, key=len, reverse=True):
            text = text.replace(whole, veiled_number(whole))
        for name in sorted(self.names, key=len, reverse=True):
            text = text.replace(name, masked_name(name))
        return mask(text)
