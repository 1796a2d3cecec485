"""Take a number or an id out of a longer text by its shape; know what was starred out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

_CLASSES = {"9": "[0-9]", "A": "[A-Za-z]"}
_CALLED = {"9": "digit", "A": "letter"}
_LONGEST_MASK = 100
_ALNUM = re.compile(r"[0-9A-Za-z]")
# A star next to it, a wide digit and a letter with an accent belong to the same word.
_NO_LONGER = r"\dA-Za-zÀ-ÖØ-öø-ɏＡ-Ｚａ-ｚ*＊•●"
_STARS = re.compile(r"[*＊∗﹡✱•●]")


@dataclass(frozen=True, slots=True)
class Mask:
    """A shape such as `999999-999999999999+`, made by `compile_mask`."""

    text: str
    _pattern: re.Pattern[str]

    def first(self, text: str) -> str:
        """Return the first part of *text* of this shape, "" if there is none.

        It never begins or ends within a longer run of digits and letters, nor beside a star that
        hides the rest of it. Time is in proportion to the lengths of text and mask.
        """
        found = self._pattern.search(text)
        return found.group() if found else ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of one class, or (without a class) one letter that stands for itself."""

    kind: str
    letter: str
    times: int = 1
    open: bool = False

    @property
    def pattern(self) -> str:
        if not self.kind:
            return re.escape(self.letter)
        # Possessive: a run is never tried shorter, so that no text can make it slow.
        return _CLASSES[self.kind] + f"{{{self.times}{',}+' if self.open else '}'}"


@cache
def compile_mask(text: str) -> Mask:
    r"""Return the mask that *text* writes.

    `9` is one digit, `A` one ASCII letter, `9+` and `A+` at least one of them; anything else is
    itself, and so is what follows a backslash (`\A` is the letter A). Raises ValueError if *text*
    is no mask.
    """
    if not text.strip() or text != text.strip():
        raise ValueError("a mask is not empty and has no space around it")
    if len(text) > _LONGEST_MASK:
        raise ValueError(f"a mask has at most {_LONGEST_MASK} characters")
    parts = _joined(_parts(text))
    if not any(part.kind for part in parts):
        raise ValueError(f"{text}: a mask has at least one 9 (a digit) or A (a letter)")
    _check_runs(text, parts)
    before = rf"(?<![{_NO_LONGER}])" if _is_alnum(parts[0]) else ""
    after = rf"(?![{_NO_LONGER}])" if _is_alnum(parts[-1]) else ""
    return Mask(text, re.compile(before + "".join(part.pattern for part in parts) + after))


def _parts(text: str) -> Iterator[_Part]:
    for sign in re.findall(r"\\.|.\+?", text, re.DOTALL):
        if sign[0] == "\\":
            if len(sign) == 1:
                raise ValueError(f"{text}: nothing follows the last backslash")
            yield _Part("", sign[1])
        elif sign[0] in _CLASSES:
            yield _Part(sign[0], "", open=len(sign) > 1)
        elif "+" in sign:
            raise ValueError(f"{text}: + repeats only a 9 or an A before it; write \\+ for a plus")
        elif sign == "*":
            raise ValueError(f"{text}: * is what a platform hides; write 9+ or A+ for a run")
        else:
            yield _Part("", sign)


def _joined(parts: Iterator[_Part]) -> list[_Part]:
    """Return *parts* with neighbours of one class made one run: `99+` is two or more."""
    joined: list[_Part] = []
    for part in parts:
        if joined and part.kind and joined[-1].kind == part.kind:
            last = joined.pop()
            part = replace(last, times=last.times + 1, open=last.open or part.open)  # noqa: PLW2901 (the two become one)
        joined.append(part)
    return joined


def _check_runs(text: str, parts: list[_Part]) -> None:
    """Refuse a run without end before a letter that it would always have taken."""
    for run, after in pairwise(parts):
        if run.open and not after.kind and re.fullmatch(_CLASSES[run.kind], after.letter):
            called = _CALLED[run.kind]
            raise ValueError(f"{text}: {run.kind}+ takes every {called}, so no {after.letter} fits")


def _is_alnum(part: _Part) -> bool:
    return bool(part.kind or _ALNUM.fullmatch(part.letter))


def is_masked(text: str) -> bool:
    """Tell whether the platform starred out a part of *text* (`g**`, `138****1234`, `李＊＊`).

    Such a value is never a whole number, id or name. Meant for the value of a field, not for
    prose: there a star may be anything.
    """
    return _STARS.search(text) is not None
