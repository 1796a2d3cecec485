"""One case that somebody opened: everything known of it, and what became of it, as plain data."""

from collections.abc import Iterator
from datetime import datetime
from typing import TypedDict

from agent.cases import Case, Kind, Mood
from agent.cases.put_off import Length, PutOff
from agent.log import masked_name
from agent.snapshot import Dossier
from agent.words import Language
from agent.words import say as say_trade
from ui.past import PastView, past_view
from ui.rows import RowView, row_view, whose_text
from ui.ticking import Sentence, age_text, clock_text, epoch_ms
from ui.why import why_lines
from ui.words import page_words, say


class LengthView(TypedDict):
    """For how long it may be put off; *note* says why not for longer, or is ""."""

    minutes: int
    text: str
    note: str


class MomentView(TypedDict):
    """When something was, under the *label* of the page's own words."""

    label: str
    said: Sentence


class CaseView(TypedDict):
    """Everything of one case; texts from a page stay data.

    *row* is as in the list, *buyer* the name that is masked; *about* is what was guessed from the
    words. *assigned* says whose it is, *moments* since when it is so, *why* the grounds for its
    tier; *ended* tells since when it is over, None while it is open.
    """

    row: RowView
    ticket: str
    buyer: str
    about: str
    stage: str
    tags: list[str]
    assigned: str
    moments: list[MomentView]
    why: list[str]
    put_offs: list[LengthView]
    ended: Sentence | None
    past: PastView


def case_view(dossier: Dossier, language: Language) -> CaseView:
    """Return *dossier* as faces show it, in *language*; the result holds only what JSON holds."""
    row, now = dossier.row, dossier.taken_at
    case, latest = row.case, row.case.latest
    return CaseView(
        row=row_view(row, language, now),
        ticket="" if latest.kind is Kind.OUTAGE else case.key.case_id,
        buyer=masked_name(latest.buyer),
        about=_about(case, language),
        stage=say(f"stage.{latest.stage}", language),
        tags=[] if latest.kind is Kind.OUTAGE else [*latest.tags],
        assigned=whose_text(row, language),
        moments=list(_moments(case, language)),
        why=list(why_lines(case, dossier.grounds, language)) if case.is_open else [],
        put_offs=[_length(one, now, language) for one in dossier.put_offs] if case.is_open else [],
        ended=_since("case.ended", case.resolved_at, language) if case.resolved_at else None,
        past=past_view(dossier.past, now, language),
    )


def _about(case: Case, language: Language) -> str:
    """Say what it is about and how the buyer sounds, as far as that was guessed."""
    topics = (say_trade(f"topic.{topic}", language) for topic in sorted(case.topics))
    mood = [] if case.mood is Mood.PLAIN else [say_trade(f"mood.{case.mood}", language)]
    return say("past.list", language).join([*topics, *mood])


def _moments(case: Case, language: Language) -> Iterator[MomentView]:
    first = case.first_seen_at
    seen = {
        "fact_asked": case.asked_at,
        "fact_opened": case.latest.opened_at,
        "fact_first": first if first != case.asked_at else None,
        "fact_last": case.last_seen_at,
    }
    for label, at in seen.items():
        if at is not None:
            yield MomentView(label=label, said=_since("case.moment", at, language))


def _since(term: str, at: datetime, language: Language) -> Sentence:
    return Sentence(text=say(term, language), at=epoch_ms(at))


def _length(choice: PutOff, now: datetime, language: Language) -> LengthView:
    until = clock_text(epoch_ms(choice.until), epoch_ms(now))
    if choice.length is Length.SPAN:
        text = age_text(choice.minutes * 60_000, page_words(language))
        return LengthView(minutes=choice.minutes, text=text, note="")
    if choice.length is Length.MORNING:
        text = say("case.until", language, until=until)
        return LengthView(minutes=choice.minutes, text=text, note="")
    note = say("case.clipped", language, until=until)
    return LengthView(
        minutes=choice.minutes, text=say("case.at_most", language, until=until), note=note
    )
