"""From an element that somebody clicked to selectors that will find its like again."""

import re
from collections.abc import Sequence

from agent.platforms.pointing import Node, Picked

_WORD = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_STATE = re.compile(
    r"(?:^|[-_])(?:active|hover|selected|current|disabled|focus(?:ed)?|checked|open|first|last|odd"
    r"|even|visited|expanded|level-\d+)$|^(?:css|sc|jsx|emotion)-|^(?:is|has|ng|v)-",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r"^(.*?[-_]{1,2})([A-Za-z0-9]{4,12})(?:_\d+)?$")
_TURNS = re.compile(r"[a-z](?=[A-Z])")
_WITHIN_ROWS = {"td", "th", "span", "b", "i", "em", "strong", "a", "p", "button", "label", "svg"}
_ROWS = {"tr", "li"}
_SHORTEST_PREFIX = 4
_LONGEST_HASH = 10
_MOST_PARTS = 2
"""How many elements after its first one row may be made of."""


def row_of(row: Picked, number: Picked) -> int:
    """Return how many levels above the *number* the list's row is, in which both clicks were.

    A `tr`, a `li` and a `role=row` are rows, also where several of them make one row; else what
    has others like it beside it is.
    """
    shared = [level for level, spot in enumerate(number.spots) if spot in set(row.spots)]
    nodes = [(level, number.line[level]) for level in shared]
    below = shared[0] - 1 if shared and shared[0] else None
    if below is not None and _is_row(number.line[below]):
        return below
    for level, node in nodes:
        if _is_row(node):
            return level
    for level, node in nodes:
        if node.alike and node.tag not in _WITHIN_ROWS:
            return level
    return shared[0] if shared else 0


def _is_row(node: Node) -> bool:
    return node.tag in _ROWS or node.attributes.get("role") == "row"


def belongs(picked: Picked, row: tuple[int, ...]) -> bool:
    """Tell whether *picked* is in the row at the spot *row*, or in a part of it right below."""
    spots = [spot for spot in picked.spots if len(spot) == len(row) and spot[:-1] == row[:-1]]
    return any(0 <= spot[-1] - row[-1] <= _MOST_PARTS for spot in spots)


def rows_css(line: Sequence[Node]) -> str:
    """Return what finds the element that *line* begins with, and all others like it.

    What says nothing of itself is named by what it stands in.
    """
    css = css_of(line[0])
    says_something = css != _tag(line[0])
    for node in line[1:4]:
        if says_something or node.tag == "body":
            break
        css = f"{css_of(node)} > {css}"
        says_something = css_of(node) != _tag(node)
    return css


def item_css(node: Node) -> tuple[str, ...]:
    """Return candidates for one text of a row, the likeliest first."""
    names = [name for name in node.attributes if name.startswith("data-") and _WORD.fullmatch(name)]
    return tuple(dict.fromkeys([css_of(node), *(f"{_tag(node)}[{name}]" for name in names[:1])]))


def css_of(node: Node) -> str:
    """Return a selector of one element: by its id, a class that will last, a role, or its tag."""
    tag = _tag(node)
    if node.id and _WORD.fullmatch(node.id) and not any(c.isdigit() for c in node.id):
        return f"#{node.id}"
    lasting = [part for name in node.classes if (part := lasting_class(name))]
    whole = [part for part in lasting if part.startswith(".")]
    if lasting:
        return f"{tag}{(whole or lasting)[0]}"
    role = node.attributes.get("role", "")
    return f"{tag}[role='{role}']" if _WORD.fullmatch(role) else tag


def _tag(node: Node) -> str:
    return node.tag if _WORD.fullmatch(node.tag) else "*"  # a page may call its elements anything


def lasting_class(name: str) -> str:
    """Return what of class *name* will outlast the next build of the page; "" if nothing does.

    Bundlers append a hash: of `list_row__x7Ab3` the beginning stays.
    """
    if not _WORD.fullmatch(name) or _STATE.search(name):
        return ""
    found = _SEGMENT.fullmatch(name)
    if found and _is_hash(found[2]):
        prefix = found[1]
        return f"[class*='{prefix}']" if len(prefix) >= _SHORTEST_PREFIX else ""
    return "" if _is_hash(name) else f".{name}"


def _is_hash(text: str) -> bool:
    has_digit = any(c.isdigit() for c in text)
    has_letter = any(c.isalpha() for c in text)
    turns = len(_TURNS.findall(text)) if len(text) <= _LONGEST_HASH else 0
    return (has_digit and has_letter) or text.isdigit() or turns > 1
