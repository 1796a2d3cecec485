"""How a request to stop reaches a main thread that sits in foreign code."""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

_STOPPING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping(stop: Callable[[], None]) -> Iterator[None]:
    """Call *stop* from a thread of its own as soon as somebody asks the program to end.

    Python runs signal handlers only between two lines of Python on the main thread; a window's
    event loop may not come back to Python for hours. The signal's number is written to a socket
    by C code at once, and a thread that waits there does the rest. Main thread only.
    """
    reader, writer = socket.socketpair()
    writer.settimeout(0)  # a signal must never wait
    thread = threading.Thread(target=_wait, args=(reader, stop), daemon=True)
    former = {number: signal.signal(number, _ignored) for number in _STOPPING}
    former_wakeup = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    thread.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(former_wakeup)
        for number, handler in former.items():
            signal.signal(number, handler)
        writer.close()
        thread.join()
        reader.close()


def _wait(reader: socket.socket, stop: Callable[[], None]) -> None:
    with suppress(OSError):
        while received := reader.recv(1):
            if received[0] in _STOPPING:
                stop()


def _ignored(_number: int, _frame: FrameType | None) -> None:
    """Keep the signal from killing the process; the thread acts on it."""
