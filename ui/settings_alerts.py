"""What of the settings is heard: roads to phones and groups, sounds, how each was tried."""

from typing import TypedDict

from agent.cases import Tier
from agent.config import RoadSettings, RoadType
from agent.settings.stand import Stand, Trial
from agent.settings.trials import sound_key
from agent.words import Language
from agent.words import say as say_trade
from ui.words import say

PERCENT = 100
_TRIED = {"running": "try.running", "passed": "try.passed"}
_URLS: dict[RoadType, str] = {
    "ntfy": "road.url.ntfy",
    "apprise": "road.url.apprise",
    "webhook": "road.url.webhook",
}
_SECRETS: dict[RoadType, str] = {
    **dict.fromkeys(("dingtalk", "feishu", "webhook"), "road.secret.signed"),
    "ntfy": "road.secret.ntfy",
}
_KEYWORDS = {"dingtalk", "feishu"}


class TrialView(TypedDict):
    """How something was tried last: *state* is "" if it was not."""

    state: str
    said: str


class RoadTypeView(TypedDict):
    """A kind of road to add, and what is asked for it; "" is not asked."""

    type: str
    title: str
    url: str
    secret: str
    keyword: bool


class RoadView(TypedDict):
    """A road of the file; *tiers* are those that it hears."""

    name: str
    said: str
    tiers: list[str]
    good: bool
    trial: TrialView


class SoundView(TypedDict):
    """What a tier sounds like; *percent* is its volume."""

    tier: str
    title: str
    percent: int
    said: str
    trial: TrialView


def road_type(name: RoadType, language: Language) -> RoadTypeView:
    """Return what is asked for a road of the kind *name*."""
    return RoadTypeView(
        type=name,
        title=say(f"road.type.{name}", language),
        url=say(_URLS.get(name, "road.url.robot"), language),
        secret=say(_SECRETS[name], language) if name in _SECRETS else "",
        keyword=name in _KEYWORDS,
    )


def road(road: RoadSettings, stand: Stand, language: Language) -> RoadView:
    """Return *road* as the page lists it."""
    opens = not road.has_key or road.name in stand.kept_roads
    words = [say(f"road.type.{road.type}", language)]
    if not road.tiers:
        words.append(say("road.on_call", language))
    if road.has_key:
        words.append(say("road.saved" if opens else "road.unsaved", language))
    if not road.enabled:
        words.append(say("road.off", language))
    return RoadView(
        name=road.name,
        said=" · ".join(words),
        tiers=[tier.name.lower() for tier in road.tiers],
        good=opens,
        trial=_trial(stand.trials.get(road.name), language),
    )


def _trial(trial: Trial | None, language: Language, passed: str = "try.passed") -> TrialView:
    if trial is None:
        return TrialView(state="", said="")
    term = {**_TRIED, "passed": passed}.get(trial.state)
    return TrialView(state=trial.state, said=trial.said if term is None else say(term, language))


def sound(tier: Tier, stand: Stand, language: Language) -> SoundView:
    """Return what *tier* sounds like."""
    usual = stand.said.channels.sound
    own = usual.tones.get(tier)
    volume = usual.volume if own is None or own.volume is None else own.volume
    file = own.file if own is not None else None
    return SoundView(
        tier=tier.name.lower(),
        title=tier_title(tier, language),
        percent=round(volume * PERCENT),
        said=say("sound.own", language, file=file.name) if file is not None else "",
        trial=_trial(stand.trials.get(sound_key(tier)), language, "try.heard"),
    )


def tier_title(tier: Tier, language: Language) -> str:
    """Return what *tier* is called."""
    return say_trade(f"tier.{tier.name.lower()}", language)
