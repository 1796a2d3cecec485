"""What differs between two views, one line each, for a log instead of a screen."""

from agent.words import Language
from ui.plaintext import harmless
from ui.rows import RowView
from ui.shops import ShopView
from ui.ticking import due_text, fill
from ui.view import View
from ui.words import say

_NOTES = {"away", "journal", "person"}


def changes(before: View | None, after: View) -> list[str]:
    """Return the lines that tell how *after* differs from *before*; None: everything is new."""
    lines = [*_rows(before, after), *_shops(before, after), *_channels(before, after)]
    lines[:0] = _notes(before, after)
    if before is None or before["headline"] != after["headline"]:
        lines.insert(0, after["headline"])
    return lines


def _notes(before: View | None, after: View) -> list[str]:
    """Return what became of cases in a sleep, of those of who left, and of the records, once."""
    old = before["warnings"] if before else []
    return [one["text"] for one in after["warnings"] if one["kind"] in _NOTES and one not in old]


def _rows(before: View | None, after: View) -> list[str]:
    old = {row["number"]: row for row in before["rows"]} if before else {}
    new = {row["number"]: row for row in after["rows"]}
    told = [
        _told(row, after, "changed" if number in old else "opened")
        for number, row in new.items()
        if number not in old or _step(row) != _step(old[number])
    ]
    return told + [_gone(row, after["language"]) for n, row in old.items() if n not in new]


def _step(row: RowView) -> tuple[object, ...]:
    """Return what makes a row worth another line; its ages and countdown do not."""
    return row["tier"], row["band"], row["handled"], row["status"], row["reason"], row["due_at"]


def _told(row: RowView, view: View, event: str) -> str:
    now, words = view["taken_at"], view["words"]
    due = "" if row["due_at"] is None else due_text(row["due_at"], now, words)
    parts = (
        say(f"terminal.{event}", view["language"]),
        f"#{row['number']}",
        row["tier_text"],
        row["kind_text"],
        row["amount"],
        row["shop"],
        row["buyer"],
        due,
        row["own_target"] or row["consequence"],
        fill(row["mark"], now, words),
        row["reason"],
    )
    return " ".join(harmless(part) for part in parts if part)


def _gone(row: RowView, language: Language) -> str:
    gone = say("terminal.gone", language)
    return f"{gone} #{row['number']} {row['kind_text']} {harmless(row['shop'])}"


def _shops(before: View | None, after: View) -> list[str]:
    old = {shop["shop_id"]: shop["state"] for shop in before["shops"]} if before else {}
    return [
        _shop(shop, after, was_blind=old.get(shop["shop_id"]) == "blind")
        for shop in after["shops"]
        if old.get(shop["shop_id"]) != shop["state"]
    ]


def _shop(shop: ShopView, view: View, *, was_blind: bool) -> str:
    proof = fill(shop["proof"], view["taken_at"], view["words"])
    again = say("terminal.seen", view["language"]) if was_blind else ""
    parts = (harmless(shop["name"]), again, proof, shop["help"])
    return " ".join(part for part in parts if part)


def _channels(before: View | None, after: View) -> list[str]:
    old = {road["channel"]: road["text"]["text"] for road in before["channels"]} if before else {}
    return [
        harmless(road["text"]["text"])
        for road in after["channels"]
        if road["failing"] and old.get(road["channel"]) != road["text"]["text"]
    ]
