"""A journal that goes on while its file cannot be used: no disk silences the bells."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Self

from loguru import logger

from agent.errors import JournalFailing
from agent.journal.journal import Journal
from agent.journal.refuge import brought_back, revision_of, set_aside, taken_along
from agent.journal.store import Store

_MEANWHILE = "待办和提醒照常，暂记在内存里；磁盘恢复后自动写回去，在那之前请不要退出鸽哨。"
_SOON = "损坏的文件会移到一边留底，换上新的一份。"
_ASIDE = "记录文件损坏了，已移到 {} 留底；新的一份从各店后台重新读。"


class EnduringJournal(Journal):
    """The journal of a program that has to go on: on full, read-only, locked and damaged disks.

    When its file fails, it goes on in memory with what the file still gives; `mend`, called now
    and then, brings all of it back. A damaged file is set aside, and never written over.
    *trouble* says in Chinese what a person has to know of it, "" if there is nothing.
    """

    def __init__(
        self, store: Store, file: Path, now: Callable[[], datetime], trouble: str = ""
    ) -> None:
        super().__init__(store)
        self._file = file
        self._now = now
        self._left_at: int | None = None
        self._aside = ""
        self.in_memory = False
        self.trouble = trouble

    @classmethod
    def open_or_rebuild(cls, file: Path, now: Callable[[], datetime]) -> Self:
        """Open the journal in *file*; in place of a damaged one, which is set aside, a new one.

        Raises GeshaoError if it cannot be used for another reason, or can't be set aside.
        """
        try:
            return cls(Store.open(file), file, now)
        except JournalFailing as failing:
            if not failing.damaged:
                raise
            try:
                aside = set_aside(file, now())
            except OSError:
                raise failing from None
        return cls(Store.open(file), file, now, _ASIDE.format(aside.name))

    def mend(self) -> None:
        """Go back to the file if it can be used again; nothing happens as long as it can't."""
        if not self.in_memory:
            return
        if self._left_at is None and not self._aside:
            try:
                self._aside = set_aside(self._file, self._now()).name
            except OSError as error:
                logger.debug("the damaged journal cannot be moved yet: {}", error)
                return
        try:
            store = brought_back(self._store, self._file, self._left_at)
        except JournalFailing as failing:
            logger.error("the journal was damaged while it was not used: {}", failing)
            self._left_at, self._aside = None, ""  # the next time it is set aside
            return
        if store is None:
            return
        logger.info("the journal is back in its file")
        self._move_to(store)
        self.in_memory, self.trouble = False, _ASIDE.format(self._aside) if self._aside else ""
        self._aside = ""

    def endures(self, failing: JournalFailing) -> bool:
        """Go on in memory; return whether that is new, so that it is worth another try."""
        if self.in_memory:
            return False
        logger.error("the journal goes on in memory: {}", failing)
        last = self._open.last_alerts().values()
        refuge, is_all = taken_along(self._store, self._open.in_order(), list(last))
        # What is not whole is not written over what is there, be it ever so damaged.
        self._left_at = revision_of(refuge) if is_all else None
        self._move_to(refuge)
        self.in_memory = True
        advice = _SOON if failing.damaged else failing.next_step
        self.trouble = f"{failing.message}{_MEANWHILE}{advice}"
        return True

    def close(self) -> None:
        """Close the file; whoever is in memory tries once more to get back to it."""
        self.mend()
        if self.in_memory:
            logger.error("what was noted since the disk failed could not be stored")
        super().close()

    def _move_to(self, store: Store) -> None:
        self._store.close()
        self._use(store)
