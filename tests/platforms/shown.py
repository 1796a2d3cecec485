"""A page that shows two rows, as far as glimpses need one."""

from dataclasses import dataclass, field
from typing import Any, cast

from agent.cases import CaseKey, Shop
from agent.platforms.capture import Captured
from agent.platforms.glances import Glances
from agent.platforms.look import Look
from agent.platforms.queue_page import QueuePage
from tests.fakes import NOON, FakeClock
from tests.platforms.board import SHOP, a_pack, rows

ANSWER = Captured(order=1, wants={"filter": ""}, at=NOON, heard=0.0, body=rows(1, 2))
LOOK = Look(names=(SHOP,), rows=({"id": "1", "says": "有事"},))
ONE = frozenset({CaseKey("first", "tickets", "1")})
BOTH = ONE | {CaseKey("first", "tickets", "2")}


@dataclass
class Heard:
    """What a page was heard to fetch: an *answer*, or a gate that was *tripped*."""

    answer: Captured | None = ANSWER
    tripped: tuple[str, float] | None = None
    has_news: bool = False

    def heard(self, _name: str) -> Captured | None:
        """Return the answer."""
        return self.answer

    def told(self) -> tuple[str, float] | None:
        """Return the gate."""
        return self.tripped


@dataclass
class Shown:
    """What a glimpse needs of a page (`QueuePage`)."""

    answers: Heard = field(default_factory=Heard)
    says: dict[str, Any] = field(default_factory=dict)
    clock: FakeClock = field(default_factory=FakeClock)
    name: str = "tickets"
    shop: Shop = field(default_factory=lambda: Shop("made_up", "first", SHOP))
    strange: set[str] = field(default_factory=set)
    shop_shown = cast("Any", QueuePage).shop_shown
    is_ours = cast("Any", QueuePage).is_ours

    def __post_init__(self) -> None:
        """Open the page, which was read once."""
        self.queue = a_pack("https://shop.example", **self.says).queues["tickets"]
        self.glances = Glances(self.clock)
        self.glances.known = True

    def resolve(self, address: str) -> str:
        """Return the address as it is."""
        return address

    @property
    def page(self) -> QueuePage:
        """This page, as what it stands for."""
        return cast("QueuePage", self)
