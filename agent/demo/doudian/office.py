"""The make-believe Doudian as one object: three sites to visit, and verbs that rule them."""

import random
from collections.abc import Mapping, Sequence
from typing import ClassVar

from aiohttp import web

from agent.clock import Clock
from agent.demo import kit
from agent.demo.doudian import feige, fxg, logins
from agent.demo.doudian.gates import COOKIE, DOOR, DoudianManners
from agent.demo.doudian.skin import FEIGE_OF, PREFIX_OF, FeigeBuild, Prefix, Skin
from agent.demo.doudian.state import LoginDoor
from agent.demo.doudian.verbs import ShopVerbs
from agent.demo.kit.samples import BUYERS


class MakeBelieveDoudian(DoudianManners, ShopVerbs):
    """A Doudian of its own on the loopback interface, while the `async with` lasts.

    *seed* decides ids, secrets and class hashes; *build* picks the component library's *prefix*
    and the *feige_build*, unless they are given; with *push* False no page hears of anything
    until it asks; *unread_delay_s* is how long after the home page it asks for the number of
    unread chats.

    All verbs are plain calls, to be made on the event loop that serves.
    """

    platform = "doudian"
    cookie = COOKIE
    # Their class tables are the skin's own: two pages with a library each (`make_skin`).
    builds: ClassVar[Mapping[str, Mapping[str, str]]] = {build: {} for build in PREFIX_OF}
    login = ("fxg", logins.TO_LOGIN)
    queues = ("aftersale", "feige")
    cross_origin: ClassVar[Mapping[str, str]] = {"pigeon": "im"}

    def __init__(
        self,
        clock: Clock,
        *,
        seed: int = 0,
        build: str = "a",
        prefix: Prefix | None = None,
        feige_build: FeigeBuild | None = None,
        push: bool = True,
        unread_delay_s: float = 8.0,
    ) -> None:
        self._prefix = prefix or PREFIX_OF[build]
        self._feige_build = feige_build or FEIGE_OF[build]
        self._unread_delay_s = unread_delay_s
        self._door = LoginDoor()
        super().__init__(clock, seed=seed, build=build, push=push)

    def make_skin(self, rng: random.Random) -> kit.Skin:
        """Return the class names of both libraries that the pages are made with."""
        return Skin(rng, self._prefix, self._feige_build)

    def routes(self) -> Mapping[str, Sequence[web.RouteDef]]:
        """Return what the back office, the chat's page and the chat's calls serve."""
        return {
            "fxg": [*logins.routes(), *fxg.routes(self._unread_delay_s)],
            "im": feige.im_routes(self._feige_build),
            "pigeon": feige.pigeon_routes(),
        }

    def furnish(self, app: web.Application) -> None:
        """Hand the door to the handlers."""
        app[DOOR] = self._door

    def add_varied(self, shop: str, queue: str) -> str:
        """Open a ticket as the dice fall, or let one more buyer wait, in *queue*; return its id."""
        if queue == self.queues[0]:
            return super().add_varied(shop, queue)
        known = len(self._state.ensure_shop(shop).conversations)
        name, round_ = BUYERS[known % len(BUYERS)], known // len(BUYERS)
        return self.message(shop, f"{name}{round_ or ''}", "在吗")

    def sms_code(self, phone: str) -> str:
        """Return the code in the text message last sent to *phone*; KeyError if none was."""
        return self._door.sms_codes[phone]

    def email_code(self, email: str) -> str:
        """Return the code in the mail last sent to *email*; KeyError if none was."""
        return self._door.email_codes[email]

    def require_slider_at_login(self, needed: bool) -> None:  # noqa: FBT001 (reads as a sentence)
        """Ask for the slider before anybody gets in, or stop asking."""
        self._door.slider = needed

    def require_risk_check_at_login(self, needed: bool) -> None:  # noqa: FBT001 (the same)
        """Ask for a code by mail after the password, or stop asking."""
        self._door.risk_check = needed
