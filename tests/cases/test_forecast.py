"""What is foretold of a case is what then happens."""

from dataclasses import replace
from datetime import UTC, time, timedelta
from itertools import takewhile

import pytest

from agent.cases import Alert, Band, Case, Escalation, Kind, Policy, Quiet, Reason, Tier, decide
from agent.cases.forecast import news, upcoming
from tests.mothers import NOON, a_case, an_alert

SECOND = timedelta(seconds=1)
TICK = timedelta(seconds=10)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LADDER = (Escalation(2 * MINUTE, ("robot",)), Escalation(HOUR, (), ("王姐",)))
URGENT = replace(Policy().loudness[Tier.URGENT], ladder=LADDER)
LOUD = replace(Policy(), loudness={**Policy().loudness, Tier.URGENT: URGENT})
NIGHTLY = replace(LOUD, quiet=Quiet(time(13, 0), time(14, 30), frozenset()), zone=UTC)

CASES = {
    "urgent": a_case(),
    "important": a_case(kind=Kind.EXCHANGE, respond_by=NOON + 4 * HOUR + 20 * MINUTE),
    "nearly up": a_case(respond_by=NOON + 35 * MINUTE),
    "chat": a_case(kind=Kind.CONVERSATION, respond_by=NOON + 150 * SECOND),
    "outage": a_case(kind=Kind.OUTAGE),
    "put off": a_case().snoozed(NOON + 40 * MINUTE, NOON),
    "in hand": a_case(respond_by=NOON + 4 * HOUR + 30 * MINUTE).acknowledged(
        Tier.URGENT, Band.NEAR, NOON
    ),
}


def lived(case: Case, policy: Policy, span: timedelta) -> list[Alert]:
    """Return what rings in *span*, a decision each ten seconds: all its times are such."""
    last: Alert | None = None
    rung = []
    for number in range(span // TICK):
        alert = decide(case, last, policy, NOON + number * TICK)
        if alert is not None:
            last = alert
            rung.append(alert)
    return rung


@pytest.mark.parametrize("policy", [LOUD, NIGHTLY], ids=["by day", "with quiet hours"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_forecast_comes_true(case: Case, policy: Policy) -> None:
    """Each alert at its time with all its particulars: steps, repeats, ladder, morning."""
    span = 3 * HOUR

    told = takewhile(
        lambda alert: alert.raised_at < NOON + span, upcoming(case, None, policy, NOON)
    )

    assert lived(case, policy, span) == list(told)


def test_the_news_leave_out_all_repeats_but_the_first() -> None:
    """A page of what comes is no page of "still open"."""
    told = news(a_case(respond_by=NOON + 5 * HOUR), an_alert(), Policy(), NOON + SECOND, 3)

    assert [
        Reason.BAND_REACHED,
        Reason.REPEAT,
        Reason.BAND_REACHED,
        Reason.REPEAT,
        Reason.BAND_REACHED,
    ] == [alert.reason for alert in told]


def test_of_what_is_over_nothing_is_foretold() -> None:
    """Nothing rings, and the search for it ends."""
    assert [] == list(upcoming(a_case(resolved_at=NOON), None, Policy(), NOON))
