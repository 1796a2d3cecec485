"""What became of a case, line by line: what the platform said, what people did, who was told."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal, TypedDict

from agent.cases import Alert, Delivery, DeliveryState, Reason, Sighting
from agent.journal import Act, Entry
from agent.journal.past import MOST_ENTRIES, Past
from agent.words import Language
from agent.words import say as say_trade
from ui.rows import amount_text
from ui.ticking import clock_text, epoch_ms
from ui.words import channel_title, say

_LONGEST = 300
_SAME_LIMIT = timedelta(minutes=1)


class LineView(TypedDict):
    """One line: when, by whom, what; *said* are a page's or a person's own words.

    *bad* tells that a message did not arrive.
    """

    at: int
    by: Literal["platform", "person", "alert"]
    by_text: str
    text: str
    said: str
    bad: bool


class PastView(TypedDict):
    """What became of a case, the latest first; *older* says what is not listed, or is ""."""

    lines: list[LineView]
    older: str


@dataclass(slots=True)
class _Told:
    """One alert with its messages, and its repeats up to the next thing that happened."""

    alert: Alert
    ways: list[Delivery]
    count: int = 1
    at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.at = self.alert.raised_at


@dataclass(frozen=True, slots=True)
class _Said:
    """One entry with what the platform had said before it."""

    entry: Entry
    before: Sighting | None

    @property
    def at(self) -> datetime:
        """When it was said or done."""
        return self.entry.at


def past_view(past: Past, now: datetime, language: Language) -> PastView:
    """Return *past* as faces show it at *now*."""
    happened: list[_Said | _Told] = [*_said(past), *_told(past)]
    events = list(_together(sorted(happened, key=lambda event: event.at)))
    lines = [_line(event, now, language) for event in events]
    older = past.older or len(lines) > MOST_ENTRIES
    return PastView(
        lines=lines[-MOST_ENTRIES:][::-1],
        older=say("past.older", language, count=min(len(lines), MOST_ENTRIES)) if older else "",
    )


def _said(past: Past) -> Iterator[_Said]:
    before = past.since.said if past.since else None
    for entry in past.history:
        yield _Said(entry, before)
        before = entry.said or before


def _told(past: Past) -> Iterator[_Told]:
    for _, ways in groupby(past.told, key=lambda way: way.alert.alert_id):
        messages = list(ways)
        yield _Told(messages[0].alert, messages)


def _together(events: Sequence[_Said | _Told]) -> Iterator[_Said | _Told]:
    """Yield *events* with repeats that follow each other as one: they are one nuisance."""
    last: _Told | None = None
    for event in events:
        repeat = event if isinstance(event, _Told) and _is_repeat(event) else None
        if last is not None and repeat is not None:
            last.count, last.at = last.count + 1, repeat.at
            last.ways += repeat.ways
            continue
        last = repeat
        yield event


def _is_repeat(told: _Told) -> bool:
    return told.alert.reason is Reason.REPEAT


def _line(event: _Said | _Told, now: datetime, language: Language) -> LineView:
    if isinstance(event, _Told):
        by: Literal["platform", "person", "alert"] = "alert"
        text, said = _ring(event, language), _failures(event.ways, language)
    elif event.entry.said is not None:
        by, said = "platform", event.entry.said.reason
        text = _reading(event, event.entry.said, now, language)
        said = said if event.before is None or event.before.reason != said else ""
    else:
        by, text, said = "person", _deed(event.entry, now, language), event.entry.note
        said = "" if event.entry.act is Act.ASSIGNED else said
    return LineView(
        at=epoch_ms(event.at),
        by=by,
        by_text=say(f"by.{by}", language),
        text=text[:_LONGEST],
        said=said[:_LONGEST],
        bad=isinstance(event, _Told) and any(way.state is _FAILED for way in event.ways),
    )


_FAILED = DeliveryState.FAILED


def _ring(told: _Told, language: Language) -> str:
    reason = say_trade(f"reason.{told.alert.reason}", language)
    latest = {way.channel: way for way in told.ways}
    ways = say("past.list", language).join(
        way_words(channel_title(name, language), way.state, language)
        for name, way in latest.items()
    )
    term = "past.repeated" if _is_repeat(told) else "past.told"
    text = say(term, language, reason=reason, ways=ways, count=told.count)
    people = say("past.list", language).join(told.alert.people)
    return say("past.people", language, told=text, people=people) if people else text


def way_words(channel: str, state: DeliveryState, language: Language) -> str:
    """Say how a message over *channel*, as people call it, fared."""
    return say("fared.way", language, channel=channel, fared=say(f"fared.{state}", language))


def _failures(ways: Sequence[Delivery], language: Language) -> str:
    errors = {way.channel: way.error for way in ways if way.error and way.state is _FAILED}
    said = (f"{channel_title(name, language)}: {error}" for name, error in errors.items())
    return say("past.and", language).join(said)


def _deed(entry: Entry, now: datetime, language: Language) -> str:
    if entry.act is Act.NOTED:
        return say("past.noted" if entry.note else "past.unnoted", language)
    until = "" if entry.until is None else clock_text(epoch_ms(entry.until), epoch_ms(now))
    return say(f"past.{entry.act}", language, until=until, person=entry.note)


def _reading(event: _Said, after: Sighting, now: datetime, language: Language) -> str:
    act, before = event.entry.act, event.before
    if act is Act.OPENED:
        term = "past.opened_as" if after.status else "past.opened"
        return say(term, language, status=after.status)
    if act is Act.RESOLVED:
        return say("past.resolved", language)
    changes = list(_changes(before, after, now, language)) if before else []
    return say("past.and", language).join(changes) or say("past.updated", language)


def _changes(before: Sighting, after: Sighting, now: datetime, language: Language) -> Iterator[str]:
    nothing = say("past.nothing", language)
    for term, tell in _COMPARED.items():
        was, becomes = tell(before, now, language), tell(after, now, language)
        if was != becomes and not (term == "past.limit" and _same_limit(before, after)):
            what = say(term, language)
            yield say(
                "past.from_to", language, what=what, before=was or nothing, after=becomes or nothing
            )
    if before.stage is not after.stage:
        yield say(f"stage.{after.stage}", language)
    if after.unread > before.unread:
        yield say("past.unread", language, unread=after.unread)
    if after.reason != before.reason:
        yield say("past.said", language)


def _same_limit(before: Sighting, after: Sighting) -> bool:
    """Tell whether two limits differ only by what two looks at one countdown do."""
    if before.respond_by is None or after.respond_by is None:
        return False
    return abs(after.respond_by - before.respond_by) <= max(_SAME_LIMIT, before.slack)


def _limit(sighting: Sighting, now: datetime, _language: Language) -> str:
    at = sighting.respond_by
    return "" if at is None else clock_text(epoch_ms(at), epoch_ms(now))


_COMPARED: dict[str, Callable[[Sighting, datetime, Language], str]] = {
    "past.kind": lambda one, _, language: say_trade(f"kind.{one.kind}", language),
    "past.status": lambda one, _now, _language: one.status,
    "past.amount": lambda one, _now, _language: amount_text(one.amount),
    "past.limit": _limit,
    "past.consequence": lambda one, _now, _language: one.consequence,
}
