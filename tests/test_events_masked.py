"""What the events don't tell: a page's own words may hold anything."""

import json
from pathlib import Path

import pytest

from agent.cases import OUTAGE_QUEUE, CaseKey, Change, ChangeKind, Delivery, Kind
from agent.events import EventLog
from tests.fakes import FakeClock
from tests.mothers import a_case, a_reading, an_alert


def test_a_pages_words_are_masked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Details and errors hold no phone, no token; of a case nothing but its numbers is told."""
    monkeypatch.setattr("agent.events._LAST_WORDS_S", 60)  # the machine may be busy
    said = "页面显示 13812341234，token=0a1b2c"
    key = CaseKey("shanque", OUTAGE_QUEUE, OUTAGE_QUEUE)
    with EventLog(str(tmp_path / "events"), FakeClock()) as events:
        events.reading(a_reading(detail=said))
        for case in (a_case(key=key, kind=Kind.OUTAGE, reason=said), a_case(reason=said)):
            events.change(Change(ChangeKind.OPENED, None, case))
        events.delivery(Delivery(an_alert(), "sound", error=said))
    text = (tmp_path / "events").read_text(encoding="utf-8")
    told = [json.loads(line) for line in text.splitlines()]

    masked = "页面显示 138****1234，token=***"
    assert [masked, masked] == [event["detail"] for event in told[:2]]
    assert masked == told[3]["error"]
    assert "13812341234" not in text
    assert "0a1b2c" not in text
