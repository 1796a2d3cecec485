"""Roads as the settings want them, opened with what the keyring holds."""

from collections.abc import Callable

from agent.channels.calling import Calls
from agent.channels.dingtalk import DingTalk
from agent.channels.feishu import Feishu
from agent.channels.ntfy import Ntfy, ThroughNtfy
from agent.channels.program import Program
from agent.channels.road import ByPost, Carrier, Road, Service, Unaddressed
from agent.channels.sound import Sound
from agent.channels.through_apprise import ThroughApprise
from agent.channels.webhook import Webhook
from agent.channels.wecom import WeCom
from agent.clock import Clock
from agent.config import RoadSettings, RoadType, Settings
from agent.vault import RoadKey, Vault
from agent.words import Language

_SERVICES: dict[RoadType, Callable[[RoadSettings, RoadKey], Service]] = {
    "dingtalk": lambda road, key: DingTalk(key.url, key.secret, road.keyword or "", _calls(road)),
    "feishu": lambda road, key: Feishu(key.url, key.secret, road.keyword or "", _calls(road)),
    "wecom": lambda road, key: WeCom(key.url, _calls(road)),
    "webhook": lambda _, key: Webhook(key.url, key.secret),
}


def own_sound(settings: Settings) -> Sound:
    """Return the loudspeaker as *settings* want it to sound."""
    own = settings.channels.sound
    return Sound(own.volume, own=own.own())


def opened_roads(settings: Settings, vault: Vault, clock: Clock) -> list[Road]:
    """Return the roads that *settings* switch on. Raises VaultLocked."""
    used = [road for road in settings.roads if road.enabled]
    return [opened_road(road, vault, clock, settings.language) for road in used]


def opened_road(road: RoadSettings, vault: Vault, clock: Clock, language: Language) -> Road:
    """Return *road*, which refuses all if the keyring has nothing for it. Raises VaultLocked."""
    key = vault.road(road.name) if road.has_key else RoadKey("")
    return road_with(road, key, clock, language)


def road_with(road: RoadSettings, key: RoadKey | None, clock: Clock, language: Language) -> Road:
    """Return *road* as *key* opens it."""
    return Road(road.name, _carrier(road, key, clock, language), clock, whole=road.details)


def _calls(road: RoadSettings) -> Calls:
    return Calls(road.at, road.people)


def _carrier(road: RoadSettings, key: RoadKey | None, clock: Clock, language: Language) -> Carrier:
    if key is None:
        return Unaddressed(road.name)
    if road.type == "program":
        return Program(road.run, clock)
    if road.type == "apprise":
        return ThroughApprise(key.url, clock)
    if road.type == "ntfy":
        return ThroughNtfy(Ntfy(key.url, key.secret, key.seal, language), clock)
    return ByPost(_SERVICES[road.type](road, key), clock)
