"""Turn a page's raw values into sightings; what cannot be read is an outcome, never a guess."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeVar
from urllib.parse import quote

from agent.cases import CaseKey, Fen, Kind, Outcome, Sighting, Stage
from agent.platforms.fields import Fields, Value
from agent.platforms.language import Values
from agent.platforms.masks import compile_mask, is_masked
from agent.platforms.moments import read_date
from agent.platforms.phrases import (
    LONGEST_WAIT,
    read_countdown,
    read_epoch,
    read_fen,
    read_seconds,
    read_yuan,
)
from agent.platforms.unread import CannotRead

_LONGEST_TEXT = 4_000
"""A buyer may write a book; a sighting keeps its beginning."""

_MOST_STRANGE = 20

_Word = TypeVar("_Word", Kind, Stage)


def dig(value: object, path: str) -> object:
    """Return what lies at dotted *path* in JSON *value*; None where the path leads nowhere.

    `a[0]` takes a member, `a[*].b` the list of every member's b. A text that is JSON itself is
    gone into.
    """
    for number, step in enumerate(steps := _steps(path)):
        if step == "[*]":
            rest = ".".join(steps[number + 1 :])
            value = unfolded(value)
            return [dig(member, rest) for member in value] if isinstance(value, list) else None
        value = _one_step(value, step)
    return value


@lru_cache(maxsize=10_000)
def _steps(path: str) -> tuple[str, ...]:
    return tuple(step for step in path.replace("[", ".[").split(".") if step)


def _one_step(value: object, step: str) -> object:
    value = unfolded(value)
    if step.startswith("["):
        index = int(step[1:-1]) if step[1:-1].lstrip("-").isdigit() else None
        inside = isinstance(value, list) and index is not None and -len(value) <= index < len(value)
        return value[index] if inside and isinstance(value, list) and index is not None else None
    return value.get(step) if isinstance(value, dict) else None


def unfolded(value: object) -> object:
    """Return *value*, or what it says if it is a text that is JSON itself."""
    if not (isinstance(value, str) and value.lstrip().startswith(("{", "["))):
        return value
    try:
        inside: object = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return inside


def first_at(value: object, paths: str | Sequence[str]) -> object:
    """Return what lies at the first of *paths* where anything does."""
    candidates = (paths,) if isinstance(paths, str) else paths
    found = (dig(value, path) for path in candidates)
    return next((one for one in found if one is not None), None)


def text_of(value: object) -> str:
    """Return JSON *value* as the text a person would read; None and objects are "".

    The members of a list are joined, each once. Halves of letters, which a page makes when it
    cuts a text within an emoji, are replaced: nothing could store them.
    """
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "、".join(dict.fromkeys(filter(None, (text_of(member) for member in value))))
    text = str(value).strip()[:_LONGEST_TEXT]
    return text.encode("utf-8", "replace").decode()


def satisfies(body: object, wanted: Values) -> bool:
    """Tell whether *body* has one of the wanted values at each path; `0` and `"0"` are the same."""
    return all(
        _comparable(dig(body, path)) in {text_of(value) for value in values}
        for path, values in wanted.items()
    )


def _comparable(value: object) -> str | None:
    """Return *value* as text; None for what holds objects: it is not the hole it looks like."""
    return None if _holds_objects(value) else text_of(value)


def _holds_objects(value: object) -> bool:
    if isinstance(value, list):
        return any(map(_holds_objects, value))
    return isinstance(value, dict) and bool(value)


@dataclass(frozen=True, slots=True)
class RowReader:
    """What a row's fields mean for one queue of one shop.

    *strange* gathers the platform's words that the pack has no word for, as `field=word`.
    """

    shop: str
    queue: str
    fields: Fields
    url: str = ""
    strange: set[str] = field(default_factory=set, compare=False)

    def read(self, rows: Iterable[Mapping[str, object]], now: datetime) -> tuple[Sighting, ...]:
        """Return a sighting for each row.

        Raises CannotRead (page changed) if a row lacks its number or its kind: a row that we
        don't understand must not be a row that we don't see.
        """
        return tuple(self._one(row, number, now) for number, row in enumerate(rows, 1))

    def _one(self, row: Mapping[str, object], number: int, now: datetime) -> Sighting:
        case_id = self._number(row, "case_id")
        if not case_id:
            raise CannotRead(Outcome.PAGE_CHANGED, f"第 {number} 行找不到单号")
        limit = _first_limit(self.fields.places("respond_by"), row, now)
        sighting = Sighting(
            key=CaseKey(self.shop, self.queue, case_id),
            kind=self._word(row, "kind", Kind, number),
            status=self._text(row, "status"),
            stage=self._word(row, "stage", Stage, number),
            respond_by=limit.respond_by,
            slack=limit.slack,
            consequence=limit.consequence or self._text(row, "consequence"),
            raw_deadline=limit.raw,
            order_id=self._number(row, "order_id"),
            reason=self._text(row, "reason"),
            product=self._text(row, "product"),
            buyer=self._text(row, "buyer"),
            amount=_first_amount(self.fields.places("amount"), row),
            unread=_count(self._text(row, "unread")),
            tags=tuple(filter(None, self._text(row, "tags").split("、"))),
            url=self.url.replace("{case_id}", quote(case_id, safe="")),
            opened_at=_first_limit(self.fields.places("opened_at"), row, now).respond_by,
        )
        return self._whole(sighting, number)

    def _whole(self, sighting: Sighting, number: int) -> Sighting:
        for name in self.fields.required:
            if getattr(sighting, name) in (None, "", ()):
                raise CannotRead(Outcome.PAGE_CHANGED, f"第 {number} 行没有 {name}")
        return sighting

    def _number(self, row: Mapping[str, object], name: str) -> str:
        """Return a number that the platform shows whole: starred ones are no numbers."""
        texts = (_read(place, row) for place in self.fields.places(name))
        return next((text for text in texts if text and not is_masked(text)), "")

    def _text(self, row: Mapping[str, object], name: str) -> str:
        for place in self.fields.places(name):
            said = _read(place, row)
            text = _mapped(place, said)
            if said and place.otherwise and not _known(place, said):
                self._take_note(f"{name}={said[:40]}")
            if text:
                return text
        return ""

    def _take_note(self, word: str) -> None:
        if len(self.strange) < _MOST_STRANGE:
            self.strange.add(word)

    def _word(self, row: Mapping[str, object], name: str, words: type[_Word], number: int) -> _Word:
        fixed = getattr(self.fields, name)
        word = fixed if isinstance(fixed, words) else self._text(row, name)
        try:
            return words(word)
        except ValueError as error:
            detail = f"第 {number} 行的 {name} 读不懂"
            raise CannotRead(Outcome.PAGE_CHANGED, detail) from error


def _read(place: Value, row: Mapping[str, object]) -> str:
    text = text_of(dig(row, place.path))
    return compile_mask(place.mask).first(text) if place.mask else text


def _known(place: Value, text: str) -> str:
    """Return our word for the platform's *text*, "" if the map has none."""
    found = (
        word
        for said, word in place.map.items()
        if (said in text if place.anywhere else said == text)
    )
    return next(found, "")


def _mapped(place: Value, text: str) -> str:
    if not (place.map and text):
        return text
    return _known(place, text) or place.otherwise or ""


@dataclass(frozen=True, slots=True)
class _Limit:
    respond_by: datetime | None = None
    slack: timedelta = timedelta(0)
    consequence: str = ""
    raw: str = ""


def _first_limit(places: Sequence[Value], row: Mapping[str, object], now: datetime) -> _Limit:
    limits = (_limit(place, _read(place, row), now) for place in places)
    return next((limit for limit in limits if limit.respond_by is not None), _Limit())


def _limit(place: Value, text: str, now: datetime) -> _Limit:
    if place.unit == "countdown":
        countdown = read_countdown(text)
        if countdown is None:
            return _Limit()
        return _Limit(now + countdown.left, countdown.slack, countdown.consequence, text)
    moment = _moment(place, text, now)
    if moment is None or abs(moment - now) > LONGEST_WAIT:
        return _Limit()  # no platform thinks in years: this is another unit, or no moment at all
    return _Limit(moment + timedelta(seconds=place.plus), raw=text)


def _moment(place: Value, text: str, now: datetime) -> datetime | None:
    if place.unit == "date":
        return read_date(text, now)
    if place.unit == "seconds_left":
        left = read_seconds(text)
        return None if left is None else now + left
    return read_epoch(text, 1000 if place.unit == "ms" else 1)


def _first_amount(places: Sequence[Value], row: Mapping[str, object]) -> Fen | None:
    for place in places:
        text = _read(place, row)
        amount = read_fen(text) if place.unit == "fen" else read_yuan(text)
        if amount is not None:
            return amount
    return None


def _count(text: str) -> int:
    digits = "".join(c for c in text if c in "0123456789")[:6]
    return int(digits) if digits else 0


def read_total(words: str) -> int | None:
    """Return the number of rows that *words* tell, None if they are rounded: `99+`, `1.2万`.

    Numbers that stand beside it, such as those of pages or of rows a page, are mostly smaller;
    where one is larger, rows seem to be missing, which is told, and never the other way round.
    Raises CannotRead (page changed) if there is no number.
    """
    numbers = re.findall(r"(\d[\d,]*)(\s*[+＋万])?", words)
    if not numbers:
        raise CannotRead(Outcome.PAGE_CHANGED, "页面上找不到总条数")
    if any(rounded for _number, rounded in numbers):
        return None
    return max(int(number.replace(",", "")) for number, _rounded in numbers)


def supplement(primary: Iterable[Sighting], shown: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """Return *primary* with what only the page shows added: consequence, raw words, a limit."""
    by_key = {sighting.key: sighting for sighting in shown}
    return tuple(_supplemented(sighting, by_key.get(sighting.key)) for sighting in primary)


def _supplemented(sighting: Sighting, shown: Sighting | None) -> Sighting:
    if shown is None or shown.status != sighting.status:
        return sighting  # the table may still show the step before
    if sighting.respond_by is None and shown.respond_by is not None:
        sighting = replace(sighting, respond_by=shown.respond_by, slack=shown.slack)
    return replace(
        sighting,
        consequence=sighting.consequence or shown.consequence,
        raw_deadline=shown.raw_deadline or sighting.raw_deadline,
        tags=sighting.tags or shown.tags,
    )
