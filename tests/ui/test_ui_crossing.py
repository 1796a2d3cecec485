"""The gate to the agent's loop: whoever comes as the loop ends is turned back, not lost."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future

import pytest

from ui.crossing import Crossing


@pytest.fixture(autouse=True)
def all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a call take as long as a busy machine needs."""
    monkeypatch.setattr("ui.crossing._SECONDS", 60)


def beside(act: Callable[[], object]) -> Future[object]:
    """Run *act* on another thread, as a face does; return what becomes of it."""
    done: Future[object] = Future()

    def run() -> None:
        try:
            done.set_result(act())
        except BaseException as error:  # noqa: BLE001 (told to the test)
            done.set_exception(error)

    threading.Thread(target=run).start()
    return done


async def seven() -> int:
    """Answer at once."""
    return 7


def test_a_call_is_carried_over() -> None:
    """Its result comes back to the thread that asked."""

    async def serve() -> object:
        crossing = Crossing(asyncio.get_running_loop())
        return await asyncio.wrap_future(beside(lambda: crossing.carry(seven())))

    assert 7 == asyncio.run(serve())


def test_who_comes_after_the_gate_is_shut_is_turned_back() -> None:
    """The loop still runs for a while, and nothing new is begun on it."""

    async def serve() -> Future[object]:
        crossing = Crossing(asyncio.get_running_loop())
        await crossing.shut()
        late = beside(lambda: crossing.carry(seven()))
        with pytest.raises(TimeoutError):
            await asyncio.wrap_future(late)
        return late

    assert isinstance(asyncio.run(serve()).exception(), TimeoutError)


def test_who_has_passed_has_begun_before_the_gate_is_shut() -> None:
    """A call that is only queued would be lost with the loop; one that has begun is ended by it."""
    begun, queued = threading.Event(), threading.Event()

    async def hang() -> None:
        begun.set()
        await asyncio.Event().wait()

    async def serve() -> tuple[bool, Future[object]]:
        loop = asyncio.get_running_loop()
        crossing = Crossing(loop)
        put = loop.call_soon_threadsafe

        def note(*call: object, **named: object) -> object:
            handle = put(*call, **named)  # type: ignore[arg-type] # passed on as it came
            queued.set()
            return handle

        loop.call_soon_threadsafe = note  # type: ignore[assignment] # tells when it is queued
        call = beside(lambda: crossing.carry(hang()))
        queued.wait()  # the loop stands still meanwhile: the call waits for its turn
        before = begun.is_set()
        await crossing.shut()
        return before, call

    before, call = asyncio.run(serve())

    assert (False, True) == (before, begun.is_set())
    assert isinstance(call.exception(timeout=60), TimeoutError)
