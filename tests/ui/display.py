"""A virtual display with a window manager, and a hand on its mouse and keyboard."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

STARTS = 10
TRIES = 5_000
"""Each try starts a program and so takes some milliseconds."""
SCREEN = 1280, 900
SEARCH = ("/usr/bin/xdotool", "search", "--onlyvisible", "--name", "鸽哨")


@contextmanager
def a_display() -> Iterator[str]:
    """Start an X server and a window manager; give the server's name."""
    size = "{}x{}x24".format(*SCREEN)
    read_end, write_end = os.pipe()
    with ExitStack() as stack:
        server = subprocess.Popen(
            ["/usr/bin/Xvfb", "-displayfd", str(write_end), "-screen", "0", size],
            pass_fds=(write_end,),
            stderr=subprocess.DEVNULL,
        )
        stack.callback(server.wait)
        stack.callback(server.terminate)
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            name = f":{pipe.readline().strip()}"
        stack.enter_context(managed(name))
        yield name


@contextmanager
def managed(display: str) -> Iterator[None]:
    """Have windows managed; a manager that ends before it begins, as now and then, is replaced."""
    environment = {**os.environ, "DISPLAY": display}
    for _ in range(STARTS):
        manager = subprocess.Popen(["/usr/bin/openbox"], env=environment, stderr=subprocess.DEVNULL)
        manages = False
        while not manages and manager.poll() is None:
            told = run(display, "/usr/bin/xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
            manages = "0x" in told
        if manages:
            break
    try:
        yield
    finally:
        manager.terminate()
        manager.wait()


def run(display: str, *command: str) -> str:
    """Run an X client and return what it printed."""
    environment = {**os.environ, "DISPLAY": display}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return result.stdout


def place(display: str, number: str) -> tuple[int, int]:
    """Return where the window's corner is."""
    told = run(display, "/usr/bin/xdotool", "getwindowgeometry", "--shell", number)
    values = dict(re.findall(r"(\w+)=(-?\d+)", told))
    return int(values["X"]), int(values["Y"])


def until(display: str, wanted: str, *command: str) -> str:
    """Run an X client until what it prints has *wanted* in it; return that."""
    for _ in range(TRIES):
        printed = run(display, *command)
        if re.search(wanted, printed):
            return printed
    raise AssertionError(f"{command} never printed {wanted}")


def arrives(display: str, number: str, where: tuple[int, int]) -> tuple[int, int]:
    """Wait until the window is at *where*; return where it is, should it not get there."""
    for _ in range(TRIES):
        if (found := place(display, number)) == where:
            break
    return found


def drag(display: str, start: tuple[int, int], by: tuple[int, int]) -> None:
    """Press the mouse at *start*, move it in steps, let it go."""
    moves = [
        ["mousemove_relative", "--sync", "--", str(by[0] // 10), str(by[1] // 10)]
        for _ in range(10)
    ]
    start_at = ["mousemove", "--sync", str(start[0]), str(start[1]), "mousedown", "1"]
    for command in (start_at, *moves):
        run(display, "/usr/bin/xdotool", *command)
    run(display, "/usr/bin/xdotool", "mouseup", "1")
