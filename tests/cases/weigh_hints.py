"""Weigh, on the lines marked tuned, what short strings speak for a label.

`python -m tests.cases.weigh_hints` prints what stands in `agent/config/hints.yaml`. It is a
logistic regression with a penalty that makes most weights nothing; the lines marked held_out are
not looked at.
"""

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from random import Random

import yaml

from agent.cases.lexicon import heard, strings_in
from tests.cases.triage_set import LINES

SCALE = 5
"""Weights become whole points: so many to a unit of the logarithm of the odds."""
RAREST = 3
ROUNDS = 40
STEP = 0.3

Rows = list[tuple[list[str], bool]]


PENALTY = 0.05
HEAVIEST = 0.6
"""No string weighs more, for or against, so that one alone is never enough."""

ENOUGH: Mapping[tuple[str, str], float] = {
    ("topic", "late_shipping"): -1.0,
    ("mood", "angry"): 0.0,
    ("mood", "anxious"): -1.0,
}
"""The log-odds that are enough for a label.

Chosen on tuned lines that were set aside by quarters: the most recall at a precision of 0.7 or
more. Labels for which that cannot be had are left to words.
"""


def weighed(rows: Rows) -> tuple[dict[str, float], float]:
    """Return the weight of each string in *rows*, and that of saying nothing."""
    weights, slowness = defaultdict[str, float](float), defaultdict[str, float](float)
    nothing, its_slowness = -1.0, 1e-6
    chance = Random(1)
    for _ in range(ROUNDS):
        chance.shuffle(rows)
        for strings, is_so in rows:
            odds = nothing + sum(weights[each] for each in strings)
            off = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))) - is_so
            its_slowness += off * off
            nothing -= STEP * off / math.sqrt(its_slowness)
            for each in strings:
                slowness[each] += off * off + 1e-8
                step = STEP / math.sqrt(slowness[each])
                weight = weights[each] - step * off
                size = min(HEAVIEST, max(0.0, abs(weight) - step * PENALTY))
                weights[each] = math.copysign(size, weight)
    return dict(weights), nothing


def points(label: tuple[str, str], odds: float) -> dict[str, object]:
    """Return what speaks for *label*, in whole points, and how many are enough."""
    found = [
        (strings_in(heard(line.words)), label in line.labels) for line in LINES if line.is_tuned
    ]
    known = frequent(strings for strings, _ in found)
    rows = [([each for each in sorted(strings) if each in known], so) for strings, so in found]
    weights, nothing = weighed(rows)
    whole = {each: round(SCALE * weight) for each, weight in weights.items()}
    told = sorted((each, number) for each, number in whole.items() if number)
    return {"enough": math.ceil(SCALE * (odds - nothing)), "points": dict(told)}


def frequent(texts: Iterable[Iterable[str]]) -> set[str]:
    """Return the strings that are in some of *texts*; what is in one or two tells nothing."""
    often = Counter(each for strings in texts for each in strings)
    return {each for each, times in often.items() if times >= RAREST}


def main() -> None:
    """Print the file."""
    made: dict[str, dict[str, object]] = {"topics": {}, "moods": {}}
    for (sort, label), odds in ENOUGH.items():
        made[f"{sort}s"][label] = points((sort, label), odds)
    head = "# Made by `python -m tests.cases.weigh_hints`, not by hand.\n"
    body = yaml.safe_dump(made, allow_unicode=True, default_flow_style=None, width=160)
    sys.stdout.write(head + body)


if __name__ == "__main__":
    main()
