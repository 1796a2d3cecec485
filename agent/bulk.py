"""What a person says of many cases at once."""

from dataclasses import dataclass
from datetime import datetime

from agent.cases import Alert, Case, Kind, Policy, Stage, is_quiet, standing
from agent.errors import GeshaoError
from agent.journal import Journal


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in hand at once, and how many stay *left*, since nobody was told of them."""

    cases: tuple[Case, ...]
    left: int


def take_shop(journal: Journal, policy: Policy, shop_id: str, now: datetime) -> Taken:
    """Take in hand all that rings for shop *shop_id*, each case as it stands *now*.

    Only that of which people were told: what came since is news. That the shop cannot be seen is
    no ticket, and goes on ringing. Raises GeshaoError if there is nothing to take.
    """
    told = journal.last_alerts()
    ringing = [case for case in journal.open_cases() if _rings(case, shop_id, policy, now)]
    known = [
        case
        for case in ringing
        if (last := told.get(case.key)) and _covers(last, case, policy, now)
    ]
    if not known:
        raise GeshaoError("这家店没有提醒过、还没人处理的待办。", "运行 geshao inbox 看列表。")
    acts = [(case, _taken(case, policy, now)) for case in known]
    stored = journal.update_all(acts, now=now)
    taken = tuple(case for case in stored if case.acknowledged_at == now)
    return Taken(taken, len(ringing) - len(taken))


def _rings(case: Case, shop_id: str, policy: Policy, now: datetime) -> bool:
    waits = case.latest.stage is Stage.MERCHANT and case.latest.kind is not Kind.OUTAGE
    return case.key.shop == shop_id and waits and not is_quiet(case, policy, now)


def _covers(told: Alert, case: Case, policy: Policy, now: datetime) -> bool:
    """Tell whether *told* said all that *case* is now: in a silence it may have risen unheard."""
    at = standing(case, policy, now)
    return told.asked_at == case.asked_at and at.tier <= told.tier and at.band <= told.band


def _taken(case: Case, policy: Policy, now: datetime) -> Case:
    at = standing(case, policy, now)
    return case.acknowledged(at.tier, at.band, now)
