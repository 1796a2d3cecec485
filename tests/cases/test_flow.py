"""What comes together is told together, a storm is a digest, and nothing urgent waits for long."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.cases import Alert, Band, Reason, Tier, Together
from agent.cases.flow import Flow
from tests.mothers import an_alert

URGENT, IMPORTANT, NORMAL = (
    an_alert(tier=tier) for tier in (Tier.URGENT, Tier.IMPORTANT, Tier.NORMAL)
)
REPEAT = an_alert(reason=Reason.REPEAT, repeat=1)
CLIMB = an_alert(tier=Tier.NORMAL, reason=Reason.ESCALATED)
LAST = an_alert(tier=Tier.NORMAL, band=Band.FINAL)
USUAL = Together()


def after(*told: Alert, together: Together = USUAL, gap: float = 1) -> Flow:
    """Return a road that brought *told* one by one, the last of them at second 0."""
    flow = Flow(together)
    for number, alert in enumerate(told):
        flow.brought([alert], (number + 1 - len(told)) * gap)
    return flow


@pytest.mark.parametrize(
    ("told", "next_", "seconds", "waits"),
    [
        ([], URGENT, 0, False),
        ([URGENT], URGENT, 1, True),
        ([URGENT], URGENT, 29.9, True),
        ([URGENT], URGENT, 30, False),
        ([URGENT], NORMAL, 1, True),
        ([NORMAL], URGENT, 1, False),
        ([NORMAL], IMPORTANT, 1, False),
        ([IMPORTANT], NORMAL, 1, True),
        ([URGENT], LAST, 1, False),
        ([URGENT], REPEAT, 1, False),
        ([URGENT], CLIMB, 1, False),
        ([REPEAT], URGENT, 1, False),
        ([NORMAL, URGENT, NORMAL], IMPORTANT, 1, True),
    ],
)
def test_what_comes_soon_after_news_waits_for_more(
    told: list[Alert],
    next_: Alert,
    seconds: float,
    waits: bool,  # noqa: FBT001 (a table's column)
) -> None:
    """But not what is louder, in its last step, due again, or to be told to somebody else."""
    assert waits == after(*told).holds([next_], seconds)


def test_what_does_not_wait_takes_along_what_does() -> None:
    """A notice tells all that is there."""
    flow = after(URGENT)

    assert flow.holds([URGENT, NORMAL], 1)
    assert not flow.holds([URGENT, LAST, NORMAL], 1)


@pytest.mark.parametrize("alert", [URGENT, LAST, REPEAT, CLIMB])
def test_beyond_the_most_a_minute_all_wait(alert: Alert) -> None:
    """The minute over, they are told at once."""
    flow = after(*[REPEAT] * 6, gap=5)

    assert flow.storms(34.9)
    assert flow.holds([alert], 34.9)
    assert flow.overflowed
    assert not flow.holds([alert], 35)


@pytest.mark.parametrize(
    ("told", "seconds", "waits"), [(2, 1, False), (3, 9, True), (3, 10, False)]
)
def test_half_of_them_come_at_once_the_rest_is_spread(
    told: int,
    seconds: float,
    waits: bool,  # noqa: FBT001 (a table's column)
) -> None:
    """Of six a minute three at once, and then one every ten seconds."""
    assert waits == after(*[LAST] * told, gap=1).holds([LAST], seconds)


arrivals = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 1, 2, 7, 25, 31, 61]),
        st.sampled_from(Tier),
        st.sampled_from([Band.FAR, Band.CLOSE, Band.FINAL]),
        st.sampled_from([Reason.NEW, Reason.BAND_REACHED, Reason.REPEAT, Reason.ESCALATED]),
    ),
    max_size=40,
)


@settings(max_examples=150)
@given(
    arrivals=arrivals,
    within=st.sampled_from([1, 30, 60]),
    most=st.integers(2, 7),
)
def test_nothing_is_lost_nothing_waits_and_nothing_storms(
    arrivals: list[tuple[int, Tier, Band, Reason]], within: int, most: int
) -> None:
    """Whatever comes in whatever order: within a minute it is told, and never too often."""
    flow, waiting = Flow(Together(timedelta(seconds=within), most)), list[tuple[int, Alert]]()
    coming, moment = list[tuple[int, Alert]](), 0
    for number, (gap, tier, band, reason) in enumerate(arrivals):
        moment += gap
        one = an_alert(tier=tier, band=band, reason=reason, alert_id=number)
        coming.append((moment, one))
    told: list[tuple[int, list[tuple[int, Alert]]]] = []
    for now in range(moment + 62):
        waiting += [one for one in coming if one[0] == now]
        if waiting and not flow.holds([alert for _, alert in waiting], now):
            flow.brought([alert for _, alert in waiting], now)
            told.append((now, waiting))
            waiting = []

    assert coming == [one for _, notice in told for one in notice]
    assert all(now - since <= 60 for now, notice in told for since, _ in notice)
    assert all(
        later - earlier >= 60 for (earlier, _), (later, _) in zip(told, told[most:], strict=False)
    )
    assert all(
        now == since or flow_was_full(told, now, since, most)
        for now, notice in told
        for since, alert in notice
        if alert.band is Band.FINAL
    )


def flow_was_full(
    told: list[tuple[int, list[tuple[int, Alert]]]], now: int, since: int, most: int
) -> bool:
    """Tell whether the road had brought half of what it may in the minute before *since*."""
    return sum(since - 60 < at <= since for at, _ in told if at < now) * 2 >= most


def test_news_in_a_row_are_told_every_half_minute() -> None:
    """A case a second for five minutes: a digest each thirty seconds, and no more."""
    flow, told, waiting = Flow(USUAL), list[int](), 0
    for now in range(300):
        waiting += 1
        if not flow.holds([replace(URGENT, alert_id=now)], now):
            flow.brought([URGENT], now)
            told.append(now)
            waiting = 0

    assert {30} == {later - earlier for earlier, later in pairwise(told)}
    assert waiting < 30
