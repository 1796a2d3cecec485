"""Each judge of a soak can fail: told a broken story, it says what is wrong with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from agent.cases import Band, CaseKey, Kind, Reason, Stage
from agent.snapshot import ShopHealth, ShopState
from tests.fakes import NOON
from tests.mothers import a_shop
from tests.soak.oracles import duplicates, false_calm, let_go, lost, missing
from tests.soak.program import TRUSTED
from tests.soak.story import Act, ClockSet, Forgotten, Rung, Story
from tests.soak.world import QUEUE, URGED, Phase, Ticket, World

SHOP = "shanque"
FULL = (Band.FAR, Band.NEAR, Band.CLOSE, Band.FINAL, Band.EXPIRED)
BEGINS_AT = dict(zip(FULL, (0, 60, 540, 750, 780), strict=True))
"""The minutes at which the steps of `a_ticket` begin, which is due at the thirteenth hour."""


def at(minutes: float) -> datetime:
    """Return the moment so many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def a_ticket(*phases: Phase, number: str = "7001", ends: float = 900, **fields: Kind) -> Ticket:
    """Return a ticket that comes up at noon."""
    told = phases or (Phase(at(0), respond_by=at(780)),)
    return replace(Ticket(SHOP, number, Kind.OTHER, told, at(ends)), **fields)


def a_ring(band: Band, minute: float, reason: Reason = Reason.NEW, asked: float = 1) -> Rung:
    """Return a ring for `a_ticket`."""
    return Rung(CaseKey(SHOP, QUEUE, "7001"), band, reason, at(minute), at(asked), at(minute))


def a_story(*rings: Rung, ticket: Ticket | None = None) -> Story:
    """Return the story of one ticket that was in sight all the time."""
    story = Story(World([ticket or a_ticket()]), rung=[*rings], heard=[*rings])
    story.sight[SHOP].append((at(0), at(900)))
    return story


def all_steps() -> list[Rung]:
    """Return a ring for each step, a minute after it begins."""
    return [a_ring(band, minute + 1) for band, minute in BEGINS_AT.items()]


def shown(state: ShopState, confirmed: float, pending: int | None = 0) -> ShopHealth:
    """Return what a face shows of the shop."""
    return ShopHealth(a_shop(), "试店", state, (), at(confirmed), pending)


def confirmed_at(*minutes: float) -> Story:
    """Return a story in which the shop was read at these minutes."""
    story = a_story()
    story.looks |= {(SHOP, at(minute)): at(minute) for minute in minutes}
    return story


@pytest.mark.parametrize(
    ("kept", "before", "wrong"),
    [
        ({"old", "new"}, {"old"}, []),
        ({"new"}, {"old"}, ["lost old"]),
        (set[str](), None, ["lost new", "lost old"]),
        ({"old", "new", "ended"}, {"old", "ended"}, []),
        ({"old", "new", "ended"}, {"old"}, ["keeps ended"]),
        ({"old", "new", "ended"}, None, []),
    ],
)
def test_a_ticket_that_is_not_kept_is_lost(
    kept: set[str], before: set[str] | None, wrong: list[str]
) -> None:
    """What is listed has to be known; what has ended, for one reading more at the most."""
    world = World(
        [
            a_ticket(number=name, ends=ends)
            for name, ends in (("old", 60), ("new", 60), ("ended", 5))
        ]
    )

    found = lost(world, SHOP, at(10), kept, before)

    assert wrong == [line.partition(f"{SHOP} ")[2] for line in found]


@pytest.mark.parametrize(
    ("kept", "minute", "wrong"),
    [({"7001"}, 10, []), (set[str](), 10, ["7001"]), (set[str](), 901, [])],
)
def test_a_ticket_that_is_let_go_between_readings_is_lost(
    kept: set[str], minute: float, wrong: list[str]
) -> None:
    """What was seen has to stay known until it ends, whatever a page shows of it meanwhile."""
    found = let_go(World([a_ticket()]), SHOP, at(minute), kept, {"7001"})

    assert wrong == [line.rpartition(" ")[2] for line in found]


@pytest.mark.parametrize(
    ("shop", "now", "wrong"),
    [
        (shown(ShopState.CALM, 2), 3, "calm with 7001"),
        (shown(ShopState.WAITING, 2, 1), 3, ""),
        (shown(ShopState.WAITING, 2, 0), 3, "calm with 7001"),
        (shown(ShopState.BLIND, 2, None), 3, ""),
        (shown(ShopState.CALM, -1), 3, ""),
        (shown(ShopState.CALM, -1), 8, "calm on a confirmation of"),
        (shown(ShopState.CALM, 1.5), 3, "confirmed by no reading"),
        (shown(ShopState.CALM, 902), 905, ""),
    ],
)
def test_calm_that_hides_something_is_false(shop: ShopHealth, now: float, wrong: str) -> None:
    """Calm stands on a reading that was made, lately, after which nothing is left waiting."""
    found = false_calm(confirmed_at(-1, 2, 902), shop, at(now), TRUSTED)

    assert bool(wrong) == bool(found)
    assert all(wrong in line for line in found)


def test_a_clock_set_back_hides_an_age() -> None:
    """By as much as it was set back, and no more."""
    story = confirmed_at(-1)
    story.clock_sets.append(ClockSet(at(1), at(0), timedelta(minutes=-1)))
    calm = shown(ShopState.CALM, -1)

    assert [] == false_calm(story, calm, at(7.5), TRUSTED)
    assert [] != false_calm(story, calm, at(8.5), TRUSTED)


def test_the_buyers_move_hides_nothing() -> None:
    """What waits for somebody else may be there in a calm shop."""
    ticket = a_ticket(Phase(at(0), Stage.WAITING), Phase(at(5)))
    story = a_story(ticket=ticket)
    story.looks |= {(SHOP, at(2)): at(2), (SHOP, at(6)): at(6)}

    assert [] == false_calm(story, shown(ShopState.CALM, 2), at(3), TRUSTED)
    assert [] == false_calm(story, shown(ShopState.CALM, 2), at(5.5), TRUSTED)
    assert [] != false_calm(story, shown(ShopState.CALM, 6), at(7), TRUSTED)


@pytest.mark.parametrize("dropped", FULL)
def test_one_ring_less_is_missed(dropped: Band) -> None:
    """Whichever step is not heard, it is told; the nearest one stands for none before its time."""
    rings = [ring for ring in all_steps() if ring.band is not dropped]

    found = missing(a_story(*rings))

    assert [] == missing(a_story(*all_steps()))
    assert [True] == [f"unheard at {dropped.name}" in line for line in found]


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        (lambda story: story.sight.clear(), False),
        (lambda story: story.sight.update({SHOP: [(at(0), at(544))]}), False),
        (lambda story: story.sight.update({SHOP: [(at(0), at(546))]}), True),
        (lambda story: story.acts["7001"].append(Act(at(541), at(1), Band.CLOSE)), False),
        (lambda story: story.acts["7001"].append(Act(at(541), at(1), Band.NEAR)), True),
        (lambda story: story.acts["7001"].append(Act(at(100), at(1), Band.CLOSE, at(748))), False),
        (lambda story: story.acts["7001"].append(Act(at(100), at(1), Band.CLOSE, at(600))), True),
        (lambda story: story.mute.append((at(500), at(760))), True),
    ],
)
def test_a_ring_is_owed_only_where_somebody_could_be_told(
    change: Callable[[Story], object],
    missed: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """Not out of sight, nor for what was taken in hand or put off: but beyond that it is."""
    story = a_story(*(ring for ring in all_steps() if ring.band is not Band.CLOSE))
    change(story)

    assert missed == any("CLOSE" in line for line in missing(story))


def test_the_third_tier_is_told_by_sound_alone() -> None:
    """While that refuses, nothing is owed."""
    rings = [ring for ring in all_steps() if ring.band is not Band.CLOSE]
    story = a_story(*rings, ticket=a_ticket(kind=Kind.PRICE_PROTECTION))
    heard = missing(story)
    story.mute.append((at(500), at(760)))

    assert 1 == len(heard)
    assert [] == missing(story)


def test_the_end_of_a_snooze_is_owed() -> None:
    """What rang before it does not count after it."""
    story = a_story(a_ring(Band.FAR, 2), ticket=a_ticket(Phase(at(0)), ends=60))
    story.acts["7001"].append(Act(at(10), at(1), Band.FAR, at(30)))
    silent = missing(story)
    story.heard.append(a_ring(Band.FAR, 31, Reason.SNOOZE_ENDED))

    assert 1 == len(silent)
    assert [] == missing(story)


@pytest.mark.parametrize(("rang", "owed"), [(19, 1), (21, 0)])
def test_an_urging_ends_a_snooze(rang: float, owed: int) -> None:
    """Whoever was told after the buyer urged was told of the end of the snooze too."""
    ticket = a_ticket(Phase(at(0)), Phase(at(20), reason=URGED), ends=60)
    story = a_story(a_ring(Band.FAR, 2), a_ring(Band.FAR, rang, Reason.TIER_RAISED), ticket=ticket)
    story.acts["7001"].append(Act(at(10), at(1), Band.FAR, at(30)))

    assert owed == len(missing(story))


def test_a_new_round_is_owed_a_ring_of_its_own() -> None:
    """The ring of the round before says nothing of it."""
    ticket = a_ticket(Phase(at(0), respond_by=at(4000)), Phase(at(100), respond_by=at(5000)))
    story = a_story(a_ring(Band.FAR, 2), ticket=ticket)
    silent = missing(story)
    story.heard.append(a_ring(Band.FAR, 102, Reason.NEW_ROUND, asked=101))

    assert 1 == len(silent)
    assert [] == missing(story)


def test_the_owners_target_counts_anew_once_all_was_forgotten() -> None:
    """Without a limit of the platform's nobody can know when the ticket was first seen."""
    ticket = a_ticket(Phase(at(0)), kind=Kind.COMPLAINT)
    anew = [(Band.NEAR, 401), (Band.CLOSE, 641), (Band.FINAL, 851), (Band.EXPIRED, 881)]
    rings = [a_ring(band, minute, asked=400) for band, minute in anew]
    first = a_ring(Band.NEAR, 2)

    assert [] == missing(a_story(first, *rings, ticket=ticket))
    assert ["CLOSE", "FINAL", "EXPIRED"] == [
        line.split()[3] for line in missing(a_story(first, ticket=ticket))
    ]


@pytest.mark.parametrize(
    ("reason", "number"), [(Reason.REPEAT, 0), (Reason.NEW, 1), (Reason.BAND_REACHED, 1)]
)
def test_a_step_rings_once(reason: Reason, number: int) -> None:
    """Whatever rings again is a repeat, or one too many."""
    story = a_story(a_ring(Band.FAR, 2), a_ring(Band.FAR, 3, reason))

    assert number == len(duplicates(story))


def test_a_round_begun_anew_without_cause_is_no_excuse() -> None:
    """Two rounds of the program's in one of the platform's are one round."""
    story = a_story(a_ring(Band.FAR, 2), a_ring(Band.FAR, 9, Reason.NEW_ROUND, asked=8))

    assert 1 == len(duplicates(story))


SNOOZED = Act(at(3), at(1), Band.FAR, at(8))
TAKEN = Act(at(3), at(1), Band.FAR)


@pytest.mark.parametrize(
    ("change", "number"),
    [
        (lambda story: story.acts["7001"].append(SNOOZED), 0),
        (lambda story: story.acts["7001"].append(TAKEN), 1),
        (lambda story: story.forgotten.append(Forgotten(at(0), at(5))), 0),
        (lambda story: story.forgotten.append(Forgotten(at(3), at(5))), 1),
        (lambda story: story.forgotten.append(Forgotten(at(0), at(10))), 1),
        (lambda story: story.clock_sets.append(ClockSet(at(3), at(1), -timedelta(minutes=2))), 0),
        (lambda story: story.clock_sets.append(ClockSet(at(5), at(4), -timedelta(minutes=1))), 1),
        (lambda story: story.clock_sets.append(ClockSet(at(10), at(1), -timedelta(minutes=9))), 1),
    ],
)
def test_a_second_ring_has_its_excuses(change: Callable[[Story], object], number: int) -> None:
    """A snooze that ended, memory that was lost, a time that never was: each within its bounds."""
    story = a_story(a_ring(Band.FAR, 2), a_ring(Band.FAR, 9))
    change(story)

    assert number == len(duplicates(story))


def test_an_urging_may_ring_once_more() -> None:
    """It raises the tier; a third ring is one too many."""
    ticket = a_ticket(Phase(at(0)), Phase(at(5), reason=URGED))
    rings = [a_ring(Band.FAR, minute) for minute in (2, 6, 9)]

    assert [] == duplicates(a_story(*rings[:2], ticket=ticket))
    assert 1 == len(duplicates(a_story(*rings, ticket=ticket)))
