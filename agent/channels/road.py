"""A road that leaves the machine: what it sends, how much at most, and how that is shown before."""

import json
from typing import Any, Protocol

from agent.cases import Tier
from agent.channels.bucket import Bucket
from agent.channels.channel import Notice
from agent.channels.letter import Letter, letter_for
from agent.channels.post import Answer, Request, post
from agent.clock import Clock
from agent.errors import ChannelRefused


class Carrier(Protocol):
    """What brings a letter to a service."""

    async def carry(self, letter: Letter) -> None:
        """Return once the service has said that it took *letter*; raise ChannelRefused if not."""

    def shown(self, letter: Letter) -> str:
        """Return exactly what would be sent, without what signs it."""


class Road:
    """A channel that sends letters; *whole* says as much in them as the desktop does."""

    def __init__(self, name: str, carrier: Carrier, clock: Clock, *, whole: bool = False) -> None:
        self._name = name
        self._carrier = carrier
        self._clock = clock
        self._whole = whole
        self._bucket = Bucket(clock)

    @property
    def name(self) -> str:
        """The name under which the policy and the journal know it."""
        return self._name

    @property
    def carrier(self) -> Carrier:
        """What brings its letters to the service."""
        return self._carrier

    async def deliver(self, notice: Notice) -> None:
        """Send *notice*, masked unless it is to be whole; a quiet one is for the desk only.

        Raises ChannelHeld if too much was sent lately, ChannelRefused if it did not arrive.
        """
        if notice.quiet:
            return
        self._bucket.take(urgent=notice.tier is Tier.URGENT)
        try:
            await self._carrier.carry(self._letter(notice))
        except ChannelRefused as refused:
            if refused.retry_after is not None:
                self._bucket.rest(refused.retry_after)
            raise

    def shown(self, notice: Notice) -> str:
        """Return exactly what `deliver` would send, without what signs it."""
        return self._carrier.shown(self._letter(notice))

    def _letter(self, notice: Notice) -> Letter:
        return letter_for(notice, self._clock.now(), whole=self._whole)


class Service(Protocol):
    """What is particular about one service that takes messages at a web address."""

    def request(self, letter: Letter) -> Request:
        """Return how *letter* is put to it."""

    def judge(self, answer: Answer) -> None:
        """Return if *answer* means that it arrived; raise ChannelRefused otherwise."""


class ByPost:
    """Carries letters to a *service* at a web address."""

    def __init__(self, service: Service, clock: Clock) -> None:
        self._service = service
        self._clock = clock

    async def carry(self, letter: Letter) -> None:
        """Return once the service has said that it took *letter*; raise ChannelRefused if not."""
        self._service.judge(await post(self._service.request(letter), self._clock))

    def shown(self, letter: Letter) -> str:
        """Return the host and the body, without what signs it."""
        request = self._service.request(letter)
        body: dict[str, Any] = json.loads(request.body)
        if "sign" in body:
            body["sign"] = "***"
        told = json.dumps(body, ensure_ascii=False, indent=2)
        return f"POST {request.url.origin()}/…（网址和密钥不显示）\n{told}"


class Unaddressed:
    """Stands where the keyring has no address for a road: what it is given does not arrive."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def carry(self, letter: Letter) -> None:  # noqa: ARG002 (nobody to carry it to)
        """Raise ChannelRefused."""
        raise ChannelRefused(
            f"钥匙串里没有“{self._name}”的地址。",
            f"请运行 geshao channel remove {self._name}，再用 geshao channel add 重新添加。",
            permanent=True,
        )

    def shown(self, letter: Letter) -> str:  # noqa: ARG002 (the same)
        """Return that nothing would be."""
        return "什么也不会发：钥匙串里没有它的地址。"
