"""A rehearsal over a desk of the tests: begun, watched while the clock goes on, and judged."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from agent.cases import Case, Tier
from agent.cases.drill import DRILL_SHOP
from agent.cases.link import Link, LinkState
from agent.channels.channel import Channel
from agent.drill import Drill
from agent.inbox import Inbox
from agent.pace import Pace
from tests.dispatching import OURS, Desk

PASSED, FAILED, NOT_TRIED = LinkState.PASSED, LinkState.FAILED, LinkState.NOT_TRIED


def hushes_nothing(_case: Case) -> bool:
    """Let all ring."""
    return False


@dataclass
class Rehearsal:
    """What a test of drills works with: a desk that knows of drills, and whom to tell."""

    desk: Desk
    roads: Sequence[str] = ("desktop", "sound")
    hushes: Callable[[Case], bool] = field(default=hushes_nothing)

    def __post_init__(self) -> None:
        """Have the desk's program know of drills, as the real one does."""
        self.desk.shops = (OURS, DRILL_SHOP)

    def drill(self) -> Drill:
        """Return the rehearsal itself."""
        desk = self.desk
        inbox = Inbox(desk.journal, desk.policy, desk.clock, (), pace=Pace())
        return Drill(
            journal=desk.journal,
            policy=desk.policy,
            clock=desk.clock,
            hushes=self.hushes,
            acknowledge=inbox.acknowledge,
        )

    async def runs(
        self, tier: Tier = Tier.URGENT, *channels: Channel, seconds: float = 60, step: float = 1
    ) -> list[Link]:
        """Rehearse with a program at work on *channels*; let at most *seconds* pass."""
        async with self.desk.at_work(self.desk.dispatcher(*channels)), asyncio.TaskGroup() as tasks:
            task = tasks.create_task(self.drill().run(tier, self.roads))
            end = self.desk.clock.monotonic() + seconds
            while not task.done() and self.desk.clock.monotonic() < end:
                await self.desk.clock.advance(step)
            assert task.done()
        return task.result()


def states(links: Sequence[Link]) -> dict[str, LinkState]:
    """Return how each link did, by its name, in their order."""
    return {link.name: link.state for link in links}


def link(links: Sequence[Link], name: str) -> Link:
    """Return the link of that *name*."""
    return next(one for one in links if one.name == name)
