"""How well the watching goes: each shop's gaps and last readings, and what the computer bears."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypedDict

from agent.cases import Outcome, QueueHealth, Source, Span
from agent.cases.coverage import Share, gaps
from agent.channels.wording import spell_short
from agent.inbox import ShopHealth, Snapshot
from agent.machine import Battery, Machine
from agent.words import Language, gap_words
from agent.words import say as say_trade
from ui.blindness import why_blind
from ui.ticking import Sentence, clock_text, epoch_ms, plain, span_text
from ui.words import page_words, say

_MOST_GAPS = 12


class GapView(TypedDict):
    """A stretch in which a shop was not seen: from when to when, how long, and why."""

    when: str
    lasted: str
    why: str


class ReadingView(TypedDict):
    """The last reading of a queue: how it ended, where on the page it came from, and when."""

    title: str
    outcome: str
    good: bool
    source: str
    at: Sentence


class ShopRecord(TypedDict):
    """What is on record of a shop; *missed* is one line, *gaps* are the longest, latest first."""

    shop_id: str
    missed: str
    gaps: list[GapView]
    more: str
    readings: list[ReadingView]


class Fact(TypedDict):
    """One line about this computer; *known* tells that *value* was really measured."""

    title: str
    value: Sentence
    known: bool


class HealthView(TypedDict):
    """What the page of the watching shows beside what every view has."""

    shops: list[ShopRecord]
    machine: list[Fact]


def health_view(snapshot: Snapshot, language: Language) -> HealthView:
    """Return what is on record of each shop, and of the computer."""
    now = snapshot.taken_at
    return HealthView(
        shops=[_record(shop, language, now) for shop in snapshot.shops],
        machine=[*_machine(snapshot.machine, language), _pace(snapshot, language)],
    )


def _record(health: ShopHealth, language: Language, now: datetime) -> ShopRecord:
    missed = gaps(health.coverage)
    shown = sorted(missed[:_MOST_GAPS], key=lambda span: span.begun_at, reverse=True)
    rest = len(missed) - len(shown)
    return ShopRecord(
        shop_id=health.shop.shop_id,
        missed=_missed(health.coverage, missed, language),
        gaps=[_gap(span, health.coverage[-1].ended_at, language, now) for span in shown],
        more=say("gaps.more", language, count=rest) if rest else "",
        readings=[
            _reading(queue, health.sources.get(queue.queue), language) for queue in health.queues
        ],
    )


def _missed(line: Sequence[Span], missed: Sequence[Span], language: Language) -> str:
    permille = Share.of(line).permille
    if permille is None:
        return say("gaps.unknown", language)
    if not missed:
        return say("gaps.none", language)
    lasted = spell_short(sum((span.length for span in missed), timedelta(0)), language)
    share = f"{permille // 10}.{permille % 10}%"
    return say("gaps.some", language, share=share, count=len(missed), lasted=lasted)


def _gap(span: Span, end: datetime, language: Language, now: datetime) -> GapView:
    since = clock_text(epoch_ms(span.begun_at), epoch_ms(now))
    ended = clock_text(epoch_ms(span.ended_at), epoch_ms(now))
    until = say("gaps.now", language) if span.ended_at == end else ended
    return GapView(
        when=say("gaps.when", language, since=since, until=until),
        lasted=spell_short(span.length, language),
        why=gap_words(span.why.value, language),
    )


def _reading(queue: QueueHealth, source: Source | None, language: Language) -> ReadingView:
    title = queue.title or queue.queue
    if queue.outcome is None or queue.read_at is None:
        said = say("reading.none", language)
        return ReadingView(title=title, outcome=said, good=False, source="", at=plain(""))
    at = Sentence(text=say("reading.at", language), at=epoch_ms(queue.read_at))
    return ReadingView(
        title=title,
        outcome=_outcome(queue.outcome, queue.gate, language),
        good=queue.outcome.complete,
        source=say(f"reading.source.{source or 'unknown'}", language),
        at=at,
    )


def _outcome(outcome: Outcome, gate: str, language: Language) -> str:
    if outcome.complete:
        return say_trade(f"outcome.{outcome}", language)
    return why_blind(outcome, gate, language)


def _machine(machine: Machine | None, language: Language) -> Iterator[Fact]:
    """Yield what was measured; what is not known is said to be so, and is no number."""
    memory = None if machine is None else machine.memory
    for part in ("program", "browser", "driver"):
        mb: float | None = None if memory is None else getattr(memory, f"{part}_mb")
        yield _fact(f"machine.{part}", _megabytes(mb, language), language, known=mb is not None)
    battery = None if machine is None else machine.battery
    said = say("machine.unknown", language) if machine is None else _power(battery, language)
    yield _fact("machine.power", plain(said), language, known=battery is not None)
    never = plain(say("machine.never", language))
    at = None if machine is None else epoch_ms(machine.at)
    measured = never if at is None else Sentence(text=say("reading.at", language), at=at)
    yield _fact("machine.measured", measured, language, known=at is not None)


def _fact(term: str, value: Sentence, language: Language, *, known: bool) -> Fact:
    return Fact(title=say(term, language), value=value, known=known)


def _megabytes(mb: float | None, language: Language) -> Sentence:
    if mb is None:
        return plain(say("machine.unknown", language))
    return plain(say("machine.mb", language, mb=max(1, round(mb))))


def _power(battery: Battery | None, language: Language) -> str:
    if battery is None:
        return say("machine.no_battery", language)
    term = "machine.battery" if battery.used else "machine.plugged"
    if battery.percent is None:
        return say(term, language)
    return say(f"{term}.percent", language, percent=battery.percent)


def _pace(snapshot: Snapshot, language: Language) -> Fact:
    seconds = round(snapshot.pace.interval.total_seconds())
    slow = snapshot.pace.slow
    term = "machine.pace.usual" if slow is None else f"pace.{slow}"
    said = say(term, language, span=span_text(seconds, page_words(language)))
    return _fact("machine.pace", plain(said), language, known=True)
