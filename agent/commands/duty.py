"""Who is on duty, who stands in, and how long: in words."""

from collections.abc import Iterator
from datetime import date, datetime

from agent.cases import Holiday, Policy
from agent.cases.roster import STAND_IN
from ui.duty import spell_days
from ui.plaintext import harmless


def duty_lines(policy: Policy, now: datetime) -> Iterator[str]:
    """Yield what is to be said of the people under *policy* at *now*: nothing where there are none.

    A holiday comes first, since it is in place of the roster.
    """
    if policy.holiday is not None:
        yield holiday_line(policy.holiday, now.astimezone(policy.zone).date())
    roster = policy.during(now).roster
    if not roster.people:
        return
    on_duty, change = roster.on_duty(now), roster.next_change(now)
    until = "" if change is None else f"，到 {change.astimezone(policy.zone):%m-%d %H:%M}"
    yield harmless(f"值班：{'、'.join(on_duty) or '没有人，该叫值班的人时就叫所有人'}{until}")
    yield harmless(f"替班：{'、'.join(roster.called((STAND_IN,), now))}")


def holiday_line(holiday: Holiday, today: date) -> str:
    """Return when the holiday is and who stands in, as seen on that day."""
    when, who = spell_days(holiday.first, holiday.last), holiday.stand_in
    if holiday.covers(today):
        return harmless(f"休假中：{when}，由 {who} 值班")
    if today < holiday.first:
        return harmless(f"要休假：{when}，到时由 {who} 值班")
    return harmless(f"休假已经过了：{when}")
