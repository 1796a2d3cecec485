"""What of the address of a remote browser is a secret."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from agent.log import conceal

_SHORTEST = 16
"""Characters: a shorter part of an address is a word such as "playwright", and no secret."""
_TELLTALE = re.compile(r"token|key|auth|secret|sign|pass|pwd", re.IGNORECASE)


def secret_parts(address: str) -> list[str]:
    """Return each text in *address* of which nobody may learn; none if it opens nothing."""
    return list(dict.fromkeys(filter(None, _parts(address))))


def conceal_address(address: str) -> None:
    """Have the log, and all that is masked, hide what *address* holds from now on."""
    for part in secret_parts(address):
        conceal(part)
        conceal(unquote(part))


def _parts(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    yield from (parts.username or "", parts.password or "")
    yield from (one for one in parts.path.split("/") if len(one) >= _SHORTEST)
    # A plus is one here: tokens hold them, and whoever means a blank writes it out.
    for name, value in parse_qsl(parts.query.replace("+", "%2B")):
        # What is told of how to start the browser is JSON.
        if _TELLTALE.search(name) or (len(value) >= _SHORTEST and not value.startswith("{")):
            yield value
