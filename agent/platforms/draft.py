"""A first pack for a new platform, from what somebody clicked and what the page fetched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from agent.platforms.draft_table import Words, guess, kind_words, table_words
from agent.platforms.finding import (
    FoundRow,
    Heard,
    amount_at,
    asked_page,
    asked_size,
    deadlines,
    find_row,
    good_envelope,
    last_page,
    text_at,
    total_path,
)
from agent.platforms.phrases import read_yuan
from agent.platforms.picks import Picks
from agent.platforms.selecting import item_css

_SOME_LOGIN = "main:/login"
_NO_NAME = "新建时没有点选店铺名"
USUAL_TOTAL = "共#条"
"""How most pages tell how many rows there are; one that does not is then not read as whole."""


@dataclass(frozen=True, slots=True)
class About:
    """What the pack is for: the list at *url*; *login_url* is "" if nobody had to sign in."""

    platform: str
    title: str
    url: str
    login_url: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack as it is written; *found* is the row as an answer has it, if one has.

    *total_guessed* tells that the page's total was not shown, and its words are only the usual.
    """

    pack: Words
    found: FoundRow | None
    limits: tuple[tuple[str, str], ...] = ()
    total_guessed: bool = False


def draft(picks: Picks, answers: Sequence[Heard], about: About) -> Draft:
    """Return a first pack; everything in it is a guess."""
    sites = _Sites()
    url = sites.address(about.url)
    login = sites.address(about.login_url) if about.login_url else _SOME_LOGIN
    found = find_row(answers, picks.case)
    limits = tuple(deadlines(found.row, picks.due, found.answer.at)) if found else ()
    queue: Words = {"title": about.title, "url": url, "identity": [_identity(picks)]}
    if found:
        queue["response"] = _response(found, picks, sites, limits)
    dom = table_words(picks)
    ends_unseen = picks.following is not None and "total" not in dom
    if ends_unseen and not found:
        # One page of several must not pass for the whole list.
        dom |= {"total_text": USUAL_TOTAL}
    if not (ends_unseen and found):
        queue["dom"] = dom  # pages are turned only where the end of the list can be told
    queue["watch"] = list(dom["rows"])
    if picks.following:
        queue["more"] = guess({"next": {"css": list(item_css(picks.following.line[0]))}})
    pack = {
        "platform": about.platform,
        "title": about.title,
        "verified_on": "never",
        "confidence": "guess",
        "sites": sites.known,
        "login": guess({"url": login}),
        "gates": _gates(login, url),
        "queues": {"list": guess(queue)},
    }
    return Draft(pack, found, limits, total_guessed=ends_unseen and not found)


class _Sites:
    """The addresses of a pack, each host under a name of its own."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def address(self, url: str) -> str:
        """Return *url* as a pack writes it, without what it asks."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        names = [name for name, known in self.known.items() if known == site]
        name = names[0] if names else "main" if not self.known else f"site{len(self.known) + 1}"
        self.known[name] = site
        fragment = f"#{parts.fragment}" if parts.fragment.startswith(("/", "!")) else ""
        return f"{name}:{parts.path or '/'}{fragment}"


def _gates(login: str, url: str) -> list[Words]:
    """Return the login page as a gate, unless every page's address has its path in it."""
    path = login.partition(":")[2]
    if path in url:
        return []
    return [guess({"name": "login_page", "outcome": "signed_out", "url": path})]


def _identity(picks: Picks) -> Words:
    if picks.shop is None:
        return guess({"cannot_be_shown": _NO_NAME})
    several = len(picks.shop.text.splitlines()) > 1
    return guess({"css": list(item_css(picks.shop.line[0])), **({"line": 1} if several else {})})


def _response(
    found: FoundRow, picks: Picks, sites: _Sites, limits: Sequence[tuple[str, str]]
) -> Words:
    answer = found.answer
    total, page = total_path(found), asked_page(answer.asked)
    last = last_page(found) or None
    words: Words = {
        "url": sites.address(answer.url),
        "method": answer.method,
        "ok": good_envelope(answer.body),
        "rows": found.rows,
        **({"total": total} if total else {"last": last} if last else _size(found)),
        **({"asked_page": page} if page else {}),
        "fields": _fields_of(found.row, found.number, picks, limits),
    }
    return guess({key: value for key, value in words.items() if value})


def _size(found: FoundRow) -> Words:
    """Return how a page is known that is not full; without a size asked, all that is there is."""
    asked = asked_size(found.answer.asked)
    if asked is None:
        return {"page_size": found.rows_there}
    path, size = asked
    return {"page_size": size, "asked_size": path}


def _fields_of(
    row: Mapping[str, object], number: str, picks: Picks, limits: Sequence[tuple[str, str]]
) -> Words:
    fields: Words = {"case_id": guess({"path": number}), "kind": "other"}
    kind = text_at(row, picks.kind.text) if picks.kind else None
    if kind:
        fields["kind"] = kind_words(kind)
    if limits:
        path, unit = limits[0]
        fields["respond_by"] = guess({"path": path, "unit": unit})
    fen = read_yuan(picks.amount.text) if picks.amount else None
    if fen is not None and (place := amount_at(row, fen)):
        fields["amount"] = guess({"path": place[0], "unit": place[1]})
    return fields
