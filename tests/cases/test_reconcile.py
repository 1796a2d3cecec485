from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from agent.cases import (
    Band,
    Case,
    CaseKey,
    Change,
    ChangeKind,
    Fen,
    Kind,
    Outcome,
    Sighting,
    Stage,
    Tier,
    reconcile,
)
from tests.mothers import KEY, NOON, a_case, a_reading, a_sighting

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
SOON = NOON + timedelta(seconds=30)
FAILED = sorted({one for one in Outcome if not one.complete} - {Outcome.TRUNCATED})


def meet(before: Case | None, *seen: Sighting, at: datetime = SOON) -> Change:
    """Return the one change that a reading of *seen* at *at* makes to *before*."""
    memory = {} if before is None else {before.key: before}
    [change] = reconcile(memory, a_reading(*seen, taken_at=at))
    return change


def in_hand(**changes: object) -> Case:
    """Return a case that a person took in hand at noon."""
    return a_case(**changes).acknowledged(Tier.URGENT, Band.FAR, NOON)


def is_new_round(change: Change) -> bool:
    """Tell whether *change* begins a round at its reading, and clears what a person did."""
    after = change.after
    covered = after.acknowledged_tier is not None or after.snoozed_until is not None
    return after.asked_at == after.last_seen_at and not covered


def test_a_case_never_met_is_opened() -> None:
    """The first sighting of a case opens it, and its round begins with it."""
    sighting = a_sighting()

    change = meet(None, sighting)

    opened = Case(latest=sighting, first_seen_at=SOON, last_seen_at=SOON, asked_at=SOON)
    assert Change(ChangeKind.OPENED, None, opened) == change


def test_a_case_that_waits_for_the_buyer_is_opened_too() -> None:
    """A case is remembered whoever's move it is, so that we see the ball come back."""
    change = meet(None, a_sighting(stage=Stage.WAITING))

    assert ChangeKind.OPENED is change.kind


@pytest.mark.parametrize("before", [None, a_case(resolved_at=NOON)], ids=["never met", "ended"])
def test_an_end_we_need_not_hear_of(before: Case | None) -> None:
    """A case that is not open does not end again."""
    memory = {} if before is None else {KEY: before}

    assert [] == reconcile(memory, a_reading(a_sighting(stage=Stage.ENDED)))


@pytest.mark.parametrize("outcome", [Outcome.ROWS, Outcome.TRUNCATED])
def test_an_ended_status_resolves(outcome: Outcome) -> None:
    """A status that ended resolves a case at once, also in a reading that was cut short."""
    ended = a_sighting(stage=Stage.ENDED, status="退款成功")

    [change] = reconcile({KEY: a_case()}, a_reading(ended, taken_at=SOON, outcome=outcome))

    after = a_case(latest=ended, last_seen_at=SOON, resolved_at=SOON)
    assert (ChangeKind.RESOLVED, after) == (change.kind, change.after)


def test_a_case_that_returns_is_reopened_in_a_new_round() -> None:
    """A case met again after its end keeps number, star and note, and asks anew."""
    before = replace(in_hand(number=7, starred=True, note="老客户"), resolved_at=NOON, missed=2)

    seen = a_sighting(status="待举证")
    change = meet(before, seen)

    again = a_case(latest=seen, number=7, starred=True, note="老客户", asked_at=SOON)
    again = replace(again, last_seen_at=SOON)
    assert Change(ChangeKind.OPENED, before, again) == change


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": Kind.EXCHANGE},
        {"status": "待举证"},
        {"stage": Stage.WAITING},
        {"respond_by": NOON + 20 * HOUR - timedelta(minutes=3)},
        {"consequence": "自动同意"},
        {"reason": "不想要了"},
        {"amount": Fen(100)},
        {"unread": 1},
        {"tags": ("催处理",)},
    ],
    ids=str,
)
def test_news_is_an_update_in_the_same_round(changes: dict[str, object]) -> None:
    """What a person would want to know updates a case, and leaves what they did alone."""
    before = in_hand(respond_by=NOON + 20 * HOUR)
    seen = replace(before.latest, **changes)  # type: ignore[arg-type]  # a table of fields

    change = meet(before, seen)

    assert (ChangeKind.UPDATED, seen) == (change.kind, change.after.latest)
    assert replace(before, latest=seen, last_seen_at=SOON) == change.after


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"raw_deadline": "19小时59分30秒后自动同意"},
        {"url": "https://shop.example/other"},
        {"product": "帆布包（大）"},
        {"respond_by": NOON + 20 * HOUR + timedelta(minutes=2)},
    ],
    ids=str,
)
def test_what_moves_by_itself_is_no_news(changes: dict[str, object]) -> None:
    """A ticking countdown, jitter and descriptions are stored and not told."""
    before = in_hand(respond_by=NOON + 20 * HOUR)
    seen = replace(before.latest, **changes)  # type: ignore[arg-type]  # a table of fields

    change = meet(before, seen)

    latest = replace(seen, respond_by=NOON + 20 * HOUR)
    assert ChangeKind.SEEN is change.kind
    assert replace(before, latest=latest, last_seen_at=SOON) == change.after


def _limit(**changes: object) -> dict[str, object]:
    return {"respond_by": NOON + 20 * HOUR, "status": "待商家处理"} | changes


def _chat(**changes: object) -> dict[str, object]:
    return {"respond_by": NOON + 180 * SECOND, "kind": Kind.CONVERSATION} | changes


@pytest.mark.parametrize(
    ("old", "new", "asked_anew"),
    [
        pytest.param({"stage": Stage.WAITING}, {}, True, id="the ball comes back"),
        pytest.param({}, {"stage": Stage.WAITING}, False, id="the ball goes"),
        pytest.param({}, {"kind": Kind.DISPUTE}, True, id="it becomes a dispute"),
        pytest.param({"kind": Kind.DISPUTE}, {}, False, id="the dispute is taken back"),
        pytest.param({"kind": Kind.COMPLAINT}, {"kind": Kind.DISPUTE}, False, id="both grave"),
        pytest.param({"stage": Stage.WAITING}, {"stage": Stage.WAITING}, False, id="not our move"),
        pytest.param(
            _limit(), _limit(respond_by=NOON + 20 * HOUR + 121 * SECOND), True, id="more time"
        ),
        pytest.param(
            _limit(), _limit(respond_by=NOON + 20 * HOUR + 120 * SECOND), False, id="jitter"
        ),
        pytest.param(
            _chat(), _chat(respond_by=NOON + 196 * SECOND), True, id="the next question of a chat"
        ),
        pytest.param(
            _chat(), _chat(respond_by=NOON + 195 * SECOND), False, id="the jitter of a chat"
        ),
        pytest.param(_limit(), _limit(respond_by=NOON + HOUR), False, id="less time"),
        pytest.param({}, _limit(), False, id="a limit appears"),
        pytest.param(_limit(), {}, False, id="a limit disappears"),
        pytest.param(
            _limit(slack=HOUR),
            _limit(respond_by=NOON + 21 * HOUR + 120 * SECOND),
            False,
            id="later, but within the slack",
        ),
        pytest.param(
            _limit(slack=HOUR),
            _limit(respond_by=NOON + 21 * HOUR + 121 * SECOND),
            True,
            id="later than the slack allows",
        ),
        pytest.param({"unread": 1}, {"unread": 2, "reason": "在吗"}, False, id="writes more"),
        pytest.param({"unread": 2}, {"unread": 1, "reason": "在吗"}, True, id="writes again"),
        pytest.param({"unread": 2}, {"unread": 1}, False, id="somebody looked"),
        pytest.param({"unread": 2}, {"unread": 1, "reason": ""}, False, id="words not shown"),
    ],
)
def test_what_begins_a_round(
    old: dict[str, object],
    new: dict[str, object],
    asked_anew: bool,  # noqa: FBT001 (a table's column)
) -> None:
    """A round begins when the ball comes back, it turns grave or the time grows; at no other."""
    change = meet(in_hand(**old), a_sighting(**new))

    assert asked_anew == is_new_round(change)
    assert asked_anew or in_hand().acknowledged_at == change.after.acknowledged_at


@pytest.mark.parametrize(("reason", "asked_anew"), [("还有货吗", True), ("拍多了", False)])
def test_gone_for_one_look(reason: str, asked_anew: bool) -> None:  # noqa: FBT001 (a table's column)
    """A row that was gone for one look asks anew if it comes back with other words."""
    before = replace(in_hand(), missed=1)

    change = meet(before, a_sighting(reason=reason))

    assert (asked_anew, 0) == (is_new_round(change), change.after.missed)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("order_id", "6920001"),
        ("product", "帆布包"),
        ("buyer", "木**"),
        ("amount", Fen(0)),
        ("url", "https://shop.example/aftersale/7001"),
        ("opened_at", NOON),
        ("reason", "拍多了"),
        ("status", "待商家处理"),
        ("consequence", "自动同意"),
    ],
)
def test_what_is_not_shown_is_not_gone(field: str, value: object) -> None:
    """A source that shows less than another erases nothing, and that is no news."""
    before = a_case(**{field: value})
    empty = a_sighting(**{field: None if field in {"amount", "opened_at"} else ""})

    change = meet(before, empty)

    assert (ChangeKind.SEEN, value) == (change.kind, getattr(change.after.latest, field))


@pytest.mark.parametrize(
    "outcome", [Outcome.ROWS, Outcome.VERIFIED_EMPTY, Outcome.TRUNCATED, *FAILED]
)
def test_absence_counts_only_in_a_complete_reading(outcome: Outcome) -> None:
    """The first miss is only noted, and only where the queue was read to its end."""
    before = a_case()
    other = a_sighting(key=replace(KEY, case_id="7002"))
    reading = a_reading(other, outcome=outcome, taken_at=SOON)

    changes = [change for change in reconcile({KEY: before}, reading) if change.before == before]

    noted = [Change(ChangeKind.SEEN, before, replace(before, missed=1))]
    assert (noted if outcome.complete else []) == changes


def test_the_second_miss_resolves() -> None:
    """The second complete reading without a case resolves it; what lies between is no matter."""
    case = a_case()
    for reading in (a_reading(), a_reading(outcome=Outcome.SIGNED_OUT)):
        for change in reconcile({KEY: case}, reading):
            case = change.after

    [change] = reconcile({KEY: case}, a_reading(taken_at=SOON))

    assert ChangeKind.RESOLVED is change.kind
    assert a_case(missed=2, resolved_at=SOON) == change.after


def test_an_ended_case_is_not_missed() -> None:
    """What has ended is expected in no reading."""
    assert [] == reconcile({KEY: a_case(resolved_at=NOON)}, a_reading())


def test_a_row_that_comes_back_was_never_gone() -> None:
    """One miss is forgotten when the row is seen again, also in a reading that was cut short."""
    missed = a_case(missed=1)
    cut_short = a_reading(a_sighting(), outcome=Outcome.TRUNCATED, taken_at=SOON)

    [change] = reconcile({KEY: missed}, cut_short)

    assert (ChangeKind.SEEN, 0) == (change.kind, change.after.missed)


@pytest.mark.parametrize("key", [CaseKey("xique", "aftersale", "7"), CaseKey("shanque", "im", "7")])
def test_a_reading_speaks_of_its_own_queue(key: CaseKey) -> None:
    """Cases of another shop or another queue are not missed by this reading."""
    assert [] == reconcile({key: a_case(key=key)}, a_reading())


@pytest.mark.parametrize("outcome", FAILED)
def test_a_failed_reading_changes_nothing(outcome: Outcome) -> None:
    """Rows of a reading that failed (another shop's, say) are not believed."""
    rows = (a_sighting(status="待举证"), a_sighting(key=replace(KEY, case_id="7002")))

    assert [] == reconcile({KEY: a_case()}, a_reading(*rows, outcome=outcome))


def test_a_row_seen_twice_is_one_case() -> None:
    """Of two rows of one case in one reading the later one counts."""
    change = meet(None, a_sighting(status="待商家处理"), a_sighting(status="待举证"))

    assert "待举证" == change.after.latest.status
