from datetime import datetime, timedelta

import pytest

from agent.cases import (
    Alert,
    Band,
    Bands,
    Case,
    Kind,
    Loudness,
    Policy,
    Reason,
    Stage,
    Standing,
    Tier,
    clip_snooze,
    decide,
    is_quiet,
    standing,
)
from tests.mothers import KEY, NOON, a_case, an_alert

POLICY = Policy()
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
IMPORTANT = Kind.EXCHANGE


@pytest.mark.parametrize(
    ("kind", "left", "band"),
    [
        (Kind.REFUND_ONLY, 12 * HOUR + TICK, Band.FAR),
        (Kind.REFUND_ONLY, 12 * HOUR, Band.NEAR),
        (Kind.REFUND_ONLY, 4 * HOUR + TICK, Band.NEAR),
        (Kind.REFUND_ONLY, 4 * HOUR, Band.CLOSE),
        (Kind.REFUND_ONLY, 30 * MINUTE + TICK, Band.CLOSE),
        (Kind.REFUND_ONLY, 30 * MINUTE, Band.FINAL),
        (Kind.REFUND_ONLY, TICK, Band.FINAL),
        (Kind.REFUND_ONLY, timedelta(0), Band.EXPIRED),
        (Kind.REFUND_ONLY, -1000 * HOUR, Band.EXPIRED),
        (Kind.CONVERSATION, 3 * MINUTE + TICK, Band.FAR),
        (Kind.CONVERSATION, 3 * MINUTE, Band.NEAR),
        (Kind.CONVERSATION, 2 * MINUTE + TICK, Band.NEAR),
        (Kind.CONVERSATION, 2 * MINUTE, Band.CLOSE),
        (Kind.CONVERSATION, MINUTE + TICK, Band.CLOSE),
        (Kind.CONVERSATION, MINUTE, Band.FINAL),
        (Kind.CONVERSATION, TICK, Band.FINAL),
        (Kind.CONVERSATION, timedelta(0), Band.EXPIRED),
    ],
)
def test_the_steps_of_a_countdown(kind: Kind, left: timedelta, band: Band) -> None:
    """Each step begins at the instant at which its time is left, for tickets and for chats."""
    case = a_case(kind=kind, respond_by=NOON + left)

    assert band is standing(case, POLICY, NOON).band


@pytest.mark.parametrize("left", [None, 100 * HOUR])
def test_no_limit_is_far(left: timedelta | None) -> None:
    """Without a limit a case is as far as one with days to go."""
    assert Band.FAR is Bands(12 * HOUR, 4 * HOUR, HOUR).at(left)


@pytest.mark.parametrize(
    ("tier", "platform", "own"),
    [
        (Tier.NORMAL, [1, 1, 2, 3, 3], [1, 1, 2, 2, 2]),
        (Tier.IMPORTANT, [2, 2, 2, 3, 3], [2, 2, 2, 2, 2]),
        (Tier.URGENT, [3, 3, 3, 3, 3], [3, 3, 3, 3, 3]),
    ],
)
def test_the_tier_rises_with_the_steps(tier: Tier, platform: list[int], own: list[int]) -> None:
    """Time raises a case: to the top before the platform's limit, one less before our own."""
    lefts = [13 * HOUR, 5 * HOUR, HOUR, 10 * MINUTE, -MINUTE]
    limit = [a_case(kind=Kind.OTHER, tier=tier, respond_by=NOON + left) for left in lefts]
    target = [
        a_case(kind=Kind.OTHER, tier=tier, asked_at=NOON + left - 24 * HOUR) for left in lefts
    ]

    assert platform == [standing(case, POLICY, NOON).tier for case in limit]
    assert own == [standing(case, POLICY, NOON).tier for case in target]


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        (Kind.REFUND_ONLY, 24 * HOUR),
        (Kind.RETURN_REFUND, 24 * HOUR),
        (Kind.EXCHANGE, 24 * HOUR),
        (Kind.RESEND, 24 * HOUR),
        (Kind.REPAIR, 24 * HOUR),
        (Kind.PRICE_PROTECTION, 24 * HOUR),
        (Kind.DISPUTE, 8 * HOUR),
        (Kind.COMPLAINT, 8 * HOUR),
        (Kind.PENALTY, 8 * HOUR),
        (Kind.CONVERSATION, HOUR),
        (Kind.OTHER, 24 * HOUR),
        (Kind.OUTAGE, None),
    ],
)
def test_our_own_target_counts_where_the_page_has_no_limit(
    kind: Kind, target: timedelta | None
) -> None:
    """Without a limit on the page the owner's own target counts from the round's beginning."""
    at = standing(a_case(kind=kind, asked_at=NOON - MINUTE), POLICY, NOON)

    assert (target and NOON - MINUTE + target, target is not None) == (at.due_at, at.own_target)


def test_the_platforms_limit_goes_before_our_own() -> None:
    """A limit on the page is the one that counts, later or earlier than the owner's."""
    at = standing(a_case(respond_by=NOON + 40 * HOUR), POLICY, NOON)

    assert Standing(Tier.URGENT, Band.FAR, NOON + 40 * HOUR, own_target=False) == at


def test_nobody_owes_an_answer_while_the_buyer_moves() -> None:
    """While it is the buyer's move no target of ours runs."""
    at = standing(a_case(stage=Stage.WAITING, asked_at=NOON - 100 * HOUR), POLICY, NOON)

    assert (None, Band.FAR) == (at.due_at, at.band)


@pytest.mark.parametrize(
    ("age", "tier"), [(10 * MINUTE - TICK, Tier.IMPORTANT), (10 * MINUTE, Tier.URGENT)]
)
def test_an_outage_becomes_urgent(age: timedelta, tier: Tier) -> None:
    """Ten minutes without sight are urgent."""
    assert tier is standing(a_case(kind=Kind.OUTAGE), POLICY, NOON + age).tier


@pytest.mark.parametrize(
    ("left", "asked", "given"),
    [
        pytest.param(None, HOUR, HOUR, id="no limit"),
        pytest.param(None, 25 * HOUR, 24 * HOUR, id="a day at most"),
        pytest.param(-HOUR, HOUR, HOUR, id="time is up"),
        pytest.param(-HOUR, 25 * HOUR, 24 * HOUR, id="time is up, a day at most"),
        pytest.param(timedelta(0), 25 * HOUR, 24 * HOUR, id="time is just up"),
        pytest.param(5 * HOUR, HOUR, HOUR, id="well before"),
        pytest.param(5 * HOUR, 5 * HOUR, 270 * MINUTE, id="until the last step"),
        pytest.param(40 * HOUR, 30 * HOUR, 30 * HOUR, id="longer than a day, with a limit"),
        pytest.param(30 * MINUTE + TICK, HOUR, TICK, id="just before the last step"),
        pytest.param(30 * MINUTE, HOUR, 30 * MINUTE, id="in the last step, until the limit"),
        pytest.param(10 * MINUTE, 5 * MINUTE, 5 * MINUTE, id="within the last step"),
    ],
)
def test_a_snooze_never_outlasts_the_limit(
    left: timedelta | None, asked: timedelta, given: timedelta
) -> None:
    """A snooze ends where the last step begins; given in the last step, at the limit."""
    case = a_case(kind=Kind.OUTAGE, respond_by=None if left is None else NOON + left)

    assert NOON + given == clip_snooze(case, NOON + asked, POLICY, NOON)


def test_a_snooze_respects_our_own_target() -> None:
    """The owner's own target clips a snooze like the platform's limit."""
    case = a_case(kind=Kind.CONVERSATION)

    assert NOON + 59 * MINUTE == clip_snooze(case, NOON + 3 * HOUR, POLICY, NOON)


@pytest.mark.parametrize(
    ("tier", "left", "quiet"),
    [
        (Tier.IMPORTANT, 13 * HOUR, True),
        (Tier.IMPORTANT, 12 * HOUR, True),
        (Tier.IMPORTANT, 4 * HOUR, False),
        (Tier.URGENT, 13 * HOUR, False),
        (Tier.NORMAL, 12 * HOUR, True),
        (Tier.NORMAL, 4 * HOUR, False),
    ],
)
def test_an_acknowledgement_covers_its_tier_and_its_step(
    tier: Tier,
    left: timedelta,
    quiet: bool,  # noqa: FBT001 (a table's column)
) -> None:
    """Taken in hand as important within 12 hours, a case is quiet up to that and no further."""
    case = a_case(tier=tier, respond_by=NOON + left)

    assert quiet == is_quiet(
        case.acknowledged(Tier.IMPORTANT, Band.NEAR, NOON - HOUR), POLICY, NOON
    )


def _snoozed(case: Case) -> Case:
    return case.snoozed(NOON + HOUR, NOON)


@pytest.mark.parametrize(
    ("case", "now", "quiet"),
    [
        pytest.param(_snoozed(a_case()), NOON, True, id="just put off"),
        pytest.param(_snoozed(a_case()), NOON + HOUR - TICK, True, id="still put off"),
        pytest.param(_snoozed(a_case()), NOON + HOUR, False, id="over"),
        pytest.param(_snoozed(a_case()), NOON - TICK, False, id="clock set back"),
        pytest.param(
            _snoozed(a_case(respond_by=NOON + 45 * MINUTE)),
            NOON + 15 * MINUTE - TICK,
            True,
            id="limit moved earlier, before its last step",
        ),
        pytest.param(
            _snoozed(a_case(respond_by=NOON + 45 * MINUTE)),
            NOON + 15 * MINUTE,
            False,
            id="limit moved earlier, its last step",
        ),
        pytest.param(
            _snoozed(a_case().acknowledged(Tier.URGENT, Band.EXPIRED, NOON - HOUR)),
            NOON + HOUR,
            False,
            id="put off after it was taken in hand: a reminder is wanted",
        ),
        pytest.param(
            a_case().acknowledged(Tier.URGENT, Band.EXPIRED, NOON),
            NOON,
            True,
            id="just taken in hand",
        ),
        pytest.param(
            a_case().acknowledged(Tier.URGENT, Band.EXPIRED, NOON),
            NOON - TICK,
            False,
            id="taken in hand in a time that never was",
        ),
    ],
)
def test_how_long_a_word_holds(
    case: Case,
    now: datetime,
    quiet: bool,  # noqa: FBT001 (a table's column)
) -> None:
    """A snooze holds from when it was given to its clipped end, and not in a time before."""
    assert quiet == is_quiet(case, POLICY, now)


@pytest.mark.parametrize(
    ("repeats", "band", "seconds"),
    [
        (0, Band.FAR, 30),
        (1, Band.NEAR, 60),
        (2, Band.CLOSE, 120),
        (3, Band.EXPIRED, 240),
        (4, Band.FAR, 300),
        (10_000, Band.FAR, 300),
        (0, Band.FINAL, 30),
        (10_000, Band.FINAL, 30),
    ],
)
def test_the_gap_doubles_except_in_the_last_step(repeats: int, band: Band, seconds: int) -> None:
    """Each repeat waits twice as long, five minutes at most; in the last step always briefly."""
    assert seconds * SECOND == POLICY.loudness[Tier.URGENT].gap(repeats, band)


def test_a_longest_gap_below_the_first_is_no_gap() -> None:
    """A longest gap that is shorter than the first does not shorten it."""
    loudness = Loudness(("sound",), repeat_every=10 * MINUTE, repeat_at_most=MINUTE)

    assert 10 * MINUTE == loudness.gap(0, Band.FAR) == loudness.gap(9, Band.FAR)


def test_a_new_case_rings_with_all_its_particulars() -> None:
    """The first alert says which case, how loud, how late, since when and over which channels."""
    alert = decide(a_case(respond_by=NOON + HOUR), None, POLICY, NOON + MINUTE)

    expected = Alert(
        key=KEY,
        tier=Tier.URGENT,
        band=Band.CLOSE,
        reason=Reason.NEW,
        raised_at=NOON + MINUTE,
        asked_at=NOON,
        channels=("sound", "desktop"),
    )
    assert expected == alert


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(a_case(stage=Stage.WAITING), id="the buyer's move"),
        pytest.param(a_case(resolved_at=NOON), id="ended"),
        pytest.param(a_case().acknowledged(Tier.URGENT, Band.NEAR, NOON), id="in hand"),
        pytest.param(a_case().snoozed(NOON + HOUR, NOON), id="put off"),
    ],
)
@pytest.mark.parametrize("last", [None, an_alert(asked_at=NOON - HOUR)], ids=["first", "later"])
def test_what_never_rings(case: Case, last: Alert | None) -> None:
    """Nothing rings that is not ours to answer, or that somebody answers for."""
    assert decide(case, last, POLICY, NOON + MINUTE) is None
