"""The merged list of all shops, and what a person does to a case."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import (
    Band,
    Case,
    Change,
    ChangeKind,
    Holiday,
    Kind,
    Policy,
    Roster,
    Stage,
    Tier,
    with_people,
)
from agent.errors import GeshaoError, UnknownCase
from agent.journal import ChannelHealth
from tests.box import Box, a_box
from tests.mothers import KEY, NOON, a_shop, an_alert

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def box() -> Iterator[Box]:
    """Give the inbox of a shop with an after-sales and a chat queue."""
    with a_box() as box:
        yield box


def test_the_list_is_in_the_order_of_need(box: Box) -> None:
    """Blindness, then the least time left, the louder first; what waits for others comes last."""
    theirs = box.opens("1", stage=Stage.WAITING, respond_by=box.later(minutes=1))
    tomorrow = box.opens("2", kind=Kind.EXCHANGE, respond_by=box.later(hours=30))
    our_target = box.opens("3", kind=Kind.DISPUTE)
    soon = box.opens("4", kind=Kind.EXCHANGE, respond_by=box.later(hours=6))
    soon_but_louder = box.opens("5", kind=Kind.DISPUTE, respond_by=box.later(hours=6))
    expired = box.opens("6", kind=Kind.EXCHANGE, respond_by=box.later(minutes=-1))
    blind = box.opens("7", kind=Kind.OUTAGE, status="signed_out")
    newer = box.opens("8", kind=Kind.DISPUTE, respond_by=box.later(hours=6))
    no_target = box.opens("9", kind=Kind.OTHER, stage=Stage.WAITING)
    in_order = [blind, expired, soon_but_louder, newer, soon, our_target, tomorrow, theirs]

    assert [case.number for case in (*in_order, no_target)] == box.numbers()


def test_a_row_tells_how_the_case_stands_now(box: Box) -> None:
    """Tier and step are of this moment; the platform's limit wins over the owner's target."""
    box.opens("1", kind=Kind.EXCHANGE, respond_by=box.later(minutes=29))
    box.opens("2", kind=Kind.EXCHANGE)
    limited, own = box.inbox.snapshot().rows

    assert (Tier.URGENT, Band.FINAL, False) == (limited.tier, limited.band, limited.own_target)
    assert (NOON + 29 * MINUTE, NOON + 24 * HOUR) == (limited.due_at, own.due_at)
    assert (Tier.IMPORTANT, Band.FAR, True) == (own.tier, own.band, own.own_target)
    assert a_shop() == limited.shop


def test_a_row_tells_whose_kind_it_is(box: Box) -> None:
    """By the roster in force, another one from the next look on; in a holiday the stand-in."""
    box.opens("1", kind=Kind.EXCHANGE)
    box.opens("2", kind=Kind.DISPUTE)
    roster = Roster(people={"小王": ()}, assigned={Kind.EXCHANGE: "小王"})
    holiday = Holiday((NOON - DAY).date(), (NOON + DAY).date(), "王姐")
    told = []
    for policy in (Policy(), with_people(Policy(), roster), with_people(Policy(), roster, holiday)):
        box.inbox.follow(policy)
        told.append({row.case.latest.kind: row.assigned for row in box.inbox.snapshot().rows})

    assert [
        {Kind.EXCHANGE: "", Kind.DISPUTE: ""},
        {Kind.EXCHANGE: "小王", Kind.DISPUTE: ""},
        {Kind.EXCHANGE: "王姐", Kind.DISPUTE: "王姐"},
    ] == told


def test_a_snapshot_says_what_has_left(box: Box) -> None:
    """The latest twelve hours, newest first; not those of a shop that is no longer watched."""
    for case_id, ago in (("1", 13), ("2", 2), ("3", 1)):
        case = box.opens(case_id)
        box.becomes(replace(case, resolved_at=box.later(hours=-ago)), ChangeKind.RESOLVED)
    gone = box.opens("4", shop="removed")
    box.becomes(replace(gone, resolved_at=NOON), ChangeKind.RESOLVED)

    assert ["3", "2"] == [case.key.case_id for case in box.inbox.snapshot().resolved]
    assert [] == box.numbers()


def test_a_shop_that_is_no_longer_watched_is_not_listed(box: Box) -> None:
    """Its cases are kept, but show nowhere."""
    box.opens("1", shop="removed")

    assert () == box.inbox.snapshot().rows
    assert 1 == len(box.journal.open_cases())


def test_the_revision_grows_with_what_changes(box: Box) -> None:
    """Looking changes nothing; an act does."""
    case = box.opens()
    before = box.inbox.snapshot().revision
    looked = box.inbox.snapshot().revision
    box.inbox.acknowledge(str(case.number))

    assert before == looked
    assert before < box.inbox.snapshot().revision


def test_each_channel_that_is_on_shows_how_it_works(box: Box) -> None:
    """One that was never used has nothing to tell yet; one that is off is not shown."""
    box.opens()
    box.journal.raise_alert(an_alert(channels=("sound", "robot")))
    due = [replace(d, error="没有声音设备") for d in box.journal.pending_deliveries()]
    box.journal.settle(*due, now=NOON)

    assert (
        ChannelHealth("desktop"),
        ChannelHealth("sound", error="没有声音设备"),
    ) == box.inbox.snapshot().channels


@pytest.mark.parametrize("name", ["1", "#1", KEY.case_id, str(KEY)])
def test_taken_in_hand_a_case_is_quiet_as_it_stands(box: Box, name: str) -> None:
    """By any name; it stays quiet until it gets later."""
    box.opens(respond_by=box.later(hours=5))
    taken = box.inbox.acknowledge(name)
    quiet = box.inbox.snapshot().rows[0].quiet
    box.clock.jump(HOUR.total_seconds())

    assert (Tier.URGENT, Band.NEAR) == (taken.acknowledged_tier, taken.acknowledged_band)
    assert quiet
    assert not box.inbox.snapshot().rows[0].quiet


@pytest.mark.parametrize(
    ("left", "asked", "given"),
    [
        (None, 30 * MINUTE, 30 * MINUTE),
        (5 * HOUR, HOUR, HOUR),
        (5 * HOUR, 10 * HOUR, 4.5 * HOUR),
        (20 * MINUTE, HOUR, 20 * MINUTE),
        (-MINUTE, 48 * HOUR, 24 * HOUR),
    ],
)
def test_put_off_as_long_as_it_may_be(
    box: Box, left: timedelta | None, asked: timedelta, given: timedelta
) -> None:
    """The end that is told is the real one: never past the last step before the deadline."""
    case = box.opens(respond_by=None if left is None else NOON + left)
    until = box.inbox.snooze("1", asked)
    quiet = box.inbox.snapshot().rows[0].quiet

    assert NOON + given == until == box.inbox.find(str(case.key)).snoozed_until
    assert quiet


@pytest.mark.parametrize("span", [timedelta(0), -MINUTE])
def test_put_off_for_nothing_is_refused(box: Box, span: timedelta) -> None:
    """A time that is none is a slip; the answer shows how it is written."""
    box.opens()

    with pytest.raises(GeshaoError, match="大于 0") as refused:
        box.inbox.snooze("1", span)
    assert "geshao snooze" in refused.value.next_step


def test_a_star_comes_and_goes(box: Box) -> None:
    """It is a mark of the person's own; it silences nothing."""
    box.opens()
    box.inbox.star("1", starred=True)
    starred = box.inbox.snapshot().rows[0]
    box.inbox.star("1", starred=False)

    assert (True, False) == (starred.case.starred, starred.quiet)
    assert not box.inbox.find("1").starred


def test_a_case_that_is_over_is_not_taken_in_hand(box: Box) -> None:
    """The platform was quicker: the answer says so, and where to look."""
    case = box.opens()
    box.becomes(replace(case, resolved_at=NOON), ChangeKind.RESOLVED)

    for act in (box.inbox.acknowledge, lambda name: box.inbox.snooze(name, HOUR)):
        with pytest.raises(GeshaoError, match="#1 已经结束") as refused:
            act("1")
        assert "geshao inbox" in refused.value.next_step


def test_an_unknown_number_is_refused(box: Box) -> None:
    """Nothing is taken in hand by mistake."""
    for act in (box.inbox.acknowledge, box.inbox.find, lambda name: box.inbox.snooze(name, HOUR)):
        with pytest.raises(UnknownCase):
            act("12")


@pytest.mark.parametrize("act", ["acknowledge", "snooze"])
def test_a_round_that_the_person_had_not_seen_is_not_silenced(
    box: Box, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ball came back in the blink between looking and acting: it is said, and not taken."""
    case = box.opens()
    find = box.journal.find

    def and_comes_back(name: str) -> Case:
        seen = find(name)
        again = seen.asked_again(box.later(seconds=1))
        box.journal.record([Change(ChangeKind.UPDATED, seen, again)], None, shop=KEY.shop)
        return seen

    with monkeypatch.context() as patch:
        patch.setattr(box.journal, "find", and_comes_back)
        with pytest.raises(GeshaoError, match="又轮到您"):
            box.inbox.acknowledge("1") if act == "acknowledge" else box.inbox.snooze("1", HOUR)
    now = find(str(case.key))

    assert (None, None) == (now.acknowledged_at, now.snoozed_at)
