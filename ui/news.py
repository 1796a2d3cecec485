"""What a page has to be told so that it shows what the agent knows: nothing, a patch, or all."""

import hashlib
import json
import threading

from agent.inbox import Snapshot
from agent.words import Language
from ui.answer import Answer
from ui.listing import Listing
from ui.rows import RowView
from ui.view import View, present

_MOST_SENT = 4
"""Lists that pages may still have: there are few pages, and each asks for the latest."""


class News:
    """Tells pages in *language* what is new; any thread may ask.

    The revision that a page names is taken from what is shown: a shop turns blind, and a case late,
    by time alone. Of the rows only what differs is sent: thousands of them, sent with each change,
    would keep the page busy for longer than it takes to show the one that changed.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._listing = Listing(language)
        self._lock = threading.Lock()
        self._rows: list[RowView] = []
        self._turn = 0
        self._sent: dict[str, list[RowView]] = {}

    def speak(self, language: Language) -> None:
        """Tell it in *language* from now on."""
        with self._lock:
            if language != self._language:
                self._language, self._listing = language, Listing(language)

    def of(self, snapshot: Snapshot, known: str, *, patches: bool = False) -> Answer:
        """Return what differs between *snapshot* and the revision *known*, "" for none.

        That is its time alone, or a `view`. With *patches* its `rows` may be missing; then
        `changed` has those that differ, and `order` the numbers of all, None if it is the same.
        """
        with self._lock:
            view = present(snapshot, self._language, self._listing)
            revision = self._revision(view)
            news: Answer = {"revision": revision, "taken_at": view["taken_at"]}
            if revision == known:
                return {**news, "unchanged": True}
            before = self._sent.get(known) if patches else None
            self._remember(revision, view["rows"])
        news["unchanged"] = False
        return {**news, "view": view} if before is None else {**news, **_patch(view, before)}

    def _revision(self, view: View) -> str:
        if view["rows"] is not self._rows:  # as long as none differs, it is the same list
            self._rows, self._turn = view["rows"], self._turn + 1
        beside = {key: value for key, value in view.items() if key not in {"taken_at", "rows"}}
        text = json.dumps(beside, ensure_ascii=True, sort_keys=True)
        return f"{self._turn}-{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"

    def _remember(self, revision: str, rows: list[RowView]) -> None:
        self._sent.pop(revision, None)
        self._sent[revision] = rows
        while len(self._sent) > _MOST_SENT:
            del self._sent[next(iter(self._sent))]


def _patch(view: View, before: list[RowView]) -> Answer:
    """Return *view* with its rows as what differs from those *before*."""
    had = {row["number"]: row for row in before}
    changed = [row for row in view["rows"] if had.get(row["number"]) is not row]
    order = [row["number"] for row in view["rows"]]
    beside = {key: value for key, value in view.items() if key != "rows"}
    return {"view": beside, "changed": changed, "order": None if order == [*had] else order}
