"""Listen to all JSON that the pages of a window fetch, while a person shows us around."""

from collections import deque
from urllib.parse import urldefrag

from playwright.async_api import BrowserContext, Response

from agent.clock import Clock
from agent.platforms.capture import body_of, wants_of
from agent.platforms.finding import Heard

_KEPT = 300
_METHODS = {"GET", "POST"}


class Listening:
    """The newest answers of every page in *context*, oldest first."""

    def __init__(self, context: BrowserContext, clock: Clock) -> None:
        self._clock = clock
        self._heard: deque[Heard] = deque(maxlen=_KEPT)
        context.on("response", self._on_response)

    @property
    def answers(self) -> tuple[Heard, ...]:
        """What was heard so far."""
        return tuple(self._heard)

    async def _on_response(self, response: Response) -> None:
        request = response.request
        if request.resource_type not in {"xhr", "fetch"} or request.method not in _METHODS:
            return
        at = self._clock.now()
        body, trouble = await body_of(response)
        if not trouble and isinstance(body, dict):
            url = urldefrag(request.url).url.partition("?")[0]
            self._heard.append(Heard(url, request.method, wants_of(request), body, at))
