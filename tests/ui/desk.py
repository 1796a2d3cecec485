"""A desk that does what the test says."""

from collections.abc import Callable, Sequence
from datetime import datetime

from agent.daybook import Daybook
from agent.inbox import Snapshot
from agent.settings.live import LiveSettings
from agent.snapshot import Dossier
from tests.fakes import NOON
from tests.ui.samples import a_dossier, a_snapshot, within
from ui.desk import Help


class FakeControls:
    """Tells the desk what was asked."""

    settings: LiveSettings | None = None

    def __init__(self, ask: Callable[..., None]) -> None:
        self._ask = ask

    async def hush(self, minutes: int) -> datetime:
        """Remember, and promise an end."""
        self._ask("hush", minutes)
        return within(minutes=minutes)

    async def unhush(self) -> None:
        """Remember."""
        self._ask("unhush")

    async def begin_drill(self) -> None:
        """Remember."""
        self._ask("begin_drill")

    async def answer_drill(self, heard: bool) -> None:  # noqa: FBT001 (as the real desk)
        """Remember."""
        self._ask("answer_drill", heard)

    async def begin_holiday(self, first: str, last: str, stand_in: str) -> None:
        """Remember."""
        self._ask("begin_holiday", first, last, stand_in)

    async def end_holiday(self) -> None:
        """Remember."""
        self._ask("end_holiday")

    async def mention(self, text: str) -> None:
        """Remember."""
        self._ask("mention", text)


class FakeDesk:
    """Remembers what was asked; fails with *error* if there is one."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.now: Snapshot = a_snapshot(taken_at=NOON)
        self.book: Daybook | None = None
        self.error: Exception | None = None
        self.controls = FakeControls(self._ask)

    async def snapshot(self) -> Snapshot:
        """Return what the test put there."""
        self._ask("snapshot")
        return self.now

    async def day(self) -> Daybook | None:
        """Return what the test put there."""
        self._ask("day")
        return self.book

    async def acknowledge(self, number: int) -> None:
        """Remember."""
        self._ask("acknowledge", number)

    async def acknowledge_all(self, numbers: Sequence[int]) -> int:
        """Remember, and find one of them taken already."""
        self._ask("acknowledge_all", numbers)
        return len(numbers) - 1

    async def take_back(self, numbers: Sequence[int]) -> int:
        """Remember."""
        self._ask("take_back", numbers)
        return len(numbers)

    async def snooze(self, number: int, minutes: int) -> datetime:
        """Remember, and end sooner than asked."""
        self._ask("snooze", number, minutes)
        return within(minutes=minutes - 1)

    async def assign(self, number: int, person: str) -> None:
        """Remember."""
        self._ask("assign", number, person)

    async def star(self, number: int, starred: bool) -> None:  # noqa: FBT001 (as the real desk)
        """Remember."""
        self._ask("star", number, starred)

    async def case(self, number: int) -> Dossier:
        """Return what is known of a case of that number."""
        self._ask("case", number)
        return a_dossier(number)

    async def note(self, number: int, text: str) -> None:
        """Remember."""
        self._ask("note", number, text)

    async def open_case(self, number: int) -> None:
        """Remember."""
        self._ask("open_case", number)

    async def help_shop(self, shop_id: str) -> Help:
        """Remember, and say that a window opens."""
        self._ask("help_shop", shop_id)
        return "window"

    async def open_window(self, shop_id: str) -> None:
        """Remember."""
        self._ask("open_window", shop_id)

    async def leave_code(self, shop_id: str) -> None:
        """Remember."""
        self._ask("leave_code", shop_id)

    async def pause(self, shop_id: str, minutes: int) -> None:
        """Remember."""
        self._ask("pause", shop_id, minutes)

    async def resume(self, shop_id: str) -> None:
        """Remember."""
        self._ask("resume", shop_id)

    def _ask(self, *what: object) -> None:
        if self.error is not None:
            raise self.error
        self.asked.append(what)
