"""The trade, pure: no I/O, no asyncio, no logging; `now` is always handed in."""

from agent.cases.alert import Alert, Delivery, DeliveryState, Reason
from agent.cases.case import (
    Band,
    Case,
    CaseKey,
    Change,
    ChangeKind,
    Fen,
    Kind,
    Mood,
    Outcome,
    Reading,
    Shop,
    Sighting,
    Source,
    Stage,
    Tier,
    Topic,
)
from agent.cases.coverage import Glance, Span, Why, stale_after
from agent.cases.glimpse import Glimpse, glimpsed, is_bad_news
from agent.cases.holiday import with_people
from agent.cases.lexicon import Hints, Lexicon, Rule
from agent.cases.loudness import Escalation, Loudness
from agent.cases.mute import Mute, is_muted, mutes_at
from agent.cases.outage import OUTAGE_QUEUE, QueueHealth, outage_change, worst
from agent.cases.pause import EVERY_SHOP, Pause, is_paused, latest_pause
from agent.cases.policy import Bands, Policy
from agent.cases.reconcile import reconcile
from agent.cases.ringing import (
    Standing,
    clip_snooze,
    decide,
    is_quiet,
    standing,
    waits_for_morning,
)
from agent.cases.roster import Holiday, Roster, Shift, Special, Weekly
from agent.cases.signs import Crowd, Effect, Quiet, Together, Vip
from agent.cases.triage import triage

__all__ = [
    "EVERY_SHOP",
    "OUTAGE_QUEUE",
    "Alert",
    "Band",
    "Bands",
    "Case",
    "CaseKey",
    "Change",
    "ChangeKind",
    "Crowd",
    "Delivery",
    "DeliveryState",
    "Effect",
    "Escalation",
    "Fen",
    "Glance",
    "Glimpse",
    "Hints",
    "Holiday",
    "Kind",
    "Lexicon",
    "Loudness",
    "Mood",
    "Mute",
    "Outcome",
    "Pause",
    "Policy",
    "QueueHealth",
    "Quiet",
    "Reading",
    "Reason",
    "Roster",
    "Rule",
    "Shift",
    "Shop",
    "Sighting",
    "Source",
    "Span",
    "Special",
    "Stage",
    "Standing",
    "Tier",
    "Together",
    "Topic",
    "Vip",
    "Weekly",
    "Why",
    "clip_snooze",
    "decide",
    "glimpsed",
    "is_bad_news",
    "is_muted",
    "is_paused",
    "is_quiet",
    "latest_pause",
    "mutes_at",
    "outage_change",
    "reconcile",
    "stale_after",
    "standing",
    "triage",
    "waits_for_morning",
    "with_people",
    "worst",
]
