"""What a kept session is made of, and which of its values are secrets."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_SHORTEST = 12
"""Characters: what is shorter is a setting, or a word that stands elsewhere too."""

_TOKEN = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[!-~]+")
_NO_SECRET = re.compile(r"[\d.:,-]*|(?:https?:)?/.*|[a-z]+(?:-[a-z]+)*|[A-Z][a-z]+/[A-Z][A-Za-z_]+")


def as_text(state: Mapping[str, Any]) -> bytes:
    """Return *state* as it is sealed."""
    return json.dumps(state).encode()


def as_session(content: bytes) -> dict[str, Any] | None:
    """Return the session that *content* tells; None if no browser would take it."""
    state: Any = json.loads(content)
    if not isinstance(state, dict) or not _are_named(state.get("cookies", [])):
        return None
    origins = state.get("origins", [])
    is_list = isinstance(origins, list) and all(isinstance(one, dict) for one in origins)
    if not is_list or not all(_are_named(one.get("localStorage", [])) for one in origins):
        return None
    return state


def _are_named(values: object) -> bool:
    """Tell whether *values* is a list of texts, each with its name."""
    return isinstance(values, list) and all(
        isinstance(one, dict)
        and isinstance(one.get("name"), str)
        and isinstance(one.get("value"), str)
        for one in values
    )


def telling(state: Mapping[str, Any]) -> Iterator[str]:
    """Yield the values of *state* that sign somebody in: cookies, and tokens in the storages.

    Left out are numbers, addresses and words: these lie elsewhere with good reason.
    """
    for cookie in state.get("cookies", ()):
        value = cookie["value"]
        if len(value) >= _SHORTEST and not _NO_SECRET.fullmatch(value):
            yield value
    for text in _texts(state.get("origins", ())):
        if len(text) >= _SHORTEST and _TOKEN.fullmatch(text) and not _NO_SECRET.fullmatch(text):
            yield text


def _texts(found: object) -> Iterator[str]:
    """Yield each text within *found*, and within the JSON that a text may hold."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting.extend(one.values())
        elif isinstance(one, list | tuple):
            waiting.extend(one)
        elif isinstance(one, str):
            inner = _within(one)
            if inner is None:
                yield one
            else:
                waiting.append(inner)


def _within(text: str) -> object:
    """Return what *text* holds if it is a JSON object or list, else None."""
    if not text.startswith(("{", "[")):
        return None
    try:
        inner: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return inner
