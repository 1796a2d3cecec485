"""Take a key within keys out of a YAML text; all else stays as it was written."""

from collections.abc import Sequence

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node

from agent.config.splice import end_of_words, is_blank, item_of, next_line


def without_value(text: str, spot: Sequence[str | int]) -> str:
    """Return *text* without the last key of *spot* and its value, if that is there.

    Only a key goes; a position in a list, on the way to it, must be there. A comment on the same
    line goes with it. Raises ValueError where one would be lost that
    stands in braces on a line of its own.
    """
    node: Node | None = YAML().compose(text)
    for depth, key in enumerate(spot):
        if isinstance(key, int):
            node = item_of(node, key)
            continue
        if not isinstance(node, MappingNode):
            return text
        position = _position(node, key)
        if position is None:
            return text
        if depth == len(spot) - 1:
            return (_in_braces if node.flow_style else _on_lines)(text, node, position)
        node = node.value[position][1]
    return text


def _position(node: MappingNode, key: str) -> int | None:
    return next((at for at, (name, _) in enumerate(node.value) if name.value == key), None)


def _in_braces(text: str, node: MappingNode, position: int) -> str:
    entries = node.value
    start, end = entries[position][0].start_mark.index, _end(entries[position])
    if position + 1 < len(entries):
        end = entries[position + 1][0].start_mark.index
    elif position:
        start = _end(entries[position - 1])
    if "#" in text[start:end] and "\n" in text[start:end]:
        raise ValueError(text[start:end])
    return text[:start] + text[end:]


def _on_lines(text: str, node: MappingNode, position: int) -> str:
    name = node.value[position][0]
    start = text.rfind("\n", 0, name.start_mark.index) + 1
    if text[start : name.start_mark.index].strip():
        raise ValueError(text[start : name.start_mark.index])  # a dash stands before it
    return text[:start] + text[next_line(text, _end(node.value[position])) :]


def _end(entry: tuple[Node, Node]) -> int:
    name, value = entry
    return int(name.end_mark.index) if is_blank(value) else end_of_words(value)
