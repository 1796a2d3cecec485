"""The part of the pack language that recognises: gates, and whose page it is."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from agent.cases import Outcome
from agent.platforms.language import Address, Css, Marked, Name, Path, Texts, Values


class Gate(Marked):
    """A sign that the page is not the queue.

    It is either on the page itself: then all parts given must hold at once (*site* is one of the
    pack's that the page is on; *frame* a part of the address of a frame that is visible and of
    *min_size*). Or it is in an answer that the page
    fetched: its HTTP *status*, values in its *envelope*, texts that a value there *says*; then all
    of those given must hold. *not_in* names regions whose text is other people's words, where
    *text* does not count.
    """

    outcome: Literal[
        Outcome.SIGNED_OUT,
        Outcome.CHALLENGED,
        Outcome.NO_PERMISSION,
        Outcome.WRONG_SHOP,
        Outcome.SETUP_REQUIRED,
        Outcome.MAINTENANCE,
        Outcome.UNREACHABLE,
    ]
    name: Name
    site: str | None = None
    url: str | None = None
    title: str | None = None
    text: str | None = None
    css: Css = ()
    frame: str | None = None
    min_size: tuple[int, int] = (1, 1)
    not_in: Css = ()
    envelope: Values = Field(default={})
    says: Mapping[Path, Texts] = Field(default={})
    status: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _some_sign(self) -> Self:
        parts = (self.site, self.url, self.title, self.text, self.css, self.frame)
        shown = any(bool(part) for part in parts)
        if shown == self.is_told:
            raise ValueError(
                "a gate needs one of: site, url, title, text, css, frame; "
                "or else: envelope, says, status"
            )
        return self

    @property
    def is_told(self) -> bool:
        """Whether an answer tells it, rather than the page."""
        return bool(self.envelope or self.says or self.status)


class Identity(Marked):
    """Where the page shows the shop's name: an element, its title, or a response.

    *line* is that of the element, from 1. *title_after* takes what follows its last occurrence.
    *method* and *query* tell the response's request apart. *cannot_be_shown* says why there is no
    such place: then only the account that was signed in with vouches for the shop.
    """

    css: Css = ()
    line: int = Field(default=0, ge=0)
    title_after: str | None = Field(default=None, min_length=1)
    response: Address | None = None
    method: Literal["GET", "POST"] = "GET"
    query: Mapping[str, Texts] = Field(default={})
    path: Path | None = None
    cannot_be_shown: str | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        places = (self.css, self.title_after, self.response, self.cannot_be_shown)
        if [bool(place) for place in places].count(True) != 1:
            raise ValueError(
                "an identity has exactly one of: css, title_after, response, cannot_be_shown"
            )
        if bool(self.response) != bool(self.path):
            raise ValueError("response and path go together")
        return self


def _together(places: tuple[Identity, ...]) -> tuple[Identity, ...]:
    if len(places) > 1 and any(place.cannot_be_shown for place in places):
        raise ValueError("cannot_be_shown stands alone: beside it no other place would count")
    return places


Identities = Annotated[tuple[Identity, ...], AfterValidator(_together)]
"""The places of the shop's name, in order; that there is none cannot be said beside one."""
