"""The part of the pack language that says where rows stand."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from agent.platforms.fields import Fields, Places
from agent.platforms.language import (
    Address,
    Css,
    Marked,
    Path,
    Phrase,
    Strict,
    Texts,
    Values,
)


class ResponseSource(Marked):
    """The JSON that the page itself loads.

    Many a gateway has one address for all questions: *query* names the one by what stands in the
    address behind the `?`. Its *rows* are believed when the request *asked* for the whole list and
    the answer is *ok*. It knows that it is whole by *total*; where the answer tells none, by what
    it says of itself (*last*) or by *page_size*: fewer rows than that are the last. Which page it
    is tells the answer's *page*, or the request's *asked_page* (from 1) or *asked_offset* (rows
    before it).
    """

    url: Address
    method: Literal["GET", "POST"] = "GET"
    query: Mapping[str, Texts] = Field(default={})
    asked: Values = Field(default={})
    ok: Values = Field(default={})
    rows: Path | tuple[Path, ...]
    total: Path | tuple[Path, ...] | None = None
    page: Path | None = None
    asked_page: Path | None = None
    asked_offset: Path | None = None
    page_size: int | None = Field(default=None, ge=1)
    last: Values = Field(default={})
    drop: Values = Field(default={})
    fields: Fields

    @model_validator(mode="after")
    def _knows_its_place(self) -> Self:
        if self.total is None and self.page_size is None and not self.last:
            raise ValueError("total, last or page_size must tell when the list is whole")
        if [bool(p) for p in (self.page, self.asked_page, self.asked_offset)].count(True) > 1:
            raise ValueError("only one of page, asked_page and asked_offset tells the page")
        return self


class Item(Marked):
    """One text of a DOM row: an element or a named column, its attribute, JSON, line or anchor.

    *after* takes what follows that label in the text, on the same line or the next; *has* is "1"
    where the element exists. *cell* is a column's place, from 1, where columns have no names.
    """

    css: Css = ()
    column: str | None = None
    cell: int | None = Field(default=None, ge=1)
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
        if self.column and self.cell:
            raise ValueError("column and cell: one of them finds the cell")
        return self


class DomSource(Marked):
    """Rows as the page shows them, in the frame whose address contains *frame* if that is given.

    With *unframed* they may stand on the page itself as well, as in another build.

    A row is the elements *rows* from one that is, holds (*start*) or says (*start_text*) its
    beginning up to the next such one. *error* and *error_text* are how the page shows that it
    could not load: no mark of emptiness counts beside them.
    """

    frame: str | None = None
    unframed: bool = False
    rows: Css
    start: Css = ()
    start_text: str | None = None
    headers: Css = ()
    items: Mapping[str, Item]
    drop: Values = Field(default={})
    total: Css = ()
    total_text: Phrase | None = None
    empty: Css = ()
    empty_text: Texts = ()
    error: Css = ()
    error_text: Texts = ()
    loading: Css = ()
    loading_text: Texts = ()
    fields: Fields

    @model_validator(mode="after")
    def _items_exist(self) -> Self:
        for path in (*self.fields.paths(), *self.drop):
            if path not in self.items:
                raise ValueError(f"{path}: no such item; there are: {', '.join(self.items)}")
        return self

    @property
    def tells_total(self) -> bool:
        """Whether the page says how many rows there are."""
        return bool(self.total or self.total_text)


class Counters(Marked):
    """The platform's own numbers: their sum is the least that must wait for us.

    They are in an answer (*url*, *ok*, *paths*), or on the page (*texts*, such as `待审核(#)`).
    Where they count all that the list holds, a sum of 0 *proves_empty* a list without rows.
    """

    url: Address | None = None
    ok: Values = Field(default={})
    paths: tuple[Path, ...] = ()
    texts: tuple[Phrase, ...] = ()
    proves_empty: bool = False

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if bool(self.url) != bool(self.paths):
            raise ValueError("url and paths go together")
        if bool(self.url) == bool(self.texts):
            raise ValueError("counters are in an answer (url, paths) or on the page (texts)")
        return self


class DetailFields(Strict):
    """What a ticket's own page may add where the list says nothing."""

    respond_by: Places = ()
    consequence: Places = ()
    order_id: Places = ()
    reason: Places = ()
    product: Places = ()
    buyer: Places = ()
    amount: Places = ()


class Details(Marked):
    """What only a ticket's own page or its answer shows; read once a ticket, if the user wants it.

    *marks_read* has to be said, and to be false: where opening a ticket marks it as read, it is
    not opened. The answer's *row* is the object that holds the fields (the whole, without it).
    """

    url: Address
    marks_read: Literal[False]
    response: Address | None = None
    method: Literal["GET", "POST"] = "GET"
    query: Mapping[str, Texts] = Field(default={})
    ok: Values = Field(default={})
    row: Path | None = None
    items: Mapping[str, Item] = Field(default={})
    fields: DetailFields

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if bool(self.response) == bool(self.items):
            raise ValueError("details are in an answer (response) or on the page (items)")
        if "{case_id}" not in self.url:
            raise ValueError("url: {case_id} stands for the ticket's number")
        return self
