"""Answers from a phone: what is pressed on a notice is done here as if typed, and confirmed there.

Whoever knows the topic can publish anything on it. So nothing of it is used but to look up what a
notice of ours said: which cases, at which round, tier and step. All that can follow is that these
are acknowledged or put off, as `geshao ack` and `geshao snooze` would, and only where nothing has
come since. A slip says that much by itself, so a press counts after a restart too.
"""

from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from loguru import logger

from agent.cases.drill import is_drill
from agent.channels.channel import Channel
from agent.channels.ntfy import ThroughNtfy
from agent.channels.road import Road
from agent.channels.slip import LIVES_FOR, Slip, ToldOf, Verb, read_slip
from agent.channels.stream import Line, follow
from agent.clock import Clock
from agent.errors import ChannelRefused, GeshaoError, UnknownCase
from agent.inbox import Inbox, Row
from agent.journal import ChannelHealth, Journal
from agent.words import say

SNOOZED_FOR = timedelta(minutes=30)
_FIRST_REST_S = 1.0
_LONGEST_REST_S = 300.0
_NOTED_EACH_S = 3600
_SECOND = timedelta(seconds=1)


def hearing(road: str) -> str:
    """Return the name under which the journal keeps how listening for *road* goes."""
    return f"{road}:answers"  # no road's name holds a colon


def listening(
    channels: Iterable[Channel],
    inbox: Inbox,
    journal: Journal,
    acted: Callable[[], None],
    clock: Clock,
) -> Iterator[Callable[[], Coroutine[Any, Any, None]]]:
    """Yield what listens for answers on *channels*, and calls *acted* once one was heeded."""
    for channel in channels:
        if isinstance(channel, Road) and isinstance(channel.carrier, ThroughNtfy):
            yield Answering(channel.name, channel.carrier, inbox, journal, acted, clock).run


class Answering:
    """Listens for what is pressed on the notices of the road called *name*, and does it."""

    def __init__(
        self,
        name: str,
        carrier: ThroughNtfy,
        inbox: Inbox,
        journal: Journal,
        acted: Callable[[], None],
        clock: Clock,
    ) -> None:
        self._name = name
        self._carrier = carrier
        self._inbox = inbox
        self._journal = journal
        self._acted = acted
        self._clock = clock
        self._used: dict[bytes, datetime] = {}
        self._latest = 0
        self._ahead = timedelta(0)
        self._rest_s = _FIRST_REST_S
        self._noted: tuple[int, str] | None = None

    async def run(self) -> None:
        """Listen until cancelled; what ends it is noted, and it begins again after a rest."""
        self._latest = self._known()
        try:
            while True:
                since = str(self._latest) if self._latest else f"{LIVES_FOR // _SECOND}s"
                ended = await follow(self._carrier.service, since, self._hear, self._clock)
                logger.debug("{}: listening for answers ended: {}", self._name, ended)
                self._note(str(ended))
                asked = ended.retry_after or timedelta(0)
                await self._clock.sleep(max(self._rest_s, asked.total_seconds()))
                self._rest_s = min(self._rest_s * 2, _LONGEST_REST_S)
        finally:
            if self._noted is not None:
                self._note(self._noted[1])

    async def _hear(self, line: Line) -> None:
        if line.event == "keepalive":  # not at once: who opens and cuts, over and over, is down too
            self._rest_s = _FIRST_REST_S
            self._heard(line)
            if self._noted is None or self._latest - self._noted[0] >= _NOTED_EACH_S:
                self._note("")
        if line.event == "open":  # what was kept comes only now: none of it is heard yet
            self._ahead = self._clock.now() - _moment(line.time)
            self._note("")
        if line.event == "message":
            await self._pressed(line)
            self._heard(line)

    async def _pressed(self, line: Line) -> None:
        """Do what was pressed, once; what is none of ours leaves no trace but a line in the log."""
        service, now = self._carrier.service, self._clock.now()
        slip = read_slip(line.message, service.key)
        if slip is None or not slip.cases or not slip.lasts(now) or slip.nonce in self._used:
            logger.debug("{}: something came that is no answer, or none any more", self._name)
            return
        self._used = {one: at for one, at in self._used.items() if now - at < LIVES_FOR}
        self._used[slip.nonce] = slip.sent_at
        pressed_at = min(now, _moment(line.time) + self._ahead)
        said = self._done(slip, pressed_at)
        self._heard(line)
        self._note("")
        logger.info("{}: answered from the phone: {}", self._name, said)
        try:
            await self._carrier.publish(service.remark(said))
        except ChannelRefused as refused:
            logger.info("{} did not take what was confirmed: {}", self._name, refused)

    def _done(self, slip: Slip, pressed_at: datetime) -> str:
        """Do what *slip* says, for each of its cases by itself; return what became of them."""
        until = pressed_at + SNOOZED_FOR
        became: dict[str, list[int]] = {}
        try:
            listed = {row.case.number: row for row in self._inbox.snapshot().rows}
            rows = listed | self._unlisted({told.number for told in slip.cases} - listed.keys())
        except GeshaoError as error:
            logger.warning("{}: an answer was not noted: {}", self._name, error)
            became["answer.failed"] = [told.number for told in slip.cases]
            return self._told(became, until)
        for told in slip.cases:
            end = self._one(slip, told, rows.get(told.number), until)
            became.setdefault(end, []).append(told.number)
        self._acted()
        return self._told(became, until)

    def _unlisted(self, numbers: Iterable[int]) -> dict[int, Row]:
        """Return the open drills among the cases with *numbers*, by number."""
        drills = {}
        for number in numbers:
            with suppress(UnknownCase):
                row = self._inbox.case(str(number)).row
                if row.case.is_open and is_drill(row.case.key):
                    drills[number] = row
        return drills

    def _one(self, slip: Slip, told: ToldOf, row: Row | None, until: datetime) -> str:
        refused = outdated(told, row) or ("" if row is None else decided(slip, row))
        if refused or row is None:
            return refused
        name, now = str(told.number), self._clock.now()
        try:
            if slip.verb is Verb.ACKNOWLEDGE:
                self._inbox.acknowledge(name)
                return "answer.taken"
            if until <= now:
                return "answer.too_late"
            self._inbox.snooze(name, until - now)
        except GeshaoError as error:
            logger.warning("{}: #{} was not noted: {}", self._name, name, error)
            return "answer.failed"
        return "answer.put_off"

    def _told(self, became: Mapping[str, Sequence[int]], until: datetime) -> str:
        language = self._carrier.service.language
        comma = say("away.and", language)
        words = (
            say(
                term,
                language,
                numbers=comma.join(f"#{number}" for number in numbers),
                **({"until": f"{until.astimezone():%H:%M}"} if term == "answer.put_off" else {}),
            )
            for term, numbers in became.items()
        )
        return "\n".join(words)

    def _known(self) -> int:
        """Return the server's time up to which all was heard before, 0 if nothing ever was."""
        now = self._clock.now()
        try:
            known = {one.channel: one for one in self._journal.channels()}
        except GeshaoError as error:
            logger.warning("{}: what was heard before is not known: {}", self._name, error)
            return 0
        at = known.get(hearing(self._name), ChannelHealth("")).delivered_at
        return 0 if at is None or abs(now - at) > LIVES_FOR else int(at.timestamp())

    def _heard(self, line: Line) -> None:
        """Reckon all up to *line* as heard."""
        self._latest = max(self._latest, min(line.time, self._theirs()))

    def _theirs(self) -> int:
        """Return the server's time now: no line may claim to be from later."""
        return int((self._clock.now() - self._ahead).timestamp())

    def _note(self, error: str) -> None:
        """Keep up to when all was heard, and why nothing is now."""
        if self._noted == (self._latest, error):
            return
        self._noted = self._latest, error
        at = _moment(self._latest) if self._latest else None
        try:
            self._journal.note_channel(ChannelHealth(hearing(self._name), at, error))
        except GeshaoError as failing:
            logger.warning("{}: how listening goes was not noted: {}", self._name, failing)


def outdated(told: ToldOf, row: Row | None) -> str:
    """Return why *told* is no longer what the case in *row* is about, "" if it still is."""
    if row is None:
        return "answer.over"
    if int(row.case.asked_at.timestamp()) != told.asked_at:
        return "answer.anew"
    return "answer.nearer" if row.tier > told.tier or row.band > told.band else ""


def decided(slip: Slip, row: Row) -> str:
    """Return what a person has said of the case in *row* since *slip* was sent, "" if nothing.

    It makes a slip that somebody kept worthless, after a restart too.
    """
    taken_at, put_off_at = row.case.acknowledged_at, row.case.snoozed_at
    if taken_at is not None and taken_at >= slip.sent_at:
        return "answer.taken" if slip.verb is Verb.ACKNOWLEDGE else "answer.decided"
    put_off = put_off_at is not None and put_off_at >= slip.sent_at
    return "answer.decided" if put_off and slip.verb is Verb.SNOOZE else ""


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
