"""What a person may switch beside the shops: the ringing, a rehearsal, a holiday."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from agent.cases import EVERY_SHOP, Policy
from agent.channels.wording import plain_notice
from agent.clock import Clock
from agent.config import Settings
from agent.dispatcher import Dispatcher
from agent.drill import Drill
from agent.errors import GeshaoError
from agent.events import EventLog
from agent.holidays import Holidays
from agent.inbox import Inbox
from agent.journal import Journal
from agent.mutes import Mutes
from agent.rehearsals import Rehearsals, Weekly
from agent.settings.live import LiveSettings
from agent.snapshot import Snapshot
from agent.trial import Trial

LONGEST_HUSH = timedelta(hours=1)


class Controls:
    """The switches of a running program; *holidays* is None where no file could say so."""

    def __init__(
        self,
        mutes: Mutes,
        trial: Trial,
        holidays: Holidays | None,
        dispatcher: Dispatcher,
    ) -> None:
        self._mutes = mutes
        self._trial = trial
        self._holidays = holidays
        self._dispatcher = dispatcher
        self.settings: LiveSettings | None = None
        """What can be set; None where no file keeps it."""

    def shown(self, snapshot: Snapshot) -> Snapshot:
        """Return *snapshot* with what only the running program knows."""
        return replace(snapshot, trial=self._trial.shown())

    async def hush(self, minutes: int) -> datetime:
        """Let nothing at all ring for *minutes*, an hour at most; return when that ends."""
        span = min(timedelta(minutes=minutes), LONGEST_HUSH)
        return self._mutes.mute(EVERY_SHOP, span, whole=True).until

    async def unhush(self) -> None:
        """Let all ring again, but for shops that were silenced by themselves."""
        self._mutes.mute(EVERY_SHOP, timedelta(0))
        self._dispatcher.look_now()

    async def begin_drill(self) -> None:
        """Begin a rehearsal of all roads. Raises GeshaoError if one goes on already."""
        self._trial.begin()

    async def answer_drill(self, heard: bool) -> None:  # noqa: FBT001 (JSON has no keywords)
        """Say that the messages of the rehearsal were noticed, or were not. Raises GeshaoError."""
        self._trial.answer(heard=heard)

    async def begin_holiday(self, first: str, last: str, stand_in: str) -> None:
        """Have *stand_in* ("": whom the roster names) on duty from one day to another.

        Raises ConfigError, and leaves the file alone, if these cannot be.
        """
        words = {"from": first, "to": last, "stand_in": stand_in}
        await self._plan({key: value for key, value in words.items() if value or key != "stand_in"})

    async def end_holiday(self) -> None:
        """Have no holiday any more. Raises ConfigError if the file can't be changed."""
        await self._plan({})

    async def mention(self, text: str) -> None:
        """Say *text* once as a notification on this computer, and on no phone."""
        self._dispatcher.announce(plain_notice(text), on={"desktop"})

    async def _plan(self, words: dict[str, str]) -> None:
        if self._holidays is None:
            raise GeshaoError("这次运行没有配置文件，记不下休假。", "用 geshao run 启动后再试。")
        await self._holidays.plan(words)


def controls_for(
    settings: Settings,
    roads: Sequence[str],
    file: Path | None,
    *,
    journal: Journal,
    inbox: Inbox,
    mutes: Mutes,
    dispatcher: Dispatcher,
    events: EventLog,
    clock: Clock,
) -> tuple[Controls, list[Callable[[], Coroutine[Any, Any, None]]]]:
    """Return the switches, and what goes on for their sake; what a killed drill left is gone.

    The roster and the holiday are those of *file*, if there is one.
    """
    journal.forget_drills()
    drill = Drill(
        journal=journal,
        policy=settings.to_policy(),
        clock=clock,
        hushes=mutes.hushes,
        acknowledge=inbox.acknowledge,
    )
    own = settings.drill
    weekly = None if own is None else Weekly(own.day, own.at)
    rehearsals = Rehearsals(
        drill,
        roads,
        weekly,
        journal=journal,
        events=events,
        clock=clock,
        recorded=dispatcher.look_now,
    )
    trial = Trial(drill, roads, journal=journal, clock=clock)

    def follow(policy: Policy) -> None:
        inbox.follow(policy)
        dispatcher.follow(policy)

    holidays = None if file is None else Holidays(file, settings, clock, follow)
    works = [rehearsals.run, trial.run, *([] if holidays is None else [holidays.run])]
    return Controls(mutes, trial, holidays, dispatcher), works
