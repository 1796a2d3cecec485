"""What only the office itself knows to say when it does not answer a question."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from aiohttp import web

from agent.demo.kit.accounts import Life


class Manners(ABC):
    """An office's own refusals, and the names of its calls and pages that troubles befall.

    In the refusals *life* tells how the session ended; it is None for somebody who never had one,
    and ALIVE for somebody who is in but has not picked a shop yet.

    *list_calls* are the paths of the calls that bring the queue; *queue_pages* those of the pages
    that show it. *cross_origin* maps a site whose calls pages of another one make to that other
    one; *exposed_headers* are the answer's headers that those pages may read besides.
    """

    list_calls: ClassVar[frozenset[str]] = frozenset()
    queue_pages: ClassVar[frozenset[str]] = frozenset()
    cross_origin: ClassVar[Mapping[str, str]] = {}
    exposed_headers: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def dead_page(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Answer a page's address to somebody whose session is not good for it."""

    @abstractmethod
    def dead_answer(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Answer a call to somebody whose session is not good for it."""

    @abstractmethod
    def denied_answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a call to somebody who lacks the after-sales right in the shop."""

    @abstractmethod
    def challenge_answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a call to somebody whom the platform doubts."""

    @abstractmethod
    def failure_answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a list call, by status 200, with the platform's own "something went wrong"."""

    def turn_away(self, request: web.Request) -> web.StreamResponse | None:
        """Answer a call that the platform's own page would not make so (no signature); else None.

        It is asked before the session is looked at; as it stands it turns nobody away.
        """
        del request
        return None

    def is_list_call(self, request: web.Request) -> bool:
        """Tell whether *request* brings the queue."""
        return request.path in self.list_calls
