"""A page that is loaded often is tidied and replaced, and nothing that it says is lost by it."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest

from agent.cases import Outcome
from agent.platforms.glances import Glances
from agent.platforms.queue_page import QueuePage
from agent.platforms.reader import QueueReader
from agent.platforms.session import ShopSession
from agent.platforms.unread import KICKED, CannotRead
from agent.platforms.wear import is_worn, wants_tidying
from tests.fakes import FakeClock
from tests.mothers import a_shop
from tests.platforms.board import a_pack


@pytest.mark.parametrize(
    ("loads", "asked", "worn"),
    [(0, 0, False), (29, 599, False), (30, 30, True), (3, 600, True)],
)
def test_a_page_is_worn(
    loads: int,
    asked: int,
    worn: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """By many loads, or by few that asked for very much."""
    assert worn is is_worn(loads, asked)


def test_a_page_is_tidied_now_and_then() -> None:
    """Not after each load: that would cost more than it gives."""
    assert [False, False, True] == [wants_tidying(loads) for loads in (0, 1, 2)]


@dataclass
class Worn:
    """An open page that was read well, and says that someone else is signed in now."""

    loads: int
    traffic: Any = field(default_factory=lambda: SimpleNamespace(asked=0))
    glances: Glances = field(default_factory=lambda: Glances(FakeClock()))
    tidied: int = 0
    usable: bool = True
    closed: bool = False
    collected: int = 0

    @property
    def raw(self) -> "Worn":
        """The browser's own page."""
        return self

    async def evaluate(self, _source: str) -> None:
        """Be well."""

    async def request_gc(self) -> None:
        """Take note."""
        self.collected += 1

    async def last_words(self) -> None:
        """Say it."""
        raise CannotRead(Outcome.SIGNED_OUT, "账号在别处登录", KICKED)

    async def close(self) -> None:
        """Take note."""
        self.closed = True


def a_reader(page: Worn) -> QueueReader:
    """Return a reader of *page*, whose session opens no other."""
    guard = SimpleNamespace(refused_to=lambda _page: ())
    session = SimpleNamespace(
        pack=a_pack("https://a.example"),
        shop=a_shop(),
        guard=guard,
        holds=lambda _page: True,
        travelling=lambda: False,
    )
    reader = QueueReader(cast("ShopSession", session), "tickets", FakeClock(), lambda: None)
    reader._page = cast("QueuePage", page)
    return reader


async def test_a_worn_page_has_its_say_before_it_is_replaced() -> None:
    """A new one would only ask to sign in, and the person would be thrown out elsewhere."""
    page = Worn(loads=30)

    reading = await a_reader(page).read()

    assert (Outcome.SIGNED_OUT, KICKED) == (reading.outcome, reading.gate)
    assert not page.closed


async def test_between_two_readings_a_page_gives_back_memory() -> None:
    """Once for some loads, however often it is looked after."""
    page = Worn(loads=1)
    reader, collected = a_reader(page), []

    for loads in (1, 2, 2, 3, 4):
        page.loads = loads
        await reader.beat()
        collected.append(page.collected)

    assert [0, 1, 1, 1, 2] == collected
