"""What a notice says: who calls, how long is left, what happens then.

A notification lies open on the screen and goes to other devices: of a person's name it says one
character, and the page's words are masked.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from agent.cases import Alert, Band, Case, CaseKey, Kind, Reason, Shop, Tier
from agent.cases.away import Away
from agent.cases.drill import DRILL_QUEUE, is_drill
from agent.cases.line import THIS_COMPUTER
from agent.channels.channel import Mention, Notice, Words
from agent.log import mask, masked_name
from agent.words import Language, gate_words, next_step, say

_MINUTE = timedelta(minutes=1)
_MOST_LINES = 5
_MOST_MASKED_LINES = 10
_LONGEST_WORDS = 40
"""Characters that a page may add to a line, which stays one."""
_FARTHEST_READ = 1_000
"""Characters of a page's words that are looked at, so that none is cut before it is masked."""


def notice_for(
    alerts: Sequence[tuple[Alert, Case]],
    shops: Mapping[str, Shop],
    now: datetime,
    language: Language,
    *,
    digest: bool = False,
    found: Collection[CaseKey] = (),
) -> Notice:
    """Return one notice for *alerts* (at least one), the loudest and latest first.

    A *digest* of several says that it is one: more than a person can take came in a minute; so
    does the first look at a list, which *found* all that stood there before.
    """
    ranked = sorted(alerts, key=lambda pair: _urgency(*pair))
    first, case = ranked[0]
    lines = [_line(alert, case, shops, now, language) for alert, case in ranked]
    if len(ranked) == 1:
        title = _title(first, case, shops, language)
        lines = [_details(first, case, now, language)]
    else:
        title = _title_of_many(ranked, now, language, found)
        if len(lines) > _MOST_LINES:
            rest = say("notice.rest", language, count=len(lines) - _MOST_LINES)
            lines = [*lines[:_MOST_LINES], rest]
        lines += _about_found(ranked, found, language)
    if digest and len(ranked) > 1:
        lines.append(say("notice.digest", language))
    words = Words(title, tuple(filter(None, lines)))
    masked = _masked(ranked, shops, now, language, found)
    if is_drill(case.key):
        words, masked = (_as_drill(each, language) for each in (words, masked))
    return Notice(
        tier=max(alert.tier for alert, _ in ranked),
        title=words.title,
        lines=words.lines,
        repeat=all(alert.reason is Reason.REPEAT for alert, _ in ranked),
        masked=masked,
        cases=tuple(_mention(alert, case) for alert, case in ranked),
        people=tuple(dict.fromkeys(name for alert, _ in ranked for name in alert.people)),
    )


def _as_drill(words: Words, language: Language) -> Words:
    """Return *words* marked, first and last, as those of a drill, so that nobody runs."""
    title = say("drill.title", language, title=words.title)
    return Words(title, (*words.lines, say("drill.nothing_to_do", language)))


def _masked(
    ranked: Sequence[tuple[Alert, Case]],
    shops: Mapping[str, Shop],
    now: datetime,
    language: Language,
    found: Collection[CaseKey],
) -> Words:
    """Return what may leave the machine: the shop's short name, the kind, the time, the number."""
    first, case = ranked[0]
    tier = say(f"tier.{first.tier.name.lower()}", language)
    if len(ranked) == 1:
        title = f"{tier} · {_alias(case, shops)} · {_kind(case, language)}"
        return Words(title, (_bare(first, case, now, language),))
    lines = [
        f"{_alias(case, shops)} · {_kind(case, language)} · {_bare(alert, case, now, language)}"
        for alert, case in ranked[:_MOST_MASKED_LINES]
    ]
    if len(ranked) > len(lines):
        lines.append(say("notice.rest", language, count=len(ranked) - len(lines)))
    return Words(_title_of_many(ranked, now, language, found), tuple(lines))


def _about_found(
    ranked: Sequence[tuple[Alert, Case]], found: Collection[CaseKey], language: Language
) -> Iterator[str]:
    """Say how many stood there before the first look, and how one takes all of a shop in hand."""
    count = sum(case.key in found for _, case in ranked)
    shops = {case.key.shop for _, case in ranked}
    if 0 < count < len(ranked):
        yield say("notice.first_some", language, count=count)
    elif count and len(shops) == 1:
        yield say("notice.take_all", language, shop=shops.pop())


def _title_of_many(
    ranked: Sequence[tuple[Alert, Case]],
    now: datetime,
    language: Language,
    found: Collection[CaseKey],
) -> str:
    """Say how many there are, and how long the first of them has."""
    tier = say(f"tier.{ranked[0][0].tier.name.lower()}", language)
    is_first = all(case.key in found for _, case in ranked)
    term = "notice.first" if is_first else "notice.many"
    title = say(term, language, tier=tier, count=len(ranked))
    lefts = [left for _, case in ranked if (left := case.time_left(now)) is not None]
    if not lefts:
        return title
    soonest = min(lefts)
    if soonest <= timedelta(0):
        return say("notice.overdue", language, title=title)
    whole = soonest - soonest % _MINUTE if soonest > _MINUTE else soonest
    return say("notice.soonest", language, title=title, left=spell_short(whole, language))


def _bare(alert: Alert, case: Case, now: datetime, language: Language) -> str:
    """Return of the details those that are ours: why, how long, and the number to type."""
    if case.latest.kind is Kind.OUTAGE:
        return _help(alert, case, language)
    said = (
        _for_whom(alert, language),
        say(f"reason.{alert.reason.value}", language),
        _time(alert, case, now, language),
        f"#{case.number}" if case.number else "",
    )
    return " · ".join(filter(None, said))


def _for_whom(alert: Alert, language: Language) -> str:
    people = "、".join(alert.people)
    return say("notice.people", language, people=people) if people else ""


def _help(alert: Alert, case: Case, language: Language) -> str:
    """Return what helps where a shop cannot be seen, and whom it calls."""
    latest = case.latest
    said = (_for_whom(alert, language), next_step(latest.status, latest.tags, language))
    return " · ".join(filter(None, said))


def _mention(alert: Alert, case: Case) -> Mention:
    latest = case.latest
    return Mention(
        number=case.number,
        shop=case.key.shop,
        kind=latest.kind,
        tier=alert.tier,
        reason=alert.reason,
        respond_by=latest.respond_by,
        band=alert.band,
        asked_at=alert.asked_at,
    )


def _urgency(alert: Alert, case: Case) -> tuple[int, int, float]:
    limit = case.latest.respond_by
    return -alert.tier, -alert.band, float("inf") if limit is None else limit.timestamp()


def _title(alert: Alert, case: Case, shops: Mapping[str, Shop], language: Language) -> str:
    tier = say(f"tier.{alert.tier.name.lower()}", language)
    return f"{tier} · {_shop(case, shops)} · {_kind(case, language)}"


def _line(
    alert: Alert, case: Case, shops: Mapping[str, Shop], now: datetime, language: Language
) -> str:
    details = _details(alert, case, now, language)
    return " · ".join(filter(None, (_shop(case, shops), _kind(case, language), details)))


def _details(alert: Alert, case: Case, now: datetime, language: Language) -> str:
    if case.latest.kind is Kind.OUTAGE:
        return _help(alert, case, language)
    latest = case.latest
    said = (
        _for_whom(alert, language),
        f"#{case.number}" if case.number else "",
        say(f"reason.{alert.reason.value}", language),
        _limit(alert, case, now, language),
        "" if latest.amount is None else f"¥{latest.amount / 100:.2f}",
        masked_name(latest.buyer.strip()),
        _of_the_page(latest.reason, latest.buyer),
    )
    return " · ".join(filter(None, said))


def _limit(alert: Alert, case: Case, now: datetime, language: Language) -> str:
    text = _time(alert, case, now, language)
    if not text or _is_up(alert, case, now):
        return text
    then = _of_the_page(case.latest.consequence, case.latest.buyer)
    return say("time.then", language, left=text, then=then) if then else text


def _time(alert: Alert, case: Case, now: datetime, language: Language) -> str:
    left = case.time_left(now)
    if left is None:
        return ""
    if _is_up(alert, case, now):
        return say("time.expired", language)
    return say("time.left", language, left=spell(left, language))


def _is_up(alert: Alert, case: Case, now: datetime) -> bool:
    left = case.time_left(now)
    return left is not None and (alert.band is Band.EXPIRED or left <= timedelta(0))


def _of_the_page(words: str, buyer: str) -> str:
    """Return *words* of a page as they may leave: on one line, cut, without who it is about."""
    line = " ".join(words[:_FARTHEST_READ].split())
    name = buyer.strip()
    if len(name) > 1:
        line = line.replace(name, masked_name(name))
    return mask(line)[:_LONGEST_WORDS]


def spell(left: timedelta, language: Language) -> str:
    """Return *left* as people say it, in its two largest units: "2 天 9 小时", "21 分 5 秒"."""
    seconds = max(0, int(left.total_seconds()))
    parts: list[str] = []
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        amount, seconds = divmod(seconds, size)
        if amount or parts:
            parts.append(f"{amount} {say(f'time.{unit}', language)}")
    return " ".join(parts[:2]) or f"0 {say('time.second', language)}"


def plain_notice(text: str) -> Notice:
    """Return *text* as something to read that asks for nothing."""
    return Notice(tier=Tier.NORMAL, title=text, quiet=True)


def away_text(away: Away, language: Language) -> str:
    """Say how long nobody watched, and what became of the cases meanwhile."""
    counted = (
        (away.expired, "away.expired", ""),
        *(
            (count, "away.entered", spell_short(step, language))
            for step, count in away.entered.items()
        ),
        (away.opened, "away.opened", ""),
        (away.ended, "away.ended", ""),
    )
    told = [say(term, language, count=n, step=step) for n, term, step in counted if n]
    said, lasted = say("away.and", language).join(told), spell_short(away.lasted, language)
    unread = say("away.unread", language, count=away.unread) if away.unread else ""
    return say("away.some" if told else "away.none", language, lasted=lasted, said=said) + unread


def spell_short(span: timedelta, language: Language) -> str:
    """Spell *span* as `spell` does, without what is nought: "4 小时"."""
    said = spell(span, language)
    for unit in ("second", "minute", "hour"):
        said = said.removesuffix(f" 0 {say(f'time.{unit}', language)}")
    return said


def _shop(case: Case, shops: Mapping[str, Shop]) -> str:
    shop = shops.get(case.key.shop)
    return case.key.shop if shop is None else shop.name


def _alias(case: Case, shops: Mapping[str, Shop]) -> str:
    """Return the owner's short name for the shop; only the computer itself goes by its own."""
    return _shop(case, shops) if case.key.shop == THIS_COMPUTER.shop_id else case.key.shop


def _kind(case: Case, language: Language) -> str:
    if case.latest.kind is Kind.OUTAGE:
        gates = (gate_words(gate, language) for gate in case.latest.tags)
        return next(filter(None, gates), say(f"outcome.{case.latest.status}", language))
    if case.key.queue == DRILL_QUEUE and not is_drill(case.key):
        return say("drill.unreached", language)
    return say(f"kind.{case.latest.kind.value}", language)
