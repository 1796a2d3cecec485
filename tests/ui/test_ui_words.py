"""The faces' catalogue: complete, used, and the only place with words."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from ui import words
from ui.page import PAGE
from ui.words import page_words, say

ROOM = PAGE.parents[1]
WORDS = {path.name for path in ROOM.glob("*words.py")}
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
PLACES = re.compile(r"\{(\w+)\}")
BUILT_FROM_PARTS = (
    *("state.", "channel.", "row.", "error.", "opening.", "terminal.", "trial."),
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
        self.english: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the term of the text to come, and compare what is read aloud."""
        values = dict(attrs)
        self._term = values.get("data-word")
        if "data-en" in values:
            self.english.append((self._term or "", values["data-en"] or ""))
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

    assert [] == [(term, text) for term, text in labels.english if page_words("en")[term] != text]
    assert {"connecting", "stopped", "no_answer"} <= {term for term, _ in labels.english}
    assert [] == labels.loose
    assert [] == [(term, text) for term, text in labels.found if known.get(term) != text]


def test_terms_have_the_same_places_in_both_languages() -> None:
    """A value that is filled in Chinese is filled in English too, and neither is empty."""
    terms = words._TERMS.items()
    wrong = [
        term
        for term, (chinese, english) in terms
        if set(PLACES.findall(chinese)) != set(PLACES.findall(english))
    ]

    assert [] == wrong
    assert [] == [term for term, texts in terms if not all(texts)]


def test_terms_are_used() -> None:
    """No term outlives its use, except that some are named from parts."""
    sources = [*ROOM.glob("*.py"), *(ROOM / "web").iterdir()]
    text = "\n".join(
        source.read_text(encoding="utf-8") for source in sources if source.name not in WORDS
    )
    quoted = set(re.findall(r"""["']([\w.-]+)(?=["'])""", text))
    said = {part for dotted in re.findall(r"words\.([\w.]+)", text) for part in beginnings(dotted)}
    alone = {term for term in words._TERMS if not term.startswith(BUILT_FROM_PARTS)}
    unused = {term for term in alone - quoted if term.removeprefix("page.") not in quoted | said}

    assert set() == unused


def beginnings(dotted: str) -> Iterator[str]:
    """Yield *dotted*, and what stands in it before each of its dots."""
    parts = dotted.split(".")
    return (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def test_words_stand_only_in_the_catalogue() -> None:
    """No other file says anything to the user: Chinese appears there only in docstrings."""
    sources = [path for path in ROOM.rglob("*.*") if path.suffix in {".py", ".js", ".css"}]
    allowed = {"rows.py": {"到时", "到期", "逾期", "超时", "时间到"}}
    found: dict[str, set[str]] = {}
    for source in sources:
        code = re.sub(r'"""[\s\S]*?"""', "", source.read_text(encoding="utf-8"))
        found[source.name] = set(CHINESE.findall(code)) - allowed.get(source.name, set())

    assert len(found) > len(WORDS) > 0
    assert {} == {name: said for name, said in found.items() if said and name not in WORDS}


def test_unknown_term_is_a_bug() -> None:
    """A term that nobody wrote down fails loudly."""
    with pytest.raises(KeyError):
        say("state.nonsense")
