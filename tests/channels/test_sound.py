import asyncio
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import miniaudio
import pytest

from agent.cases import Tier
from agent.channels import sound as sound_module
from agent.channels.channel import Channel, Notice
from agent.channels.sound import Sound
from agent.channels.tones import SAMPLE_RATE, tone
from agent.clock import SystemClock
from agent.errors import ChannelRefused
from tests.channels.ear import listen, loudness, recognised

CLOCK = SystemClock()
LONG_S = 60
_FRAME_BYTES = 2
_AUDIBLE = 0.002
SOFT = Notice(tier=Tier.NORMAL, title="鸽哨")


@pytest.fixture
def no_device(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Make a machine of this one on which nothing can sound."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    monkeypatch.setenv("ALSA_CONFIG_PATH", f"{tmp_path}/nothing")
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")


@pytest.fixture
def sink(no_device: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Run a real sound server whose only output is a sink that can be recorded."""
    socket = tmp_path / "pulse.sock"
    environ = {**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    command = [shutil.which("pulseaudio") or "pulseaudio"]
    options = [
        "-n",
        "--daemonize=yes",  # returns once it serves
        "--exit-idle-time=20",  # so that it goes even if the tests are killed
        "--load=module-null-sink sink_name=null0 norewinds=1",  # small buffers, like a card
        f"--load=module-native-protocol-unix auth-anonymous=1 socket={socket}",
    ]
    subprocess.run([*command, *options], env=environ, check=True, capture_output=True)
    monkeypatch.setenv("PULSE_SERVER", f"unix:{socket}")
    yield
    subprocess.run([*command, "--kill"], env=environ, check=True, capture_output=True)


class Recording:
    """What comes out of the sink while the `with` lasts; a busy machine is late to hear it."""

    def __enter__(self) -> Self:
        self._began = CLOCK.monotonic()
        command = [shutil.which("parec") or "parec", "--device=null0.monitor", "--raw"]
        form = ["--format=s16ne", f"--rate={SAMPLE_RATE}", "--channels=1", "--latency-msec=20"]
        self._process = subprocess.Popen([*command, *form], stdout=subprocess.PIPE)
        assert self._process.stdout
        self._process.stdout.read(2)  # it has begun
        self._heard = bytearray()
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        lasted = CLOCK.monotonic() - self._began
        with self._more:
            self._more.wait_for(lambda: self._seconds >= lasted, LONG_S)
        self._process.terminate()
        self._reader.join()
        self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout
        while piece := self._process.stdout.read1():
            with self._more:
                self._heard += piece
                self._more.notify()

    @property
    def _seconds(self) -> float:
        return len(self._heard) / _FRAME_BYTES / SAMPLE_RATE

    @property
    def wave(self) -> list[float]:
        """What was heard, without the silence before and after."""
        wave = listen(bytes(self._heard))
        heard = [index for index, value in enumerate(wave) if abs(value) > _AUDIBLE]
        return wave[heard[0] : heard[-1] + 1] if heard else []


def sounding(wave: list[float]) -> list[float]:
    """Return *wave* without its silences: a busy machine tears gaps into what it plays."""
    return [value for value in wave if abs(value) > _AUDIBLE]


def open_files() -> int:
    """Return how many files, sockets included, this process holds open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


class FakePlayer:
    """Plays nothing; does to each turn what its script says, and remembers who overlapped."""

    def __init__(self, *script: Exception | str) -> None:
        self._script = list(script)
        self.playing = 0
        self.most_at_once = 0
        self.played: list[bytes] = []
        self.started = threading.Event()
        self.stopped = threading.Event()

    def __call__(self, samples: bytes, stop: threading.Event) -> None:
        """Take the samples and do what is next in the script."""
        self.started.set()
        self.playing += 1
        self.most_at_once = max(self.playing, self.most_at_once)
        turn = self._script.pop(0) if self._script else "play"
        if turn == "stall":
            stop.wait()
            self.stopped.set()
        self.playing -= 1
        if isinstance(turn, Exception):
            raise turn
        self.played.append(samples)


@pytest.mark.parametrize("tier", list(Tier))
async def test_heard(sink: None, tier: Tier) -> None:
    """The tone of each tier comes out of the sound server, whole, before the delivery is over."""
    with Recording() as recording:
        await Sound().deliver(Notice(tier=tier, title="鸽哨"))

    played, heard = sounding(listen(tone(tier))), sounding(recording.wave)
    assert tier.name.lower() == recognised(recording.wave)
    assert len(played) / SAMPLE_RATE == pytest.approx(len(heard) / SAMPLE_RATE, abs=0.1)
    assert loudness(played) == pytest.approx(loudness(heard), rel=0.1)


async def test_silence_control(sink: None) -> None:
    """At volume 0 the sink stays silent: what the other tests hear is the tone."""
    with Recording() as recording:
        await Sound(volume=0).deliver(SOFT)

    assert [] == recording.wave


async def test_no_device(no_device: None, capfd: pytest.CaptureFixture[str]) -> None:
    """Without a device the delivery is refused, not for good, and nothing soils the terminal."""
    with pytest.raises(ChannelRefused, match="没有可用的声音设备") as refusal:
        await Sound().deliver(SOFT)

    assert refusal.value.next_step
    assert not refusal.value.permanent
    assert ("", "") == capfd.readouterr()


async def test_sounds_again_once_there_is_a_device(sink: None, tmp_path: Path) -> None:
    """A device that comes later is found by the next delivery."""
    sound = Sound()
    with pytest.MonkeyPatch.context() as unplugged:
        unplugged.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
        with pytest.raises(ChannelRefused):
            await sound.deliver(SOFT)

    with Recording() as recording:
        await sound.deliver(SOFT)

    assert "normal" == recognised(recording.wave)


async def test_keeps_no_connections(sink: None) -> None:
    """A tone leaves no open connection behind: sound servers accept only some 60."""
    sound = Sound()
    await sound.deliver(SOFT)
    before = open_files()

    for _ in range(3):
        await sound.deliver(SOFT)

    assert before >= open_files()


async def test_one_at_a_time() -> None:
    """Deliveries that overlap are played one after another."""
    player = FakePlayer()
    sound = Sound(play=player)

    async with asyncio.TaskGroup() as group:
        for tier in Tier:
            group.create_task(sound.deliver(Notice(tier=tier, title="鸽哨")))

    assert 1 == player.most_at_once
    assert [tone(tier) for tier in Tier] == player.played


async def test_tries_again_after_a_refusal() -> None:
    """A device's failure refuses that delivery only."""
    player = FakePlayer(miniaudio.MiniaudioError("failed to init device", -401))
    sound = Sound(play=player)
    with pytest.raises(ChannelRefused):
        await sound.deliver(SOFT)

    await sound.deliver(SOFT)

    assert [tone(Tier.NORMAL)] == player.played


async def test_stalled_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """A device that takes nothing is given up after the time limit, told to stop, tried again."""
    monkeypatch.setattr(sound_module, "_GRACE_SECONDS", -0.3)
    player = FakePlayer("stall")
    sound = Sound(play=player)

    with pytest.raises(ChannelRefused, match="没有反应") as refusal:
        await sound.deliver(SOFT)
    monkeypatch.setattr(sound_module, "_GRACE_SECONDS", LONG_S)
    await sound.deliver(SOFT)

    assert not refusal.value.permanent
    assert player.stopped.is_set()
    assert 2 == len(player.played)


async def test_hung_driver_is_not_piled_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """While a call into the driver hangs, later deliveries are refused without a second call."""
    monkeypatch.setattr(sound_module, "_GRACE_SECONDS", -0.3)
    begun, release = threading.Event(), threading.Event()
    calls = []

    def hang(samples: bytes, stop: threading.Event) -> None:
        calls.append(samples)
        begun.set()
        release.wait()

    sound = Sound(play=hang)
    for _ in range(3):
        with pytest.raises(ChannelRefused, match="没有反应"):
            await sound.deliver(SOFT)
    assert begun.wait(LONG_S)
    release.set()

    assert 1 == len(calls)


async def test_thread_that_begins_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was given up before its thread had a turn is waited for like any other."""
    monkeypatch.setattr(sound_module, "_GRACE_SECONDS", -0.3)
    turn, report = threading.Event(), sound_module._report

    def begin_late(*call: Any) -> None:  # noqa: ANN401 (passed on as it came)
        turn.wait()
        report(*call)

    monkeypatch.setattr(sound_module, "_report", begin_late)
    player = FakePlayer("stall")
    sound = Sound(play=player)
    for _ in range(2):
        with pytest.raises(ChannelRefused, match="没有反应"):
            await sound.deliver(SOFT)
    turn.set()
    monkeypatch.setattr(sound_module, "_GRACE_SECONDS", LONG_S)
    await sound.deliver(SOFT)

    assert 1 == player.most_at_once
    assert 2 == len(player.played)


async def test_cancelled_delivery_stops_the_tone() -> None:
    """When the program ends in the middle of a tone, the device is let go at once."""
    player = FakePlayer("stall")

    delivery = asyncio.ensure_future(Sound(play=player).deliver(SOFT))
    began = await asyncio.to_thread(player.started.wait, LONG_S)
    delivery.cancel()
    with pytest.raises(asyncio.CancelledError):
        await delivery

    assert began
    assert player.stopped.wait(LONG_S)


def test_is_a_channel() -> None:
    """The dispatcher can use it like any other road, under the name in the journal."""
    channel: Channel = Sound()

    assert "sound" == channel.name
