"""What is kept of what was made is what would be made anew, in the same order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from agent.cases import (
    Band,
    Case,
    CaseKey,
    Holiday,
    Kind,
    Policy,
    Roster,
    Tier,
    forecast,
    is_quiet,
    standing,
    with_people,
)
from agent.cases.steady import Steady
from tests.mothers import NOON, a_case

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
STEPS_S = (1, 5, 31, 299, 1800, 9000, -45, -2000)
PLANNED = Holiday((NOON + 24 * HOUR).date(), (NOON + 24 * HOUR).date(), "王姐")
POLICY = with_people(replace(Policy(), zone=UTC), Roster(assigned={Kind.EXCHANGE: "小王"}), PLANNED)

Said = tuple[float, int, Tier, Band, bool, str, Case]


def said(case: Case, now: datetime) -> Said:
    """Return all that a list shows of *case*."""
    at = standing(case, POLICY, now)
    left = float("inf") if at.due_at is None else at.due_at.timestamp()
    whose = POLICY.at(case.key).during(now).assigned(case)
    return left, case.number, at.tier, at.band, is_quiet(case, POLICY, now), whose, case


def rank(one: Said) -> tuple[Tier, float, int]:
    """Return its place in the list."""
    return one[2], one[0], one[1]


def numbered(number: int, left_s: int | None) -> Case:
    """Return an exchange or a refund with so much time left."""
    key = CaseKey("shanque", "aftersale", str(number))
    respond_by = None if left_s is None else NOON + left_s * SECOND
    kind = Kind.EXCHANGE if number % 2 else Kind.OUTAGE
    return a_case(key=key, number=number, kind=kind, respond_by=respond_by)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_kept_is_what_would_be_made(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over days of acts, new and ended cases, limits that move and clocks that are set back."""
    monkeypatch.setattr(forecast, "_TRUSTED_S", 10**7)  # nothing but the forecast is believed
    chance, now, steady = Random(seed), NOON, Steady(POLICY, said, rank)
    cases = {
        number: numbered(number, chance.choice((None, 20, 1900, 47_000))) for number in range(8)
    }
    for number in range(8, 150):
        made = sorted((said(case, now) for case in cases.values()), key=rank)

        assert made == list(steady.at(list(cases.values()), now))

        now += chance.choice(STEPS_S) * SECOND
        which = chance.choice(list(cases))
        match chance.randrange(5):
            case 0:
                cases[which] = cases[which].snoozed(now + HOUR, now)
            case 1:
                at = standing(cases[which], POLICY, now)
                cases[which] = cases[which].acknowledged(at.tier, at.band, now)
            case 2 if len(cases) > 1:
                del cases[which]
                cases[number] = numbered(number, int((now - NOON).total_seconds()) + 20_000)
            case _:
                pass


def test_as_long_as_nothing_differs_it_is_the_same_tuple() -> None:
    """So that whoever makes something of it need not compare."""
    made: list[int] = []

    def counted(case: Case, now: datetime) -> Said:
        made.append(case.number)
        return said(case, now)

    steady, cases = Steady(POLICY, counted, rank), [numbered(1, 47_000), numbered(2, None)]
    first = steady.at(cases, NOON)
    same = [steady.at([*cases], NOON + second * SECOND) for second in range(150)]

    assert all(one is first for one in same)
    assert [1, 2] * 3 == sorted(made[:2]) + made[2:]


def test_only_what_changed_is_made() -> None:
    """The rows of the others are those that were there."""
    steady, cases = Steady(POLICY, said, rank), [numbered(1, 47_000), numbered(2, 48_000)]
    first = steady.at(cases, NOON)
    starred = replace(cases[0], starred=True)
    second = steady.at([starred, cases[1]], NOON + SECOND)

    assert [1, 2] == [one[1] for one in first]
    assert second[1] is first[1]
    assert (starred, cases[0]) == (second[0][-1], first[0][-1])
