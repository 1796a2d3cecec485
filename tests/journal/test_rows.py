"""Whatever is written comes back the same."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.cases import Alert, Case, CaseKey, Change, ChangeKind, QueueHealth, Sighting
from agent.journal import Journal
from agent.journal.rows import clean_sighting, sighting_from, sighting_text
from tests.journal.samples import alert_for, an_open_case, opened
from tests.mothers import KEY, a_case

FEW = settings(max_examples=25)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
FIT_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(timezones=st.just(UTC) | ZONES).filter(
    lambda at: datetime.min.year < at.year < datetime.max.year  # noqa: DTZ901 (just the years)
)
KEYS = st.builds(CaseKey, *[FIT_TEXT.filter(bool)] * 3)
LIMITS = st.none() | MOMENTS
SIGHTINGS = st.builds(
    Sighting,
    key=KEYS,
    **dict.fromkeys(
        ("status", "consequence", "raw_deadline", "order_id", "reason", "product", "buyer", "url"),
        FIT_TEXT,
    ),
    respond_by=LIMITS,
    slack=st.timedeltas(),
    amount=st.none() | st.integers(),
    unread=st.integers(),
    tags=st.lists(FIT_TEXT, max_size=3).map(tuple),
    opened_at=LIMITS,
)
TIMES = ("first_seen_at", "last_seen_at", "asked_at")
MAYBE_TIMES = ("acknowledged_at", "snoozed_at", "snoozed_until", "resolved_at")
CASES = st.builds(
    Case,
    latest=SIGHTINGS,
    missed=st.integers(0, 9),
    note=FIT_TEXT,
    number=st.just(0),
    **dict.fromkeys(TIMES, MOMENTS),
    **dict.fromkeys(MAYBE_TIMES, LIMITS),
)


@given(sighting=SIGHTINGS)
def test_a_sighting_comes_back_equal(sighting: Sighting) -> None:
    """Text, money, time span and time limit survive as JSON to the last digit, times in UTC."""
    back = sighting_from(sighting_text(clean_sighting(sighting)))

    assert sighting == back
    assert {UTC} >= {at.tzinfo for at in (back.respond_by, back.opened_at) if at is not None}


@given(case=CASES)
@FEW
def test_a_case_comes_back_equal(case: Case) -> None:
    """A stored case is the recorded one, and its times are aware and in UTC."""
    with Journal.open(None) as journal:
        [change] = journal.record([opened(case)], None, shop=case.key.shop)
        back = journal.find("1")

    assert change.after == back
    assert (case.latest, case.topics, case.mood) == (back.latest, back.topics, back.mood)
    assert (case.asked_at, UTC) == (back.asked_at, back.asked_at.tzinfo)
    assert [getattr(case, name) for name in MAYBE_TIMES] == [
        getattr(back, name) for name in MAYBE_TIMES
    ]


@given(case=CASES, reason=ANY_TEXT, tag=ANY_TEXT, note=ANY_TEXT, case_id=ANY_TEXT)
@FEW
def test_no_text_breaks_the_journal(
    case: Case, reason: str, tag: str, note: str, case_id: str
) -> None:
    """NUL and lone surrogates from a hostile page are replaced; the case is kept and found."""
    key = CaseKey("shop", "queue", case_id)
    hostile = a_case(key=key, reason=reason, tags=(tag,), note=note)
    with Journal.open(None) as journal:
        [change] = journal.record([opened(hostile)], None, shop="shop")
        again = journal.memory("shop", "queue", [key])
        stored = journal.open_cases()

    assert [change.after] == list(stored)
    assert {key: change.after} == again
    stored[0].latest.reason.encode()


@given(
    alert=st.builds(
        Alert,
        key=st.just(KEY),
        raised_at=MOMENTS,
        asked_at=MOMENTS,
        channels=st.lists(FIT_TEXT, unique=True, max_size=3).map(tuple),
        repeat=st.integers(0, 2**31),
        alert_id=st.just(1),
    )
)
@FEW
def test_an_alert_comes_back_equal(alert: Alert) -> None:
    """A raised alert is read back as it was, alone and with its deliveries."""
    with Journal.open(None) as journal:
        an_open_case(journal)
        raised = journal.raise_alert(alert)
        last = journal.last_alerts()
        due = journal.pending_deliveries()

    assert alert == raised
    assert {alert.key: alert} == last
    assert [(alert, channel) for channel in alert.channels] == [
        (delivery.alert, delivery.channel) for delivery in due
    ]


@given(
    health=st.builds(
        QueueHealth,
        queue=FIT_TEXT,
        title=FIT_TEXT,
        gate=FIT_TEXT,
        detail=FIT_TEXT,
        confirmed_at=LIMITS,
        read_at=LIMITS,
        pending=st.none() | st.integers(0, 9999),
        failures=st.integers(0, 9999),
    )
)
@FEW
def test_a_queues_health_comes_back_equal(health: QueueHealth) -> None:
    """What is known about a queue is read back as it was."""
    with Journal.open(None) as journal:
        journal.record([], health, shop="a shop")

        assert {"a shop": {health.queue: health}} == journal.health()


@given(cases=st.lists(CASES, max_size=6, unique_by=lambda case: case.key))
@settings(
    FEW,
    max_examples=10,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_is_kept_in_memory_is_what_is_in_the_file(tmp_path: Path, cases: list[Case]) -> None:
    """Open cases and alerts are the same after a restart as they were before.

    The file of one example is that of the next, with all that is in it.
    """
    file = tmp_path / "journal.sqlite"
    with Journal.open(file) as journal:
        journal.record([Change(ChangeKind.OPENED, None, case) for case in cases], None, shop="x")
        journal.raise_alerts([alert_for(case) for case in journal.open_cases()])
        before = (list(journal.open_cases()), journal.last_alerts())
    with Journal.open(file) as journal:
        after = (list(journal.open_cases()), journal.last_alerts())

    assert before == after
