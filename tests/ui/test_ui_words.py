"""The faces' catalogue: complete, used, and the only place with words."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ui import words
from ui.page import PAGE
from ui.words import page_words, say

ROOM = PAGE.parents[1]
WORDS = {path.name for path in ROOM.glob("*words.py")}
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
PLACES = re.compile(r"\{(\w+)\}")
BUILT_FROM_PARTS = (
    *("state.", "channel.", "row.", "error.", "terminal.", "trial."),
    *("why.", "by.", "past.", "fared.", "stage."),
    *("settings.group.", "road.type.", "rule."),
    *("reading.source.", "machine.", "close.", "day.seen."),
)


class Labels(HTMLParser):
    """Collects each word of the page with the term it claims to be."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.loose: list[str] = []
        self._term: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the term of the text to come, and compare what is read aloud."""
        values = dict(attrs)
        self._term = values.get("data-word")
        for name in ("aria-label", "title"):
            if values.get(name):
                self.found.append((values.get("data-label") or "", values[name] or ""))

    def handle_data(self, data: str) -> None:
        """Pair the text with its term."""
        if self._term is not None:
            self.found.append((self._term, data))
            self._term = None
        elif CHINESE.search(data):
            self.loose.append(data)


def test_page_s_own_text_is_the_catalogue_s() -> None:
    """What stands in the page before the agent has spoken is a copy of the catalogue."""
    labels = Labels()
    labels.feed(PAGE.read_text(encoding="utf-8"))
    known = page_words("zh")

    assert [] == labels.loose
    assert [] == [(term, text) for term, text in labels.found if known.get(term) != text]


@pytest.mark.parametrize("term", words._TERMS)
def test_term_has_the_same_places_in_both_languages(term: str) -> None:
    """A value that is filled in Chinese is filled in English too."""
    chinese, english = words._TERMS[term]

    assert set(PLACES.findall(chinese)) == set(PLACES.findall(english))
    assert chinese
    assert english


@pytest.mark.parametrize("term", words._TERMS)
def test_term_is_used(term: str) -> None:
    """No term outlives its use, except that some are named from parts."""
    sources = [*ROOM.glob("*.py"), *(ROOM / "web").iterdir()]
    text = "\n".join(
        source.read_text(encoding="utf-8") for source in sources if source.name not in WORDS
    )
    name = term.removeprefix("page.")
    alone = rf"""(words\.{re.escape(name)}\b|["']({re.escape(name)}|{re.escape(term)})["'])"""

    assert term.startswith(BUILT_FROM_PARTS) or re.search(alone, text)


@pytest.mark.parametrize(
    "source", [path for path in ROOM.rglob("*.*") if path.suffix in {".py", ".js", ".css"}], ids=str
)
def test_words_stand_only_in_the_catalogue(source: Path) -> None:
    """No other file says anything to the user: Chinese appears there only in docstrings."""
    code = re.sub(r'"""[\s\S]*?"""', "", source.read_text(encoding="utf-8"))
    allowed = {**dict.fromkeys(WORDS), "rows.py": {"到时", "到期", "逾期", "超时", "时间到"}}.get(
        source.name, set()
    )

    assert allowed is None or set(CHINESE.findall(code)) <= allowed


def test_unknown_term_is_a_bug() -> None:
    """A term that nobody wrote down fails loudly."""
    with pytest.raises(KeyError):
        say("state.nonsense")
