"""What came and went, how soon it was taken and what was nearly too late, day by day, to draw."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict

from agent.cases import Why
from agent.cases.coverage import between, total
from agent.daybook import Daybook, Hour, Seen, Squeak, Stay, midnight
from agent.words import Language
from agent.words import say as say_trade
from ui.handling import CloseView, CountView, TouchView, close_views, close_words, touch_view
from ui.ticking import epoch_ms
from ui.words import say

_HOURS = 24
_DAY = timedelta(days=1)


class HourView(TypedDict):
    """One hour: how many *came* and *went*, how much of it was watched, the same in words."""

    title: str
    came: int
    went: int
    seen: str
    watched: str
    came_text: str
    went_text: str


class PeriodView(TypedDict):
    """A day, or all of them; *summary* says what the chart shows."""

    title: str
    summary: str
    stood: str
    hours: list[HourView]
    kinds: list[CountView]
    shops: list[CountView]
    touch: TouchView
    close: list[CloseView]
    close_said: str


class DayView(TypedDict):
    """Today, all of the last days, then each, the latest first; *made_at* is epoch milliseconds."""

    made_at: int
    periods: list[PeriodView]


@dataclass(frozen=True, slots=True)
class _Period:
    """Some *days* of *book*, what they are called, and what happened in them."""

    book: Daybook
    days: Sequence[date]
    language: Language
    title: str
    came: list[Stay]
    went: list[Stay]
    stood: int
    close: list[Squeak]


class _Sorted:
    """What happened in *book*, by the day of it."""

    def __init__(self, book: Daybook) -> None:
        self.came = defaultdict[date, list[Stay]](list)
        self.went = defaultdict[date, list[Stay]](list)
        self.stood = Counter[date]()
        self.close = defaultdict[date, list[Squeak]](list)
        for stay in book.stays:
            seen_on = book.hour(stay.seen_at)[0]
            if stay.stood:
                self.stood[seen_on] += 1
            else:
                self.came[seen_on].append(stay)
            if stay.ended_at is not None:
                self.went[book.hour(stay.ended_at)[0]].append(stay)
        for squeak in book.squeaks:
            self.close[book.hour(squeak.due_at)[0]].append(squeak)


def day_view(book: Daybook, language: Language) -> DayView:
    """Return *book* as data to draw."""
    known, today = _Sorted(book), book.days[-1]
    week = _of(known, book, book.days, language, say("day.week", language))
    first, *rest = (
        _of(known, book, [day], language, _called(day, today, language))
        for day in reversed(book.days)
    )
    return DayView(
        made_at=epoch_ms(book.made_at), periods=[_period(one) for one in (first, week, *rest)]
    )


def _of(
    known: _Sorted, book: Daybook, days: Sequence[date], language: Language, title: str
) -> _Period:
    return _Period(
        book,
        days,
        language,
        title,
        came=[stay for day in days for stay in known.came[day]],
        went=[stay for day in days for stay in known.went[day]],
        stood=sum(known.stood[day] for day in days),
        close=[squeak for day in reversed(days) for squeak in known.close[day]],
    )


def _called(day: date, today: date, language: Language) -> str:
    if day == today:
        return say("day.today", language)
    return say("day.yesterday", language) if today - day == _DAY else f"{day:%m-%d}"


def _period(period: _Period) -> PeriodView:
    hours = _hours(period)
    stood = say("day.stood", period.language, count=period.stood) if period.stood else ""
    return PeriodView(
        title=period.title,
        summary=_summary(period, hours),
        stood=stood,
        hours=hours,
        kinds=_kinds(period),
        shops=_shops(period),
        touch=touch_view(period.came, period.book.made_at, period.language),
        close=close_views(period.close, period.book, period.language),
        close_said=close_words(period.close, period.language),
    )


def _summary(period: _Period, hours: list[HourView]) -> str:
    counts = {"came": len(period.came), "went": len(period.went)}
    said = say("day.summary", period.language, title=period.title, **counts)
    hidden = sum(hour["seen"] in {Seen.PARTLY, Seen.NOTHING} for hour in hours)
    more = say("day.summary.hidden", period.language, hours=hidden) if hidden else ""
    return said + more


def _hours(period: _Period) -> list[HourView]:
    book = period.book
    arrivals = _by_hour(book, (stay.came_at for stay in period.came))
    endings = _by_hour(book, (stay.ended_at for stay in period.went))
    return [
        _hour(number, arrivals[number], endings[number], _together(period, number), period.language)
        for number in range(_HOURS)
    ]


def _by_hour(book: Daybook, moments: Iterable[datetime | None]) -> Counter[int]:
    return Counter(book.hour(at)[1] for at in moments if at is not None)


def _together(period: _Period, number: int) -> Seen:
    """Return how much of that hour of all the days was watched."""
    hours = period.book.hours
    wanted: list[Hour] = [(day, number) for day in period.days if (day, number) in hours]
    # A clock that is put forward skips an hour: nothing could be missed in it.
    known = {hours[hour] for hour in wanted} - {Seen.AHEAD} if wanted else {Seen.WHOLE}
    if not known:
        return Seen.AHEAD
    return known.pop() if len(known) == 1 else Seen.PARTLY


def _hour(number: int, came: int, went: int, seen: Seen, language: Language) -> HourView:
    blind = seen in {Seen.PARTLY, Seen.NOTHING}

    def counted(count: int) -> str:
        if seen is Seen.AHEAD and not count:
            return ""
        if not blind:
            return str(count)
        term = "day.at_least" if count else "day.unknown"
        return say(term, language, count=count)

    return HourView(
        title=say("day.hour", language, hour=number),
        came=came,
        went=went,
        seen=seen.value,
        watched=say(f"day.seen.{seen}", language),
        came_text=counted(came),
        went_text=counted(went),
    )


def _kinds(period: _Period) -> list[CountView]:
    counts = _counts(period, lambda stay: stay.kind.value)
    return [
        CountView(title=say_trade(f"kind.{kind}", period.language), came=new, went=ended, note="")
        for kind, new, ended in counts
    ]


def _counts(period: _Period, of: Callable[[Stay], str]) -> list[tuple[str, int, int]]:
    new, ended = Counter(map(of, period.came)), Counter(map(of, period.went))
    found = [(name, new[name], ended[name]) for name in {**new, **ended}]
    return sorted(found, key=lambda one: (-one[1], -one[2], one[0]))


def _shops(period: _Period) -> list[CountView]:
    """Return every shop: that nothing came is worth no more than that it was watched."""
    names = period.book.shops
    counted = _counts(period, lambda stay: stay.key.shop)
    quiet = [(shop, 0, 0) for shop in names if shop not in {name for name, _, _ in counted}]
    return [
        CountView(title=names[shop], came=new, went=ended, note=_watched(period, shop))
        for shop, new, ended in [*counted, *quiet]
    ]


def _watched(period: _Period, shop: str) -> str:
    """Say how much of the time of the days that is over the shop was watched, of all of it."""
    book = period.book
    begins = midnight(period.days[0], book.zone)
    ends = min(midnight(period.days[-1] + _DAY, book.zone), book.made_at)
    covered = total(between(book.lines.get(shop, ()), begins, ends), Why.COVERED)
    share = covered * 100 // (ends - begins) if ends > begins else 0
    return say("day.watched", period.language, share=f"{share}%")
