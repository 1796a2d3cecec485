"""What became of a window in its long life: how much of each thing there was, minute by minute."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import linear_regression

MOST_GROWTH = 0.10
"""More an hour is a leak."""
HOUR = 60.0

Sample = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Trend:
    """A straight line through all there was of one thing: where it begins and ends."""

    begin: float
    end: float
    minutes: float

    @property
    def an_hour(self) -> float:
        """By which part of itself it grows in an hour."""
        return (self.end / self.begin - 1) * HOUR / self.minutes


@dataclass
class Growth:
    """Samples, each with the minute that it is of; few of the early ones tell anything."""

    samples: list[tuple[int, Sample]] = field(default_factory=list)

    def note(self, minute: int, sample: Sample) -> None:
        """Take a *sample* of that *minute*."""
        self.samples.append((minute, sample))

    def trends(self, since: int) -> dict[str, Trend]:
        """Return the line through what there was of each thing *since* that minute."""
        counted = [(minute, sample) for minute, sample in self.samples if minute >= since]
        minutes = [minute for minute, _ in counted]
        return {
            what: _trend(minutes, [sample[what] for _, sample in counted]) for what in counted[0][1]
        }


def _trend(minutes: list[int], found: list[float]) -> Trend:
    slope, zero = linear_regression(minutes, found)
    first, last = minutes[0], minutes[-1]
    return Trend(zero + slope * first, zero + slope * last, last - first)
