"""Which sound each tier has on this computer: said, and played to whoever wants to hear them."""

import asyncio

from agent.cases import Tier
from agent.channels.sound import why_unplayable
from agent.commands.speak import tell
from agent.config import Settings, SoundSettings
from agent.errors import ChannelRefused, GeshaoError
from agent.settings.sounds import play, sound_of
from agent.wav import OwnTone
from agent.words import say

_MEND = (
    "请把能播放的文件放到那里（在 U 盘上就插好），或改 channels.sound.tones；在那之前响自带的声音。"
)


def which_sounds(own: SoundSettings) -> str:
    """Say what each tier sounds like, the loudest first."""
    return "、".join(f"{_name(tier)} {_sound(own.own().get(tier))}" for tier in reversed(Tier))


def check_files(own: SoundSettings) -> str:
    """Say that the user's own files can be played. Raises GeshaoError if one cannot."""
    faults = [
        f"{_name(tier)} {tone.file} 用不了（{why}）"
        for tier, tone in sorted(own.own().items(), reverse=True)
        if tone.file and (why := asyncio.run(why_unplayable(tier, tone.file)))
    ]
    if faults:
        raise GeshaoError("；".join(faults), _MEND)
    return "都能播放"


def try_sounds(settings: Settings) -> None:
    """Play the sound of each tier, one after another, and say which it is.

    Raises GeshaoError if sound is switched off, there is nothing to play on, or a file of the
    user's own cannot be played.
    """
    try:
        asyncio.run(_play_all(settings))
    except ChannelRefused as refused:
        raise GeshaoError(refused.message, refused.next_step) from refused
    check_files(settings.channels.sound)
    tell("✓ 三级都响过了；没听到请检查音量。")


async def _play_all(settings: Settings) -> None:
    sound = sound_of(settings, tell)
    for tier in reversed(Tier):
        tell(f"{_name(tier)}：{_sound(settings.channels.sound.own().get(tier))}")
        await play(sound, tier)


def _name(tier: Tier) -> str:
    return say(f"tier.{tier.name.lower()}")


def _sound(tone: OwnTone | None) -> str:
    tone = tone or OwnTone()
    volume = "" if tone.volume is None else f"（音量 {tone.volume:g}）"
    return f"{tone.file.name if tone.file else '自带'}{volume}"
