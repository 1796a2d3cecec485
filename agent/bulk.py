"""What a person says of many cases at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from agent.cases import Alert, Case, Kind, Policy, Stage, is_quiet, standing
from agent.errors import GeshaoError
from agent.journal import Journal


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in hand at once: each case before and after; and how many stay *left*."""

    acts: tuple[tuple[Case, Case], ...]
    left: int

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases as they are now."""
        return tuple(after for _, after in self.acts)


def take_shop(journal: Journal, policy: Policy, shop_id: str, now: datetime) -> Taken:
    """Take in hand all that rings for shop *shop_id*, each case as it stands *now*.

    Only that of which people were told: what came since is news. That the shop cannot be seen is
    no ticket, and goes on ringing. Raises GeshaoError if there is nothing to take.
    """
    told = journal.last_alerts()
    ringing = [
        case
        for case in journal.open_cases()
        if case.key.shop == shop_id and _rings(case, policy, now)
    ]
    known = [
        case
        for case in ringing
        if (last := told.get(case.key)) and _covers(last, case, policy, now)
    ]
    if not known:
        raise GeshaoError("这家店没有提醒过、还没人处理的待办。", "运行 geshao inbox 看列表。")
    return _take(journal, policy, known, now, asked=len(ringing))


def take_cases(journal: Journal, policy: Policy, numbers: Collection[int], now: datetime) -> Taken:
    """Take in hand those of the cases *numbers* that ring, each as it stands *now*.

    Whoever names them has seen them, told or not. What was taken or ended meanwhile is left as it
    is, and so is a shop out of sight. Raises GeshaoError if there is nothing to take.
    """
    named = set(numbers)
    ringing = [
        case for case in journal.open_cases() if case.number in named and _rings(case, policy, now)
    ]
    if not ringing:
        raise GeshaoError("这些待办都已经有人处理，或已经结束。", "请看新的列表。")
    return _take(journal, policy, ringing, now, asked=len(named))


def _rings(case: Case, policy: Policy, now: datetime) -> bool:
    waits = case.latest.stage is Stage.MERCHANT and case.latest.kind is not Kind.OUTAGE
    return waits and not is_quiet(case, policy, now)


def _take(
    journal: Journal, policy: Policy, chosen: Sequence[Case], now: datetime, *, asked: int
) -> Taken:
    stored = journal.update_all([(case, _taken(case, policy, now)) for case in chosen], now=now)
    both = zip(chosen, stored, strict=True)
    acts = tuple((before, after) for before, after in both if after.acknowledged_at == now)
    return Taken(acts, asked - len(acts))


def _covers(told: Alert, case: Case, policy: Policy, now: datetime) -> bool:
    """Tell whether *told* said all that *case* is now: in a silence it may have risen unheard."""
    at = standing(case, policy, now)
    return told.asked_at == case.asked_at and at.tier <= told.tier and at.band <= told.band


def _taken(case: Case, policy: Policy, now: datetime) -> Case:
    at = standing(case, policy, now)
    return case.acknowledged(at.tier, at.band, now)
