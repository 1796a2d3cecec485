"""Which group of the list a case stands in: by what is to be done about it, and when."""

from datetime import datetime, timedelta
from typing import Literal

from agent.cases import Band, Kind, Stage, Tier
from agent.inbox import Row

Group = Literal["now", "today", "later", "theirs"]

TODAY = timedelta(hours=24)
"""What runs out tomorrow morning has to be done before the night."""


def group_of(row: Row, now: datetime) -> Group:
    """Tell what is to be done about *row* at *now*: at once, within a day, later, or nothing.

    What has no limit at all is today's: nobody knows how long it may wait.
    """
    case = row.case
    if case.latest.stage is not Stage.MERCHANT:
        return "theirs"
    asleep = row.quiet and case.snoozed_until is not None and case.snoozed_until > now
    if _at_once(row) and not asleep:
        return "now"
    due_at = case.snoozed_until if asleep else row.due_at
    return "today" if due_at is None or due_at - now <= TODAY else "later"


def _at_once(row: Row) -> bool:
    urgent = row.tier is Tier.URGENT or row.band >= Band.FINAL
    return urgent or row.case.latest.kind is Kind.OUTAGE
