"""The judges of a promotion day find what is wrong, each its own, and nothing where all is well."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import Alert, Band, CaseKey, Fen, Kind, Outcome, Reason, Tier
from agent.cases.line import COMPUTER_KEY, OFFLINE
from agent.channels.channel import Mention, Notice
from tests.cases.triage_set import Line
from tests.promotion import oracle, troubles
from tests.promotion.crowds import wrong_crowds
from tests.promotion.day import QUEUE, Day, Outage, Round, Ticket, moment
from tests.promotion.record import Act, Brought, Kept, Record, Shown

KEY = CaseKey("a", QUEUE, "a-1")
CHILD = CaseKey("a", "outage", "outage")
NUMBERS = {1: KEY, 2: COMPUTER_KEY, 3: CHILD}
PLAIN = Line("tuned", "拍多了", frozenset({("mood", "plain")}))
DESK = ("sound", "desktop")
CUT = Outage("network cut", ("a", "b", "c"), 100, 400, Outcome.UNREACHABLE, OFFLINE, COMPUTER_KEY)

Judge = Callable[[Record], list[str]]
JUDGES: tuple[Judge, ...] = (
    oracle.over_the_cap,
    oracle.said_and_not_brought,
    oracle.late,
    oracle.told_twice,
    oracle.rounds_of_nothing,
    troubles.unsaid_outages,
    troubles.not_muted,
    troubles.not_blamed,
    troubles.not_climbed,
    troubles.climbed_in_vain,
)


def an_alert(
    number: int,
    at: int,
    key: CaseKey = KEY,
    roads: Iterable[str] = DESK,
    level: int = 0,
    *people: str,
) -> Alert:
    """Return the first ring of a case, or with a *level* a step of its ladder."""
    return Alert(
        key=key,
        tier=Tier.URGENT if key == KEY else Tier.IMPORTANT,
        band=Band.FAR,
        reason=Reason.ESCALATED if level else Reason.NEW,
        raised_at=moment(at),
        asked_at=moment(10 if key == KEY else at),
        channels=tuple(roads),
        alert_id=number,
        level=level,
        people=people,
        since=moment(10) if level else None,
    )


ALERTS = (
    an_alert(1, 10),
    an_alert(2, 140, COMPUTER_KEY),
    an_alert(3, 190, KEY, ("robot",), 1),
    an_alert(4, 610, KEY, ("phone",), 2, "王姐"),
    an_alert(5, 1210, KEY, ("phone",), 3, "李哥"),
)


def a_notice(alert: Alert) -> Notice:
    """Return what a road says of *alert*."""
    number = next(number for number, key in NUMBERS.items() if key == alert.key)
    kind = Kind.REFUND_ONLY if alert.key == KEY else Kind.OUTAGE
    said = "紧急 · 店 a · 仅退款" if alert.key == KEY else "重要 · 这台电脑 · 没有网络"
    mention = Mention(number, alert.key.shop, kind, alert.tier, alert.reason, None)
    return Notice(alert.tier, said, cases=(mention,))


def a_record(*alerts: Alert) -> Record:
    """Return half an hour with one urgent ticket and one cut, in which *alerts* were brought."""
    asked = [Round(5, None, known=10)]
    ticket = Ticket(
        "a", "a-1", Kind.REFUND_ONLY, "帆布包", "木**", Fen(4_900), [(5, PLAIN)], asked, 9_000
    )
    ticket.read.append((10, PLAIN))
    brought = [
        Brought(int((alert.raised_at - moment(0)).total_seconds()), road, alert)
        for alert in alerts
        for road in alert.channels
    ]
    return Record(
        day=Day((ticket,), (CUT,)),
        until=2000,
        heard={
            name: [(float(one.at), a_notice(one.alert)) for one in brought if one.road == name]
            for name in (*DESK, "robot", "phone")
        },
        brought=brought,
        acts=[],
        shown=[Shown(CUT, dict.fromkeys("abc", OFFLINE))],
        numbers=NUMBERS,
        kept=[Kept(alert, dict.fromkeys(alert.channels, "delivered")) for alert in alerts],
    )


def without(number: int) -> Record:
    """Return the record in which one of the alerts never was."""
    return a_record(*(alert for alert in ALERTS if alert.alert_id != number))


def with_also(*alerts: Alert) -> Record:
    """Return the record with more alerts."""
    return a_record(*ALERTS, *alerts)


def later(number: int, seconds: int) -> Record:
    """Return the record in which one of the alerts came so much later."""
    by = timedelta(seconds=seconds)
    return a_record(
        *(
            replace(alert, raised_at=alert.raised_at + by) if alert.alert_id == number else alert
            for alert in ALERTS
        )
    )


def test_a_good_day_has_nothing_wrong() -> None:
    """Told at once, one alarm for the cut, each step of the ladder in its time."""
    record = a_record(*ALERTS)

    assert [] == [wrong for judge in JUDGES for wrong in judge(record)]
    assert 3 == len(list(troubles.owed_steps(record)))


REPEATS = [replace(an_alert(20 + n, 1500 + 9 * n), reason=Reason.REPEAT) for n in range(7)]


@pytest.mark.parametrize(
    ("judge", "record"),
    [
        pytest.param(oracle.over_the_cap, with_also(*REPEATS), id="seven in a minute"),
        pytest.param(
            oracle.said_and_not_brought,
            replace(a_record(*ALERTS), heard=a_record(*ALERTS[:-1]).heard),
            id="told, not heard",
        ),
        pytest.param(
            oracle.said_and_not_brought,
            replace(a_record(*ALERTS), kept=a_record(*ALERTS[:-1]).kept),
            id="told, not kept",
        ),
        pytest.param(oracle.late, without(1), id="never told"),
        pytest.param(oracle.late, later(1, 61), id="told after a minute"),
        pytest.param(
            oracle.late,
            a_record(replace(ALERTS[0], tier=Tier.IMPORTANT), *ALERTS[1:]),
            id="told as less urgent than it is",
        ),
        pytest.param(oracle.told_twice, with_also(an_alert(9, 900)), id="new once more"),
        pytest.param(
            oracle.told_twice, with_also(an_alert(9, 650, KEY, ("phone",), 2)), id="a step again"
        ),
        pytest.param(
            oracle.rounds_of_nothing,
            with_also(replace(an_alert(9, 900), asked_at=moment(900))),
            id="a round that never was",
        ),
        pytest.param(troubles.unsaid_outages, without(2), id="a silent cut"),
        pytest.param(troubles.unsaid_outages, later(2, 120), id="a cut told late"),
        pytest.param(
            troubles.not_muted, with_also(an_alert(9, 300, CHILD)), id="a child that is told"
        ),
        pytest.param(
            troubles.not_blamed,
            replace(a_record(*ALERTS), shown=[Shown(CUT, dict.fromkeys("abc", ""))]),
            id="shown without its cause",
        ),
        pytest.param(troubles.not_blamed, without(2), id="no word of the cause"),
        pytest.param(troubles.not_climbed, without(4), id="a step left out"),
        pytest.param(troubles.not_climbed, later(5, 3), id="a step too late"),
        pytest.param(troubles.not_climbed, later(5, -60), id="a step too early"),
        pytest.param(
            troubles.climbed_in_vain,
            replace(a_record(*ALERTS), acts=[Act(400, KEY)]),
            id="called though it was in hand",
        ),
    ],
)
def test_a_judge_finds_what_is_wrong(judge: Judge, record: Record) -> None:
    """Whatever is done to a good day, the judge of just that speaks."""
    assert judge(record)


@pytest.mark.parametrize(
    ("record", "owed"),
    [
        pytest.param(a_record(*ALERTS), 2, id="urgent, on two roads"),
        pytest.param(replace(without(1), acts=[Act(40, KEY)]), 2, id="in hand before it was told"),
    ],
)
def test_what_was_answered_in_time_is_not_late(record: Record, owed: int) -> None:
    """Whoever takes a ticket in hand needs not be told of it any more."""
    assert owed == len(list(oracle.owed(record)))
    assert [] == oracle.late(record)


CROWD = CaseKey("a", "@batch", "0")
BAD = Line("tuned", "杯口开裂", frozenset({("topic", "quality")}))


def a_batch(*told: int) -> Record:
    """Return the record with three bad cups, read at 10, 20 and 30, and the alarms *told*."""
    cups = [
        Ticket("a", f"a-{at}", Kind.EXCHANGE, "水杯", "木**", Fen(1), [(at, BAD)], [], 9_000)
        for at in (10, 20, 30)
    ]
    for cup in cups:
        cup.rounds.append(Round(cup.says[0][0], None, known=cup.says[0][0]))
        cup.read += cup.says
    alarms = [Brought(at, "desktop", an_alert(30, at, CROWD)) for at in told]
    empty = replace(a_record(), brought=alarms, crowds={CROWD: "水杯"})
    return replace(empty, day=Day(tuple(cups), ()))


@pytest.mark.parametrize(
    ("told", "wrong"),
    [((30,), 0), ((90,), 0), ((), 1), ((91,), 1), ((25,), 1), ((30, 300), 1)],
)
def test_a_crowd_is_one_alarm_in_time(told: tuple[int, ...], wrong: int) -> None:
    """At the third ticket, within a minute, and again only if one more ticket comes."""
    assert wrong == len(wrong_crowds(a_batch(*told)))


@pytest.mark.parametrize(
    ("kind", "labels", "amount", "tier"),
    [
        (Kind.PRICE_PROTECTION, {("mood", "plain")}, 4_900, Tier.NORMAL),
        (Kind.PRICE_PROTECTION, {("mood", "plain")}, 88_000, Tier.IMPORTANT),
        (Kind.PRICE_PROTECTION, {("topic", "quality"), ("mood", "angry")}, 88_000, Tier.URGENT),
        (Kind.EXCHANGE, {("topic", "quality"), ("mood", "plain")}, 4_900, Tier.IMPORTANT),
        (Kind.EXCHANGE, {("topic", "urging"), ("mood", "anxious")}, 4_900, Tier.URGENT),
        (Kind.CONVERSATION, {("topic", "regulator"), ("mood", "plain")}, 4_900, Tier.URGENT),
        (Kind.REFUND_ONLY, {("mood", "plain")}, 4_900, Tier.URGENT),
    ],
)
def test_how_urgent_a_ticket_is_by_nature(
    kind: Kind, labels: set[tuple[str, str]], amount: int, tier: Tier
) -> None:
    """The highest floor counts, and one tier more for whatever makes it rise."""
    line = Line("tuned", "", frozenset(labels))
    ticket = Ticket("a", "a-1", kind, "", "", Fen(amount), [(0, line)], [Round(0, None)], 9_000)

    assert tier is oracle.tier_of(ticket, [line])
