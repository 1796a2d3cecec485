"""How the browser's driver is started: with little room for what it soon throws away."""

import os
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager

_VARIABLE = "NODE_OPTIONS"
_SMALL = "--max-semi-space-size=4"
"""MB. Left to itself it takes 50 MB more within ten minutes, for what is as short-lived as before,
and keeps them; with this it stays at 80 to 95."""


@contextmanager
def small_driver(environment: MutableMapping[str, str] = os.environ) -> Iterator[None]:
    """Have a driver that starts meanwhile stay small; what the person has set there counts more.

    Of two that overlap the first puts everything back, so that nothing of it stays.
    """
    own = environment.get(_VARIABLE)
    if own is not None and own.startswith(_SMALL):
        yield
        return
    environment[_VARIABLE] = f"{_SMALL} {own or ''}".rstrip()
    try:
        yield
    finally:
        if own is None:
            environment.pop(_VARIABLE, None)
        else:
            environment[_VARIABLE] = own
