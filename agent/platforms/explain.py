"""Where each field of a row comes from: which of its places held it, and what was made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from agent.cases import Kind, Stage
from agent.platforms.fields import Fields, Value
from agent.platforms.interpret import RowReader, dig, text_of
from agent.platforms.unread import CannotRead

_TRIAL = "geshao_trial"
_ALWAYS_NEEDED = {"case_id", "kind"}
_WORDS: Mapping[str, type[Kind] | type[Stage]] = {"kind": Kind, "stage": Stage}
_BARE = Fields(case_id=Value(path=_TRIAL), kind=Kind.OTHER)
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class FieldRead:
    """How one field of one row was read.

    *place* counts the field's places from 1; 0 says that its value is fixed by the pack. *path* is
    that place's, *by* the candidate under which the page showed it, *raw* the text that stands
    there, *value* what the reader made of it (None: nothing). Where no place holds anything, it is
    the first; where one holds what cannot be read, it is that one. *unknown* says that the pack
    has no word of its own for *raw*.
    """

    field: str
    place: int
    path: str
    by: str
    raw: str
    value: object
    needed: bool = False
    unknown: bool = False

    @property
    def missing(self) -> bool:
        """Whether nothing was made of it."""
        return self.value is None


def explain(
    row: Mapping[str, object],
    fields: Fields,
    now: datetime,
    found_by: Mapping[str, str] = _NOTHING,
) -> tuple[FieldRead, ...]:
    """Return how each field that the pack speaks of is read from *row* at *now*.

    *found_by* tells for the items of a row on the page by which candidate they were found.
    """
    return tuple(
        _Trial(row, fields, now, found_by).of(name)
        for name in Fields.model_fields
        if name != "required" and (fields.places(name) or name in _WORDS)
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    """Asks the reader itself for one place at a time, so that both always mean the same."""

    row: Mapping[str, object]
    fields: Fields
    now: datetime
    found_by: Mapping[str, str]
    strange: set[str] = field(default_factory=set)

    def of(self, name: str) -> FieldRead:
        needed = name in _ALWAYS_NEEDED or name in self.fields.required
        places = self.fields.places(name)
        if not places:
            return FieldRead(name, 0, "", "", "", getattr(self.fields, name), needed=needed)
        tried = [self._at(name, number, place) for number, place in enumerate(places, 1)]
        best = next((one for one in tried if not one.missing), None)
        return best or next((one for one in tried if one.raw), tried[0])

    def _at(self, name: str, number: int, place: Value) -> FieldRead:
        raw = text_of(dig(self.row, place.path))
        self.strange.clear()
        value = self._value(name, place) if raw else None
        return FieldRead(
            name,
            number,
            place.path,
            self.found_by.get(place.path, ""),
            raw,
            value,
            needed=name in _ALWAYS_NEEDED or name in self.fields.required,
            unknown=bool(self.strange) or bool(raw and place.map and value is None),
        )

    def _value(self, name: str, place: Value) -> object:
        reader = RowReader("", "", _BARE.model_copy(update={name: place}), strange=self.strange)
        try:
            (sighting,) = reader.read([{**self.row, _TRIAL: "1"}], self.now)
        except CannotRead:
            return None
        value = sighting.key.case_id if name == "case_id" else getattr(sighting, name)
        return None if value in ("", ()) else value
