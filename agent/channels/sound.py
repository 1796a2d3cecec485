"""The road through the loudspeaker: a tone for each tier, played from Python, window or not."""

import asyncio
import ctypes
import sys
import threading
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import Future
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

import miniaudio
from loguru import logger

from agent.cases import Tier
from agent.channels.channel import Notice
from agent.channels.own_file import OwnFile
from agent.channels.tones import SAMPLE_RATE, seconds, tone
from agent.errors import ChannelRefused
from agent.wav import OwnTone, UnusableWav
from agent.words import say

Play = Callable[[bytes, threading.Event], None]
"""Plays samples and returns when they were heard, or soon after the event was set; it blocks."""

LONGEST_S = {Tier.URGENT: 30, Tier.IMPORTANT: 5, Tier.NORMAL: 5}
"""What a user's own file may last: an urgent tone waits for what sounds already."""

_GRACE_SECONDS = 5.0  # for a device to wake: Bluetooth speakers take two or three
_BUFFER_MILLISECONDS = 100
_BUFFERS = 3
_TAIL_SECONDS = 0.5  # more than all buffers hold: once it is taken, the tone has left the last one
_FRAME_BYTES = 2

# The null backend "plays" into the void; a machine without a device has to say so instead.
_REAL_BACKENDS = [
    backend
    for backend in miniaudio.Backend
    if backend not in {miniaudio.Backend.NULL, miniaudio.Backend.CUSTOM}
]


class Sound:
    """Sounds on the machine's loudspeaker, one tone at a time, at *volume* from 0 to 1.

    *own* is what the user wants in place of that, by tier. A file that cannot be played silences
    nobody: the tier's tone sounds, and `tells` hears why, once for each reason.
    """

    def __init__(
        self,
        volume: float = 1.0,
        play: Play | None = None,
        own: Mapping[Tier, OwnTone] | None = None,
    ) -> None:
        self._volume = volume
        self._play = play or play_on_speaker
        self._own = own or {}
        self._files = {
            tier: OwnFile(own.file, LONGEST_S[tier], self._volume_of(tier))
            for tier, own in sorted(self._own.items(), reverse=True)
            if own.file is not None
        }
        self._faults: dict[Tier, str] = {}
        self._tones: dict[Tier, bytes] = {}
        self.tells: Callable[[str], None] = lambda _fault: None
        self._turn = asyncio.Lock()
        self._latest: Future[None] = Future()
        self._latest.set_result(None)

    @property
    def name(self) -> str:
        """The name under which the policy and the journal know it."""
        return "sound"

    async def deliver(self, notice: Notice) -> None:
        """Play the tone of the notice's tier, to its end; a quiet one has none.

        Raises ChannelRefused when there is no device or it does not play; a later delivery may
        succeed, since devices come and go.
        """
        if notice.quiet:
            return
        async with self._turn:
            samples, fault = await self._samples(notice.tier)
            self._tell({notice.tier: fault})
            try:
                async with asyncio.timeout(seconds(samples) + _GRACE_SECONDS):
                    await self._heard(samples)
            except TimeoutError as error:
                raise ChannelRefused(
                    "声音设备没有反应。", "请重新插拔音箱或耳机，或重启电脑；程序会自动再试。"
                ) from error
            except miniaudio.MiniaudioError as error:
                raise ChannelRefused(
                    "没有可用的声音设备。",
                    "请接上音箱或耳机，并检查系统的声音设置；程序会自动再试。",
                ) from error

    async def check_files(self) -> None:
        """Look whether the user's own files can be played, and tell of those that cannot.

        The program's own tones are made ready meanwhile: that takes longer than alerts may wait.
        """
        self._tell({tier: (await self._samples(tier))[1] for tier in self._files})
        for tier in sorted(Tier, reverse=True):
            if tier not in self._tones:
                volume = self._volume_of(tier)
                self._tones[tier] = await asyncio.to_thread(tone, tier, volume)

    async def _samples(self, tier: Tier) -> tuple[bytes, str]:
        """Return what *tier* sounds like, and why that is not what the user wanted."""
        own, fault = self._files.get(tier), ""
        if own is not None:
            try:
                return await own.samples(), ""
            except UnusableWav as unusable:
                fault = _fault(tier, own.file, str(unusable))
        # No thread is waited for here: the pool may be full of what hangs, such as a keyring.
        return self._tones.get(tier) or tone(tier, self._volume_of(tier)), fault

    def _volume_of(self, tier: Tier) -> float:
        own = self._own.get(tier, OwnTone()).volume
        return self._volume if own is None else own

    def _tell(self, faults: Mapping[Tier, str]) -> None:
        """Tell what is new among *faults* in one breath: only the latest that is told is shown."""
        known, self._faults = self._faults, {**self._faults, **faults}
        news = [fault for tier, fault in faults.items() if fault and fault != known.get(tier)]
        if news:
            logger.warning("{}", "".join(news))
            self.tells("".join(news))

    async def _heard(self, samples: bytes) -> None:
        """Play *samples* in a thread of its own; return when they were heard.

        The thread is a daemon: a driver can hang for good, and the program must end all the same.
        """
        await asyncio.gather(asyncio.wrap_future(self._latest), return_exceptions=True)
        stop = threading.Event()
        self._latest = Future()
        self._latest.set_running_or_notify_cancel()  # from here on nobody else can settle it
        threading.Thread(
            target=_report, args=(self._latest, self._play, samples, stop), daemon=True
        ).start()
        try:
            await asyncio.wrap_future(self._latest)
        finally:
            stop.set()


async def why_unplayable(tier: Tier, file: Path) -> str:
    """Return why *file* is not heard in place of the tone of *tier*, "" if it is."""
    try:
        await OwnFile(file, LONGEST_S[tier], 1).samples()
    except UnusableWav as unusable:
        return str(unusable)
    return ""


def _fault(tier: Tier, file: Path, why: str) -> str:
    name = say(f"tier.{tier.name.lower()}")
    return f"{name}的声音文件 {file.name} 用不了（{why}），先响自带的声音。"


def play_on_speaker(samples: bytes, stop: threading.Event) -> None:
    """Play *samples* on the default device to their end, or until *stop*; blocks meanwhile.

    Raises MiniaudioError when there is no device, or when it refuses.
    """
    _hush_alsa()
    with closing(_Speaker()) as speaker:
        source = _frames(samples, stop)
        next(source)  # miniaudio sends frame counts into it, which a fresh generator cannot take
        speaker.start(source)
        stop.wait()


def _report(outcome: Future[None], play: Play, samples: bytes, stop: threading.Event) -> None:
    try:
        play(samples, stop)
    except Exception as error:  # noqa: BLE001 (not swallowed: the coroutine that waits raises it)
        outcome.set_exception(error)
    else:
        outcome.set_result(None)


def _frames(samples: bytes, played: threading.Event) -> Generator[bytes, int, None]:
    """Hand out as many frames as are asked for, then silence until *samples* must have been heard.

    An empty piece leaves the device's buffer as it is: filled with silence.
    """
    end = len(samples) + round(_TAIL_SECONDS * SAMPLE_RATE) * _FRAME_BYTES
    asked = yield b""
    taken = 0
    while taken < end:
        piece = samples[taken : taken + asked * _FRAME_BYTES]
        taken += asked * _FRAME_BYTES
        asked = yield piece
    played.set()


class _Speaker(miniaudio.PlaybackDevice):  # type: ignore[misc]  # miniaudio has no types
    """A playback device that takes its connection to the sound server along when it closes.

    miniaudio keeps that connection, and PulseAudio accepts 64: silence after some 50 tones
    (irmen/pyminiaudio issue 86).
    """

    def __init__(self) -> None:
        super().__init__(
            nchannels=1,
            sample_rate=SAMPLE_RATE,
            buffersize_msec=_BUFFER_MILLISECONDS,
            callback_periods=_BUFFERS,
            backends=_REAL_BACKENDS,
            app_name="鸽哨",
        )

    def close(self) -> None:
        """Stop, and let go of device and connection; also after a start that failed half-way."""
        super().close()
        context = getattr(self, "_context", None)
        self._context = None
        if context:
            miniaudio.lib.ma_context_uninit(context)


@cache
def _hush_alsa() -> None:
    """Keep ALSA from writing its complaints across the terminal; failures still come as codes."""
    if sys.platform == "linux":
        with suppress(OSError):  # no ALSA on this machine, no complaints
            ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_IGNORED)


_IGNORED = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)(lambda *_details: None)
