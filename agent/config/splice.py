"""Put an item into a list of a YAML text, a key on a line of its own, or take one out again."""

from collections.abc import Mapping
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

# ruamel.yaml tells where things stand and writes the new lines. Its own way of writing the whole
# file back is not used: it gives the comments after a list's last item to that item (they vanish
# with it, or end up in front of a new one) and respells values such as `null`.

_WIDEST = 10_000
"""Columns before ruamel breaks a line: never."""


def with_item(text: str, key: str, item: Mapping[str, object]) -> str:
    """Return *text* with *item* at the end of the list under *key*, which may be absent or empty.

    Raises ValueError if the list is written in brackets.
    """
    entry = _entry(text, key)
    if entry is None:
        return ended(text, text) + f"{key}:{newline(text)}" + _written(item, 2, text)
    name, items = entry
    if items.value and isinstance(items.value, list):
        column = _dash_column(items)
        end = _end_of_item(text, items.value[-1], column)
    else:
        column = 2
        text = _without_value(text, items)
        end = next_line(text, name.end_mark.index)
    return ended(text[:end], text) + _written(item, column, text) + text[end:]


def without_item(text: str, key: str, position: int) -> str:
    """Return *text* without the item at *position* of the list under *key*.

    Raises ValueError if the list is written in brackets, or is not there.
    """
    entry = _entry(text, key)
    if entry is None:
        raise ValueError(key)
    items = entry[1]
    column = _dash_column(items)
    item = items.value[position]
    start = _line_start(text, item.start_mark.index)
    while text[start + column] != "-":  # the dash may stand on a line before
        start = _line_start(text, start - 1)
    return text[:start] + text[_end_of_item(text, item, column) :]


def with_line(text: str, key: str, value: str | None) -> str:
    """Return *text* with the top-level *key* on one line with *value*; None: without it."""
    line = "" if value is None else f"{key}: {value}{newline(text)}"
    entry = _entry(text, key)
    if entry is None:
        return ended(text, text) + line if line else text
    name, old = entry
    start = _line_start(text, name.start_mark.index)
    end = name.end_mark.index if is_blank(old) else end_of_words(old)
    return text[:start] + line + text[next_line(text, end) :]


def _entry(text: str, key: str) -> tuple[Node, Node] | None:
    root = YAML().compose(text)
    return entry_of(root, key) if isinstance(root, MappingNode) else None


def entry_of(node: MappingNode, key: str) -> tuple[Node, Node] | None:
    """Return the node of *key* in *node* and that of its value, None if it is not there."""
    return next(((name, value) for name, value in node.value if name.value == key), None)


def item_of(node: Node | None, position: int) -> Node:
    """Return the node of the item at *position* of a list. Raises ValueError if there is none."""
    if isinstance(node, SequenceNode) and position < len(node.value):
        item: Node = node.value[position]
        return item
    raise ValueError(position)


def _dash_column(items: Node) -> int:
    if not isinstance(items, SequenceNode) or items.flow_style:
        raise ValueError(items.tag)
    return int(items.start_mark.column)


def _end_of_item(text: str, item: Node, column: int) -> int:
    """Return where the line after *item* begins; comments further in than its dash are its own."""
    end = next_line(text, end_of_words(item))
    while True:
        following = text[end : next_line(text, end + 1)]
        indent = len(following) - len(following.lstrip(" "))
        if indent <= column or following[indent] != "#":
            return end
        end += len(following)


def end_of_words(node: Node) -> int:
    """Return where the last word of *node* ends."""
    # A block ends where the next one begins, with all the comments between: look inside.
    while isinstance(node, CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        name, node = last if isinstance(last, tuple) else (last, last)
        if is_blank(node):
            return int(name.end_mark.index)
    return int(node.end_mark.index)


def is_blank(node: Node) -> bool:
    """Tell whether nothing at all is written for *node*."""
    # ruamel places what is not written, as after `key:`, wherever the next thing begins.
    return bool(node.start_mark.index == node.end_mark.index)


def _without_value(text: str, value: Node) -> str:
    if is_blank(value):
        return text
    start, end = value.start_mark.index, value.end_mark.index
    if "\n" in text[start:end]:
        raise ValueError(text[start:end])  # there may be a comment inside
    return text[:start].rstrip(" ") + text[end:]


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def next_line(text: str, index: int) -> int:
    """Return where the line after the character before *index* begins."""
    return text.find("\n", index - 1) + 1 or len(text)


def newline(text: str) -> str:
    """Return how lines end in *text*."""
    return "\r\n" if "\r\n" in text else "\n"


def ended(head: str, text: str) -> str:
    """Return *head*, the beginning of *text*, with its last line ended."""
    return head if not head or head.endswith("\n") else head + newline(text)


def _written(item: Mapping[str, object], column: int, text: str) -> str:
    yaml = YAML()
    yaml.width = _WIDEST
    stream = StringIO()
    yaml.dump([dict(item)], stream)
    return "".join(" " * column + line + newline(text) for line in stream.getvalue().splitlines())
