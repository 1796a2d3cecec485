"""The face of a machine without a screen: a table that renews itself, or a log."""

from collections.abc import Callable
from typing import Protocol

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from agent.words import Language
from ui.answer import Answer
from ui.changes import changes
from ui.plaintext import harmless
from ui.rows import RowView
from ui.shops import ShopView
from ui.signals import stopping
from ui.ticking import clock_text, due_text, fill, left_text
from ui.view import View
from ui.words import say

_SECONDS = 1.0

_STATE_STYLE = {
    "urgent": "bold white on red",
    "waiting": "bold black on yellow",
    "blind": "bold reverse",
    "paused": "bold white on magenta",
    "calm": "bold green",
    "handled": "bold cyan",
}
_TIER_STYLE = {"urgent": "bold red", "important": "yellow", "normal": "blue"}
_BAND_STYLE = {"expired": "bold red", "final": "bold red", "close": "yellow", "far": "dim"}
_SIGNS = {"away": "☾"}
_SHOP_SIGN = {
    "calm": ("●", "green"),
    "waiting": ("●", "yellow"),
    "blind": ("▨", "bold reverse"),
    "paused": ("‖", "bold magenta"),
}


class Stop(Protocol):
    """What tells the terminal to end, such as a `threading.Event`."""

    def set(self) -> None:
        """Ask for the end."""

    def wait(self, timeout: float) -> bool:
        """Wait at most *timeout* seconds; return whether the end was asked for."""


def run_terminal(
    snapshot: Callable[[str], Answer],
    stop: Stop,
    *,
    language: Language = "zh",
    console: Console | None = None,
) -> None:
    """Show what *snapshot* answers (see `ui.bridge.Bridge.snapshot`) each second until *stop*.

    On a terminal the picture renews itself; elsewhere each change becomes a line. Main thread
    only: being asked to end by the system sets *stop*.
    """
    console = console or Console()
    with stopping(stop.set):
        if console.is_terminal:
            _redraw(snapshot, stop, language, console)
        else:
            _log(snapshot, stop, language, console)


def _redraw(
    snapshot: Callable[[str], Answer], stop: Stop, language: Language, console: Console
) -> None:
    view, revision = None, ""
    with Live(console=console, auto_refresh=False, screen=True) as live:
        while True:
            answer = snapshot(revision)
            if _is_over(answer, stop):
                return
            view = answer.get("view", view)
            revision = answer.get("revision", revision)
            live.update(_picture(answer, view, language, console), refresh=True)
            if stop.wait(_SECONDS):
                return


def _is_over(answer: Answer, stop: Stop) -> bool:
    """Tell whether there is no answer because the program ends, which is no trouble."""
    return not answer["ok"] and stop.wait(0)


def _picture(
    answer: Answer, view: View | None, language: Language, console: Console
) -> RenderableType:
    if view is None or not answer["ok"]:
        return Text(say("terminal.stopped", language), style="bold white on red")
    return render(view, answer["taken_at"], console.width, console.height)


def _log(
    snapshot: Callable[[str], Answer], stop: Stop, language: Language, console: Console
) -> None:
    view: View | None = None
    revision, silent = "", False
    while True:
        answer = snapshot(revision)
        if _is_over(answer, stop):
            return
        if "view" in answer:
            at = clock_text(answer["taken_at"], answer["taken_at"])
            for line in changes(view, answer["view"]):
                _write(console, f"{at} {line}")
            view, revision = answer["view"], answer["revision"]
        if silent and answer["ok"]:
            _write(console, say("terminal.seen", language))
        if not silent and not answer["ok"]:
            _write(console, say("terminal.stopped", language))
        silent = not answer["ok"]
        if stop.wait(_SECONDS):
            return


def _write(console: Console, line: str) -> None:
    console.print(Text(line), soft_wrap=True)


def render(view: View, now: int, width: int, height: int) -> RenderableType:
    """Return *view* as it stands at *now* (epoch milliseconds) for *width* x *height* cells."""
    shops = _shops(view, now, most=max(2, height // 4))
    pace = [_one_line(Text(view["pace"], style="bold"))] if view["pace"] else []
    foot = [Text(), *shops, *pace, *_channels(view, now)]
    head = [*_head(view, now), Text()]
    room = max(1, height - len(head) - len(foot) - 1)
    shown = view["rows"][:room] if len(view["rows"]) <= room else view["rows"][: room - 1]
    hidden = len(view["rows"]) - len(shown)
    more = [_hidden("terminal.hidden", hidden, view)] if hidden else []
    lines: list[RenderableType] = [*head, _rows(shown, view, now, width), *more, *foot]
    return Group(*lines)


def _head(view: View, now: int) -> list[Text]:
    headline = Text(f" {view['headline']} ", style=_STATE_STYLE.get(view["state"], "bold"))
    subline = fill(view["subline"], now, view["words"])
    totals = Text("  ").join(
        Text(
            f"{total['text']} {total['shown']}",
            style="dim" if total["shown"] == "0" else _TIER_STYLE.get(total["key"], "bold"),
        )
        for total in view["totals"]
    )
    lines = [Text.assemble(headline, "  ", totals), Text(subline, style="dim"), _hero(view, now)]
    troubles = [
        Text(f"{_SIGNS.get(trouble['kind'], '⚠')} {harmless(trouble['text'])}", style="yellow")
        for trouble in view["warnings"]
    ]
    return [_one_line(line) for line in [*lines, *troubles] if line.plain]


def _hero(view: View, now: int) -> Text:
    number = view["hero"]["number"] if view["hero"] else None
    row = next((row for row in view["rows"] if row["number"] == number), None)
    if row is None or row["due_at"] is None:
        return Text()
    if row["due_at"] > now:
        left = left_text(row["due_at"] - now, view["words"], to_the_second=True)
        said = view["words"]["left"].format(left=left)
    else:
        said = due_text(row["due_at"], now, view["words"])
    what = f"#{number} {row['kind_text']} · {row['own_target'] or harmless(row['consequence'])}"
    return Text.assemble((said, "bold"), "  ", what)


def _rows(rows: list[RowView], view: View, now: int, width: int) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=max(12, width // 4))
    table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    table.expand = True
    for row in rows:
        table.add_row(*_cells(row, view, now), style="" if row["loud"] else "dim")
    return table


def _cells(row: RowView, view: View, now: int) -> list[Text]:
    due = "" if row["due_at"] is None else due_text(row["due_at"], now, view["words"])
    where = " · ".join(harmless(text) for text in (row["shop"], row["buyer"]) if text)
    said = (
        fill(row["mark"], now, view["words"]),
        row["help"],
        row["own_target"] or row["consequence"],
        row["reason"] or row["product"],
    )
    star = "★" if row["starred"] else ""
    return [
        Text(f"{star}#{row['number']}", style="dim"),
        Text(row["kind_text"], style=_TIER_STYLE[row["tier"]]),
        Text(due, style=_BAND_STYLE.get(row["band"], "")),
        Text(row["amount"]),
        Text(where),
        Text(" · ".join(harmless(text) for text in said if text)),
    ]


def _shops(view: View, now: int, most: int) -> list[Text]:
    shown = view["shops"][:most]
    hidden = len(view["shops"]) - len(shown)
    lines = [_shop(shop, view, now) for shop in shown]
    return [*lines, _hidden("terminal.hidden_shops", hidden, view)] if hidden else lines


def _shop(shop: ShopView, view: View, now: int) -> Text:
    sign, style = _SHOP_SIGN.get(shop["state"], ("○", "dim"))
    proof = fill(shop["proof"], now, view["words"])
    line = Text.assemble((sign, style), " ", (harmless(shop["name"]), "bold"), "  ", proof)
    if shop["note"]:
        line.append(f" · {harmless(shop['note'])}")
    if shop["help"]:
        line.append(f"  → {shop['help']}", style="bold")
    if shop["rules"]:
        line.append(f"  {shop['rules']}", style="dim")
    if shop["terminal"]:
        line.append(f"  ({shop['terminal']})")
    return _one_line(line)


def _channels(view: View, now: int) -> list[Text]:
    if not view["channels"]:
        return []
    said = (
        Text(
            harmless(fill(channel["text"], now, view["words"])),
            style="yellow" if channel["failing"] else "dim",
        )
        for channel in view["channels"]
    )
    return [_one_line(Text("  ").join(said))]


def _hidden(term: str, count: int, view: View) -> Text:
    return Text(say(term, view["language"], count=count), style="dim")


def _one_line(line: Text) -> Text:
    line.no_wrap = True
    line.overflow = "ellipsis"
    return line
