"""What is published on an ntfy topic, line by line as it comes, as long as the line stays open."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

import aiohttp
from yarl import URL

from agent.channels.ntfy import Ntfy
from agent.channels.post import Answer, failed, rest
from agent.channels.verdict import check_status
from agent.clock import Clock
from agent.errors import ChannelRefused

SILENCE_S = 150.0
"""Servers send a sign of life each 45 s, unless their owner wants it else; three may get lost."""
OPENS_WITHIN_S = 20.0
MOST_BYTES = 16_384
"""Of one line: an answer of ours has less than one thousand."""
_PIECE_BYTES = 65_536
_MOST_SAID_BYTES = 2_000
_END_OF_TIME = 2**32
"""In the year 2106: whoever tells a later time is not to be believed, nor reckoned with."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line tells: the *event*, the server's *time* in seconds since 1970, the *message*."""

    event: str
    time: int
    message: str = field(repr=False)


class Lines:
    """Cuts what arrives into lines; one that is too long is left out, whatever it holds."""

    def __init__(self) -> None:
        self._begun = bytearray()
        self._skips = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """Yield each line that ends within *piece*."""
        *ended, rest = piece.split(b"\n")
        for end in ended:
            self._take(end)
            if self._begun and not self._skips:
                yield bytes(self._begun)
            self._begun.clear()
            self._skips = False
        self._take(rest)

    def _take(self, piece: bytes) -> None:
        if self._skips or len(self._begun) + len(piece) > MOST_BYTES:
            self._skips = True
            self._begun.clear()
        else:
            self._begun += piece


def read_line(text: bytes) -> Line | None:
    """Return what *text* tells, None if that is nothing of an ntfy server's."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    event, time, message = (told.get(name) for name in ("event", "time", "message"))
    if not isinstance(event, str) or type(time) is not int or not 0 <= time < _END_OF_TIME:
        return None
    return Line(event, time, message if isinstance(message, str) else "")


Hear = Callable[[Line], Awaitable[None]]


async def follow(ntfy: Ntfy, since: str, hear: Hear, clock: Clock) -> ChannelRefused:
    """Have each line that comes on the topic for answers told to *hear*, as long as they come.

    *since* is from when on, as ntfy takes it: seconds since 1970 or a span such as "24h". Returns
    why it ended: refused, cut, or silent for too long by *clock*.
    """
    beat, over = asyncio.Event(), False
    patience_s = OPENS_WITHIN_S
    async with asyncio.TaskGroup() as tasks:
        reading = tasks.create_task(_read(ntfy, since, hear, beat))
        while not over and await clock.wait(beat, patience_s):
            beat.clear()
            over, patience_s = reading.done(), SILENCE_S
        reading.cancel()
    if not reading.cancelled():
        return reading.result()
    return ChannelRefused(f"ntfy {patience_s:.0f} 秒没有动静。", "请检查网络；程序会自动再连。")


async def _read(ntfy: Ntfy, since: str, hear: Hear, beat: asyncio.Event) -> ChannelRefused:
    try:
        await _open(ntfy.answers / "json" % {"since": since}, ntfy, hear, beat)
    except ChannelRefused as refused:
        return refused
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return failed(error)
    finally:
        beat.set()
    return ChannelRefused("ntfy 断开了连接。", "程序会自动再连。")


async def _open(url: URL, ntfy: Ntfy, hear: Hear, beat: asyncio.Event) -> None:
    own = aiohttp.ClientTimeout(total=None)
    # Packed lines would come when a packet is full, and unpack to any size: none are wanted, and
    # those of a server that packs all the same are not unpacked.
    headers = {**ntfy.headers, "Accept-Encoding": "identity"}
    async with (
        aiohttp.ClientSession(timeout=own, auto_decompress=False) as session,
        session.get(url, headers=headers, allow_redirects=False) as response,
    ):
        if response.status != 200:  # noqa: PLR2004 (the only one that is followed by lines)
            said = await response.content.read(_MOST_SAID_BYTES)
            wait = rest(response.headers.get("Retry-After", ""))
            check_status(Answer(response.status, said.decode(errors="replace"), wait), "ntfy")
        lines = Lines()
        while piece := await response.content.read(_PIECE_BYTES):
            beat.set()
            for line in filter(None, map(read_line, lines.feed(piece))):
                await hear(line)
