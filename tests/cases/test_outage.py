from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from agent.cases import (
    OUTAGE_QUEUE,
    Band,
    Case,
    CaseKey,
    Change,
    ChangeKind,
    Kind,
    Outcome,
    QueueHealth,
    Sighting,
    Stage,
    Tier,
    outage_change,
)
from tests.mothers import KEY, NOON, a_reading, a_sighting

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
POLL = 30 * SECOND
LINGER = 3 * MINUTE
WORST_FIRST = (
    Outcome.SIGNED_OUT,
    Outcome.CHALLENGED,
    Outcome.WRONG_SHOP,
    Outcome.NO_PERMISSION,
    Outcome.SETUP_REQUIRED,
    Outcome.PAGE_CHANGED,
    Outcome.UNREACHABLE,
    Outcome.MAINTENANCE,
    Outcome.TRUNCATED,
)


def a_queue(outcome: Outcome | None, failures: int = 9, **changes: object) -> QueueHealth:
    """Return a queue whose last reading had *outcome*, after *failures* in a row."""
    return replace(QueueHealth("aftersale", "售后", outcome=outcome, failures=failures), **changes)  # type: ignore[arg-type]  # names, titles, words


def seen(outcome: Outcome, **changes: object) -> Sighting:
    """Return what an outage of one after-sales queue says."""
    key = CaseKey(KEY.shop, OUTAGE_QUEUE, OUTAGE_QUEUE)
    said = Sighting(key=key, kind=Kind.OUTAGE, status=outcome.value, product="售后")
    return replace(said, **changes)  # type: ignore[arg-type]  # fields of a sighting


def an_outage(outcome: Outcome = Outcome.UNREACHABLE, **changes: object) -> Case:
    """Return an outage open since noon."""
    case = Case(latest=seen(outcome), first_seen_at=NOON, last_seen_at=NOON, asked_at=NOON)
    return replace(case, **changes)  # type: ignore[arg-type]  # fields of a case


def change_at(now: datetime, before: Case | None, *queues: QueueHealth) -> Change | None:
    """Return what *queues* do to *before* at *now*."""
    return outage_change(KEY.shop, before, queues, now)


def follow(
    before: Case | None, outcomes: Iterable[Outcome], period: timedelta = POLL
) -> list[Change]:
    """Return the changes that readings of one queue with *outcomes* make, from noon on."""
    queue, changes, case = QueueHealth("aftersale", "售后"), [], before
    for number, outcome in enumerate(outcomes):
        now = NOON + number * period
        queue = queue.after(a_reading(taken_at=now, outcome=outcome))
        change = change_at(now, case, queue)
        if change is not None:
            changes.append(change)
            case = change.after
    return changes


def rounds(changes: Iterable[Change]) -> list[float]:
    """Return when each new round began, in minutes after noon."""
    return list(dict.fromkeys((change.after.asked_at - NOON) / MINUTE for change in changes))


def test_a_complete_reading_confirms_a_queue() -> None:
    """What waits for the merchant is counted once each; what waits for the buyer is not."""
    other = replace(KEY, case_id="7002")
    third = replace(KEY, case_id="7003")
    theirs = [a_sighting(key=key, stage=Stage.WAITING) for key in (other, third)]
    rows = (a_sighting(), a_sighting(), *theirs)

    after = a_queue(Outcome.SIGNED_OUT, gate="kicked").after(a_reading(*rows))

    expected = QueueHealth(
        "aftersale", "售后", confirmed_at=NOON, pending=1, read_at=NOON, outcome=Outcome.ROWS
    )
    assert expected == after


def test_a_failed_reading_keeps_what_was_confirmed() -> None:
    """What was last confirmed stays on record, with the failure and its reason beside it."""
    calm = QueueHealth("aftersale").after(a_reading())
    kicked = a_reading(
        taken_at=NOON + MINUTE, outcome=Outcome.SIGNED_OUT, gate="kicked", detail="别处登录"
    )

    after = calm.after(kicked)

    assert (NOON, 0, NOON + MINUTE) == (after.confirmed_at, after.pending, after.read_at)
    assert (Outcome.SIGNED_OUT, "kicked", "别处登录", 1) == (
        after.outcome,
        after.gate,
        after.detail,
        after.failures,
    )


@pytest.mark.parametrize(
    ("outcome", "failures"),
    [
        (Outcome.SIGNED_OUT, 1),
        (Outcome.CHALLENGED, 1),
        (Outcome.WRONG_SHOP, 1),
        (Outcome.NO_PERMISSION, 1),
        (Outcome.PAGE_CHANGED, 2),
        (Outcome.UNREACHABLE, 2),
        (Outcome.TRUNCATED, 2),
    ],
)
def test_patience(outcome: Outcome, failures: int) -> None:
    """What only a person can mend alarms at once, what may mend itself at the second failure."""
    changes = follow(None, [outcome] * failures)

    assert follow(None, [outcome] * (failures - 1)) == []
    assert [ChangeKind.OPENED] == [change.kind for change in changes]


@pytest.mark.parametrize("outcome", [None, Outcome.ROWS, Outcome.VERIFIED_EMPTY])
def test_a_queue_in_sight_or_not_yet_read_is_no_outage(outcome: Outcome | None) -> None:
    """Neither a queue read to its end nor one not yet read alarms."""
    assert change_at(NOON, None, a_queue(outcome, failures=0)) is None


def test_a_failure_between_two_confirmations_is_no_outage() -> None:
    """Failures that mend themselves at once do not add up."""
    assert follow(None, [Outcome.UNREACHABLE, Outcome.ROWS] * 20) == []


def test_an_outage_says_why_and_where() -> None:
    """An opened outage tells cause, gate, queue and what was found."""
    queue = a_queue(Outcome.SIGNED_OUT, gate="kicked", detail="账号在别处登录")

    latest = seen(Outcome.SIGNED_OUT, tags=("kicked",), reason="账号在别处登录")
    opened = Case(latest=latest, first_seen_at=NOON, last_seen_at=NOON, asked_at=NOON)
    assert Change(ChangeKind.OPENED, None, opened) == change_at(NOON, None, queue)


@pytest.mark.parametrize("number", range(len(WORST_FIRST) - 1))
def test_the_worst_cause_speaks_for_the_shop(number: int) -> None:
    """Of several blind queues the one that needs a person most gives the cause."""
    lesser, worst = a_queue(WORST_FIRST[number + 1]), a_queue(WORST_FIRST[number], title="飞鸽")

    change = change_at(NOON, None, lesser, worst)

    assert change is not None
    assert seen(WORST_FIRST[number], product="飞鸽") == change.after.latest


@pytest.mark.parametrize("old", WORST_FIRST)
@pytest.mark.parametrize("new", WORST_FIRST)
def test_only_a_worse_cause_asks_anew(old: Outcome, new: Outcome) -> None:
    """A worse cause is a new round that nobody has in hand; an equal or lesser one is not."""
    before = an_outage(old).acknowledged(Tier.URGENT, Band.FAR, NOON)

    change = change_at(NOON + LINGER, before, a_queue(new))

    worse = WORST_FIRST.index(new) < WORST_FIRST.index(old)
    assert change is not None
    kind = ChangeKind.SEEN if new is old else ChangeKind.UPDATED
    assert (kind, seen(new)) == (change.kind, change.after.latest)
    assert worse == (change.after.asked_at == NOON + LINGER)
    assert worse == (change.after.acknowledged_at is None)


def test_a_lesser_cause_is_noted_once_the_worse_is_gone_for_good() -> None:
    """For three minutes the worse cause may come back; until then it stands."""
    signed_out = an_outage(Outcome.SIGNED_OUT)
    lesser = a_queue(Outcome.UNREACHABLE)

    assert change_at(NOON, signed_out, lesser) is None
    assert change_at(NOON + LINGER - SECOND, signed_out, lesser) is None
    change = change_at(NOON + LINGER, signed_out, lesser)
    assert change is not None
    assert (Outcome.UNREACHABLE, NOON) == (change.after.latest.status, change.after.asked_at)


@pytest.mark.parametrize(
    "changes",
    [{"gate": "kicked"}, {"title": "飞鸽"}],
    ids=str,
)
def test_another_gate_or_queue_is_noted(changes: dict[str, object]) -> None:
    """The same cause at another gate or in another queue is told, and no new round."""
    queue = replace(a_queue(Outcome.UNREACHABLE), **changes)  # type: ignore[arg-type]  # words

    change = change_at(NOON + MINUTE, an_outage(), queue)

    assert change is not None
    assert (ChangeKind.UPDATED, NOON) == (change.kind, change.after.asked_at)


def test_the_same_cause_is_only_seen() -> None:
    """While nothing changes, only the time of the last sight and the detail move on."""
    change = change_at(NOON + MINUTE, an_outage(), a_queue(Outcome.UNREACHABLE, detail="HTTP 502"))

    latest = seen(Outcome.UNREACHABLE, reason="HTTP 502")
    after = replace(an_outage(), latest=latest, last_seen_at=NOON + MINUTE)
    assert Change(ChangeKind.SEEN, an_outage(), after) == change


def test_an_outage_closes_when_all_is_in_sight() -> None:
    """Only when every queue was read to its end is a shop in sight again."""
    calm, blind = a_queue(Outcome.ROWS, failures=0), a_queue(Outcome.UNREACHABLE)
    unread = a_queue(None, failures=0)
    before = an_outage()

    still_blind = change_at(NOON + MINUTE, before, calm, blind)
    assert still_blind is not None
    assert still_blind.after.is_open
    assert change_at(NOON + MINUTE, before, calm, unread) is None
    closed = Change(ChangeKind.RESOLVED, before, replace(before, resolved_at=NOON + MINUTE))
    assert closed == change_at(NOON + MINUTE, before, calm, calm)
    assert change_at(NOON + MINUTE, closed.after, calm, calm) is None


@pytest.mark.parametrize(
    ("outcome", "gate", "after", "same_round"),
    [
        pytest.param(Outcome.SIGNED_OUT, "kicked", LINGER - SECOND, True, id="the same, at once"),
        pytest.param(Outcome.SIGNED_OUT, "kicked", LINGER, False, id="the same, later"),
        pytest.param(Outcome.SIGNED_OUT, "login", MINUTE, False, id="another gate"),
        pytest.param(Outcome.CHALLENGED, "kicked", MINUTE, False, id="another cause"),
        pytest.param(Outcome.SIGNED_OUT, "kicked", -MINUTE, False, id="clock set back"),
    ],
)
def test_a_closed_outage_that_comes_back(
    outcome: Outcome,
    gate: str,
    after: timedelta,
    same_round: bool,  # noqa: FBT001 (a table's column)
) -> None:
    """An outage that comes back at once is the same trouble, though in nobody's hand any more."""
    kicked = seen(Outcome.SIGNED_OUT, tags=("kicked",))
    closed = an_outage(latest=kicked, resolved_at=NOON, number=4, note="已报修", starred=True)
    closed = closed.acknowledged(Tier.URGENT, Band.FAR, NOON)

    change = change_at(NOON + after, closed, a_queue(outcome, gate=gate))

    again = replace(
        an_outage(latest=seen(outcome, tags=(gate,)), number=4, note="已报修", starred=True),
        first_seen_at=NOON + after,
        last_seen_at=NOON + after,
        asked_at=NOON if same_round else NOON + after,
    )
    assert Change(ChangeKind.OPENED, closed, again) == change


@pytest.mark.parametrize(
    ("cycle", "begun"),
    [
        pytest.param("signed_out rows", [0.0], id="two devices kick each other out"),
        pytest.param("signed_out unreachable", [0.0], id="bad network, signed out"),
        pytest.param("unreachable unreachable verified_empty", [0.5], id="bad network"),
        pytest.param("page_changed page_changed challenged", [0.5, 1.0], id="a captcha as well"),
    ],
)
def test_flapping_cannot_storm(cycle: str, begun: list[float]) -> None:
    """A shop that comes and goes for an hour asks once, and once more where it gets worse."""
    changes = follow(None, [Outcome(outcome) for outcome in cycle.split()] * 40)

    assert begun == rounds(changes)


def test_a_clock_set_back_does_not_silence_an_outage() -> None:
    """An outage of a time that never was begins now, so that it can become urgent."""
    ahead = an_outage(asked_at=NOON + 9000 * MINUTE, last_seen_at=NOON + 9000 * MINUTE)

    change = change_at(NOON, ahead, a_queue(Outcome.UNREACHABLE))

    assert change is not None
    assert (ChangeKind.UPDATED, NOON) == (change.kind, change.after.asked_at)
