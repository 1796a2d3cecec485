"""How a message is posted to a web address, and what came back; no word of ours names the address.

An address of this kind is a secret: whoever has it can speak in the owner's name.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import aiohttp
from yarl import URL

from agent.clock import Clock
from agent.errors import ChannelRefused

LIMIT_S = 10.0
_MOST_BYTES = 65_536
_LONGEST_REST = timedelta(minutes=30)
_AGAIN = "程序会自动再试。"
_JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """A JSON *body* for a web address, with *headers* beside the usual ones."""

    url: URL = field(repr=False)
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; *retry_after* is how long the service wants to be left alone.

    *is_page* tells that it is meant for a person's eyes, as a sign-in page is.
    """

    status: int
    text: str
    retry_after: timedelta | None = None
    is_page: bool = False


async def post(request: Request, clock: Clock) -> Answer:
    """Post *request* and return the answer, whatever it says.

    Raises ChannelRefused if there is none, or not within ten seconds of *clock*.
    """
    over = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        asked = tasks.create_task(_ask(request, over))
        if not await clock.wait(over, LIMIT_S):
            asked.cancel()
    if asked.cancelled():
        raise ChannelRefused(f"对方 {LIMIT_S:.0f} 秒没有回应。", f"请检查网络；{_AGAIN}")
    outcome = asked.result()
    if isinstance(outcome, ChannelRefused):
        raise outcome
    return outcome


async def _ask(request: Request, over: asyncio.Event) -> Answer | ChannelRefused:
    headers = {"Content-Type": _JSON, **request.headers}
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session,
            # A redirect would carry the message, and the secret in its address, to somebody else.
            session.post(
                request.url, data=request.body, headers=headers, allow_redirects=False
            ) as response,
        ):
            said = await _beginning(response)
            wait = rest(response.headers.get("Retry-After", ""))
            return Answer(response.status, said, wait, response.content_type == "text/html")
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return failed(error)
    finally:
        over.set()


async def _beginning(response: aiohttp.ClientResponse) -> str:
    taken = bytearray()
    async for piece in response.content.iter_chunked(_MOST_BYTES):
        taken += piece
        if len(taken) > _MOST_BYTES:
            break
    return taken[:_MOST_BYTES].decode(errors="replace")


def rest(seconds: str) -> timedelta | None:
    """Return how long a service wants to be left alone that said *seconds*, None if it did not."""
    if not (seconds.isascii() and seconds.isdecimal()):
        return None
    return min(timedelta(seconds=min(int(seconds[:9]), 86_400)), _LONGEST_REST)


def failed(error: Exception) -> ChannelRefused:
    """Return what went wrong on the way; the error's own words hold the address."""
    if isinstance(error, aiohttp.InvalidURL):
        return ChannelRefused("网址写得不对。", "请删除这条通道，重新添加。", permanent=True)
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return ChannelRefused(
            "对方的证书不对，没有发出去。", f"请检查电脑的时间，或先登录酒店的 Wi-Fi；{_AGAIN}"
        )
    if isinstance(error, aiohttp.ClientConnectorError):
        return ChannelRefused("连不上对方的服务器。", f"请检查网络；{_AGAIN}")
    return ChannelRefused("连接中途断了，不知道送到没有。", f"{_AGAIN}可能会收到两遍。")
