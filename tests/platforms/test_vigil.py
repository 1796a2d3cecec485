from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from agent.pace import Proof
from agent.platforms.capture import Captured
from agent.platforms.overheard import ALIVE, Overheard
from agent.platforms.sources import Alive
from agent.platforms.vigil import Vigil
from tests.fakes import FakeClock

AGAIN = Alive.model_validate({"url": "fxg:/check", "ok": {"code": [0]}})
GOOD, DEAD = {"code": 0}, {"code": 10008}


@dataclass(eq=False)
class Source:
    """What tells of events, as Playwright's pages and sockets do."""

    heard: dict[str, Callable[[Any], None]] = field(default_factory=dict)

    def on(self, event: str, heard: Callable[[Any], None]) -> None:
        """Have *heard* called with each *event*."""
        self.heard[event] = heard

    def tell(self, event: str, about: object = None) -> None:
        """Let *event* happen."""
        self.heard[event](about)


@dataclass
class Office:
    """A page with what it hears (`Overheard`), and somebody who watches it."""

    clock: FakeClock = field(default_factory=FakeClock)
    page: Source = field(default_factory=Source)
    answer: Captured | None = None

    def __post_init__(self) -> None:
        page, answers = cast("Any", self.page), cast("Overheard", self)
        self.vigil = Vigil(page, AGAIN, answers, self.clock)

    def newest(self, name: str) -> Captured | None:
        """Return what the page was answered last."""
        return self.answer if name == ALIVE else None

    def load(self) -> Source:
        """Load the page, and return the line that it opens."""
        self.vigil.restart()
        return self.connect()

    def connect(self) -> Source:
        """Open a line."""
        line = Source()
        self.page.tell("websocket", line)
        return line

    def say(self, body: object, trouble: str = "") -> None:
        """Answer what the page asks by itself."""
        at = self.clock.monotonic()
        self.answer = Captured(1, None, self.clock.now(), at, body, trouble)

    def stands(self) -> bool:
        """Tell whether the page need not be loaded within the usual time."""
        proof = self.vigil.proof()
        return proof is not None and proof.spares(90)


@pytest.fixture
def office() -> Office:
    """Return an office nobody has been to yet."""
    return Office()


async def test_it_tells_how_long_ago_the_page_was_loaded_and_answered(office: Office) -> None:
    """The load counts as an answer until there is another."""
    office.load()
    await office.clock.advance(30)
    first = office.vigil.proof()
    office.say(GOOD)
    await office.clock.advance(20)

    assert (Proof(30, 30, line=True), Proof(50, 20, line=True)) == (first, office.vigil.proof())


async def test_what_was_asked_anew_need_not_be_loaded_until_the_page_is_stale(
    office: Office,
) -> None:
    """It may have missed what it never asks for again."""
    office.load()
    await office.clock.advance(80)
    office.vigil.confirmed()
    await office.clock.advance(20)
    office.say(GOOD)
    confirmed, doubtful = office.vigil.proof(), office.vigil.is_doubtful
    await office.clock.advance(500)
    office.vigil.confirmed()
    office.say(GOOD)

    assert (Proof(20, 0, line=True), False) == (confirmed, doubtful)
    assert office.vigil.is_doubtful
    assert Proof(0, 0, line=False) == office.vigil.proof()


async def test_a_page_without_a_line_proves_nothing(office: Office) -> None:
    """However often it is answered."""
    office.vigil.restart()
    office.say(GOOD)

    assert not office.stands()


@pytest.mark.parametrize("event", ["close", "socketerror"])
async def test_a_line_that_was_lost_counts_until_the_page_is_loaded(
    office: Office, event: str
) -> None:
    """That it has another one does not tell what was said meanwhile."""
    line = office.load()
    stood = office.stands()
    line.tell(event)
    office.connect()
    lost = office.stands()
    office.load()

    assert (True, False, True) == (stood, lost, office.stands())


async def test_the_lines_of_the_document_before_are_none_of_its_affair(office: Office) -> None:
    """They close late, when the next one has its own."""
    before = office.load()
    office.load()
    before.tell("close")

    assert office.stands()


@pytest.mark.parametrize(("body", "trouble"), [(DEAD, ""), (None, "HTTP 500"), (GOOD, "HTTP 403")])
async def test_an_answer_that_is_no_good_ends_the_proof(
    office: Office, body: object, trouble: str
) -> None:
    """The newest one counts."""
    office.load()
    office.say(GOOD)
    good = office.stands()
    office.say(body, trouble)

    assert (True, False) == (good, office.stands())


async def test_what_asks_nothing_by_itself_proves_nothing(office: Office) -> None:
    """Where the pack knows no such question, it is loaded at each interval."""
    page = Source()

    vigil = Vigil(cast("Any", page), None, cast("Overheard", office), office.clock)

    assert (None, {}) == (vigil.proof(), page.heard)
