"""A phone that answers the notices of an inbox, without a server between them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from agent.answering import Answering
from agent.cases import Case, Kind, Policy, Reason, standing
from agent.channels.channel import Mention, Notice
from agent.channels.letter import letter_for
from agent.channels.ntfy import Ntfy, ThroughNtfy
from agent.channels.post import Request
from agent.channels.stream import Line
from agent.clock import Clock
from agent.errors import ChannelRefused
from tests.box import Box, a_box
from tests.channels.fake_ntfy import KEY, TOPIC
from tests.channels.sending import NOTICE

TAKE, SNOOZE = 0, 1
"""The two buttons."""


class Phone(ThroughNtfy):
    """Keeps what it is told; *away*, it cannot be told anything."""

    def __init__(self, clock: Clock, key: str = KEY) -> None:
        super().__init__(Ntfy(f"https://ntfy.example/{TOPIC}", "", key), clock)
        self.said: list[str] = []
        self.away = False

    async def publish(self, request: Request) -> None:
        """Keep the words, or refuse."""
        if self.away:
            raise ChannelRefused("连不上对方的服务器。")
        self.said.append(json.loads(request.body)["message"])


@dataclass
class Hand:
    """A person with a phone, away from the desk."""

    box: Box
    phone: Phone = field(init=False)
    acted: int = 0

    def __post_init__(self) -> None:
        """Take the phone."""
        self.phone = Phone(self.box.clock)
        self.answering = self.starts()

    def starts(self) -> Answering:
        """Return what listens, as a program does that has just been started."""
        box = self.box
        self.answering = Answering(
            "手机", self.phone, box.inbox, box.journal, self._count, box.clock
        )
        return self.answering

    def _count(self) -> None:
        self.acted += 1

    def told(self, *cases: Case) -> Notice:
        """Return the notice that tells of *cases* as they stand now."""
        return replace(NOTICE, cases=tuple(self._mention(case) for case in cases))

    def _mention(self, case: Case) -> Mention:
        at = standing(case, Policy(), self.box.clock.now())
        tier, band, asked_at = at.tier, at.band, case.asked_at
        return Mention(case.number, "shanque", Kind.OTHER, tier, Reason.NEW, None, band, asked_at)

    def slips(self, notice: Notice) -> list[str]:
        """Return what the buttons of *notice* publish."""
        letter = letter_for(notice, self.box.clock.now(), whole=False)
        return [slip for _, slip in self.phone.service.buttons(letter)]

    async def publishes(self, message: str, *, ago: timedelta = timedelta(0)) -> list[str]:
        """Have *message* arrive on the topic; return what the phone is told then."""
        at = int((self.box.clock.now() - ago).timestamp())
        before = len(self.phone.said)
        await self.answering._hear(Line("message", at, message))
        return self.phone.said[before:]

    def find(self, case: Case) -> Case:
        """Return *case* as it is now."""
        return self.box.inbox.find(str(case.number))


@contextmanager
def a_hand() -> Iterator[Hand]:
    """Give a person with a phone, and the inbox that it answers."""
    with a_box() as box:
        yield Hand(box)


def opened(hand: Hand, case_id: str = "1", **fields: Any) -> Case:  # noqa: ANN401 (any field)
    """Record a case that has a day left."""
    fields.setdefault("respond_by", hand.box.later(hours=20))
    return hand.box.opens(case_id, **fields)
