"""The smallest words of the pack language: strict objects, addresses, paths, confidence."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    StringConstraints,
    model_validator,
)

from agent.platforms.masks import compile_mask

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]

Address = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*:/\S*$")]
"""A site of the pack and a path on it, such as `shop:/order/list`."""

_STEP = r"(?:[^.\[\]\s]+|\[(?:\*|-?\d+)\])"
Path = Annotated[str, StringConstraints(pattern=rf"^{_STEP}(?:\.?{_STEP})*$")]
"""A dotted path into JSON: `a.b`, `a[0]` or `a[-1]` for one member, `a[*].b` for all of them.

Where a text on the way is JSON itself, the path goes on into it.
"""

Css = tuple[str, ...]
Texts = tuple[str, ...]
Values = Mapping[Path, tuple[str | bool | int, ...]]
"""A path into a JSON body, and the values that satisfy it, compared as text."""


def _is_mask(text: str) -> str:
    compile_mask(text)
    return text


MaskText = Annotated[str, AfterValidator(_is_mask)]
"""The shape of a number within a longer text (`agent.platforms.masks`)."""


def _is_phrase(text: str) -> str:
    if text.count("#") != 1:
        raise ValueError(f"{text!r}: exactly one # stands for the number")
    return text


Phrase = Annotated[str, AfterValidator(_is_phrase)]
"""A text of the page with `#` where a number stands: `共#条`."""


class Strict(BaseModel):
    """Unknown keys are errors; values don't change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Marked(Strict):
    """Something of a pack that says how well it is known.

    *confidence* is `twice` (two unrelated sources), `once`, `official` (the platform's own
    documents) or `guess`; what says nothing has what stands around it. *guessed* names those of its
    own keys that are guesses.
    """

    confidence: Literal["twice", "once", "official", "guess"] | None = None
    guessed: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _guesses_are_there(self) -> Self:
        if strangers := [name for name in self.guessed if name not in self.model_fields_set]:
            raise ValueError(f"guessed: {', '.join(strangers)}: not said here")
        return self
