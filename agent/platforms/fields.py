"""The part of the pack language that says what a row's values mean."""

from collections.abc import Iterator, Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from agent.cases import Kind, Stage
from agent.platforms.language import Marked, MaskText, Path, Strict


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


Places = Value | tuple[Value, ...]


class Fields(Strict):
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
