"""The shapes can't be made slow: shown by how each pattern is built, not by a clock."""

import re
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]  # the parsed pattern has no public face
from re import _parser as parser  # type: ignore[attr-defined]  # the same
from typing import Any

import pytest

from agent.log import streets
from agent.log.shapes import PERSONS, SECRETS

PATTERNS = [
    *(pattern for pattern, _ in (*SECRETS, *PERSONS)),
    *(value for value in vars(streets).values() if isinstance(value, re.Pattern)),
]
REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}


def children(item: Any) -> list[Any]:  # noqa: ANN401 (the parser has no types)
    """Return the sequences that stand within one element of a parsed pattern."""
    name, argument = item
    if name in REPEATS:
        return [argument[2]]
    if name is op.BRANCH:
        return list(argument[1])
    if name is op.SUBPATTERN:
        return [argument[3]]
    if name is op.ATOMIC_GROUP:
        return [argument]
    return [argument[1]] if name in {op.ASSERT, op.ASSERT_NOT} else []


def endless(sequence: Any) -> bool:  # noqa: ANN401 (the same)
    """Tell whether a run without a bound stands anywhere in *sequence*."""
    return any(
        (item[0] in REPEATS and item[1][1] is op.MAXREPEAT) or any(map(endless, children(item)))
        for item in sequence
    )


def faults(sequence: Any, *, last: bool = True) -> Iterator[str]:  # noqa: ANN401 (the same)
    """Yield how *sequence* could scan a text twice; *last*: nothing after it can fail."""
    items = list(sequence)
    for place, item in enumerate(items):
        rest = parser.SubPattern(sequence.state, items[place + 1 :])
        free = last and rest.getwidth()[0] == 0
        if item[0] in REPEATS:
            yield from faults_of_a_run(*item, free=free)
        for child in children(item):
            yield from faults(child, last=free)


def faults_of_a_run(name: Any, argument: Any, *, free: bool) -> Iterator[str]:  # noqa: ANN401 (the same)
    """Yield what is wrong with one repeat; *free*: nothing after it can fail."""
    _, most, body = argument
    if endless(body):
        yield "a run without a bound, repeated"
    if most is not op.MAXREPEAT:
        return
    if name is not op.POSSESSIVE_REPEAT:
        yield "a run without a bound that may be tried shorter"
    if not free:
        yield "a run without a bound before something that can fail"


def parsed(pattern: re.Pattern[str]) -> Any:  # noqa: ANN401 (the same)
    """Return what the parser makes of *pattern*."""
    return parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:40])
def test_no_text_makes_a_pattern_slow(pattern: re.Pattern[str]) -> None:
    """A run without a bound is taken once and for all; what is tried again has a bound."""
    assert [] == list(faults(parsed(pattern)))


@pytest.mark.parametrize("pattern", ["(a+)+b", "a*+b", r"\d{8,}(\d{4})", "(?:a++|b)*+"])
def test_the_check_itself(pattern: str) -> None:
    """A pattern that scans twice is found."""
    assert list(faults(parsed(re.compile(pattern))))
