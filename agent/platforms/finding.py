"""Find a row that somebody sees on a page in the answers that the page fetched."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.platforms.explain import explain
from agent.platforms.fields import Fields, Value
from agent.platforms.interpret import text_of

_DEEPEST = 12
_KEY = re.compile(r"[^.\[\]\s]+")
_WHOSE = r"(?:(?:all|rows?|records?|items?|results?|list)_?)?"
_OF_WHAT = r"(?:_?(?:count|num(?:ber)?|size|rows?|items?|records?|results?|elements?))?"
_TOTAL = re.compile(f"{_WHOSE}total{_OF_WHAT}", re.IGNORECASE)
_COUNT = re.compile(f"{_WHOSE}(?:count|cnt)", re.IGNORECASE)
"""It may as well count the rows of this page only."""
_PAGE_SIZE = re.compile(r"page_?(?:size|limit|rows)|(?:size_?)?per_?page", re.IGNORECASE)
_SIZE = re.compile(r"size|limit|rows", re.IGNORECASE)
_PAGE = re.compile(r"page(?:_?(?:no|num|number|index))?|current", re.IGNORECASE)
_GOOD = re.compile(
    r"code|errno|err_?code|error_?code|errcode|status|st|ret|success|result", re.IGNORECASE
)
_GOOD_VALUES = {"0", "200", "true", "success", "ok"}
_DUE = re.compile(r"dead|due|expire|limit|timeout|over_?time|end_?time|remain|left", re.IGNORECASE)
_MORE = re.compile(r"has_?(?:more|next(?:_?page)?)", re.IGNORECASE)
_LAST = re.compile(r"(?:is_?)?(?:end|last(?:_?page)?)", re.IGNORECASE)
_UNITS = ("s", "ms", "date")
_CLOSE = timedelta(seconds=90)
"""Between an answer and the look at its countdown a person points at things."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer that a page fetched: its address without the query, what it was *asked*."""

    url: str
    method: str
    asked: object
    body: object
    at: datetime


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Where the row with some number stands in an answer.

    *rows* is the path to the list, *number* the path to the number within the row.
    """

    answer: Heard
    rows: str
    number: str
    row: Mapping[str, object]
    rows_there: int


def find_row(answers: Sequence[Heard], number: str) -> FoundRow | None:
    """Return where the row *number* stands in the newest of *answers* that lists it.

    Of several lists the longest counts: a page fetches the one ticket that is opened too.
    """
    found = [one for answer in answers for one in _rows_with(answer, number)]
    return max(found, key=lambda one: (one.rows_there, one.answer.at), default=None)


def _rows_with(answer: Heard, number: str) -> Iterator[FoundRow]:
    for path, value in _walk(answer.body):
        if not path or not isinstance(value, list):
            continue
        for row in value:
            for leaf, said in leaves(row) if isinstance(row, dict) else ():
                if text_of(said) == number:
                    yield FoundRow(answer, path, leaf, row, len(value))


def leaves(row: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield every text, number and truth in *row* with its path; members of lists are left out."""
    for path, value in _walk(row):
        if path and not isinstance(value, dict | list) and value is not None:
            yield path, value


def _walk(value: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    """Yield *value* and all that lies in its objects; only paths that a pack can write."""
    yield path, value
    if isinstance(value, dict) and depth < _DEEPEST:
        for key, member in value.items():
            if isinstance(key, str) and _KEY.fullmatch(key):
                inner = f"{path}.{key}" if path else key
                yield from _walk(member, inner, depth + 1)


def good_envelope(body: object) -> dict[str, list[object]]:
    """Return what at the top of *body* looks like a platform's "all is well"."""
    if not isinstance(body, dict):
        return {}
    return {
        key: [value]
        for key, value in body.items()
        if isinstance(value, str | int)
        and _GOOD.fullmatch(key)
        and text_of(value).lower() in _GOOD_VALUES
    }


def total_path(found: FoundRow) -> str | None:
    """Return where the answer seems to tell how many rows there are in all."""
    numbers = [
        (path, int(text_of(value)))
        for path, value in leaves(found.answer.body if isinstance(found.answer.body, dict) else {})
        if text_of(value).isdecimal()
    ]
    likely = [path for path, number in numbers if _may_be_total(_key(path), number, found)]
    return min(likely, key=lambda path: _how_unlike_total(path, found), default=None)


def _may_be_total(key: str, number: int, found: FoundRow) -> bool:
    there, asked = found.rows_there, asked_size(found.answer.asked)
    if asked and number == there == asked[1]:
        return False  # a full page: whether this counts its rows or all of them, nobody can tell
    if _TOTAL.fullmatch(key):
        return number >= there
    return bool(_COUNT.fullmatch(key)) and number > there


def _how_unlike_total(path: str, found: FoundRow) -> tuple[bool, bool, bool]:
    """Order what may be totals: called so, beside the rows, `total` itself."""
    parent, _, key = path.rpartition(".")
    beside = found.rows.rpartition(".")[0]
    return not _TOTAL.fullmatch(key), parent != beside, key.lower() != "total"


def _key(path: str) -> str:
    return path.rpartition(".")[2]


def last_page(found: FoundRow) -> dict[str, list[object]]:
    """Return what the answer says of itself when it is the last of its list."""
    said = leaves(found.answer.body) if isinstance(found.answer.body, dict) else ()
    flags = [(path, _key(path)) for path, value in said if isinstance(value, bool)]
    more = ({path: list[object]([False])} for path, key in flags if _MORE.fullmatch(key))
    ends = ({path: list[object]([True])} for path, key in flags if _LAST.fullmatch(key))
    return next(more, None) or next(ends, {})


def asked_page(asked: object) -> str | None:
    """Return which key of a question for the first page tells its number."""
    pairs = leaves(asked) if isinstance(asked, dict) else ()
    names = (path for path, value in pairs if _PAGE.fullmatch(_key(path)) and text_of(value) == "1")
    return next(names, None)


def asked_size(asked: object) -> tuple[str, int] | None:
    """Return which key of a question tells how many rows a page is to have, and how many."""
    pairs = leaves(asked) if isinstance(asked, dict) else ()
    numbers = [(path, text_of(value)) for path, value in pairs]
    sizes = [(path, int(text)) for path, text in numbers if text.isdecimal() and int(text) > 0]
    for pattern in (_PAGE_SIZE, _SIZE):
        for path, size in sizes:
            if pattern.fullmatch(_key(path)):
                return path, size
    return None


def deadlines(
    row: Mapping[str, object], due: tuple[datetime, timedelta] | None, now: datetime
) -> list[tuple[str, str]]:
    """Return path and unit of what may be the row's time limit, the likeliest first.

    *due* is the limit as the page shows it, and how much later it may truly be. What is not close
    to that is none; without it only a moment that is called like a limit and lies ahead counts:
    any small number could be seconds.
    """
    found: list[tuple[timedelta, str, str]] = []
    units = _UNITS if due is None else (*_UNITS, "seconds_left")
    for path, value in leaves(row):
        for unit in units if not isinstance(value, bool) else ():
            moment = _moment_at(row, path, unit, now)
            if moment is None:
                continue
            if due is not None and -_CLOSE <= moment - due[0] <= due[1] + _CLOSE:
                found.append((abs(moment - due[0]), path, unit))
            elif due is None and moment > now and _DUE.search(path):
                found.append((moment - now, path, unit))
    return [(path, unit) for _, path, unit in sorted(found)]


def _moment_at(row: Mapping[str, object], path: str, unit: str, now: datetime) -> datetime | None:
    place = Value.model_validate({"path": path, "unit": unit})
    fields = _BARE.model_copy(update={"respond_by": place})
    (read,) = (one for one in explain(row, fields, now) if one.field == "respond_by")
    return read.value if isinstance(read.value, datetime) else None


_BARE = Fields.model_validate({"case_id": {"path": "id"}, "kind": "other"})


def amount_at(row: Mapping[str, object], fen: int) -> tuple[str, str] | None:
    """Return path and unit of the amount *fen* in *row*."""
    for path, value in leaves(row):
        text = text_of(value)
        if text == str(fen):
            return path, "fen"
        if text in {f"{fen / 100:.2f}", f"{fen / 100:.1f}", f"{fen / 100:g}"}:
            return path, "yuan"
    return None


def text_at(row: Mapping[str, object], text: str) -> str | None:
    """Return where in *row* exactly *text* stands."""
    return next((path for path, value in leaves(row) if text_of(value) == text), None)
