"""What leaves, or is kept for others to read, without phones, addresses, secrets, numbers."""

import json
from urllib.parse import quote

from agent.log.shapes import PERSONS, SECRETS
from agent.log.streets import without_addresses

_SHORTEST = 8
"""Characters: of what is shorter, too much that is none would be hidden."""

_concealed: set[str] = set()


def mask(text: str) -> str:
    """Return *text* without phones, addresses, secrets, people's names and long numbers.

    The last four digits of phones and numbers stay, so that a person can find the case again;
    of a name the first character. Time is in proportion to the length of *text*.
    """
    for secret in sorted(_concealed, key=len, reverse=True):
        text = text.replace(secret, "***")
    once = _masked(text)
    # What was shortened may bring out something that was hidden in a longer run.
    return once if once == text else _masked(once)


def _masked(text: str) -> str:
    for pattern, replacement in (*SECRETS, *PERSONS):
        text = pattern.sub(replacement, text)
    return without_addresses(text)


def masked_name(name: str) -> str:
    """Return the first character of a person's *name*, stars for the rest."""
    return name[:1] + "**" if name else ""


def conceal(secret: str) -> None:
    """Have `mask` hide *secret* from now on, wherever it stands and whatever it looks like.

    What is shorter than eight characters is known by its surroundings only.
    """
    if len(secret) >= _SHORTEST:
        in_json = json.dumps(secret)[1:-1]
        _concealed.update((secret, in_json, quote(secret, safe=""), repr(secret)[1:-1]))
