"""The part of the pack language that says where rows stand."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from agent.platforms.fields import Fields, Placed, Places
from agent.platforms.language import (
    Address,
    Css,
    Marked,
    Path,
    Phrase,
    Texts,
    Values,
)


class ResponseSource(Marked):
    """The JSON that the page itself loads.

    Many a gateway has one address for all questions: *query* names the one by what stands in the
    address behind the `?`. Its *rows* are believed when the request *asked* for the whole list and
    the answer is *ok*. It knows that it is whole by *total*; where the answer tells none, by what
    it says of itself (*last*) or by *page_size*: fewer rows than that are the last. *asked_size* is
    where the request tells how many it wants: an account may remember fewer, and where it tells
    none, no page is short. Which page it is tells the answer's *page*, or the request's
    *asked_page* (from 1) or *asked_offset* (rows before it).
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
    asked_size: Path | None = None
    last: Values = Field(default={})
    drop: Values = Field(default={})
    fields: Fields

    @model_validator(mode="after")
    def _knows_its_place(self) -> Self:
        if self.total is None and self.page_size is None and not self.last:
            raise ValueError("total, last or page_size must tell when the list is whole")
        if [bool(p) for p in (self.page, self.asked_page, self.asked_offset)].count(True) > 1:
            raise ValueError("only one of page, asked_page and asked_offset tells the page")
        if self.asked_size and self.page_size is None:
            raise ValueError("asked_size: page_size is missing, the most that comes at once")
        return self


class Item(Marked):
    """One text of a DOM row: an element, a cell or the whole row; of it an attribute, or a line.

    *json* is a path in the attribute. *after* takes what follows that label in the text, on the
    same line or the next; *has* is "1" where the element exists. *cell* is a column's place, from
    1, where columns have no names.
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
        if self.attr and not self.has_place:
            raise ValueError("attr is an element's: css, column or cell is missing")
        if self.line and self.attr:
            raise ValueError("line and attr: an attribute has no lines")
        if self.line and self.after and not self.has_place:
            raise ValueError("line and after: without css, column or cell a label has no line")
        if self.has and not self.css:
            raise ValueError("has asks for an element: css is missing")
        if self.column and self.cell:
            raise ValueError("column and cell: one of them finds the cell")
        return self

    @property
    def has_place(self) -> bool:
        """Whether it is looked for within the row, rather than in the row's whole text."""
        return bool(self.css or self.column or self.cell)


class DomSource(Marked):
    """Rows as the page shows them, in the frame whose address contains *frame* if that is given.

    With *unframed* they may stand on the page itself as well, as in another build.

    A row is the elements *rows* from one that is, holds (*start*) or says (*start_text*) its
    beginning up to the next such one; where some are there and none begins, the list is not empty
    but strange. *error* and *error_text* are how the page shows that it could not load: no mark of
    emptiness counts beside them.
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


class Alive(Marked):
    """What the page asks by itself over and over, for as long as it is open.

    While that is answered *ok*, and a web socket of the page stays open, the page is loaded anew
    more seldom. Only where the platform tells changes over that socket.
    """

    url: Address
    query: Mapping[str, Texts] = Field(default={})
    ok: Values


class DetailFields(Placed):
    """What a ticket's own page may add where the list says nothing.

    *case_id* is where it says whose page it is: of another ticket's nothing is taken.
    """

    case_id: Places
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
    not opened. Its *fields* say where it names the ticket: only what is said of the right one is
    taken. The answer's *row* is the object that holds the fields (the whole, without it).
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
