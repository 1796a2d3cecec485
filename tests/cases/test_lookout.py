"""Whoever remembers what was foretold says what whoever asks of every case each time would say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from random import Random

import pytest

from agent.cases import (
    Alert,
    Band,
    Case,
    CaseKey,
    Escalation,
    Holiday,
    Kind,
    Policy,
    Quiet,
    Roster,
    Stage,
    Tier,
    decide,
    forecast,
    standing,
    with_people,
)
from agent.cases import lookout as the_lookout
from agent.cases.lookout import Lookout
from tests.mothers import NOON, a_case, an_alert

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
STEPS_S = (1, 5, 31, 299, 299, 1800, 1800, 3000, -45, -2000)
KINDS = (Kind.REFUND_ONLY, Kind.EXCHANGE, Kind.CONVERSATION, Kind.OUTAGE, Kind.PRICE_PROTECTION)

LADDER = (Escalation(2 * MINUTE, ("robot",)), Escalation(HOUR, (), ("王姐",)))
URGENT = replace(Policy().loudness[Tier.URGENT], ladder=LADDER)
LOUD = replace(Policy(), loudness={**Policy().loudness, Tier.URGENT: URGENT})
NIGHTLY = replace(LOUD, quiet=Quiet(time(13, 0), time(14, 30), frozenset()), zone=UTC)
AWAY = with_people(
    replace(LOUD, zone=timezone(8 * HOUR)),
    Roster(people={"小王": ("robot",)}),
    Holiday(date(2026, 5, 2), date(2026, 5, 2), "王姐"),
)
STRICT = replace(LOUD, exceptions={("shanque", ""): replace(NIGHTLY, targets={})})


@dataclass
class Days:
    """Some cases to which things happen by chance, and what was told of them."""

    policy: Policy
    chance: Random
    cases: dict[CaseKey, Case] = field(default_factory=dict)
    last: dict[CaseKey, Alert] = field(default_factory=dict)
    now: datetime = NOON

    def looks(self) -> Iterator[datetime]:
        """Yield the moments at which it is decided who is told."""
        for number in range(12):
            kind = self.chance.choice(KINDS)
            left = self.chance.choice((None, 20, 170, 1700, 1900, 14_500, 47_000, 180_000))
            respond_by = None if left is None else NOON + left * SECOND
            key = CaseKey("shanque", "aftersale", str(number))
            self.cases[key] = a_case(key=key, kind=kind, respond_by=respond_by, number=number)
        for _ in range(100):
            yield self.now
            self.now += self.chance.choice(STEPS_S) * SECOND
            if self.chance.random() < 0.4:
                self._happens(self.chance.choice(list(self.cases)))

    def _happens(self, key: CaseKey) -> None:
        self.cases[key] = self.chance.choice(ACTS)(self.cases[key], self)
        if self.chance.random() < 0.2:  # of another nobody was told: it was forgotten
            self.last.pop(self.chance.choice(list(self.cases)), None)


ACTS: tuple[Callable[[Case, Days], Case], ...] = (
    lambda case, days: case.snoozed(days.now + 20 * MINUTE, days.now),
    lambda case, days: case.acknowledged(
        (at := standing(case, days.policy, days.now)).tier, at.band, days.now
    ),
    lambda case, days: case.asked_again(days.now),
    lambda case, days: replace(
        case, latest=replace(case.latest, respond_by=days.now + 5 * HOUR, stage=Stage.MERCHANT)
    ),
    lambda case, _: replace(case, latest=replace(case.latest, stage=Stage.WAITING)),
)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    "policy",
    [LOUD, NIGHTLY, AWAY, STRICT],
    ids=["ladder", "quiet hours", "holiday", "exception"],
)
def test_what_is_remembered_changes_nothing(
    policy: Policy, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Days of acts, new rounds, moved limits and clocks set back: each alert at the same look."""
    monkeypatch.setattr(forecast, "_TRUSTED_S", 10**7)  # nothing but the forecast is believed
    lookout, days = Lookout(policy), Days(policy, Random(seed))
    for now in days.looks():
        cases = list(days.cases.values())
        anew = [decide(case, days.last.get(case.key), policy, now) for case in cases]
        found = lookout.due(cases, days.last, now)

        assert [alert for alert in anew if alert is not None] == [alert for alert, _ in found]

        if days.chance.random() < 0.8:  # what is hushed stays due, and is not told
            days.last.update({alert.key: alert for alert, _ in found})


def test_what_is_silent_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until its next step, or for a minute or two: then even a forecast is looked after."""
    asked: list[int] = []
    lookout = Lookout(Policy())
    case = a_case(kind=Kind.EXCHANGE, number=7)
    last = {case.key: an_alert(tier=Tier.IMPORTANT)}

    def counted(one: Case, *rest: object) -> None:
        asked.append(one.number)

    monkeypatch.setattr(the_lookout, "decide", counted)
    for second in range(150):
        lookout.due([case], last, NOON + second * SECOND)

    assert [7] * 3 == asked


def test_a_limit_at_the_beginning_of_time_is_decided_about_each_time() -> None:
    """What nobody can reckon with must not end the tick for all others."""
    case = a_case(respond_by=datetime.min.replace(tzinfo=UTC), number=1).acknowledged(
        Tier.URGENT, Band.EXPIRED, NOON
    )
    lookout = Lookout(Policy())

    assert [] == lookout.due([case], {}, NOON)
    assert 1 == len(lookout.due([case.released()], {}, NOON))
