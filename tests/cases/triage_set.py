"""The lines that were filed by hand, and how they are read."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from agent.cases import Kind, Mood, Topic

FILE = Path(__file__).with_name("triage_lines.tsv")


@dataclass(frozen=True)
class Line:
    """One line as a person filed it: its labels, each as (sort, label)."""

    part: str
    words: str
    labels: frozenset[tuple[str, str]]

    @property
    def is_tuned(self) -> bool:
        """Whether rules were made with this line at hand."""
        return self.part == "tuned"


def filed(kind: str, topics: Iterable[str], mood: str) -> frozenset[tuple[str, str]]:
    """Return the labels of a line."""
    kinds = {("kind", kind)} - {("kind", Kind.OTHER.value)}
    return frozenset({*kinds, *(("topic", topic) for topic in topics), ("mood", mood)})


def read_lines() -> list[Line]:
    """Return what the file holds; a label that does not exist is an error."""
    lines = []
    for text in FILE.read_text(encoding="utf-8").splitlines():
        if not text.startswith("#"):
            part, kind, topics, mood, words = text.split("\t")
            asked = Kind.OTHER if kind == "-" else Kind(kind)
            about = (Topic(topic).value for topic in topics.split(",") if topic != "-")
            lines.append(Line(part, words, filed(asked.value, about, Mood(mood).value)))
    return lines


LINES = read_lines()
