"""The rules that are one number each: where it stands in the file, its unit and its bounds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from agent.cases import Kind, Policy, Tier
from agent.errors import ConfigError

Unit = Literal["yuan", "seconds", "minutes", "hours", "count"]

_LETTERS = {"seconds": "s", "minutes": "m", "hours": "h"}
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600}
_FEN = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its *name*: its number is at *spot* of the file, from *least* to *most* units.

    *found* reads it in a policy: fen, a time, a count; None where the policy has it switched off.
    """

    name: str
    spot: tuple[str, ...]
    unit: Unit
    least: int
    most: int
    found: Callable[[Policy], int | timedelta | None]

    def number(self, policy: Policy) -> float | None:
        """Return the number that is in force, in units, None if the rule is switched off."""
        found = self.found(policy)
        if found is None:
            return None
        if isinstance(found, timedelta):
            return found.total_seconds() / _SECONDS[self.unit]
        return found / _FEN if self.unit == "yuan" else found

    def written(self, number: int) -> str:
        """Return *number* as the file has it. Raises ConfigError if it is out of bounds."""
        if not self.least <= number <= self.most:
            raise ConfigError(
                f"{number} 不行，要 {self.least} 到 {self.most} 之间的整数。", "请改好后再试。"
            )
        return f"{number}{_LETTERS.get(self.unit, '')}"


RULES = (
    Rule("high_value", ("policy", "high_value"), "yuan", 1, 1_000_000, lambda p: p.high_value),
    Rule(
        "conversation",
        ("policy", "targets", "conversation"),
        *("minutes", 1, 1440),
        lambda p: p.targets[Kind.CONVERSATION],
    ),
    Rule(
        "refund",
        ("policy", "targets", "refund_only"),
        *("hours", 1, 168),
        lambda p: p.targets[Kind.REFUND_ONLY],
    ),
    Rule(
        "outage",
        ("policy", "outage_urgent_after"),
        *("minutes", 1, 1440),
        lambda p: p.outage_urgent_after,
    ),
    Rule(
        "repeat",
        ("policy", "loudness", "urgent", "repeat_every"),
        *("seconds", 5, 3600),
        lambda p: p.loudness[Tier.URGENT].repeat_every,
    ),
    Rule("batch", ("policy", "batch", "tickets"), "count", 2, 999, lambda p: p.batch.tickets),
    Rule(
        "same_buyer",
        ("policy", "same_buyer", "tickets"),
        *("count", 2, 999),
        lambda p: p.same_buyer.tickets,
    ),
    Rule("most", ("policy", "together", "most"), "count", 2, 999, lambda p: p.together.most),
)
"""In the order in which a person reads them."""
