"""How soon what came was taken in hand, and what was nearly or really too late, in words."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import TypedDict

from agent.bookkeeping import MOST_NAMED
from agent.channels.wording import spell_short
from agent.daybook import Close, Daybook, Squeak, Stay
from agent.words import Language
from agent.words import say as say_trade
from ui.ticking import clock_text, epoch_ms
from ui.words import say

_STEPS = tuple(timedelta(minutes=minutes) for minutes in (3, 15, 60, 240))


class CountView(TypedDict):
    """How many of one kind, or of one shop, *came* and *went*; *note* says more."""

    title: str
    came: int
    went: int
    note: str


class TouchView(TypedDict):
    """How soon somebody took what came: the *steps* are counts to draw, the rest is in words."""

    median: str
    worst: str
    said: str
    waiting: str
    steps: list[CountView]


class CloseView(TypedDict):
    """A limit that was nearly or really missed; *bad* if really; *number* 0 is not known."""

    number: int
    kind: str
    shop: str
    when: str
    said: str
    bad: bool


def touch_view(came: Sequence[Stay], now: datetime, language: Language) -> TouchView:
    """Return how soon somebody took in hand what *came*, as known at *now*."""
    asked = [stay for stay in came if stay.asked_at is not None]
    spans = sorted(stay.touch for stay in asked if stay.touch is not None)
    waiting = [
        now - stay.asked_at
        for stay in asked
        if stay.asked_at is not None and stay.touched_at is None and stay.waits
    ]
    none = say("day.touch.none", language)
    counts = {"asked": len(asked), "touched": len(spans)}
    longest = spell_short(max(waiting), language) if waiting else ""
    return TouchView(
        median=spell_short(_median(spans), language) if spans else none,
        worst=spell_short(spans[-1], language) if spans else none,
        said=say("day.touched", language, **counts) if asked else "",
        waiting=say("day.untouched", language, age=longest) if longest else "",
        steps=_steps(spans, language) if spans else [],
    )


def _median(spans: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=median(span.total_seconds() for span in spans))


def _steps(spans: Sequence[timedelta], language: Language) -> list[CountView]:
    """Return how many were taken within each step, and not within the one before."""
    floors = (timedelta(-1), *_STEPS)
    shown = [
        (
            say("day.upto", language, span=spell_short(step, language)),
            sum(floor < span <= step for span in spans),
        )
        for floor, step in zip(floors, _STEPS, strict=False)
    ]
    shown.append((say("day.over", language), sum(span > _STEPS[-1] for span in spans)))
    return [CountView(title=title, came=count, went=0, note="") for title, count in shown]


def close_views(squeaks: Sequence[Squeak], book: Daybook, language: Language) -> list[CloseView]:
    """Return the latest of *squeaks*, which *book* has, each with how near it was."""
    return [_close(squeak, book, language) for squeak in squeaks[:MOST_NAMED]]


def _close(squeak: Squeak, book: Daybook, language: Language) -> CloseView:
    left = spell_short(max(squeak.left, timedelta(0)), language)
    late = spell_short(max(-squeak.left, timedelta(0)), language)
    return CloseView(
        number=book.numbers.get(squeak.key, 0),
        kind=say_trade(f"kind.{squeak.kind}", language),
        shop=book.shops.get(squeak.key.shop, squeak.key.shop),
        when=clock_text(epoch_ms(squeak.due_at), epoch_ms(book.made_at), book.zone),
        said=say(f"close.{squeak.how}", language, left=left, late=late),
        bad=squeak.how in {Close.MISSED, Close.OVERDUE},
    )


def close_words(squeaks: Sequence[Squeak], language: Language) -> str:
    """Say how many of *squeaks* were near, too late or not seen; nothing if there are none."""
    how = Counter(squeak.how for squeak in squeaks)
    if not how:
        return ""
    missed = how[Close.MISSED] + how[Close.OVERDUE]
    said = say("close.count", language, near=how[Close.LAST_STEP], missed=missed)
    unseen = how[Close.UNSEEN]
    more = len(squeaks) - MOST_NAMED
    parts = [said, say("close.count.unseen", language, unseen=unseen) if unseen else ""]
    return "".join(parts) + (f" · {say('close.more', language, count=more)}" if more > 0 else "")
