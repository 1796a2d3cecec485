"""The four judges of a soak: they know the truth and the policy's widths, and no decision of ours.

Each returns what is wrong, a line each. What a fault makes undecidable is exempt, and says why.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from agent.cases import Band, Kind, Policy, Reason, Stage
from agent.snapshot import ShopHealth, ShopState
from tests.soak.story import LONG_AGO, Rung, Story, Stretch
from tests.soak.world import Round, Ticket, World

IN_TIME = timedelta(minutes=5)
_POLICY = Policy()
_NO_TARGET = timedelta(days=365)


def band_at(left: timedelta) -> Band:
    """Return the step that a ticket has reached with *left* to go."""
    widths = _POLICY.ticket_bands
    if left <= timedelta(0):
        return Band.EXPIRED
    steps = ((Band.FINAL, widths.final), (Band.CLOSE, widths.close), (Band.NEAR, widths.near))
    return next((band for band, width in steps if left <= width), Band.FAR)


def lost(
    world: World, shop: str, at: datetime, kept: Collection[str], before: Collection[str] | None
) -> list[str]:
    """Compare the open tickets *kept* after a complete reading at *at* with the truth.

    What was listed *before*, one reading ago, may be kept for one more: a row can slide between
    two pages. *before* None: after a death in which memory was lost nobody knows what that was.
    """
    true = {ticket.number for ticket in world.open_at(shop, at)}
    stale = set() if before is None else set(kept) - true - set(before)
    return [f"{at} {shop} lost {number}" for number in sorted(true - set(kept))] + [
        f"{at} {shop} keeps {number}" for number in sorted(stale)
    ]


def let_go(
    world: World, shop: str, now: datetime, kept: Collection[str], before: Collection[str]
) -> list[str]:
    """Return what was listed *before*, still is, and is known no more, whatever was read since."""
    listed = {ticket.number for ticket in world.open_at(shop, now)}
    return [f"{now} {shop} let go {number}" for number in sorted(listed & set(before) - set(kept))]


def false_calm(story: Story, shop: ShopHealth, now: datetime, trusted: timedelta) -> list[str]:
    """Tell whether *shop* is shown as calm though something had waited when it was confirmed.

    Nor may the confirmation be older than *trusted*. If the clock was set back meanwhile, it
    looks younger than it is, and no program without another clock can know: by so much it may be.
    """
    if shop.state is not ShopState.CALM and shop.pending != 0:
        return []
    name = shop.shop.shop_id
    confirmed_at = story.looks.get((name, shop.confirmed_at or LONG_AGO))
    if confirmed_at is None:
        return [f"{now} {name} confirmed by no reading"]
    wrong = []
    if now - confirmed_at > trusted + story.moved(confirmed_at, now, back=True):
        wrong.append(f"{now} {name} calm on a confirmation of {confirmed_at}")
    for ticket in story.world.open_at(name, now):
        phase, asked = ticket.at(now), ticket.round_at(now)
        if phase and phase.stage is Stage.MERCHANT and asked and asked.begins <= confirmed_at:
            wrong.append(f"{now} {name} calm with {ticket.number}")
    return wrong


class Owed(NamedTuple):
    """A ring that somebody must have heard from *since* to *until*, at *band* or a nearer one."""

    number: str
    band: Band
    since: datetime
    until: datetime
    rings: Sequence[Rung]

    @property
    def heard(self) -> bool:
        """Whether one of the round's *rings* was it."""
        return any(
            ring.band >= self.band and self.since <= ring.at <= self.until for ring in self.rings
        )


def missing(story: Story) -> list[str]:
    """Return the steps of tickets that nobody heard of though there were five minutes to tell."""
    return [
        f"{one.number} unheard at {one.band.name} until {one.until}"
        for one in owed(story)
        if not one.heard
    ]


def owed(story: Story) -> Iterator[Owed]:
    """Yield all rings that had to be heard."""
    heard: dict[tuple[str, Round | None], list[Rung]] = defaultdict(list)
    for ring in story.heard:
        number = ring.key.case_id
        heard[number, story.round_of(number, ring.asked_at)].append(ring)
    for ticket in story.world.tickets.values():
        for asked in ticket.rounds():
            rings = heard.get((ticket.number, asked), [])
            for band, step in _steps(ticket, asked, rings):
                for chance in _chances(story, ticket, asked, band, step):
                    for since, begins in _without_snoozes(story, ticket, asked, chance):
                        yield Owed(ticket.number, band, since, begins + IN_TIME, rings)


def _steps(ticket: Ticket, asked: Round, rings: Sequence[Rung]) -> Iterator[tuple[Band, Stretch]]:
    """Yield the steps to which a round came, each with its time.

    The owner's own target counts from when the program saw the ticket, as its rings tell: from
    the last of them, since a program whose journal was destroyed cannot know that it saw it before.
    """
    target = _POLICY.targets.get(ticket.kind, _NO_TARGET)
    own = max((ring.asked_at for ring in rings), default=asked.ends) + target
    due, widths = asked.due or own, _POLICY.ticket_bands
    edges = [LONG_AGO, due - widths.near, due - widths.close, due - widths.final, due, asked.ends]
    for band, (enters, leaves) in zip(Band, pairwise(edges), strict=True):
        begins, ends = max(enters, asked.begins), min(leaves, asked.ends)
        if ends - begins >= IN_TIME:
            yield band, (begins, ends)


def _chances(
    story: Story, ticket: Ticket, asked: Round, band: Band, step: Stretch
) -> Iterator[Stretch]:
    """Yield the stretches of *step* in which it could be seen and told, with nobody's hand on it.

    A ticket of the third tier is told by sound alone: while that refuses, it cannot be.
    """
    taken = [
        act.at
        for act in story.acts[ticket.number]
        if act.until is None
        and act.band >= band
        and story.round_of(ticket.number, act.asked_at) == asked
    ]
    begins, ends = step[0], min([step[1], *taken])
    deaf = story.mute if ticket.kind is Kind.PRICE_PROTECTION else []
    for seen in story.sight[ticket.shop]:
        for one in without((max(seen[0], begins), min(seen[1], ends)), deaf):
            if one[1] - one[0] >= IN_TIME:
                yield one


def _without_snoozes(
    story: Story, ticket: Ticket, asked: Round, chance: Stretch
) -> Iterator[tuple[datetime, datetime]]:
    """Yield what of *chance* no snooze covers: since when a ring counts, and when it begins.

    A ring before a snooze does not count after it: that it is over has to be told. A buyer who
    urges ends it sooner, if that makes the ticket graver; a ring after that tells of both.
    """
    urgings = ticket.urgings(asked)
    snoozes = [
        (act.at, act.until)
        for act in story.acts[ticket.number]
        if act.until is not None and story.round_of(ticket.number, act.asked_at) == asked
    ]
    for begins, ends in without(chance, snoozes):
        if ends - begins >= IN_TIME:
            # A clock that was set forward meanwhile ends the snooze so much the sooner.
            over = [
                min([until - story.moved(at, until, back=False), *(u for u in urgings if at < u)])
                for at, until in snoozes
                if until <= begins
            ]
            yield max([asked.begins, *over]), begins


def without(whole: Stretch, holes: Collection[Stretch]) -> Iterator[Stretch]:
    """Yield what is left of *whole* outside of all *holes*."""
    begins = whole[0]
    for opens, closes in sorted(holes):
        if begins < min(opens, whole[1]):
            yield begins, min(opens, whole[1])
        begins = max(begins, closes)
    if begins < whole[1]:
        yield begins, whole[1]


def duplicates(story: Story) -> list[str]:
    """Return the rings beyond one for each ticket, round and step that are no repeats.

    An urging raises the tier and the end of a snooze is told: each may ring once more.
    """
    steps: dict[tuple[str, Round | None, Band], list[Rung]] = defaultdict(list)
    for ring in story.rung:
        if ring.reason is not Reason.REPEAT:
            number = ring.key.case_id
            steps[number, story.round_of(number, ring.asked_at), ring.band].append(ring)
    return [
        f"{number} rang {len(rings)} times at {band.name}: {[str(one.at) for one in rings]}"
        for (number, asked, band), rings in steps.items()
        if _again(story, rings) > _causes(story, number, asked)
    ]


def _again(story: Story, rings: Sequence[Rung]) -> int:
    """Count the rings before which the program knew of another."""
    return sum(
        any(_remembered(story, before, ring) for before in rings[:number])
        for number, ring in enumerate(rings)
    )


def _remembered(story: Story, before: Rung, ring: Rung) -> bool:
    """Tell whether the program could know of *before* when it rang again.

    Not if it was killed while its disk refused, or its journal destroyed while it was down: better
    twice than never. And what rang in a time that, the clock set back, never was, was for another
    lateness.
    """
    forgotten = any(
        one.since <= before.at <= one.at and one.at <= ring.at for one in story.forgotten
    )
    never_was = any(
        before.at <= one.at <= ring.at and one.shown < before.raised_at for one in story.clock_sets
    )
    return not (forgotten or never_was)


def _causes(story: Story, number: str, asked: Round | None) -> int:
    if asked is None:
        return 0
    snoozes = sum(
        act.until is not None and story.round_of(number, act.asked_at) == asked
        for act in story.acts[number]
    )
    return len(story.world.tickets[number].urgings(asked)) + snoozes
