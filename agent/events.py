"""What scripts see: one JSON object a line, in a shape that stays (README, "Events")."""

import io
import json
import os
import queue
import re
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from loguru import logger

from agent.cases import Alert, Case, Change, ChangeKind, Delivery, Kind, Reading
from agent.cases.drill import is_drill
from agent.clock import Clock
from agent.errors import GeshaoError
from agent.log import mask

STDOUT = "-"
_MOST_WAITING = 10_000
"""Lines kept for a reader that pauses; beyond that it has gone."""
_LAST_WORDS_S = 0.5
_NO_NEWS = timedelta(seconds=30)
"""Lists of a shop that are doubted one after the other prolong its rest by no more."""

# What some readers take for the end of a line, and halves of surrogate pairs, which no file takes.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class PauseWhy(StrEnum):
    """Why nothing of a shop is read."""

    PERSON = "person"
    """Somebody said so."""
    CHALLENGED = "challenged"
    """The platform asked for a verification, and is let rest."""


class EventLog(AbstractContextManager["EventLog"]):
    """Appends events to *target*: a file's path, `-` for standard output, None for nowhere.

    Each line is written at once, by a thread, so that who reads along sees it. A target that
    stops taking lines (a full disk, a closed pipe, a reader that pauses for good) costs the
    events, never the watching.
    """

    def __init__(self, target: str | None, clock: Clock) -> None:
        self._clock = clock
        self._target = target
        self._pen: _Pen | None = None

    def __enter__(self) -> Self:
        if self._target is None:
            return self
        try:
            self._pen = _Pen(_stdout() if self._target == STDOUT else _appended(self._target))
        except OSError as error:
            raise GeshaoError(
                f"写不了事件文件 {self._target}：{error.strerror or error}。", "请换一个位置。"
            ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pen, self._pen = self._pen, None
        if pen is not None:
            pen.close()

    def reading(self, reading: Reading) -> None:
        """Tell that a queue was read."""
        self._write(
            "reading",
            reading.taken_at,
            shop=reading.shop,
            queue=reading.queue,
            outcome=reading.outcome.value,
            rows=len(reading.sightings),
            expected=reading.expected,
            source=reading.source.value,
            seconds=reading.seconds,
            gate=reading.gate,
            detail=mask(reading.detail),
        )

    def change(self, change: Change) -> None:
        """Tell what happened to a case; what is no news is not told."""
        if change.kind is ChangeKind.SEEN:
            return
        case = change.after
        if case.latest.kind is Kind.OUTAGE:
            self._outage(change.kind, case)
            return
        self._write(f"case_{change.kind.value}", None, **_case(case), stage=case.latest.stage.value)

    def alert(self, alert: Alert, case: Case) -> None:
        """Tell that an alert was raised; a drill's is none."""
        if is_drill(alert.key):
            return
        self._write(
            "alert",
            alert.raised_at,
            **_case(case),
            tier=alert.tier.name.lower(),
            band=alert.band.name.lower(),
            reason=alert.reason.value,
            alert=alert.alert_id,
            channels=list(alert.channels),
            level=alert.level,
            people=list(alert.people),
        )

    def delivery(self, delivery: Delivery) -> None:
        """Tell how far a message got; a drill's counts nowhere."""
        if is_drill(delivery.alert.key):
            return
        self._write(
            "delivery",
            None,
            alert=delivery.alert.alert_id,
            shop=delivery.alert.key.shop,
            case=delivery.alert.key.case_id,
            channel=delivery.channel,
            state=delivery.state.value,
            attempts=delivery.attempts,
            error=mask(delivery.error),
        )

    def paused(self, shop: str, why: PauseWhy, until: datetime | None) -> None:
        """Tell that nothing of *shop* is read from now on; *until* None: till a person goes on."""
        told = None if until is None else moment(until)
        self._write("shop_paused", None, shop=shop, why=why.value, until=told)

    def resumed(self, shop: str, why: PauseWhy) -> None:
        """Tell that what kept *shop* from being read is over."""
        self._write("shop_resumed", None, shop=shop, why=why.value)

    def drill(self, due: str, outcome: str, links: Sequence[Mapping[str, object]]) -> None:
        """Tell how the weekly drill of the day *due* ended, link by link if there was one."""
        self._write("drill", None, due=due, outcome=outcome, links=links)

    def _outage(self, kind: ChangeKind, case: Case) -> None:
        name = {
            ChangeKind.OPENED: "outage_opened",
            ChangeKind.UPDATED: "outage_updated",
            ChangeKind.RESOLVED: "outage_closed",
        }[kind]
        self._write(
            name,
            None,
            shop=case.key.shop,
            outcome=case.latest.status,
            gate=next(iter(case.latest.tags), ""),
            detail=mask(case.latest.reason),
        )

    def _write(self, event: str, at: datetime | None, **fields: object) -> None:
        if self._pen is not None:
            at = at or self._clock.now()
            self._pen.write(_line({"event": event, "at": moment(at), **fields}))


class PauseTeller:
    """Tells once when nothing of *shop* is read any more, anew when until when, and its end."""

    def __init__(self, events: EventLog, shop: str, why: PauseWhy) -> None:
        self._events = events
        self._shop = shop
        self._why = why
        self._lasts = False
        self._until: datetime | None = None

    def begin(self, until: datetime | None) -> None:
        """Take note that it lasts, and until when; None: till a person goes on."""
        if self._lasts and _about(until, self._until):
            return
        self._lasts, self._until = True, until
        self._events.paused(self._shop, self._why, until)

    def end(self) -> None:
        """Take note that it does not last, or no more."""
        if self._lasts:
            self._lasts = False
            self._events.resumed(self._shop, self._why)


def _about(one: datetime | None, other: datetime | None) -> bool:
    """Tell whether two moments are so near that the second is no news."""
    if one is None or other is None:
        return one is other
    return abs(one - other) < _NO_NEWS


def _case(case: Case) -> dict[str, object]:
    return {
        "shop": case.key.shop,
        "queue": case.key.queue,
        "case": case.key.case_id,
        "number": case.number,
        "kind": case.latest.kind.value,
        "respond_by": None if case.latest.respond_by is None else moment(case.latest.respond_by),
    }


def moment(at: datetime) -> str:
    """Return *at* in UTC, ISO 8601 with milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _line(event: dict[str, object]) -> bytes:
    text = json.dumps(event, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode() + b"\n"


def _stdout() -> io.FileIO:
    """Return standard output without Python's buffer, which would complain again at the end."""
    if sys.stdout is None:  # a program started without a console has none
        raise OSError("没有标准输出")
    sys.stdout.flush()
    return io.FileIO(os.dup(sys.stdout.fileno()), "w")


def _appended(file: str) -> io.FileIO:
    """Open *file* to append; a line that was torn by a kill or a full disk is ended first."""
    path = Path(file)
    torn = _is_torn(path)
    stream = io.FileIO(path, "a")
    if torn:
        stream.write(b"\n")
    return stream


def _is_torn(path: Path) -> bool:
    if not path.is_file() or not path.stat().st_size:
        return False
    with path.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read() != b"\n"


class _Pen:
    """Writes lines in a thread of its own, since a pipe that nobody empties blocks for good."""

    def __init__(self, stream: io.FileIO) -> None:
        self._stream = stream
        self._lines: queue.Queue[bytes | None] = queue.Queue(_MOST_WAITING)
        self._given_up = False
        self._thread = threading.Thread(target=self._run, name="events", daemon=True)
        self._thread.start()

    def write(self, line: bytes) -> None:
        """Have *line* written, unless the target has stopped taking lines."""
        if self._given_up:
            return
        try:
            self._lines.put_nowait(line)
        except queue.Full:
            self._give_up("nobody reads them")

    def close(self) -> None:
        """Write what is left, as far as it is taken within half a second."""
        with suppress(queue.Full):
            self._lines.put_nowait(None)
            self._thread.join(_LAST_WORDS_S)

    def _run(self) -> None:
        with suppress(OSError), self._stream:
            while (line := self._lines.get()) is not None:
                try:
                    _write_all(self._stream, line)
                except OSError as error:
                    self._give_up(error.strerror or str(error))
                    return

    def _give_up(self, why: str) -> None:
        if not self._given_up:
            logger.warning("no more events are written: {}", why)
        self._given_up = True


def _write_all(stream: io.FileIO, line: bytes) -> None:
    left = memoryview(line)
    while left:
        written = stream.write(left)
        if written is None:  # a pipe that somebody has set not to block is full
            raise OSError("it takes no more just now")
        left = left[written:]
