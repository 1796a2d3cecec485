"""The part of the pack language that says what a row's values mean."""

from collections.abc import Iterator, Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from agent.cases import Kind, Stage
from agent.platforms.language import Marked, MaskText, Path, Strict

_MOMENT_UNITS = ("s", "ms", "seconds_left", "countdown", "date")
_UNITS: Mapping[str, tuple[str, ...]] = {
    "respond_by": _MOMENT_UNITS,
    "opened_at": _MOMENT_UNITS,
    "amount": ("fen", "yuan"),
}
"""The units that a field may be told in; the others have none."""
_NO_WORDS = {"case_id", "order_id", *_UNITS}
"""The fields that are numbers, moments or amounts: what they say is not put in other words."""


class Value(Marked):
    """Where one field of a sighting comes from, and in which unit it stands there.

    *mask* takes the first part of the text that has this shape. *map* turns what is there into our
    word, *otherwise* stands for what the map does not know; with *anywhere* the first of the map's
    texts that occurs in it counts. *plus* are seconds that belong to a moment.
    """

    path: Path
    unit: Literal["s", "ms", "seconds_left", "fen", "yuan", "countdown", "date"] | None = None
    mask: MaskText | None = None
    map: Mapping[str, str] = Field(default={})
    otherwise: str | None = None
    anywhere: bool = False
    plus: int = 0

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if not self.map and (self.otherwise or self.anywhere):
            raise ValueError("otherwise and anywhere belong to a map: write map, or leave them out")
        if self.plus and self.unit == "countdown":
            raise ValueError("plus belongs to a moment: leave it out, a countdown is the time left")
        return self


Places = Value | tuple[Value, ...]


class Placed(Strict):
    """Fields that stand in places; a place may say nothing that its field would ignore."""

    @model_validator(mode="after")
    def _nothing_is_ignored(self) -> Self:
        for name in type(self).model_fields:
            for place in self.places(name):
                _check(name, place)
        return self

    def places(self, name: str) -> tuple[Value, ...]:
        """Return where field *name* is looked for, in order; none if it is fixed or not given."""
        places: object = getattr(self, name)
        if isinstance(places, Value):
            return (places,)
        return tuple(p for p in places if isinstance(p, Value)) if isinstance(places, tuple) else ()

    def paths(self) -> Iterator[str]:
        """Yield every path that a field is looked for under."""
        for name in type(self).model_fields:
            yield from (place.path for place in self.places(name))


def _check(name: str, place: Value) -> None:
    """Raise ValueError if *place* says what field *name* would ignore, or take for another unit."""
    units = _UNITS.get(name, ())
    if place.unit and place.unit not in units:
        instead = f"use one of {', '.join(units)}" if units else "it has none, leave unit out"
        raise ValueError(f"{name}: unit {place.unit}; {instead}")
    if place.plus and units != _MOMENT_UNITS:
        raise ValueError(f"{name}: plus belongs to a moment (respond_by, opened_at): leave it out")
    if place.map and name in _NO_WORDS:
        raise ValueError(f"{name}: map is for words: leave it out; mask takes a part of the text")


class Fields(Placed):
    """The fields of a sighting; a list means: the first that holds something counts.

    A row without its number or its kind, or without one of the fields *required*, makes the page
    unreadable.
    """

    case_id: Places
    kind: Places | Kind
    stage: Places | Stage = Stage.MERCHANT
    status: Places = ()
    respond_by: Places = ()
    consequence: Places = ()
    order_id: Places = ()
    reason: Places = ()
    product: Places = ()
    buyer: Places = ()
    amount: Places = ()
    unread: Places = ()
    tags: Places = ()
    opened_at: Places = ()
    required: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _our_words(self) -> Self:
        for name, words in (("kind", Kind), ("stage", Stage)):
            known = [word.value for word in words]
            for place in self.places(name):
                said = {*place.map.values(), *([place.otherwise] if place.otherwise else [])}
                if unknown := sorted(said - set(known)):
                    raise ValueError(f"{name}: {', '.join(unknown)}; use one of {', '.join(known)}")
        return self

    @model_validator(mode="after")
    def _required_are_read(self) -> Self:
        for name in self.required:
            if name not in type(self).model_fields or not self.places(name):
                raise ValueError(f"required: {name} is not a field that is read here")
        return self
