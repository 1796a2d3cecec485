"""Turn a page's raw values into sightings; what cannot be read is an outcome, never a guess."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from agent.cases import CaseKey, Fen, Kind, Outcome, Sighting, Stage
from agent.platforms.pack import Fields, Places, Value, Values
from agent.platforms.phrases import (
    read_countdown,
    read_date,
    read_epoch,
    read_fen,
    read_yuan,
)
from agent.platforms.unread import CannotRead

_LONGEST_TEXT = 5_000
"""A buyer may write a book; a sighting keeps its beginning."""


def dig(value: object, path: str) -> object:
    """Return what lies at dotted *path* in JSON *value*; None where the path leads nowhere.

    `a[0]` takes a member, `a[*].b` the list of every member's b.
    """
    steps = [step for step in path.replace("[", ".[").split(".") if step]
    for number, step in enumerate(steps):
        if step == "[*]":
            rest = ".".join(steps[number + 1 :])
            return [dig(member, rest) for member in value] if isinstance(value, list) else None
        value = _one_step(value, step)
    return value


def _one_step(value: object, step: str) -> object:
    if step.startswith("["):
        index = int(step[1:-1]) if step[1:-1].lstrip("-").isdigit() else None
        inside = isinstance(value, list) and index is not None and -len(value) <= index < len(value)
        return value[index] if inside and isinstance(value, list) and index is not None else None
    return value.get(step) if isinstance(value, dict) else None


def text_of(value: object) -> str:
    """Return JSON *value* as the text a person would read; None and containers' holes are ""."""
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "、".join(filter(None, (text_of(member) for member in value)))
    return str(value).strip()[:_LONGEST_TEXT]


def satisfies(body: object, wanted: Values) -> bool:
    """Tell whether *body* has one of the wanted values at each path; `0` and `"0"` are the same."""
    return all(
        text_of(dig(body, path)) in {str(value) for value in values}
        for path, values in wanted.items()
    )


@dataclass(frozen=True, slots=True)
class RowReader:
    """What a row's fields mean for one queue of one shop."""

    shop: str
    queue: str
    fields: Fields
    url: str = ""

    def read(self, rows: Iterable[Mapping[str, object]], now: datetime) -> tuple[Sighting, ...]:
        """Return a sighting for each row.

        Raises CannotRead (page changed) if a row lacks its number or its kind: a row that we
        don't understand must not be a row that we don't see.
        """
        return tuple(self._one(row, number, now) for number, row in enumerate(rows, 1))

    def _one(self, row: Mapping[str, object], number: int, now: datetime) -> Sighting:
        case_id = self._text(row, "case_id")
        if not case_id:
            raise CannotRead(Outcome.PAGE_CHANGED, f"第 {number} 行找不到单号")
        limit = _first_limit(self._places("respond_by"), row, now)
        return Sighting(
            key=CaseKey(self.shop, self.queue, case_id),
            kind=Kind(self._word(row, "kind", number)),
            status=self._text(row, "status"),
            stage=Stage(self._word(row, "stage", number)),
            respond_by=limit.respond_by,
            slack=limit.slack,
            consequence=limit.consequence or self._text(row, "consequence"),
            raw_deadline=limit.raw,
            order_id=self._text(row, "order_id"),
            reason=self._text(row, "reason"),
            product=self._text(row, "product"),
            buyer=self._text(row, "buyer"),
            amount=_first_amount(self._places("amount"), row),
            unread=_count(self._text(row, "unread")),
            tags=tuple(filter(None, self._text(row, "tags").split("、"))),
            url=self.url.replace("{case_id}", case_id),
            opened_at=_first_limit(self._places("opened_at"), row, now).respond_by,
        )

    def _places(self, field: str) -> Sequence[Value]:
        places: Places | Kind | Stage = getattr(self.fields, field)
        if isinstance(places, Value):
            return (places,)
        return places if isinstance(places, tuple) else ()

    def _text(self, row: Mapping[str, object], field: str) -> str:
        found = (_mapped(place, text_of(dig(row, place.path))) for place in self._places(field))
        return next(filter(None, found), "")

    def _word(self, row: Mapping[str, object], field: str, number: int) -> str:
        fixed = getattr(self.fields, field)
        if isinstance(fixed, Kind | Stage):
            return fixed.value
        word = self._text(row, field)
        if word not in {member.value for member in chain(Kind, Stage)}:
            raise CannotRead(Outcome.PAGE_CHANGED, f"第 {number} 行的 {field} 读不懂")
        return word


def _mapped(place: Value, text: str) -> str:
    if not place.map:
        return text
    return place.map.get(text, place.otherwise or "") if text else ""


@dataclass(frozen=True, slots=True)
class _Limit:
    respond_by: datetime | None = None
    slack: timedelta = timedelta(0)
    consequence: str = ""
    raw: str = ""


def _first_limit(places: Sequence[Value], row: Mapping[str, object], now: datetime) -> _Limit:
    limits = (_limit(place, text_of(dig(row, place.path)), now) for place in places)
    return next((limit for limit in limits if limit.respond_by is not None), _Limit())


def _limit(place: Value, text: str, now: datetime) -> _Limit:
    if place.unit == "countdown":
        countdown = read_countdown(text)
        if countdown is None:
            return _Limit()
        return _Limit(now + countdown.left, countdown.slack, countdown.consequence, text)
    moment = _moment(place, text, now)
    if moment is None:
        return _Limit()
    return _Limit(moment + timedelta(seconds=place.plus), raw=text)


def _moment(place: Value, text: str, now: datetime) -> datetime | None:
    if place.unit == "date":
        return read_date(text)
    if place.unit == "seconds_left":
        left = read_epoch(text, 1)
        return None if left is None else now + timedelta(seconds=left.timestamp())
    return read_epoch(text, 1000 if place.unit == "ms" else 1)


def _first_amount(places: Sequence[Value], row: Mapping[str, object]) -> Fen | None:
    for place in places:
        text = text_of(dig(row, place.path))
        amount = read_fen(text) if place.unit == "fen" else read_yuan(text)
        if amount is not None:
            return amount
    return None


def _count(text: str) -> int:
    digits = "".join(c for c in text if c in "0123456789")[:6]
    return int(digits) if digits else 0


def supplement(primary: Iterable[Sighting], shown: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """Return *primary* with what only the page shows added: consequence, raw words, a limit."""
    by_key = {sighting.key: sighting for sighting in shown}
    return tuple(_supplemented(sighting, by_key.get(sighting.key)) for sighting in primary)


def _supplemented(sighting: Sighting, shown: Sighting | None) -> Sighting:
    if shown is None:
        return sighting
    if sighting.respond_by is None and shown.respond_by is not None:
        sighting = replace(sighting, respond_by=shown.respond_by, slack=shown.slack)
    return replace(
        sighting,
        consequence=sighting.consequence or shown.consequence,
        raw_deadline=shown.raw_deadline or sighting.raw_deadline,
        tags=sighting.tags or shown.tags,
    )
