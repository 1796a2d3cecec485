"""Ports for programs that have to be told theirs before they begin."""

import os
from itertools import count
from socket import AF_INET, SOCK_STREAM, socket

_FIRST, _EACH, _PARTS = 20_000, 100, 120
"""Below those that a system gives away by itself; each process has a part of its own."""
_next = count()


def free_port() -> int:
    """Return a port that nobody uses, nor is given by chance before it is taken."""
    for _ in range(_EACH):
        port = _FIRST + os.getpid() % _PARTS * _EACH + next(_next) % _EACH
        with socket(AF_INET, SOCK_STREAM) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise OSError("no port is free")
