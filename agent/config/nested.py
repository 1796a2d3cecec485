"""Put a value under keys within keys into a YAML text; all else stays as it was written."""

import json
import re
from collections.abc import Sequence

from ruamel.yaml import YAML
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node

from agent.config.splice import (
    end_of_words,
    ended,
    entry_of,
    is_blank,
    item_of,
    newline,
    next_line,
)

_STEP = 2
_NULLS = {"null", "Null", "NULL", "~"}
_PLAIN = re.compile(r"[^\W\d_][\w-]*")


def with_value(text: str, spot: Sequence[str | int], value: str) -> str:
    """Return *text* with *value*, as YAML has it on one line, under the keys of *spot*.

    Keys that are missing are added, below the comment that shows them if there is one; a position
    in a list must be there. Raises ValueError where what stands there takes more than one line.
    """
    node: Node | None = YAML().compose(text)
    name: Node | None = None
    for depth, key in enumerate(spot):
        if isinstance(key, int):
            node = item_of(node, key)
            continue
        rest = [str(each) for each in spot[depth:]]
        if node is None or is_blank(node) or _is_null(node):
            return _begun(text, name, node, rest, value)
        found = entry_of(_mapping(node), key)
        if found is None:
            return _added(text, _mapping(node), rest, value)
        name, node = found
    return _replaced(text, name, node, value)


def _mapping(node: Node) -> MappingNode:
    if isinstance(node, MappingNode):
        return node
    raise ValueError(node.tag)


def _replaced(text: str, name: Node | None, old: Node | None, value: str) -> str:
    if name is None or old is None:
        raise ValueError(value)
    if is_blank(old):
        colon = text.index(":", name.end_mark.index) + 1
        return f"{text[:colon]} {value}{text[colon:]}"
    start, end = old.start_mark.index, old.end_mark.index
    if "\n" in text[start:end]:
        raise ValueError(text[start:end])
    return text[:start] + value + text[end:]


def _begun(text: str, name: Node | None, old: Node | None, rest: Sequence[str], value: str) -> str:
    """Add *rest* where nothing is yet: below the key *name*, or in an empty file."""
    if name is None:
        return _with_lines(text, len(text), 0, rest, value)
    if old is not None and not is_blank(old):
        text = text[: old.start_mark.index].rstrip(" ") + text[old.end_mark.index :]
    column = name.start_mark.column + _STEP
    after = next_line(text, name.end_mark.index)
    end = _end_of_comments(text, after, column)
    return _with_lines(
        text, _below_comment(text, after, end, column, rest) or after, column, rest, value
    )


def _added(text: str, node: MappingNode, rest: Sequence[str], value: str) -> str:
    """Add *rest* to the keys of *node*."""
    if node.flow_style:
        close = node.end_mark.index - 1
        comma = ", " if node.value else ""
        return f"{text[:close]}{comma}{_on_a_line(rest, value)}{text[close:]}"
    column = int(node.start_mark.column)
    last = next_line(text, end_of_words(node))
    first = int(node.start_mark.index)
    at = _below_comment(text, first, _end_of_comments(text, last, column), column, rest) or last
    return _with_lines(text, at, column, rest, value)


def _below_comment(text: str, start: int, end: int, column: int, rest: Sequence[str]) -> int | None:
    """Return where the comment ends that shows the first key of *rest*, None without one."""
    pad = " " * column
    shown = re.compile(
        rf"^{pad}# {re.escape(rest[0])}:[^\n]*\n(?:{pad}#   [^\n]*\n)*", re.MULTILINE
    )
    found = shown.search(text, start, end)
    return None if found is None else found.end()


def _end_of_comments(text: str, at: int, column: int) -> int:
    """Return where the comments and empty lines end that follow *at*, *column* or more in."""
    while at < len(text):
        line = text[at : next_line(text, at + 1)]
        words = line.strip()
        if words and (not words.startswith("#") or len(line) - len(line.lstrip(" ")) < column):
            break
        at += len(line)
    return at


def _with_lines(text: str, at: int, column: int, rest: Sequence[str], value: str) -> str:
    head = ended(text[:at], text)
    return f"{head}{' ' * column}{_on_a_line(rest, value)}{newline(text)}{text[at:]}"


def _on_a_line(rest: Sequence[str], value: str) -> str:
    for key in reversed(rest[1:]):
        value = f"{{{as_written(key)}: {value}}}"
    return f"{as_written(rest[0])}: {value}"


def as_written(word: str) -> str:
    """Return *word* as YAML has it on one line, also within brackets."""
    plain = _PLAIN.fullmatch(word) and word not in _NULLS
    return word if plain else json.dumps(word, ensure_ascii=False)


def _is_null(node: Node) -> bool:
    return not isinstance(node, CollectionNode) and node.value in _NULLS
