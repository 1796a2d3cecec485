"""How a page's own table is read, from what somebody clicked in it."""

import re
from collections.abc import Sequence
from typing import Any

from agent.platforms.moments import read_date
from agent.platforms.phrases import read_countdown, read_yuan
from agent.platforms.picks import Picks
from agent.platforms.pointing import Node, Picked
from agent.platforms.selecting import belongs, item_css, row_of, rows_css

Words = dict[str, Any]
"""A part of a pack, as it is written."""

_LABEL = re.compile(r"([\u4e00-\u9fff]{2,8})[\s:：]*$")
_RUN = re.compile(r"\d+|[A-Za-z]+|[^\dA-Za-z]", re.ASCII)
_KINDS = {
    "退货退款": "return_refund",
    "退款退货": "return_refund",
    "仅退款": "refund_only",
    "换货": "exchange",
    "补发": "resend",
    "补寄": "resend",
    "维修": "repair",
    "价保": "price_protection",
    "投诉": "complaint",
    "介入": "dispute",
    "纠纷": "dispute",
    "退款": "refund_only",
}
_LONGEST_MARK = 40


def guess(words: Words) -> Words:
    """Return *words* as what nobody has compared with the real page yet."""
    return {**words, "confidence": "guess"}


def kind_words(path: str) -> Words:
    """Return how a kind is read out of the words at *path*."""
    return guess({"path": path, "map": dict(_KINDS), "anywhere": True, "otherwise": "other"})


def table_words(picks: Picks) -> Words:
    """Return the source `dom` of a pack: rows, their items and fields, total, emptiness."""
    level = row_of(picks.row, picks.number)
    line, row = picks.number.line[level:], picks.number.spots[level]
    items, fields = _shown(picks, row)
    words: Words = {"rows": [rows_css(line)], "items": items, "fields": fields}
    if _has_parts(picks, row):
        words |= _beginning(picks)
    if any("column" in item for item in items.values()):
        words["headers"] = [_headers_css(line)]
    if picks.total and re.search(r"\d", picks.total.text):
        words["total"] = list(item_css(picks.total.line[0]))
    if picks.empty and 0 < len(picks.empty.text) <= _LONGEST_MARK:
        words["empty_text"] = [picks.empty.text]
    return guess(words)


def _shown(picks: Picks, row: tuple[int, ...]) -> tuple[Words, Words]:
    """Return the items of a row as the page shows them, and the fields that are read from them."""
    items: Words = {}
    fields: Words = {"kind": "other"}
    label = _label(picks.number.text, picks.case)
    named = {"kind": picks.kind, "respond_by": picks.deadline, "amount": picks.amount}
    for name, picked in {"case_id": picks.number, **named}.items():
        if picked is None or not belongs(picked, row):
            continue
        place = _shown_field(name, picked, picks)
        if place is not None:
            items[name] = _item(picked, row, label if name == "case_id" else "")
            fields[name] = place
    return items, fields


def _has_parts(picks: Picks, row: tuple[int, ...]) -> bool:
    """Tell whether one row of the list is made of several elements."""
    others = (picks.row, picks.deadline, picks.kind, picks.amount)
    return any(one and row not in one.spots and belongs(one, row) for one in others)


def _beginning(picks: Picks) -> Words:
    """Return how the element is known that a row of several begins with: it has the number."""
    label = _label(picks.number.text, picks.case)
    return {"start_text": label} if label else {"start": list(item_css(picks.number.line[0]))}


def _headers_css(line: Sequence[Node]) -> str:
    """Return what finds the names of the columns of the table that *line* is in."""
    table = next((n for n, node in enumerate(line) if node.tag == "table"), None)
    return "thead th" if table is None else f"{rows_css(line[table:])} thead th"


def _item(picked: Picked, row: tuple[int, ...], label: str) -> Words:
    """Return where in its row the text stands: a column, an element, after a label, anywhere."""
    after = {"after": label} if label else {}
    css = item_css(picked.line[0])
    if picked.spots[0] == row or (label and css == (picked.line[0].tag,)):
        return guess(after or {"line": 0})
    if picked.header:
        return guess({"column": picked.header, **after})
    if picked.cell and picked.line[0].tag in {"td", "th"}:
        return guess({"cell": picked.cell, **after})
    return guess({"css": list(css), **after})


def _label(text: str, case: str) -> str:
    """Return what stands before the number in *text*, such as 售后编号; "" if nothing does."""
    found = _LABEL.search(text.partition(case)[0])
    return found[1] if found else ""


def _shown_field(name: str, picked: Picked, picks: Picks) -> Words | None:
    """Return how the page's own text is read; None if it can't be."""
    if name == "case_id":
        mask = {} if picks.case == picked.text else {"mask": mask_of(picks.case)}
        return guess({"path": name, **mask})
    if name == "kind":
        return kind_words(name)
    if name == "amount":
        readable = read_yuan(picked.text) is not None
        return guess({"path": name, "unit": "yuan"}) if readable else None
    if read_countdown(picked.text):
        return guess({"path": name, "unit": "countdown"})
    return guess({"path": name, "unit": "date"}) if read_date(picked.text, picks.seen_at) else None


def mask_of(number: str) -> str:
    """Return the shape of numbers like *number*: about as many digits, and its own letters."""
    runs = _RUN.findall(number)
    return "".join(_digits(len(run)) if run.isdigit() else _literal(run) for run in runs)


def _digits(times: int) -> str:
    return "9" * max(1, times - 2) + "+"


def _literal(run: str) -> str:
    return "".join(f"\\{c}" if c in {"A", "9", "+", "\\"} else c for c in run)
