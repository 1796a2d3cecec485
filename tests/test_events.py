"""What scripts see: one JSON object a line, in a shape that stays."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from agent.cases import (
    Band,
    Case,
    Change,
    ChangeKind,
    Delivery,
    DeliveryState,
    Kind,
    Outcome,
    Reason,
    Source,
    Stage,
    Tier,
)
from agent.events import EventLog, moment
from tests.fakes import NOON, FakeClock
from tests.mothers import a_case, a_reading, a_sighting, an_alert

Line = dict[str, Any]

NOON_TEXT = "2026-05-01T12:00:00.000Z"
OF_THE_CASE = {
    "shop": "shanque",
    "queue": "aftersale",
    "case": "7001",
    "number": 12,
    "kind": "refund_only",
    "respond_by": "2026-05-01T14:00:00.000Z",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where events may be written."""
    return tmp_path / "events.jsonl"


@pytest.fixture(autouse=True)
def all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the last lines take as long as a busy machine needs."""
    monkeypatch.setattr("agent.events._LAST_WORDS_S", 60)


def a_log(target: Path | str | None) -> EventLog:
    """Return an event log into *target*, at noon."""
    return EventLog(None if target is None else str(target), FakeClock())


def lines_of(file: Path) -> list[Line]:
    """Return the events in *file*; each line must be one whole object."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def the_case(**fields: Any) -> Case:  # noqa: ANN401 (any field)
    """Return the case that OF_THE_CASE tells of."""
    return a_case(number=12, respond_by=NOON + timedelta(hours=2), **fields)


def test_a_reading(file: Path) -> None:
    """Which queue of which shop was read, when, how it ended, and how long it took."""
    reading = a_reading(
        a_sighting(),
        taken_at=NOON + timedelta(milliseconds=1.5),
        outcome=Outcome.TRUNCATED,
        expected=7,
        source=Source.DOM,
        seconds=1.25,
        detail="共 7 条，只读到 1 条",
    )
    with a_log(file) as log:
        log.reading(reading)

    assert [
        {
            "event": "reading",
            "at": "2026-05-01T12:00:00.001Z",
            "shop": "shanque",
            "queue": "aftersale",
            "outcome": "truncated",
            "rows": 1,
            "expected": 7,
            "source": "dom",
            "seconds": 1.25,
            "gate": "",
            "detail": "共 7 条，只读到 1 条",
        }
    ] == lines_of(file)


def test_a_reading_that_failed(file: Path) -> None:
    """What the page did not tell is null, and the gate is named."""
    with a_log(file) as log:
        log.reading(
            a_reading(outcome=Outcome.SIGNED_OUT, expected=None, source=Source.NONE, gate="kicked")
        )
    [line] = lines_of(file)

    assert ("signed_out", 0, None, "none", "kicked") == (
        line["outcome"],
        line["rows"],
        line["expected"],
        line["source"],
        line["gate"],
    )


@pytest.mark.parametrize("kind", [ChangeKind.OPENED, ChangeKind.UPDATED, ChangeKind.RESOLVED])
def test_what_happened_to_a_case(file: Path, kind: ChangeKind) -> None:
    """Opened, updated, resolved: named by the platform's number and by ours."""
    with a_log(file) as log:
        log.change(Change(kind, None, the_case(stage=Stage.WAITING)))

    assert [
        {"event": f"case_{kind.value}", "at": NOON_TEXT, **OF_THE_CASE, "stage": "waiting"}
    ] == lines_of(file)


def test_what_is_no_news_is_not_told(file: Path) -> None:
    """A case that was merely seen again, or an outage that goes on, is no line."""
    with a_log(file) as log:
        log.change(Change(ChangeKind.SEEN, the_case(), the_case()))
        log.change(Change(ChangeKind.SEEN, None, a_case(kind=Kind.OUTAGE, status="unreachable")))

    assert [] == lines_of(file)


@pytest.mark.parametrize(
    ("kind", "event"),
    [
        (ChangeKind.OPENED, "outage_opened"),
        (ChangeKind.UPDATED, "outage_updated"),
        (ChangeKind.RESOLVED, "outage_closed"),
    ],
)
def test_an_outage(file: Path, kind: ChangeKind, event: str) -> None:
    """A shop that goes out of sight, and comes back, has events of its own."""
    outage = a_case(
        kind=Kind.OUTAGE, status="signed_out", tags=("kicked",), reason="账号在别处登录"
    )
    with a_log(file) as log:
        log.change(Change(kind, None, outage))

    assert [
        {
            "event": event,
            "at": NOON_TEXT,
            "shop": "shanque",
            "outcome": "signed_out",
            "gate": "kicked",
            "detail": "账号在别处登录",
        }
    ] == lines_of(file)


def test_an_alert_and_its_message(file: Path) -> None:
    """Why it rings, how loud and how late, until when; then how far each message got."""
    alert = replace(
        an_alert(tier=Tier.IMPORTANT, band=Band.NEAR, reason=Reason.BAND_REACHED), alert_id=5
    )
    delivery = Delivery(alert, "sound", DeliveryState.FAILED, attempts=2, error="没有声音设备")
    with a_log(file) as log:
        log.alert(alert, the_case())
        log.delivery(delivery)

    assert [
        {
            "event": "alert",
            "at": NOON_TEXT,
            **OF_THE_CASE,
            "tier": "important",
            "band": "near",
            "reason": "band_reached",
            "alert": 5,
            "channels": ["sound", "desktop"],
            "level": 0,
            "people": [],
        },
        {
            "event": "delivery",
            "at": NOON_TEXT,
            "alert": 5,
            "shop": "shanque",
            "case": "7001",
            "channel": "sound",
            "state": "failed",
            "attempts": 2,
            "error": "没有声音设备",
        },
    ] == lines_of(file)


def test_a_case_without_a_limit(file: Path) -> None:
    """No limit is null, never a made-up time."""
    with a_log(file) as log:
        log.change(Change(ChangeKind.OPENED, None, a_case()))

    assert lines_of(file)[0]["respond_by"] is None


def test_text_from_a_page_stays_on_its_line(file: Path) -> None:
    """Line ends of every sort, quotes, markup, halves of surrogate pairs, emoji: one line."""
    nasty = 'a\r\nb\u2028c\u2029d\x85e\x0bf\x00g"h\\i{"event":"alert"}<script>\ud800😀'
    with a_log(file) as log:
        log.reading(a_reading(detail=nasty))
    raw = file.read_text(encoding="utf-8")

    assert 1 == len(raw.splitlines())
    assert nasty == json.loads(raw)["detail"]
    assert "😀" in raw


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (NOON, NOON_TEXT),
        (NOON + timedelta(microseconds=999_999), "2026-05-01T12:00:00.999Z"),
        (datetime(2026, 5, 1, 20, tzinfo=timezone(timedelta(hours=8))), NOON_TEXT),
    ],
)
def test_a_moment_is_in_utc_with_milliseconds(at: datetime, text: str) -> None:
    """Wherever the laptop is."""
    assert text == moment(at)
