"""The agent's own thread: how it begins, how it ends, and what it carries over."""

import asyncio
import threading
from typing import Any

import pytest

from agent.commands import background
from agent.commands.background import Background, Ready, Renewal
from tests.commands.actor import Actor, HurriedClock, fails

BOOM = RuntimeError("boom")


@pytest.fixture(autouse=True)
def all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an agent that ends take as long as a busy machine needs."""
    monkeypatch.setattr(background, "_END_LIMIT_S", 60)


def behind(
    actor: Actor,
    *,
    minutes: float | None = None,
    clock: Any = None,  # noqa: ANN401 (any clock)
    renewal: Renewal | None = None,
) -> Background:
    """Return a background for *actor*, who is told how long the farewell may take."""

    async def farewell(_desk: object, seconds: float) -> None:
        actor.played.append(f"farewell within {seconds}")

    opened: Any = actor.opened
    clock = clock or HurriedClock()
    return Background(opened, clock, farewell=farewell, minutes=minutes, renewal=renewal)


def test_it_works_until_it_is_asked_to_end() -> None:
    """Opened, worked, taken leave in a hurry, closed: in this order, and only when asked."""
    actor = Actor()
    agent = behind(actor)
    ready = agent.start()
    before = list(actor.played)
    agent.ask_to_end()
    agent.ask_to_end()
    agent.join()

    assert ready is not None
    assert actor is ready.desk
    assert "farewell within 1.5" not in before
    assert ["opening", "working", "farewell within 1.5", "closed"] == actor.played
    assert (True, None) == (agent.over.is_set(), agent.error)


@pytest.mark.parametrize("steps", [{}, {"working": fails(BOOM)}], ids=["in order", "broken off"])
def test_the_gate_is_shut_before_the_loop_ends(steps: dict[str, Any]) -> None:
    """A question of the face that comes as it ends would be lost with the loop."""
    agent = behind(Actor(**steps))
    ready = agent.start()
    agent.ask_to_end()
    agent.join()

    assert ready is not None
    assert ready.crossing._shut


def test_asked_before_it_has_begun_it_opens_nothing() -> None:
    """Who is quick to change their mind starts no browser."""
    actor = Actor()
    agent = behind(actor)
    agent.ask_to_end()

    assert agent.start() is None
    agent.join()
    assert [] == actor.played
    assert agent.over.is_set()


def test_asked_while_it_opens_it_opens_no_further() -> None:
    """What was open so far is closed, and that is no error."""
    waiting = threading.Event()

    async def hang() -> None:
        waiting.set()
        await asyncio.Event().wait()

    actor = Actor(opening=hang)
    agent = behind(actor)
    asking = threading.Thread(target=lambda: waiting.wait() and agent.ask_to_end())
    asking.start()
    ready = agent.start()
    agent.join()
    asking.join()

    assert ready is None
    assert ["opening", "closed"] == actor.played
    assert (True, None) == (agent.over.is_set(), agent.error)


def test_what_keeps_it_from_starting_is_raised_to_who_starts_it() -> None:
    """The main thread gets the error itself."""
    agent = behind(Actor(opening=fails(BOOM)))

    with pytest.raises(RuntimeError) as error:
        agent.start()

    agent.join()
    assert BOOM is error.value
    assert agent.over.is_set()


def test_what_ends_it_later_is_kept_and_told() -> None:
    """A face learns at once that the agent broke off, and afterwards why; all is closed."""
    actor = Actor(working=fails(BOOM))
    agent = behind(actor)
    told = threading.Event()
    agent.when_over(told.set)
    agent.start()
    agent.join()

    assert told.is_set()
    assert isinstance(agent.error, ExceptionGroup)
    assert (BOOM,) == agent.error.exceptions
    assert ["opening", "working", "closed"] == actor.played


@pytest.mark.parametrize(
    ("steps", "broke"),
    [({}, False), ({"working": fails(BOOM)}, True), ({"opening": fails(BOOM)}, True)],
    ids=["in order", "at work", "before"],
)
def test_it_begins_by_itself_and_tells_what_broke_it(steps: dict[str, Any], *, broke: bool) -> None:
    """A window does not wait for it: it meets the agent when it works, and knows why it ended."""
    met, known, over = list[Ready](), list[bool](), threading.Event()
    agent = behind(Actor(**steps), minutes=1)

    def tell() -> None:
        known.append(agent.broke is not None)
        over.set()

    agent.when_over(tell)
    agent.begin(met.append)
    told = over.wait(60)
    agent.join()

    assert (True, [broke]) == (told, known)
    assert ("opening" not in steps) == bool(met)


def test_a_picture_that_fails_is_no_broken_watch() -> None:
    """What goes wrong at the end is an error of the program, and the watching was not cut off."""

    async def farewell(_desk: object, _seconds: float) -> None:
        raise BOOM

    opened: Any = Actor().opened
    clock: Any = HurriedClock()
    agent = Background(opened, clock, farewell=farewell, minutes=1)
    agent.start()
    agent.join()

    assert (BOOM, None) == (agent.error, agent.broke)


def test_who_asks_too_late_is_told_at_once() -> None:
    """A window that opens after the agent has gone closes again."""
    agent = behind(Actor())
    agent.start()
    agent.ask_to_end()
    agent.join()
    told: list[bool] = []
    agent.when_over(lambda: told.append(True))

    assert [True] == told


def test_minutes_end_it_without_hurry() -> None:
    """Nobody waits then, so there is time for the farewell."""
    actor, clock = Actor(), HurriedClock()
    agent = behind(actor, minutes=1.5, clock=clock)
    agent.start()
    agent.join()

    assert [90.0] == clock.waited
    assert ["opening", "working", "farewell within 30.0", "closed"] == actor.played
    assert agent.error is None


def test_agent_that_does_not_end_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program ends all the same; what hangs ends with it."""
    monkeypatch.setattr(background, "_END_LIMIT_S", 0.01)
    waiting, let_go = threading.Event(), threading.Event()

    def hang() -> None:
        waiting.set()
        let_go.wait()

    agent = behind(Actor(opening=hang))
    asking = threading.Thread(target=lambda: waiting.wait() and agent.ask_to_end())
    asking.start()
    agent.start()
    agent.join()
    was_over = agent.over.is_set()
    let_go.set()
    agent._thread.join()
    asking.join()

    assert not was_over


def test_who_asks_is_told_of_the_end_before_nobody_answers() -> None:
    """A face that still asks while all is closed knows that it is over, and cries no alarm."""
    known, looked_at = list[bool](), threading.Event()
    agent = behind(Actor(working=looked_at.wait), minutes=1, clock=HurriedClock())
    ready = agent.start()
    assert ready is not None

    shut = ready.crossing.shut

    async def watched() -> None:
        known.append(agent.over.is_set())
        await shut()

    ready.crossing.shut = watched  # type: ignore[method-assign] # only looked at on the way
    looked_at.set()
    agent.join()

    assert [True] == known


def test_it_is_opened_anew_when_that_is_wanted() -> None:
    """Closed first, without taking leave; who asks is told of the new one, and it ends as usual."""
    renewal, actor, ready = Renewal(), Actor(), list[Ready]()
    renewal.follow = ready.append
    agent = behind(actor, renewal=renewal)
    first = agent.start()
    assert first is not None

    async def want() -> None:
        renewal.wanted.set()

    first.crossing.carry(want())
    while actor.played.count("working") < 2:
        threading.Event().wait(0.001)
    over = agent.over.is_set()
    agent.ask_to_end()
    agent.join()

    step = ["opening", "working"]
    assert [*step, "closed", *step, "farewell within 1.5", "closed"] == actor.played
    assert (False, True, None) == (over, agent.over.is_set(), agent.error)
    assert first.crossing._shut
    assert [first.crossing] != [one.crossing for one in ready]
