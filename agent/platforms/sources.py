"""The part of the pack language that says where rows stand, and what their fields mean."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from agent.cases import Kind, Stage

Address = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*:/\S*$")]
"""A site of the pack and a path on it, such as `shop:/order/list`."""

_STEP = r"(?:[^.\[\]\s]+|\[(?:\*|-?\d+)\])"
Path = Annotated[str, StringConstraints(pattern=rf"^{_STEP}(?:\.?{_STEP})*$")]
"""A dotted path into JSON: `a.b`, `a[0]` or `a[-1]` for one member, `a[*].b` for all of them."""

Css = tuple[str, ...]
Values = Mapping[Path, tuple[str | bool | int, ...]]
"""A path into a JSON body, and the values that satisfy it, compared as text."""


class Strict(BaseModel):
    """Unknown keys are errors; values don't change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Value(Strict):
    """Where one field of a sighting comes from, and in which unit it stands there.

    *map* turns what is there into our word, *otherwise* stands for what the map does not know;
    with *anywhere* the first of the map's texts that occurs in it counts. *plus* are seconds that
    belong to a moment.
    """

    path: Path
    unit: Literal["s", "ms", "seconds_left", "fen", "yuan", "countdown", "date"] | None = None
    map: Mapping[str, str] = {}
    otherwise: str | None = None
    anywhere: bool = False
    plus: int = 0


Places = Value | tuple[Value, ...]


class Fields(Strict):
    """The fields of a sighting; a list means: the first that holds something counts."""

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

    @model_validator(mode="after")
    def _our_words(self) -> Self:
        for name, words in (("kind", Kind), ("stage", Stage)):
            known = [word.value for word in words]
            for place in self.places(name):
                said = {*place.map.values(), *([place.otherwise] if place.otherwise else [])}
                if unknown := sorted(said - set(known)):
                    raise ValueError(f"{name}: {', '.join(unknown)}; use one of {', '.join(known)}")
        return self

    def places(self, name: str) -> tuple[Value, ...]:
        """Return where field *name* is looked for, in order; none if it is fixed or not given."""
        places: Places | Kind | Stage = getattr(self, name)
        if isinstance(places, Value):
            return (places,)
        return places if isinstance(places, tuple) else ()

    def paths(self) -> Iterator[str]:
        """Yield every path that a field is looked for under."""
        for name in type(self).model_fields:
            yield from (place.path for place in self.places(name))


class ResponseSource(Strict):
    """The JSON that the page itself loads.

    Its *rows* are believed when the request *asked* for the whole list and the answer is *ok*. It
    knows that it is whole by *total*, or by *page_size*: fewer rows than that are the last.
    """

    url: Address
    method: Literal["GET", "POST"] = "GET"
    asked: Values = {}
    ok: Values = {}
    rows: Path
    total: Path | None = None
    page: Path | None = None
    page_size: int | None = Field(default=None, ge=1)
    drop: Values = {}
    fields: Fields

    @model_validator(mode="after")
    def _knows_its_end(self) -> Self:
        if (self.total is None) == (self.page_size is None):
            raise ValueError("one of total and page_size must tell when the list is whole")
        return self


class Item(Strict):
    """One text of a DOM row: an element or a named column, its attribute, JSON, line or anchor.

    *after* takes what follows that label in the text; *has* is "1" where the element exists.
    """

    css: Css = ()
    column: str | None = None
    attr: str | None = None
    json_path: str | None = Field(default=None, alias="json")
    line: int = Field(default=0, ge=0)
    after: str | None = None
    has: bool = False

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if self.json_path and not self.attr:
            raise ValueError("json is read from an attribute: attr is missing")
        if self.has and not self.css:
            raise ValueError("has asks for an element: css is missing")
        return self


class DomSource(Strict):
    """Rows as the page shows them.

    A row is the elements *rows* from one that is or holds *start* up to the next such one.
    """

    rows: Css
    start: Css = ()
    headers: Css = ()
    items: Mapping[str, Item]
    drop: Values = {}
    total: Css = ()
    empty: Css = ()
    loading: Css = ()
    fields: Fields

    @model_validator(mode="after")
    def _items_exist(self) -> Self:
        for path in (*self.fields.paths(), *self.drop):
            if path not in self.items:
                raise ValueError(f"{path}: no such item; there are: {', '.join(self.items)}")
        return self


class Counters(Strict):
    """The platform's own numbers: the sum of *paths* is the least that must wait for us."""

    url: Address
    ok: Values = {}
    paths: tuple[Path, ...]
