"""A promotion day, answered and unanswered: never more than a person can take, nothing too late.

In every test run it is a short day: few buyers, but all the outages and a storm.
`GESHAO_PROMOTION=day python -m pytest tests/promotion` lets the whole day of 600 tickets pass.
"""

import os
from collections.abc import Callable, Iterator
from random import Random

import pytest
from loguru import logger

from agent.cases import Reason
from agent.config import shipped_lexicon
from agent.journal import Journal
from tests.promotion.crowds import wrong_crowds
from tests.promotion.day import DAY, SHORT, WHOLE, Size, a_day
from tests.promotion.oracle import (
    late,
    over_the_cap,
    rounds_of_nothing,
    said_and_not_brought,
    told_twice,
)
from tests.promotion.person import Person
from tests.promotion.policy import POLICY
from tests.promotion.record import Record
from tests.promotion.shift import Shift
from tests.promotion.table import table
from tests.promotion.troubles import (
    climbed_in_vain,
    not_blamed,
    not_climbed,
    not_muted,
    owed_steps,
    unsaid_outages,
)

SIZE = WHOLE if os.environ.get("GESHAO_PROMOTION") == "day" else SHORT
SEED = 1
FIRST = Size(backlog=10, midnight=60, storm=0, others=0)
FIRST_S = 75
pytestmark = pytest.mark.timeout(3600 if SIZE is WHOLE else 300)


@pytest.fixture(autouse=True)
def no_log() -> Iterator[None]:
    """Write no log of outages that are meant."""
    logger.disable("agent")
    yield
    logger.enable("agent")


async def passed(
    *, answered: bool, size: Size = SIZE, until: int = DAY, every_second: bool = False
) -> Record:
    """Let the day pass, with somebody at the desk or nobody."""
    with Journal.open(None) as journal:
        day = a_day(SEED, size)
        shift = Shift(day, journal, POLICY, shipped_lexicon(), every_second=every_second)
        if answered:
            Person(shift, Random(SEED))
        return await shift.passes(until)


def wrongs(record: Record) -> list[str]:
    """Return whatever any judge finds wrong with a day, whoever answers."""
    judges = (
        over_the_cap,
        said_and_not_brought,
        late,
        told_twice,
        rounds_of_nothing,
        unsaid_outages,
        not_muted,
        not_blamed,
        wrong_crowds,
    )
    return [f"{judge.__name__}: {wrong}" for judge in judges for wrong in judge(record)]


def test_a_day_has_what_a_promotion_day_has() -> None:
    """600 tickets of three shops, 12 outages, four of them of several shops; one seed, one day."""
    day, again, other = a_day(SEED, WHOLE), a_day(SEED, WHOLE), a_day(SEED + 1, WHOLE)
    said = [[(one.key, one.says, one.gives_up) for one in each.tickets] for each in (day, again)]

    assert (600, 12) == (len(day.tickets), len(day.outages))
    assert {"a", "b", "c"} == {ticket.shop for ticket in day.tickets}
    assert 4 == sum(outage.is_parent for outage in day.outages)
    assert said[0] == said[1]
    assert day.outages == again.outages != other.outages


async def test_the_seconds_between_leave_nothing_out() -> None:
    """The first minutes, each second asked about, ring as they do from one event to the next."""
    hurried = await passed(answered=False, size=FIRST, until=FIRST_S)
    patient = await passed(answered=False, size=FIRST, until=FIRST_S, every_second=True)

    assert patient.heard == hurried.heard
    assert patient.kept == hurried.kept
    assert any(kept.alert.reason is Reason.REPEAT for kept in patient.kept)


async def test_a_day_with_somebody_at_the_desk(figure: Callable[[str], None]) -> None:
    """The cap holds, no step is told late or twice, one alarm stands for shops out of reach."""
    record = await passed(answered=True)
    figure(f"promotion day, answered: {table(record)}")

    assert [] == wrongs(record)
    assert [] == climbed_in_vain(record)
    assert {"@batch", "@buyer"} == {key.queue for key in record.crowds}


async def test_the_same_day_with_nobody_answering(figure: Callable[[str], None]) -> None:
    """All that holds too, and every urgent ticket climbs the ladder in its time, as is kept."""
    record = await passed(answered=False)
    steps = list(owed_steps(record))
    figure(f"promotion day, nobody answers: {table(record)}\nsteps owed {len(steps)}")

    assert [] == wrongs(record)
    assert {1, 2, 3} == {level for _, level, _ in steps}
    assert [] == not_climbed(record)
