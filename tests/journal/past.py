"""A journal's whole life as one story, told anew or read from the file of an older version.

Whoever raises the version of the tables stores the file of the one before first, with the code
that really writes it: `python -m tests.journal.past` does so for today's. A file once stored never
changes; what no older version could be told goes into a step of the story of its own.
"""

import re
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from agent.cases import (
    EVERY_SHOP,
    Band,
    Case,
    DeliveryState,
    Glance,
    Kind,
    Mood,
    Mute,
    Outcome,
    Pause,
    QueueHealth,
    Reason,
    Stage,
    Tier,
    Topic,
    Why,
)
from agent.cases.handing import handed
from agent.journal import DrillEnd, DrillNote, Journal
from agent.journal.upgrade import STEPS
from tests.journal.samples import HOUR, MINUTE, a_key, alert_for, asked_again, opened, resolved
from tests.mothers import NOON, a_case

TODAY = 1 + len(STEPS)
HERE = Path(__file__).parent
OTHER = "mudan"
PAUSES_SINCE, COVERAGE_SINCE, ALARMS_SINCE, PERSONS_SINCE = 2, 3, 4, 5
"""The first versions that could tell of them."""

FIRST = "version_1.sql"
"""Older than the story: it holds one case and what hangs on it."""

_NAMED = re.compile(r"version_(\d+)(?:_story)?\.sql")
_DAY = timedelta(days=1)


def stored() -> dict[str, int]:
    """Return the files of older versions by name, each with its version."""
    found = {path.name: _NAMED.fullmatch(path.name) for path in sorted(HERE.glob("*.sql"))}
    return {name: int(match[1]) for name, match in found.items() if match}


def told(journal: Journal, version: int) -> None:
    """Tell *journal* the story as far as *version* could keep it."""
    _cases(journal)
    _acts(journal)
    _alerts(journal)
    if version >= PAUSES_SINCE:
        journal.pause(EVERY_SHOP, Pause(NOON - _DAY, NOON - _DAY + HOUR))
        journal.pause(OTHER, Pause(NOON + HOUR))
    if version >= COVERAGE_SINCE:
        _watch(journal)
    if version >= ALARMS_SINCE:
        _alarms(journal)
    if version >= PERSONS_SINCE:
        third = journal.find("7003")
        journal.update(third, handed(third, "小李", NOON + MINUTE), now=NOON + MINUTE)


def everything(journal: Journal, version: int) -> Mapping[str, object]:
    """Return all that *journal* gives back of what *version* could keep."""
    ended = journal.recently_resolved(NOON - _DAY, 99)
    cases = [*journal.open_cases(), *ended]
    given: dict[str, object] = {
        "open": list(journal.open_cases()),
        "ended": list(ended),
        "history": {str(case.key): list(journal.history(case.key)) for case in cases},
        "alerts": journal.last_alerts(),
        "due": list(journal.pending_deliveries()),
        "health": journal.health(),
        "channels": list(journal.channels()),
    }
    if version >= PAUSES_SINCE:
        given["pauses"] = journal.pauses()
    if version >= COVERAGE_SINCE:
        given["coverage"] = journal.coverage(NOON - 90 * _DAY)
    if version >= ALARMS_SINCE:
        given["mutes"] = journal.mutes()
        given["drills"] = list(journal.drills(99))
    return given


def _cases(journal: Journal) -> None:
    """Open cases of two shops and of the computer; end one, and have one asked anew."""
    ours = [
        a_case(respond_by=NOON + HOUR, slack=MINUTE, consequence="自动退款", tags=("急",)),
        a_case(key=a_key("7002"), kind=Kind.DISPUTE, raw_deadline="剩 3 小时", missed=1),
        a_case(key=a_key("7003"), stage=Stage.WAITING, opened_at=NOON - HOUR, unread=2),
        a_case(key=a_key("7004"), topics=frozenset({Topic.QUALITY}), mood=Mood.ANGRY),
        a_case(key=a_key("7005"), buyer="木**", reason="破了'; DROP TABLE cases; --\n😀"),
    ]
    seen = QueueHealth(
        "aftersale",
        title="售后",
        confirmed_at=NOON,
        pending=4,
        read_at=NOON,
        outcome=Outcome.ROWS,
    )
    journal.record([opened(case) for case in ours], seen, shop=ours[0].key.shop)
    blind = QueueHealth(
        "chats",
        title="会话",
        read_at=NOON,
        outcome=Outcome.SIGNED_OUT,
        gate="kicked",
        detail="账号在别处登录",
        failures=3,
    )
    chat = a_case(key=a_key("买家 1", shop=OTHER, queue="chats"), kind=Kind.CONVERSATION)
    journal.record([opened(chat), opened(_outage(OTHER))], blind, shop=OTHER)
    journal.record([opened(_outage("@computer"))], None, shop="@computer")
    known = {case.key: case for case in journal.open_cases()}
    last, fourth = known[ours[4].key], known[ours[3].key]
    journal.record([asked_again(last, NOON + HOUR)], None, shop=last.key.shop)
    journal.record([resolved(fourth, NOON + HOUR)], None, shop=fourth.key.shop)
    computer = known[_outage("@computer").key]
    journal.record([resolved(computer, NOON + MINUTE)], None, shop="@computer")


def _outage(shop: str) -> Case:
    key = a_key("outage", shop=shop, queue="outage")
    return a_case(key=key, kind=Kind.OUTAGE, status="signed_out", tags=("kicked",))


def _acts(journal: Journal) -> None:
    """Do all that a person can do to a case."""
    first, second = journal.find("7001"), journal.find("7002")
    taken = first.acknowledged(Tier.URGENT, Band.CLOSE, NOON + MINUTE)
    journal.update(first, replace(taken, starred=True, note="等仓库"), now=NOON + MINUTE)
    later = second.snoozed(NOON + 2 * HOUR, NOON + MINUTE)
    journal.update(second, later, now=NOON + MINUTE)


def _alerts(journal: Journal) -> None:
    """Raise alerts, and let their messages get as far as messages can."""
    first, last = journal.find("7001"), journal.find("7005")
    both = ("sound", "desktop")
    journal.raise_alert(alert_for(first, channels=both))
    journal.raise_alert(alert_for(first, channels=both, reason=Reason.REPEAT, repeat=2))
    journal.raise_alert(alert_for(last, channels=both, band=Band.EXPIRED, tier=Tier.IMPORTANT))
    one, two, three, four, five, _sixth = journal.pending_deliveries()
    far = replace(three, attempts=2, next_try_at=NOON + MINUTE, error="扬声器忙")
    settled = (
        replace(one, state=DeliveryState.DELIVERED, attempts=1),
        replace(two, state=DeliveryState.FAILED, attempts=100, error="没有通知服务"),
        far,
        replace(four, state=DeliveryState.WITHDRAWN),
        replace(five, state=DeliveryState.DELIVERED, attempts=2),
    )
    journal.settle(*settled, now=NOON + MINUTE)


def _watch(journal: Journal) -> None:
    """Have a list watched, out of sight, and watched again, and another one never."""
    shop = a_key().shop
    health = journal.health()[shop]["aftersale"]
    keep = timedelta(minutes=2)
    for minutes, why in ((0, Why.COVERED), (1, Why.SIGNED_OUT), (7, Why.COVERED)):
        glance = Glance(NOON + minutes * MINUTE, why, keep)
        journal.record([], health, shop=shop, glance=glance)
    slept = Glance(NOON + 2 * HOUR, Why.ASLEEP, keep)
    journal.record_gap([(shop, "aftersale"), (OTHER, "chats")], NOON + HOUR, slept)


def _alarms(journal: Journal) -> None:
    """Climb a ladder for words of the owner's; silence shops, and rehearse."""
    words = frozenset({"过敏", 'a "b", c'})
    case = a_case(key=a_key("7006"), keywords=words, reason="过敏了")
    journal.record([opened(case)], None, shop=case.key.shop)
    raised = alert_for(case, channels=("sound",), reason=Reason.ESCALATED)
    journal.raise_alert(replace(raised, level=2, people=("王姐", "李哥"), since=NOON - HOUR))
    journal.mute(EVERY_SHOP, Mute(NOON, NOON + HOUR))
    journal.mute(OTHER, Mute(NOON - HOUR, NOON + _DAY, whole=True))
    journal.note_drill(DrillNote(NOON - _DAY, DrillEnd.PASSED))
    journal.note_drill(DrillNote(NOON, DrillEnd.FAILED, "群：没有回音", "2026-05-01"))


def main() -> None:
    """Write the story into the file of today's version, which must not be there yet."""
    kept = HERE / f"version_{TODAY}.sql"
    with TemporaryDirectory() as folder:
        file = Path(folder) / "journal.sqlite"
        with Journal.open(file) as journal:
            told(journal, TODAY)
        with closing(sqlite3.connect(file)) as connection:
            lines = [line.replace(", \n", ",\n") for line in connection.iterdump()]
    try:
        with kept.open("x", encoding="utf-8") as stream:
            stream.write(f"-- A journal as version {TODAY} wrote it; never to be changed.\n")
            stream.writelines(f"{line}\n" for line in lines)
            stream.write(f"PRAGMA user_version = {TODAY};\n")
    except FileExistsError:
        sys.exit(f"{kept.name} is stored already, and never changes")


if __name__ == "__main__":
    main()
