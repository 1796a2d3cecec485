"""What each tier sounds like here, to be heard by whoever wants to."""

from collections.abc import Callable

from agent.cases import Tier
from agent.channels.channel import Notice
from agent.channels.sound import Sound
from agent.config import Settings
from agent.errors import ConfigError
from agent.roads import own_sound


def sound_of(settings: Settings, tells: Callable[[str], None]) -> Sound:
    """Return the loudspeaker; *tells* hears of a file that cannot be played.

    Raises ConfigError if sound is switched off.
    """
    if not settings.channels.sound.enabled:
        raise ConfigError("声音在配置里关着。", "把 channels.sound.enabled 改成 true，再试。")
    sound = own_sound(settings)
    sound.tells = tells
    return sound


async def play(sound: Sound, tier: Tier) -> None:
    """Play what *tier* sounds like, to its end. Raises ChannelRefused."""
    await sound.deliver(Notice(tier, "试听"))
