"""What people switched off for a while: the reading of shops, and the ringing."""

from agent.cases import Mute, Pause
from agent.errors import JournalFailing
from agent.journal import coverage, mutes, pauses
from agent.journal.store import Store, bump
from agent.journal.twice import twice


class Switches:
    """The part of a journal that keeps pauses and mutes; each method is one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    @twice
    def mark(self) -> object:
        """What is another one than before once anything was written, here or by another process."""
        return self._store, self._store.mark

    @twice
    def pauses(self) -> dict[str, Pause]:
        """Return the latest pause of each shop that was ever paused, and of `EVERY_SHOP`."""
        with self._store.reading() as connection:
            return pauses.read(connection)

    @twice
    def pause(self, shop: str, pause: Pause) -> None:
        """Store *pause* in place of what *shop* had; `EVERY_SHOP` replaces those of all shops.

        From its beginning on the shop's lists are not watched.
        """
        with self._store.writing() as connection:
            pauses.write(connection, shop, pause)
            if pause.lasts(pause.since):
                coverage.write_pause(connection, shop, pause.since)
            bump(connection)

    @twice
    def mutes(self) -> dict[str, Mute]:
        """Return the latest mute of each shop that ever had one, and of `EVERY_SHOP`."""
        with self._store.reading() as connection:
            return mutes.read(connection)

    @twice
    def mute(self, shop: str, mute: Mute) -> None:
        """Store *mute* in place of what *shop*, or `EVERY_SHOP` by itself, had."""
        with self._store.writing() as connection:
            mutes.write(connection, shop, mute)
            bump(connection)

    @twice
    def unmute(self, shop: str) -> None:
        """Forget the mute of *shop*; of `EVERY_SHOP`: all of them."""
        with self._store.writing() as connection:
            mutes.forget(connection, shop)
            bump(connection)

    def endures(self, failing: JournalFailing) -> bool:  # noqa: ARG002 (what else endures looks)
        """Do what can be done about *failing*; return whether it is worth another try."""
        return False
