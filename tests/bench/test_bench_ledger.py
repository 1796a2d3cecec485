"""What contenders tell, and what is booked of it."""

import pytest

from tests.bench.changedetection import tickets_in
from tests.bench.figures import Latency
from tests.bench.ledger import Event, Ledger, parsed


@pytest.mark.parametrize(
    ("line", "event"),
    [
        (b'{"event": "alert", "case": "148"}\n', {"event": "alert", "case": "148"}),
        (b'{"number": 3}\n', None),
        (b"[1, 2]\n", None),
        (b"Traceback (most recent call last):\n", None),
        (b'{"event": "al', None),
        (b"\xff\xfe", None),
    ],
)
def test_parsed(line: bytes, event: Event | None) -> None:
    """Only a whole object with an event's name is one."""
    assert event == parsed(line)


def test_latency_is_from_the_server_to_the_first_alert() -> None:
    """Repeats count for nothing, and what was never told is missed."""
    ledger = Ledger()
    ledger.post("a", 10.0)
    ledger.post("b", 10.0)
    ledger.hear({"event": "alert", "case": "a"}, 10.25)
    ledger.hear({"event": "alert", "case": "a"}, 40.0)

    assert Latency(events=2, missed=1, p50=0.25, p95=0.25, longest=0.25) == ledger.latency(
        ["a", "b"]
    )
    assert not ledger.has_told(["a", "b"])
    assert None is ledger.told_at(["a", "b"])
    assert 10.25 == ledger.told_at(["a"])


def test_first_full_reading_is_that_of_the_last_list() -> None:
    """A reading that failed is none; a second one changes nothing."""
    lists = [("shop1", "aftersale"), ("shop1", "feige")]
    ledger = Ledger()
    told = {"event": "reading", "shop": "shop1"}
    ledger.hear({**told, "queue": "aftersale", "outcome": "rows"}, 3.0)
    ledger.hear({**told, "queue": "feige", "outcome": "unreachable"}, 4.0)

    assert not ledger.has_read(lists)

    ledger.hear({**told, "queue": "feige", "outcome": "verified_empty"}, 5.0)
    ledger.hear({**told, "queue": "aftersale", "outcome": "rows"}, 33.0)

    assert ledger.has_read(lists)
    assert 5.0 == ledger.read_at(lists)


def test_other_events_are_let_pass() -> None:
    """A program may tell more than the bench asks for."""
    ledger = Ledger()

    ledger.hear({"event": "delivery", "channel": "sound"}, 1.0)

    assert Latency.of((), missed=0) == ledger.latency([])


@pytest.mark.parametrize(
    ("text", "tickets"),
    [
        ("(added) 订单编号 692001 售后编号 148002 未发货退款", ["148002"]),
        ("(added) 售后编号 148002\n(changed) 售后编号148003", ["148002", "148003"]),
        ("(added) 暂无数据", []),
    ],
)
def test_tickets_in_a_notice(text: str, tickets: list[str]) -> None:
    """A notice is text; the numbers in it are the tickets."""
    assert tickets == tickets_in(text)
