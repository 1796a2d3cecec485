"""A make-believe back office as one object: its sites to visit, and the verbs that rule them."""

import random
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any, ClassVar, Generic, Self

from aiohttp import web

from agent.clock import Clock
from agent.demo.kit.accounts import Accounts, Life
from agent.demo.kit.hosts import LOOPBACK, Host
from agent.demo.kit.house import application
from agent.demo.kit.manners import Manners
from agent.demo.kit.pushes import Pushes
from agent.demo.kit.records import SeenRequest, Write
from agent.demo.kit.skin import USUAL_HASH, Skin
from agent.demo.kit.state import BooksT, State
from agent.demo.kit.troubles import Trouble
from agent.demo.kit.verbs import AccountVerbs

KIT = "agent.demo.kit"


class MakeBelieveOffice(AccountVerbs[BooksT], Manners, Generic[BooksT]):
    """An office of its own on the loopback interface, while the `async with` lasts.

    *seed* decides ids, secrets and class hashes; *build* picks one of the class tables *builds*;
    with *push* False no page hears of anything until it asks.

    A subclass names its *platform*, the *cookie* of its sessions (cookies do not tell ports of one
    host apart, so it must be the platform's own), the *login* page (site, path), its *builds*
    (class tables: part -> pattern with `#` for the hash), the *keys* of its answers that a release
    may rename, the component library's prefix *ui*, its *queues* as the pack calls them, the class
    of a shop's *books*, and, if the platform has such rules, *single_session* and *idle_life*.

    All verbs are plain calls, to be made on the event loop that serves.
    """

    platform: ClassVar[str]
    cookie: ClassVar[str]
    login: ClassVar[tuple[str, str]]
    builds: ClassVar[Mapping[str, Mapping[str, str]]]
    keys: ClassVar[Mapping[str, str]] = {}
    ui: ClassVar[str] = ""
    queues: ClassVar[tuple[str, ...]] = ("aftersale",)
    books: Callable[[str, int], BooksT]
    hash_length: ClassVar[int] = USUAL_HASH
    single_session: ClassVar[bool] = False
    idle_life: ClassVar[timedelta | None] = None

    def __init__(
        self, clock: Clock, *, seed: int = 0, build: str = "a", push: bool = False
    ) -> None:
        self._build = build
        rng = random.Random(seed)  # noqa: S311 (make-believe, and meant to be repeatable)
        state: State[BooksT] = State(
            clock=clock,
            rng=rng,
            skin=self.make_skin(rng),
            open_books=self.books,
            cookie=self.cookie,
            web=(type(self).__module__.rpartition(".")[0], KIT),
            accounts=Accounts(single_session=self.single_session),
            idle_life=self.idle_life,
            pushes=Pushes(on=push),
        )
        super().__init__(state)
        self._dice = random.Random(seed)  # noqa: S311 (the same)
        self._hosts: dict[str, Host] = {}
        self._stack = AsyncExitStack()

    @abstractmethod
    def routes(self) -> Mapping[str, Sequence[web.AbstractRouteDef]]:
        """Return what each site serves, by the site's name as the pack has it."""

    @abstractmethod
    def add_case(self, shop: str, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 (each office has its own words)
        """Open a case in *shop*, which may be new; return its id.

        Where there are several queues, `queue` names the one, and the first is the usual.
        """

    @abstractmethod
    def resolve(self, shop: str, case_id: str) -> None:
        """End the case; KeyError if the shop has none of this id."""

    @abstractmethod
    def varied_case(self, dice: random.Random) -> Mapping[str, Any]:
        """Return arguments for `add_case` as *dice* fall: some kind, deadline and amount."""

    def make_skin(self, rng: random.Random) -> Skin:
        """Return the names of the office's build; KeyError if it has no such build."""
        patterns = self.builds[self._build]
        return Skin(rng, patterns, known_keys=self.keys, ui=self.ui, hash_length=self.hash_length)

    def furnish(self, app: web.Application) -> None:
        """Hang on *app*, one of the sites, what the office's own handlers need (an `AppKey`)."""

    def add_cases(self, shop: str, count: int) -> list[str]:
        """Open *count* cases that differ, the same ones for the same seed; return their ids."""
        return self.fill(shop, self.queues[0], count)

    def fill(self, shop: str, queue: str, count: int) -> list[str]:
        """Put *count* cases that differ into *queue* as the pack calls it; return their ids.

        ValueError for a queue that there is none of.
        """
        self.check_queue(queue)
        return [self.add_varied(shop, queue) for _ in range(count)]

    def add_varied(self, shop: str, queue: str) -> str:
        """Open a case as the dice fall in *queue*, which there is; return its id."""
        case = self.varied_case(self._dice)
        if queue == self.queues[0]:
            return self.add_case(shop, **case)
        return self.add_case(shop, queue=queue, **case)

    def check_queue(self, queue: str) -> None:
        """Raise ValueError for a *queue* that there is none of."""
        if queue not in self.queues:
            raise ValueError(f"{queue}: no such queue; there are: {', '.join(self.queues)}")

    async def __aenter__(self) -> Self:
        for site, table in self.routes().items():
            app = application(site, self._state, self, table)
            self.furnish(app)
            host = await self._stack.enter_async_context(Host(app))
            self._hosts[site] = host
            self._state.sites[site] = f"http://{LOOPBACK}:{host.port}"
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self._stack.aclose()

    @property
    def sites(self) -> dict[str, str]:
        """Where each site is."""
        return self._state.sites

    @property
    def writes(self) -> list[Write]:
        """Every request so far that changed something of a shop, oldest first."""
        return self._state.writes

    @property
    def requests(self) -> list[SeenRequest]:
        """Every request so far, oldest first."""
        return self._state.requests

    @property
    def listening_pages(self) -> int:
        """How many pages hold a push socket just now."""
        return self._state.pushes.listeners

    def dead_page(self, request: web.Request, life: Life | None) -> web.StreamResponse:
        """Send to the login page; an office that says so in place answers its own page."""
        del request, life
        site, path = self.login
        return web.Response(status=302, headers={"Location": self.sites[site] + path})

    def slow(self, seconds: float) -> None:
        """Let every answer take *seconds* more, by the clock that was handed in."""
        self._state.lag_s = seconds

    def go_down(self) -> None:
        """Cut all connections and refuse new ones."""
        for host in self._hosts.values():
            host.shut()

    def come_back(self) -> None:
        """Answer again, on the same ports."""
        for host in self._hosts.values():
            host.open()

    def trouble(self, trouble: Trouble | None) -> None:
        """Have *trouble* from now on; None ends it, and what hangs is answered then."""
        before, self._state.trouble = self._state.trouble, trouble
        if trouble is Trouble.HANG:
            self._state.trouble_over.clear()
        else:
            self._state.trouble_over.set()
        if trouble is Trouble.DOWN:
            self.go_down()
        elif before is Trouble.DOWN:
            self.come_back()

    def rename_classes(self, *, hard: bool = False) -> None:
        """Put out a new release of the pages: other class hashes.

        If *hard*, the readable parts of the names change too, and so do the answers' keys.
        """
        self._state.skin.rename(hard=hard)
        self._tell_all()

    def rename_keys(self) -> None:
        """Put out a new release that looks the same, and has other keys in its answers."""
        self._state.skin.rename_keys()
        self._tell_all()

    def let_pages_stand(self) -> None:
        """Let no page that opens from now on reload when it finds that it is not of today.

        Who looks at a page whose session was switched gets one shop's name over another's rows.
        """
        self._state.heals = False

    def _tell_all(self) -> None:
        self._state.pushes.tell_if(lambda _session: True, {"topic": "account"})
