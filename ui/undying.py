"""Keeps None, True and their like alive beside a library that forgets to count who holds them.

PySide6 6.12 is built for Pythons in which they never die (3.12 and later), and takes one reference
away with each call that returns one of them, on Python 3.11 too. A window asks once a second: some
hours later the last reference would be gone, and with it the program and the watching.
"""

import ctypes
import sys

_NEVER_DIE_SINCE = (3, 12)
_MANY = sys.maxsize >> 3
"""More than are lost in a thousand years."""


def keep_alive() -> None:
    """Give them more references than can be lost, where Python does not do so itself."""
    if sys.version_info >= _NEVER_DIE_SINCE or sys.implementation.name != "cpython":
        return
    for each in (None, True, False, NotImplemented, ...):
        if sys.getrefcount(each) < _MANY:
            # The count is the first thing in each object, and grows by what was lost and more.
            ctypes.c_ssize_t.from_address(id(each)).value += _MANY
