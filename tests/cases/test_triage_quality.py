"""How well the words tell kinds, topics and moods, measured on lines filed by hand."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from agent.cases import Kind, Mood, Topic
from agent.cases.triage import kind_of, mood_of, topics_in
from agent.config import shipped_lexicon
from tests.cases.triage_set import LINES, Line, filed
from tests.mothers import a_sighting

LEXICON = shipped_lexicon()
PARTS = ("tuned", "held_out")
ALL = "all"
TUNED = 0.9
"""Every label of the tuned part is found, and is right, at least this often."""
HELD_OUT = {
    ("kind", ALL): (0.90, 0.80),
    ("topic", ALL): (0.82, 0.66),
    ("mood", "angry"): (0.83, 0.83),
    ("mood", "anxious"): (0.60, 0.55),
    ("mood", "confused"): (0.45, 0.55),
    ("mood", "plain"): (0.84, 0.83),
}
"""Floors of precision and recall where no rule was made for a line: a little below what is."""


def judged(line: Line) -> frozenset[tuple[str, str]]:
    """Return the labels that the rules give to *line*."""
    sighting = a_sighting(kind=Kind.OTHER, reason=line.words)
    about = (topic.value for topic in topics_in(sighting, LEXICON))
    return filed(kind_of(sighting, LEXICON).value, about, mood_of(sighting, LEXICON).value)


@dataclass(frozen=True)
class Score:
    """How many were found and right, found and wrong, and missed."""

    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        """The share of what there is that was found."""
        return self.hits / max(1, self.hits + self.missed)

    def __str__(self) -> str:
        """Return the score as it is printed."""
        return f"{self.precision:.2f}/{self.recall:.2f} of {self.hits + self.missed}"


def measured(part: str) -> dict[tuple[str, str], Score]:
    """Return the score of each label in *part*, and of all labels of a sort together."""
    hits, false, missed = (Counter[tuple[str, str]]() for _ in range(3))
    for line in LINES:
        if line.part == part:
            found = judged(line)
            hits.update(both(line.labels & found))
            false.update(both(found - line.labels))
            missed.update(both(line.labels - found))
    return {
        label: Score(hits[label], false[label], missed[label])
        for label in sorted({*hits, *false, *missed})
    }


def both(labels: frozenset[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return *labels*, each for itself and for all of its sort."""
    return [*labels, *((sort, ALL) for sort, _ in labels)]


SCORES = {part: measured(part) for part in PARTS}


def test_the_set_is_large_enough_to_tell_something() -> None:
    """There are lines enough in both parts, no line twice, and every topic and mood is met."""
    parts = Counter(line.part for line in LINES)
    labels = {label for line in LINES for label in line.labels}

    assert {*PARTS} == parts.keys()
    assert parts["tuned"] >= 400
    assert parts["held_out"] >= 120
    assert len(LINES) == len({line.words for line in LINES})
    assert {("topic", topic.value) for topic in Topic} <= labels
    assert {("mood", mood.value) for mood in Mood} <= labels


@pytest.mark.parametrize("part", PARTS)
def test_precision_and_recall_are_told(part: str, figure: Callable[[str], None]) -> None:
    """Whoever runs the tests sees how far the words can be trusted."""
    scores = SCORES[part]
    for sort in ("mood", "topic", "kind"):
        told = ", ".join(
            f"{label} {score}" for (kind, label), score in scores.items() if kind == sort
        )
        figure(f"triage, {part}, {sort}s, precision/recall: {told}")

    assert scores


def test_the_tuned_part_is_told_well() -> None:
    """No label of the tuned part falls below the floor, in precision or in recall."""
    low = {
        f"{sort} {label}": str(score)
        for (sort, label), score in SCORES["tuned"].items()
        if min(score.precision, score.recall) < TUNED
    }

    assert {} == low


@pytest.mark.parametrize("label", HELD_OUT)
def test_the_held_out_part_does_not_get_worse(label: tuple[str, str]) -> None:
    """A rule that fits its own lines and harms others is found out."""
    score, (precision, recall) = SCORES["held_out"][label], HELD_OUT[label]

    assert (score.precision >= precision, score.recall >= recall) == (True, True), score
