"""`geshao policy explain`: why a case is as urgent as it is, and what happens next, and when."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from agent.cases import (
    Alert,
    Case,
    Delivery,
    Mute,
    Policy,
    Reason,
    Stage,
    Standing,
    Tier,
    is_quiet,
    mutes_at,
    standing,
    waits_for_morning,
)
from agent.cases.drill import UNREACHED_KEY
from agent.cases.forecast import news
from agent.cases.grounds import grounds
from agent.cases.handing import lost
from agent.cases.ringing import snooze_end
from agent.cases.triage import as_asked
from agent.channels.wording import spell_short
from agent.clock import SystemClock
from agent.commands.act import CaseArgument
from agent.commands.beside import opened_beside
from agent.commands.duty import duty_lines
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import tell
from agent.config.channels import OWN_CHANNELS
from agent.words import say
from ui.past import way_words
from ui.plaintext import harmless
from ui.ticking import clock_text, epoch_ms
from ui.why import tier_words, why_lines
from ui.words import say as say_face

_MOST_NEWS = 6
_OFTEN = 99
"""Repeats after which no gap grows any more."""


def explain(case: CaseArgument, *, config: ConfigOption = None, data: DataOption = None) -> None:
    """Say why a case is at its tier, who was told, and what will ring when."""
    with opened_beside(Places.of(config, data)) as beside:
        found = beside.journal.find(case)
        last = beside.journal.last_alerts().get(found.key)
        carried = beside.journal.deliveries_of(found.key)
        policy, mutes = beside.settings.to_policy(), beside.journal.mutes()
        asked = found
        if found.key != UNREACHED_KEY:  # the names of roads are no buyer's words
            asked = as_asked(found, policy, beside.settings.triage.to_lexicon())
    now = SystemClock().now()
    lines = explained(asked, last, policy, now, carried)
    tell("\n".join([*lines, *_silenced(found, mutes, now)]))


def explained(
    case: Case,
    last: Alert | None,
    policy: Policy,
    now: datetime,
    carried: Sequence[Delivery] = (),
) -> Iterator[str]:
    """Yield the lines that explain *case* under *policy*.

    *last* is what rang last for it, *carried* are all messages about it.
    """
    at, key = standing(case, policy, now), case.key
    kind = say(f"kind.{case.latest.kind.value}")
    yield harmless(f"#{case.number} {key.shop} · {kind} · {key.case_id}")
    yield f"现在：{_tier(at.tier)}，{_limit(at, now)}"
    yield "为什么："
    why = why_lines(case, grounds(case, policy, now), "zh")
    yield from (f"  · {harmless(line)}" for line in why)
    yield f"响过：{_rung(last, now)}"
    yield from (f"  · {line}" for line in _steps(case, carried, now))
    yield f"处理：{_hand(case, policy, now)}"
    yield from duty_lines(policy.at(key), now)
    yield "接下来（没有变化、也没有人动它的话）："
    coming = news(case, last, policy, now, _MOST_NEWS) if case.is_open else []
    yield from (f"  · {_coming(alert, policy, now)}" for alert in coming)
    if not coming:
        yield "  · 不会再响"


def _silenced(case: Case, mutes: Mapping[str, Mute], now: datetime) -> Iterator[str]:
    for mute in mutes_at(mutes, case.key.shop, now):
        but = "什么都不响" if mute.whole else "只响平台时限的最后一步"
        yield f"⚠ 静音中：到 {_clock(mute.until, now)} 为止{but}"


def _limit(at: Standing, now: datetime) -> str:
    if at.due_at is None:
        return "没有时限"
    whose = "您自己定的时间" if at.own_target else "平台时限"
    left = at.due_at - now
    said = "已经过了" if left <= timedelta(0) else f"还剩 {_span(left)}"
    return f"{whose} {_clock(at.due_at, now)}，{said}"


def _rung(last: Alert | None, now: datetime) -> str:
    if last is None:
        return "还没有"
    reason = say(f"reason.{last.reason.value}")
    return f"{_clock(last.raised_at, now)} {_tier(last.tier)}（{reason}），{_roads(last)}"


def _steps(case: Case, carried: Sequence[Delivery], now: datetime) -> Iterator[str]:
    """Yield what was tried in this round, step by step, with what became of each message."""
    steps: dict[int, list[Delivery]] = {}
    for one in carried:
        if one.alert.asked_at == case.asked_at and one.alert.reason is not Reason.REPEAT:
            steps.setdefault(one.alert.alert_id, []).append(one)
    for ways in steps.values() if len(steps) > 1 else ():
        alert = ways[0].alert
        reason = say(f"reason.{alert.reason.value}")
        each = "、".join(way_words(_road(way.channel), way.state, "zh") for way in ways)
        whom = f"，找 {'、'.join(alert.people)}" if alert.people else ""
        yield harmless(f"{_clock(alert.raised_at, now)} {reason}：{each}{whom}")


def _hand(case: Case, policy: Policy, now: datetime) -> str:
    if not case.is_open:
        return "已经结束，不再响"
    if case.latest.stage is not Stage.MERCHANT:
        return "轮到别人，不响"
    quiet, end = is_quiet(case, policy, now), snooze_end(case, policy)
    if end is not None and quiet:
        return f"推迟到 {_clock(end, now)}"
    if case.acknowledged_at is not None and case.acknowledged_tier is not None:
        given = f"{_clock(case.acknowledged_at, now)} 起由您处理"
        return given if quiet else f"{given}，但现在更急或更晚了，会再响"
    morning = "，安静时段里先不响" if waits_for_morning(case, policy, now) else ""
    whose = policy.at(case.key).during(now).assigned(case)
    why = lost(case, policy, now)
    gone = f"（{say_face(f'row.{why}', person=case.person)}）" if why else ""
    return harmless(f"还没有人接手{f'，归 {whose}' if whose else ''}{gone}{morning}")


def _coming(alert: Alert, policy: Policy, now: datetime) -> str:
    loudness = policy.at(alert.key).during(alert.raised_at).loudness[alert.tier]
    gap = loudness.gap(alert.repeat - 1, alert.band)
    if alert.reason is Reason.REPEAT and gap is not None:
        longest = loudness.gap(_OFTEN, alert.band) or gap
        slower = f"，间隔渐长到 {_span(longest)}" if longest > gap else ""
        return f"　隔 {_span(gap)} 再响{slower}：{_roads(alert)}"
    reason = say(f"reason.{alert.reason.value}")
    when = "马上" if alert.raised_at <= now else _clock(alert.raised_at, now)
    return f"{when} {_tier(alert.tier)}（{reason}），{_roads(alert)}"


def _roads(alert: Alert) -> str:
    roads = "、".join(map(_road, alert.channels)) or "没有通道"
    return f"{roads}，找 {'、'.join(alert.people)}" if alert.people else roads


def _road(name: str) -> str:
    return OWN_CHANNELS.get(name, name)


def _tier(tier: Tier) -> str:
    return tier_words(tier, "zh")


def _span(span: timedelta) -> str:
    return spell_short(span, "zh")


def _clock(at: datetime, now: datetime) -> str:
    return clock_text(epoch_ms(at), epoch_ms(now))
