"""Everything a face shows at one moment, as plain data made from a snapshot."""

from typing import Literal, TypedDict

from agent.cases import Tier
from agent.cases.handing import Lost
from agent.inbox import ShopState, Snapshot
from agent.pace import Slow
from agent.words import Language
from agent.words import say as say_trade
from ui.controls import HUSH_MINUTES, DrillView, hushed_until, trial_view
from ui.duty import DutyView, duty_view
from ui.ended import EndedView, ended_view
from ui.health import HealthView, health_view
from ui.listing import Listing, Tally
from ui.rows import RowView
from ui.shops import ChannelView, ShopView, channel_view, drill_view, shop_views
from ui.ticking import Sentence, age_text, clock_text, epoch_ms, plain, span_text
from ui.words import page_words, say

State = Literal["empty", "starting", "calm", "handled", "waiting", "urgent", "blind", "paused"]

_PAUSE_MINUTES = (30, 60, 120, 480)
_SNOOZE_MINUTES = (10, 30, 60, 180)
"""What a person can choose; the agent ends a snooze earlier where a deadline asks for it."""


class Total(TypedDict):
    """One counter; *shown* is never a plain number while some shop is out of sight."""

    key: str
    text: str
    count: int
    shown: str
    title: str


class Hero(TypedDict):
    """What matters most: a case by its number, or a shop out of sight by its id."""

    number: int | None
    shop_id: str | None


class Trouble(TypedDict):
    """What else is wrong beside the headline."""

    kind: Literal["blind", "paused", "muted", "hushed", "away", "journal", "person", "channel"]
    text: str


class Choice(TypedDict):
    """One length of a snooze or a pause; 0 minutes have no end."""

    minutes: int
    text: str


class View(TypedDict):
    """What faces show; *resolved* are the numbers that left because the platform is done.

    *ended* shows those of them that were tickets; *readings* are how the rows' characters are read.
    *pace* says why lists are read less often just now, "" if they are not. *hushed* is until when
    nothing at all rings, *trial* the drill that a person began here, *health* what a page adds.
    """

    language: Language
    taken_at: int
    state: State
    headline: str
    subline: Sentence
    warnings: list[Trouble]
    totals: list[Total]
    hero: Hero | None
    rows: list[RowView]
    resolved: list[int]
    ended: list[EndedView]
    readings: dict[str, str]
    shops: list[ShopView]
    channels: list[ChannelView]
    snoozes: list[Choice]
    pauses: list[Choice]
    hushes: list[Choice]
    hushed: int | None
    trial: DrillView | None
    duty: DutyView | None
    all_paused: bool
    pace: str
    health: HealthView
    words: dict[str, str]


def present(snapshot: Snapshot, language: Language, listing: Listing | None = None) -> View:
    """Return *snapshot* as data for every face, in *language*; *listing* keeps a face's rows.

    The result holds only what JSON holds. Times are epoch milliseconds, so that a face lets ages
    and countdowns tick by itself.
    """
    listed = (listing or Listing(language)).at(snapshot.rows, snapshot.taken_at)
    tally = listed.tally
    shops = shop_views(snapshot.shops, language, snapshot.taken_at)
    channels = [channel_view(channel, language) for channel in snapshot.channels]
    state = _state(tally, shops)
    return View(
        language=language,
        taken_at=epoch_ms(snapshot.taken_at),
        state=state,
        headline=_headline(state, tally, shops, language),
        subline=_subline(state, tally, snapshot, shops, language),
        warnings=[
            *_notes(snapshot),
            *_silenced(snapshot, language),
            *_left(snapshot, language),
            *_warnings(state, shops, channels, language),
        ],
        totals=_totals(tally, shops, language),
        hero=_hero(state, tally, shops),
        rows=listed.rows,
        resolved=[case.number for case in snapshot.resolved],
        ended=ended_view(snapshot, language),
        readings=listed.readings,
        shops=shops,
        channels=[*channels, *drill_view(snapshot.drill, language)],
        snoozes=_choices(_SNOOZE_MINUTES, language),
        pauses=[
            *_choices(_PAUSE_MINUTES, language),
            Choice(minutes=0, text=say("pause.open", language)),
        ],
        hushes=_choices(HUSH_MINUTES, language),
        hushed=hushed_until(snapshot),
        trial=trial_view(snapshot.trial, language),
        duty=duty_view(snapshot.duty, language, epoch_ms(snapshot.taken_at)),
        all_paused=_all_paused(shops),
        pace=_pace(snapshot, language),
        health=health_view(snapshot, language),
        words=page_words(language),
    )


def _state(tally: Tally, shops: list[ShopView]) -> State:
    """Name the whole in one word: what money hangs on first, then what is not known."""
    states = {shop["state"] for shop in shops}
    found: tuple[tuple[bool, State], ...] = (
        (not shops and not tally.rows, "empty"),
        (tally.urgent > 0, "urgent"),
        (ShopState.BLIND in states, "blind"),
        (_all_paused(shops), "paused"),
        (tally.loud > 0, "waiting"),
        (ShopState.PAUSED in states, "paused"),
        (ShopState.STARTING in states, "starting"),
        (tally.cases > 0, "handled"),
    )
    return next((state for applies, state in found if applies), "calm")


def _all_paused(shops: list[ShopView]) -> bool:
    return bool(shops) and _count(shops, ShopState.PAUSED) == len(shops)


def _count(shops: list[ShopView], *states: ShopState) -> int:
    return sum(shop["state"] in states for shop in shops)


def _headline(state: State, tally: Tally, shops: list[ShopView], language: Language) -> str:
    counted = {"urgent": tally.urgent, "waiting": tally.loud, "handled": tally.cases}
    cases = counted.get(state, 0)
    if _all_paused(shops) and state == "paused":
        return say("state.paused.all", language)
    blind, paused = _count(shops, ShopState.BLIND), _count(shops, ShopState.PAUSED)
    return say(f"state.{state}", language, cases=cases, shops=blind, paused=paused)


def _subline(
    state: State,
    tally: Tally,
    snapshot: Snapshot,
    shops: list[ShopView],
    language: Language,
) -> Sentence:
    if state in {"urgent", "waiting"}:
        more = state == "urgent" and tally.loud > tally.urgent
        return plain(say("state.more", language, cases=tally.loud) if more else "")
    if state in {"calm", "handled"}:
        confirmed = [shop.confirmed_at for shop in snapshot.shops if shop.confirmed_at is not None]
        said = say("state.calm.next", language, shops=len(shops))
        return Sentence(text=said, at=epoch_ms(min(confirmed))) if confirmed else plain("")
    unread = _count(shops, ShopState.STARTING)
    return plain(say(f"state.{state}.next", language, shops=unread))


def _notes(snapshot: Snapshot) -> list[Trouble]:
    """Return what became of the cases in a sleep just over, and what became of the records."""
    away = [Trouble(kind="away", text=snapshot.away)] if snapshot.away else []
    return [*away, *([Trouble(kind="journal", text=snapshot.trouble)] if snapshot.trouble else [])]


def _silenced(snapshot: Snapshot, language: Language) -> list[Trouble]:
    """Return what people silenced, and until when: quiet for that reason must look like it."""
    names = {one.shop.shop_id: one.shop.name for one in snapshot.shops}
    now = epoch_ms(snapshot.taken_at)
    return [
        Trouble(
            kind="hushed" if mute.whole else "muted",
            text=say(
                "warning.hushed" if mute.whole else "warning.muted",
                language,
                shop=names.get(shop, say("warning.all", language)),
                until=clock_text(epoch_ms(mute.until), now),
            ),
        )
        for shop, mute in snapshot.mutes.items()
    ]


def _left(snapshot: Snapshot, language: Language) -> list[Trouble]:
    """Tell of cases that were given to people who are no longer of the roster."""
    names = [row.case.person for row in snapshot.rows if row.lost is Lost.LEFT]
    if not names:
        return []
    people = say("settings.and", language).join(dict.fromkeys(names))
    text = say("warning.left", language, people=people, count=len(names))
    return [Trouble(kind="person", text=text)]


def _warnings(
    state: State, shops: list[ShopView], channels: list[ChannelView], language: Language
) -> list[Trouble]:
    blind = _count(shops, ShopState.BLIND)
    unseen = say("warning.blind", language, shops=blind)
    paused = _count(shops, ShopState.PAUSED)
    resting = say("warning.paused", language, shops=paused)
    failing = [
        say("warning.channel", language, channel=channel["title"])
        for channel in channels
        if channel["failing"]
    ]
    return [
        *([Trouble(kind="blind", text=unseen)] if blind and state != "blind" else []),
        *([Trouble(kind="paused", text=resting)] if paused and state != "paused" else []),
        *(Trouble(kind="channel", text=text) for text in failing),
    ]


def _totals(tally: Tally, shops: list[ShopView], language: Language) -> list[Total]:
    known = not _count(shops, ShopState.BLIND, ShopState.PAUSED, ShopState.STARTING)
    counted = [
        _total(tier, tally.by_tier[tier.name.lower()], language, known=known)
        for tier in sorted(Tier, reverse=True)
    ]
    blind = _count(shops, ShopState.BLIND)
    title = say("total.shops", language, count=blind)
    text = say("total.outage", language)
    return [*counted, Total(key="outage", text=text, count=blind, shown=str(blind), title=title)]


def _total(tier: Tier, count: int, language: Language, *, known: bool) -> Total:
    text = say_trade(f"tier.{tier.name.lower()}", language)
    at_least = f"{count}+" if count else "?"
    return Total(
        key=tier.name.lower(),
        text=text,
        count=count,
        shown=str(count) if known else at_least,
        title=say("total.known" if known else "total.unknown", language, text=text, count=count),
    )


def _hero(state: State, tally: Tally, shops: list[ShopView]) -> Hero | None:
    """Choose what stands in large letters: the first that nobody took, or the first unseen shop."""
    if state == "blind":
        return Hero(number=None, shop_id=shops[0]["shop_id"])
    if state == "paused":
        paused = next(shop for shop in shops if shop["state"] == ShopState.PAUSED)
        return Hero(number=None, shop_id=paused["shop_id"])
    return None if tally.first is None else Hero(number=tally.first, shop_id=None)


def _choices(lengths: tuple[int, ...], language: Language) -> list[Choice]:
    words = page_words(language)
    return [Choice(minutes=minutes, text=age_text(minutes * 60_000, words)) for minutes in lengths]


def _pace(snapshot: Snapshot, language: Language) -> str:
    slow = snapshot.pace.slow
    if slow is None:
        return ""
    seconds = round(snapshot.pace.interval.total_seconds())
    term = "pace.night" if slow is Slow.NIGHT else "pace.travel"
    return say(term, language, span=span_text(seconds, page_words(language)))
