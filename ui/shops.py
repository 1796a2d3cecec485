"""Each shop's proof of quiet, and each channel's health, as they are shown."""

import base64
from datetime import datetime
from typing import TypedDict

from agent.cases import Outcome, Pause, QueueHealth
from agent.inbox import ShopHealth, ShopState
from agent.journal import ChannelHealth, DrillEnd, DrillNote
from agent.snapshot import ShownCode
from agent.words import Language
from ui.blindness import what_helps, why_blind
from ui.strip import strip_letters, strip_words
from ui.ticking import Sentence, clock_text, epoch_ms, plain
from ui.words import channel_title, say

_WORST_FIRST = (
    ShopState.BLIND,
    ShopState.PAUSED,
    ShopState.STARTING,
    ShopState.WAITING,
    ShopState.CALM,
)


class QueueView(TypedDict):
    """One queue of a shop: its name and its own proof."""

    title: str
    good: bool
    proof: Sentence


class CodeView(TypedDict):
    """A code to scan: its *picture* as a data address, "" while there is none to be shown.

    It is replaced at *fresh_until* at the latest; *number* counts the pictures.
    """

    picture: str
    fresh_until: int | None
    number: int


class ShopView(TypedDict):
    """One shop: *proof* is one line, *detail* says more, *help* is the button's text or empty.

    *resume* is the text of the button that ends a pause or a rest, or empty; *code* is what is to
    be scanned just now. *terminal* says how to sign in where there is no button to press. *strip*
    has a letter for each half hour of the last day (`ui.strip`), *record* says the same in words.
    *note* says what is being done about it, or why that did not work. *rules* says so where nobody
    has checked how the platform is read, or not all of it is; *doubt* says more.
    """

    shop_id: str
    name: str
    platform: str
    state: str
    proof: Sentence
    detail: str
    note: str
    help: str
    resume: str
    code: CodeView | None
    terminal: str
    strip: str
    record: str
    rules: str
    doubt: str
    queues: list[QueueView]


class ChannelView(TypedDict):
    """One road to the person; *failing* tells that *text* is why it does not arrive."""

    channel: str
    title: str
    text: Sentence
    failing: bool


def shop_views(shops: tuple[ShopHealth, ...], language: Language, now: datetime) -> list[ShopView]:
    """Return the *shops* that need somebody first, otherwise in the order given."""
    return [shop_view(shop, language, now) for shop in sorted(shops, key=_severity)]


def shop_view(health: ShopHealth, language: Language, now: datetime) -> ShopView:
    """Return one shop's proof of quiet at *now*; a number appears only while it is current."""
    blind = health.state is ShopState.BLIND
    resumes = health.paused is not None or health.rests_until is not None
    signs_in = blind and health.outcome is Outcome.SIGNED_OUT
    return ShopView(
        shop_id=health.shop.shop_id,
        name=health.shop.name,
        platform=health.platform_title,
        state=shown_state(health).value,
        proof=_proof(health, language, now),
        detail=health.detail,
        note=health.busy or health.failed or _rest(health, language, now),
        help=what_helps(health.outcome, health.gate, language) if blind else "",
        resume=say("shop.resume", language) if resumes else "",
        code=None if health.code is None else _code(health.code),
        strip=strip_letters(health.coverage),
        record=strip_words(health.coverage, language),
        terminal=say("terminal.sign_in", language, shop=health.shop.shop_id) if signs_in else "",
        rules=_rules(health, language),
        doubt=_doubt(health, language),
        queues=_queue_views(health, language),
    )


def shown_state(health: ShopHealth) -> ShopState:
    """Return the state to show: quiet that nobody confirmed is a shop still starting."""
    confirmed = health.pending is not None and health.confirmed_at is not None
    if health.state in {ShopState.CALM, ShopState.WAITING} and not confirmed:
        return ShopState.STARTING
    return health.state


def channel_view(health: ChannelHealth, language: Language) -> ChannelView:
    """Return when a channel last arrived, or why it does not."""
    title = channel_title(health.channel, language)
    if health.error:
        text = plain(say("channel.failed", language, channel=title, error=health.error))
    elif health.delivered_at is None:
        text = plain(say("channel.silent", language, channel=title))
    else:
        said = say("channel.delivered", language, channel=title)
        text = Sentence(text=said, at=epoch_ms(health.delivered_at))
    failing = bool(health.error)
    return ChannelView(channel=health.channel, title=title, text=text, failing=failing)


_DRILLS = {
    DrillEnd.PASSED: "drill.passed",
    DrillEnd.FAILED: "drill.failed",
    DrillEnd.SKIPPED: "drill.skipped",
    DrillEnd.BROKEN: "drill.broken",
}


def drill_view(note: DrillNote | None, language: Language) -> list[ChannelView]:
    """Return how the last drill ended, beside the channels; nothing if there was none."""
    if note is None:
        return []
    text = Sentence(text=say(_DRILLS[note.end], language), at=epoch_ms(note.at))
    failing = note.end is DrillEnd.FAILED
    return [ChannelView(channel="@drill", title=say("drill", language), text=text, failing=failing)]


def _rules(health: ShopHealth, language: Language) -> str:
    unproven = say("rules.unproven", language) if health.unproven else ""
    gaps = say("rules.gaps", language, count=len(health.unseen)) if health.unseen else ""
    return " · ".join(filter(None, (unproven, gaps)))


def _doubt(health: ShopHealth, language: Language) -> str:
    """Say what no calm holds for: rules that nobody checked, lists that are not read."""
    lists = say("rules.and", language).join(health.unseen)
    unproven = say("rules.unproven_title", language) if health.unproven else ""
    unseen = say("rules.unseen", language, lists=lists) if lists else ""
    return "\n".join(filter(None, (unproven, unseen)))


def _severity(health: ShopHealth) -> int:
    return _WORST_FIRST.index(shown_state(health))


def _code(code: ShownCode) -> CodeView:
    picture = base64.b64encode(code.picture).decode("ascii")
    return CodeView(
        picture=f"data:image/png;base64,{picture}" if picture else "",
        fresh_until=None if code.fresh_until is None else epoch_ms(code.fresh_until),
        number=code.number,
    )


def _rest(health: ShopHealth, language: Language, now: datetime) -> str:
    if health.rests_until is None:
        return ""
    until = clock_text(epoch_ms(health.rests_until), epoch_ms(now))
    return say("shop.rests", language, until=until)


def _paused(pause: Pause, language: Language, now: datetime) -> Sentence:
    since = epoch_ms(pause.since)
    if pause.until is None:
        return Sentence(text=say("proof.paused.open", language), at=since)
    until = clock_text(epoch_ms(pause.until), epoch_ms(now))
    return Sentence(text=say("proof.paused", language, until=until), at=since)


def _proof(health: ShopHealth, language: Language, now: datetime) -> Sentence:
    if health.paused is not None:
        return _paused(health.paused, language, now)
    if health.state is ShopState.STARTING:
        again = health.confirmed_at is not None
        return plain(say("proof.again" if again else "proof.starting", language))
    if health.state is ShopState.BLIND:
        why = why_blind(health.outcome, health.gate, language)
        return _unseen(health.confirmed_at, why, language)
    if health.confirmed_at is None or health.pending is None:
        return plain(say("proof.unconfirmed", language))
    return _confirmed(health.pending, epoch_ms(health.confirmed_at), language)


def _confirmed(pending: int, at: int, language: Language) -> Sentence:
    said = say("proof.waiting" if pending else "proof.calm", language, pending=pending)
    return Sentence(text=said, at=at)


def _unseen(confirmed_at: datetime | None, why: str, language: Language) -> Sentence:
    if confirmed_at is None:
        return plain(say("proof.never", language, why=why))
    return Sentence(text=say("proof.blind", language, why=why), at=epoch_ms(confirmed_at))


def _queue_views(health: ShopHealth, language: Language) -> list[QueueView]:
    blind = health.state in {ShopState.BLIND, ShopState.PAUSED}
    proofs = [_queue_proof(queue, language, blind_shop=blind) for queue in health.queues]
    return [
        QueueView(title=queue.title or queue.queue, good=good, proof=proof)
        for queue, (good, proof) in zip(health.queues, proofs, strict=True)
    ]


def _queue_proof(
    queue: QueueHealth, language: Language, *, blind_shop: bool
) -> tuple[bool, Sentence]:
    """Return whether *queue* was seen, and its proof; in a blind shop it shows no number."""
    if queue.outcome is not None and not queue.outcome.complete:
        why = why_blind(queue.outcome, queue.gate, language)
        return False, _unseen(queue.confirmed_at, why, language)
    if queue.confirmed_at is None or queue.pending is None:
        return False, plain(say("proof.unconfirmed", language))
    at = epoch_ms(queue.confirmed_at)
    if blind_shop:
        return True, Sentence(text=say("proof.seen", language), at=at)
    return True, _confirmed(queue.pending, at, language)
