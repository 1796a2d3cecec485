"""YAML text as plain values, each with the line where it stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from agent.config.syntax import ALIAS, syntax_error, unprintable
from agent.errors import ConfigError

# pyyaml reads, as the customer chose; ruamel.yaml edits (splice.py), since pyyaml has no way to
# write a part of a file in the style of the rest.

Spot: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys, and positions in lists, from the top."""

Tree: TypeAlias = "str | tuple[Tree, ...] | dict[str, Tree] | None"
"""What was written, unread: text stays text."""

_NULL = "tag:yaml.org,2002:null"
_PLAIN_TAGS = {_NULL} | {f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map")}
# Nothing here needs two lines, but a line that is no key runs into the value above it.
_RUNS_ON = "这段文字和下一行连成了一段，请检查下一行的缩进，冒号要用英文的「:」、后面空一格"
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it is and, in Chinese, what it is. Lines count from 1."""

    spot: Spot
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file; *problems* are what YAML lets pass and we do not."""

    tree: Tree
    lines: Mapping[Spot, int]
    problems: tuple[Problem, ...]

    def line_of(self, spot: Spot) -> int:
        """Return the line of the value at *spot*, or of the nearest thing around it."""
        while spot and spot not in self.lines:
            spot = spot[:-1]
        return self.lines.get(spot, 1)

    def value(self, spot: Spot) -> Tree:
        """Return what stands at *spot*, None if nothing does."""
        value = self.tree
        for part in spot:
            if isinstance(value, dict) and isinstance(part, str):
                value = value.get(part)
            elif isinstance(value, tuple) and isinstance(part, int):
                value = value[part]
            else:
                return None
        return value


class _Loader(yaml.SafeLoader):
    """The safe loader, which leaves text as it was written.

    YAML's guesses would turn a phone number into an amount, `1:30` into 90 and `no` into False;
    the settings know better what each value is.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        # Aliases can blow a few lines up to gigabytes; nothing here is long enough to need one.
        if self.check_event(yaml.AliasEvent):
            event = self.get_event()  # type: ignore[no-untyped-call]  # its stub has no types
            raise yaml.MarkedYAMLError(None, None, ALIAS, event.start_mark)
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == _NULL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse_yaml(text: str, file: Path) -> Document:
    """Return what *text* says; *file* names it in errors.

    Raises ConfigError with file, line and column where it is no YAML.
    """
    try:
        return _Walk().document(yaml.compose(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        raise syntax_error(error, text, file) from error
    except yaml.reader.ReaderError as error:
        raise unprintable(error.position, text, file) from error
    except RecursionError as error:
        raise ConfigError(f"配置文件 {file} 里括号或缩进嵌套得太深。", "请改浅后再试。") from error


class _Walk:
    """One pass over the nodes, which notes the lines and what is odd on the way."""

    def __init__(self) -> None:
        self._lines: dict[Spot, int] = {}
        self._problems: list[Problem] = []

    def document(self, root: yaml.Node | None) -> Document:
        tree = None if root is None else self._value(root, ())
        return Document(tree, self._lines, tuple(self._problems))

    def _value(self, node: yaml.Node, spot: Spot) -> Tree:
        self._lines.setdefault(spot, node.start_mark.line + 1)
        if node.tag not in _PLAIN_TAGS:
            self._mind(spot, node, "不支持「!」开头的标记，请删掉它（文字本身以「!」开头时加引号）")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, spot)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._value(item, (*spot, i)) for i, item in enumerate(node.value))
        if isinstance(node, yaml.ScalarNode) and node.tag != _NULL:
            return self._text(node, spot)
        return None

    def _text(self, node: yaml.ScalarNode, spot: Spot) -> str:
        if node.style is None and node.end_mark.line > node.start_mark.line:
            self._mind(spot, node, _RUNS_ON)
        # Half a character, which an escape can write but nothing can store or show.
        whole = _HALF_CHARACTER.sub("�", str(node.value))
        if whole != node.value:
            self._mind(spot, node, r"「\ud8…」这样的转义不是完整的字符，请直接写出文字")
        return whole

    def _mapping(self, node: yaml.MappingNode, spot: Spot) -> dict[str, Tree]:
        values: dict[str, Tree] = {}
        for key_node, value in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._mind(spot, key_node, "键只能是一个词")
                continue
            key = self._text(key_node, spot)
            if key in values:
                first = self._lines[*spot, key]
                self._mind((*spot, key), key_node, f"写了两次（第一次在第 {first} 行），请合成一处")
                continue
            self._lines[*spot, key] = key_node.start_mark.line + 1
            values[key] = self._value(value, (*spot, key))
        return values

    def _mind(self, spot: Spot, node: yaml.Node, text: str) -> None:
        self._problems.append(Problem(spot, node.start_mark.line + 1, text))
