"""What scripts see: one JSON object a line, in a shape that stays (README, "Events")."""

import json
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from agent.cases import Alert, Case, Change, ChangeKind, Delivery, Kind, Reading
from agent.clock import Clock
from agent.errors import GeshaoError

STDOUT = "-"


class EventLog(AbstractContextManager["EventLog"]):
    """Appends events to *target*: a file's path, `-` for standard output, None for nowhere.

    Each line is flushed, so that who reads along sees it at once. A target that stops taking
    lines (a full disk, a closed pipe) costs the events, never the watching.
    """

    def __init__(self, target: str | None, clock: Clock) -> None:
        self._clock = clock
        self._target = target
        self._stream: IO[str] | None = None

    def __enter__(self) -> Self:
        if self._target == STDOUT:
            self._stream = sys.stdout
        elif self._target is not None:
            try:
                self._stream = Path(self._target).open("a", encoding="utf-8")
            except OSError as error:
                raise GeshaoError(
                    f"写不了事件文件 {self._target}：{error.strerror}。", "请换一个位置。"
                ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        stream, self._stream = self._stream, None
        if stream is not None and stream is not sys.stdout:
            stream.close()

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
            detail=reading.detail,
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
        """Tell that an alert was raised."""
        self._write(
            "alert",
            alert.raised_at,
            **_case(case),
            tier=alert.tier.name.lower(),
            band=alert.band.name.lower(),
            reason=alert.reason.value,
            alert=alert.alert_id,
            channels=list(alert.channels),
        )

    def delivery(self, delivery: Delivery) -> None:
        """Tell how far a message got."""
        self._write(
            "delivery",
            None,
            alert=delivery.alert.alert_id,
            shop=delivery.alert.key.shop,
            case=delivery.alert.key.case_id,
            channel=delivery.channel,
            state=delivery.state.value,
            attempts=delivery.attempts,
            error=delivery.error,
        )

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
            detail=case.latest.reason,
        )

    def _write(self, event: str, at: datetime | None, **fields: object) -> None:
        if self._stream is None:
            return
        line: Mapping[str, object] = {
            "event": event,
            "at": moment(at or self._clock.now()),
            **fields,
        }
        try:
            self._stream.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._stream.flush()
        except (OSError, ValueError):
            self._stream = None


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
