"""Whether a list's page is loaded without pictures: only on the road, and only if it is as good."""

from collections.abc import Callable

from agent.cases import Outcome

_LACKING = {Outcome.PAGE_CHANGED, Outcome.TRUNCATED}
"""Ways in which a list fails that needs its pictures; a network that fails is no reason."""


class Thrift:
    """Says for one list whether its next load does without pictures and media.

    That of which nothing is known yet is loaded whole, and so is what could not be read: a
    verification is often known by the size of its picture. A list that fails without its pictures
    and is read with them has them until *travelling* tells that the road is over. One that is
    empty by its looks alone (*by_looks*) has them every other time: it may look so beneath a
    verification.
    """

    def __init__(self, travelling: Callable[[], bool], *, by_looks: bool = False) -> None:
        self._travelling = travelling
        self._by_looks = by_looks
        self._read_well = self._spared = self._began = False
        self._lacked = self._needs_them = False

    def spares(self, *, forgo: bool = False) -> bool:
        """Tell whether the load that is about to begin does without; not if it is to *forgo* it."""
        travels = self._travelling()
        self._needs_them = travels and self._needs_them
        self._spared = travels and self._read_well and not (self._needs_them or forgo)
        self._began = True
        return self._spared

    def ended(self, outcome: Outcome) -> None:
        """Take note of how a reading ended, with a load of its own or of the page as it stood."""
        seems_empty = self._by_looks and self._spared and outcome is Outcome.VERIFIED_EMPTY
        self._read_well = outcome.complete and not seems_empty
        began, self._began = self._began, False
        if not (began or outcome.complete):
            return  # it failed before there was anything to load
        if self._spared:
            self._lacked = outcome in _LACKING
        elif self._read_well:
            self._needs_them = self._needs_them or self._lacked
            self._lacked = False
