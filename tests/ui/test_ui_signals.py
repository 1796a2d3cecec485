"""Being asked to end by the system."""

import os
import signal
import threading

import pytest

from ui.signals import stopping


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_signal_is_acted_on_by_another_thread(number: signal.Signals) -> None:
    """The call comes although the main thread only waits."""
    callers: list[str] = []
    called = threading.Event()

    def stop() -> None:
        callers.append(threading.current_thread().name)
        called.set()

    with stopping(stop):
        os.kill(os.getpid(), number)
        came = called.wait(60)

    assert came
    assert "MainThread" not in callers


def test_everything_is_put_back() -> None:
    """Afterwards signals do what they did before, and no thread is left."""
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    before_it = set(threading.enumerate())
    with stopping(lambda: None):
        inside = signal.getsignal(signal.SIGTERM)
    after = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]

    assert inside not in before
    assert before == after
    assert set(threading.enumerate()) <= before_it
    assert -1 == signal.set_wakeup_fd(-1)
