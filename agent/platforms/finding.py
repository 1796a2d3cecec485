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
_TOTAL = re.compile(r"total|count", re.IGNORECASE)
_SIZE = re.compile(r"size|limit", re.IGNORECASE)
_PAGE = re.compile(r"page(?:_?(?:no|num|number|index))?|current", re.IGNORECASE)
_GOOD = re.compile(
    r"code|errno|err_?code|error_?code|errcode|status|st|ret|success|result", re.IGNORECASE
)
_GOOD_VALUES = {"0", "200", "true", "success", "ok"}
_DUE = re.compile(r"dead|due|expire|limit|timeout|over_?time|end_?time|remain|left", re.IGNORECASE)
_MORE = re.compile(r"has_?(?:more|next(?:_?page)?)", re.IGNORECASE)
_LAST = re.compile(r"(?:is_?)?(?:end|last(?:_?page)?)", re.IGNORECASE)
_UNITS = ("s", "ms", "seconds_left", "date")
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
        (path, value)
        for path, value in leaves(found.answer.body if isinstance(found.answer.body, dict) else {})
        if _TOTAL.search(path.rpartition(".")[2]) and text_of(value).isdecimal()
    ]
    likely = [path for path, value in numbers if int(text_of(value)) >= found.rows_there]
    # `total` itself before `totalPage`, what stands beside the rows before what stands elsewhere.
    beside = found.rows.rpartition(".")[0]
    return min(
        (path for path in likely if "page" not in path.lower()),
        key=lambda path: (not path.lower().endswith("total"), not path.startswith(beside)),
        default=None,
    )


def last_page(found: FoundRow) -> dict[str, list[object]]:
    """Return what the answer says of itself when it is the last of its list."""
    said = leaves(found.answer.body) if isinstance(found.answer.body, dict) else ()
    flags = [(path, path.rpartition(".")[2]) for path, value in said if isinstance(value, bool)]
    more = ({path: list[object]([False])} for path, key in flags if _MORE.fullmatch(key))
    ends = ({path: list[object]([True])} for path, key in flags if _LAST.fullmatch(key))
    return next(more, None) or next(ends, {})


def asked_page(asked: object) -> str | None:
    """Return which key of a question for the first page tells its number."""
    pairs = leaves(asked) if isinstance(asked, dict) else ()
    names = (
        path
        for path, value in pairs
        if _PAGE.fullmatch(path.rpartition(".")[2]) and text_of(value) == "1"
    )
    return next(names, None)


def asked_size(asked: object) -> int | None:
    """Return how many rows a page was asked to have."""
    pairs = leaves(asked) if isinstance(asked, dict) else ()
    sizes = (text_of(value) for path, value in pairs if _SIZE.search(path.rpartition(".")[2]))
    return next((int(size) for size in sizes if size.isdecimal() and int(size) > 0), None)


def deadlines(
    row: Mapping[str, object], due: tuple[datetime, timedelta] | None, now: datetime
) -> list[tuple[str, str]]:
    """Return path and unit of what may be the row's time limit, the likeliest first.

    *due* is the limit as the page shows it, and how much later it may truly be. What is not close
    to that is none; without it only what is called like a limit and lies ahead counts.
    """
    found: list[tuple[timedelta, str, str]] = []
    for path, value in leaves(row):
        for unit in _UNITS if not isinstance(value, bool) else ():
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
