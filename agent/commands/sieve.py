"""Finds many secrets in files in one pass, however they were written down."""

import base64
import html
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

from agent.vault import Secret

_CHUNK_BYTES = 1_000_000
_WINDOW = 8
_STEP = 4
_LONG_ENOUGH = _WINDOW + _STEP - 1
"""Bytes: wherever such a run begins, a window of eight at a multiple of four lies within it."""
_SHORTEST = 6
"""Bytes: what is shorter would be found by chance."""


class Sieve:
    """Finds any of many secrets in one pass.

    Files are compared eight bytes at a time with the windows of all secrets at once; only where
    one fits is a secret really looked for.
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._by_window: dict[int, set[tuple[bytes, str]]] = defaultdict(set)
        self._short: set[tuple[bytes, str]] = set()
        self._longest = 1
        self.too_short: set[str] = set()
        for secret in secrets:
            if len(secret.value) < _SHORTEST:
                self.too_short.add(secret.what)
                continue
            for form in forms(secret.value):
                if len(form) >= _SHORTEST:
                    self._add(form, secret.what)
        self._windows = frozenset(self._by_window)

    def _add(self, form: bytes, what: str) -> None:
        self._longest = max(self._longest, len(form))
        if len(form) < _LONG_ENOUGH:
            self._short.add((form, what))
            return
        for at in range(_STEP):
            window = int.from_bytes(form[at : at + _WINDOW], sys.byteorder)
            self._by_window[window].add((form, what))

    def found_in(self, file: Path, after_each: Callable[[], object]) -> tuple[str, ...]:
        """Return what lies in *file*, each once; calls *after_each* chunk.

        Raises OSError if it cannot be read.
        """
        found: set[str] = set()
        with file.open("rb") as stream:
            before = b""
            while chunk := stream.read(_CHUNK_BYTES):
                text = before + chunk
                found.update(self._found(text))
                before = text[-self._longest :]
                after_each()
        return tuple(sorted(found))

    def _found(self, text: bytes) -> Iterator[str]:
        for form, what in self._short:
            if form in text:
                yield what
        for shift in range(0, _WINDOW, _STEP):
            whole = max(0, len(text) - shift) // _WINDOW * _WINDOW
            windows = memoryview(text)[shift : shift + whole].cast("Q")
            for window in self._windows.intersection(windows):
                yield from (what for form, what in self._by_window[window] if form in text)


def forms(value: bytes) -> set[bytes]:
    """Return how *value* may be written: raw, escaped, in hexadecimal, base64, UTF-16."""
    written = {value, value.hex().encode(), value.hex().upper().encode(), *_in_base64(value)}
    text = value.decode(errors="ignore")
    if text.encode() != value:  # random bytes are no text
        return written
    escaped = quote(text, safe="")
    plain = json.dumps(text, ensure_ascii=False)[1:-1]
    texts = (
        *(json.dumps(text)[1:-1], plain, html.escape(text), unquote(text), repr(text)[1:-1]),
        *(escaped, _low(escaped), quote_plus(text)),
    )
    written.update(one.encode() for one in texts)
    written.update(text.encode(name) for name in ("utf-16-le", "utf-16-be", "gb18030"))
    return written


def _low(escaped: str) -> str:
    """Return *escaped* with %2f in place of %2F."""
    head, *parts = escaped.split("%")
    return "%".join((head, *(part[:2].lower() + part[2:] for part in parts)))


def _in_base64(value: bytes) -> Iterator[bytes]:
    """Yield what is sure of *value* in base64, wherever in a longer text it begins."""
    for lead in range(3):
        encoded = base64.b64encode(bytes(lead) + value)
        sure = encoded[-(-lead * 8 // 6) : (lead + len(value)) * 8 // 6]
        yield sure
        yield sure.translate(bytes.maketrans(b"+/", b"-_"))


def files_below(places: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that *places* are or hold; no link is followed."""
    for place in places:
        if place.is_symlink():
            continue
        if place.is_dir():
            yield from files_below(sorted(place.iterdir()))
        elif place.is_file():
            yield place
