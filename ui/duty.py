"""Who is on duty and when a holiday is, in words, and the reply that a person pastes for buyers."""

from datetime import date, timedelta
from typing import TypedDict

from agent.cases import Holiday
from agent.snapshot import Duty
from agent.words import Language
from ui.ticking import clock_text, epoch_ms
from ui.words import say

_DAY = timedelta(days=1)
_SOON = timedelta(days=7)
"""A reply is put into the platforms some days ahead."""


class DutyView(TypedDict):
    """Who is called, and the holiday: *text* and *holiday* are lines, or empty.

    *people* may stand in, *stand_in* does unless another is chosen; *first* and *last* are the
    holiday's days (ISO 8601), "" without one. *reply* is for the platforms' automatic answer, ""
    unless it is time for that; *away* tells that it is holiday now.
    """

    text: str
    holiday: str
    away: bool
    people: list[str]
    stand_in: str
    first: str
    last: str
    reply: str


def duty_view(duty: Duty | None, language: Language, now: int) -> DutyView | None:
    """Return *duty* as it is shown at *now*, epoch milliseconds; None where there is no roster."""
    if duty is None:
        return None
    holiday = duty.holiday
    away = holiday is not None and holiday.covers(duty.today)
    soon = holiday is not None and holiday.first - duty.today <= _SOON
    return DutyView(
        text="" if away or not duty.people else _on_duty(duty, language, now),
        holiday="" if holiday is None else _holiday(holiday, language, away=away),
        away=away,
        people=[*duty.people],
        stand_in=holiday.stand_in if holiday else duty.stand_in,
        first=f"{holiday.first}" if holiday else "",
        last=f"{holiday.last}" if holiday else "",
        reply=auto_reply(holiday.first, holiday.last) if holiday and soon else "",
    )


def _on_duty(duty: Duty, language: Language, now: int) -> str:
    people = say("rules.and", language).join(duty.on_duty)
    said = say("duty.on", language, people=people) if people else say("duty.nobody", language)
    if duty.until is None:
        return said
    return said + say("duty.until", language, until=clock_text(epoch_ms(duty.until), now))


def _holiday(holiday: Holiday, language: Language, *, away: bool) -> str:
    term = "holiday.now" if away else "holiday.coming"
    first, last = f"{holiday.first:%m-%d}", f"{holiday.last:%m-%d}"
    days = first if first == last else say("holiday.days", language, first=first, last=last)
    return say(term, language, days=days, who=holiday.stand_in)


def auto_reply(first: date, last: date) -> str:
    """Return a text for buyers; a person puts it into the platform, nobody else does."""
    days, back = spell_days(first, last), f"{last + _DAY:%m-%d}"
    return say("holiday.reply", days=days, back=back)


def spell_days(first: date, last: date) -> str:
    """Return two days as people write them; the year only if it is not the same."""
    if first == last:
        return f"{first:%Y-%m-%d}"
    last_day = f"{last:%m-%d}" if first.year == last.year else f"{last:%Y-%m-%d}"
    return say("holiday.days", first=f"{first:%Y-%m-%d}", last=last_day)
