"""One open page that shows one queue: load it, look at it, listen to it, act on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from agent.cases import Outcome
from agent.platforms.acts import find_on
from agent.platforms.capture import Capture, Captured, Wanted
from agent.platforms.interpret import dig, satisfies, text_of
from agent.platforms.pack import Gate, Pack, Queue, Target
from agent.platforms.session import ShopSession
from agent.platforms.unread import CannotRead

ROWS, COUNTERS = "rows", "counters"
_LOAD_LIMIT_MS = 20_000
_ACT_LIMIT_MS = 3_000
_HERE = Path(__file__).parent
_EXTRACT = (_HERE / "extract.js").read_text(encoding="utf-8")
_STIR = (_HERE / "stir.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the page told: tripped gates, the shop's name, rows as texts."""

    url: str
    gates: tuple[str, ...]
    identity: str | None
    rows: tuple[Mapping[str, object], ...] = ()
    total: str | None = None
    empty: bool = False
    loading: bool = False


class QueuePage:
    """A page kept open on a queue; *busy* while it is being read, so that it can't wake itself."""

    def __init__(
        self, page: Page, session: ShopSession, name: str, stirred: Callable[[], None]
    ) -> None:
        self._page = page
        self._pack: Pack = session.pack
        self.shop = session.shop
        self.name = name
        self.queue = queue = session.pack.queues[name]
        self._stirred = stirred
        self._gates: Sequence[Gate] = (*queue.gates, *session.pack.gates)
        self._spec = _look_spec(queue, self._gates)
        self._crashed = False
        self._listening = False
        self.busy = True
        self.capture = Capture(page, _wanted(session.pack, queue), self._heard)
        self.loaded = 0
        self.read_up_to = 0
        page.on("crash", self._on_crash)

    @classmethod
    async def open(
        cls, page: Page, session: ShopSession, name: str, stirred: Callable[[], None]
    ) -> Self:
        """Wrap a new browser page; nothing is loaded yet."""
        self = cls(page, session, name, stirred)
        await page.expose_function("geshaoStirred", self._on_stir)
        return self

    @property
    def usable(self) -> bool:
        """Whether the browser still has this page."""
        return not self._crashed and not self._page.is_closed()

    def resolve(self, address: str) -> str:
        """Return the full URL of a pack's *address*."""
        return self._pack.resolve(address)

    async def load(self) -> None:
        """Load the queue's page anew.

        Raises CannotRead (unreachable) when nothing answers.
        """
        self.loaded = self.read_up_to = self.capture.mark()
        self._listening = False
        url = self._pack.resolve(self.queue.url)
        try:
            answer = await self._page.goto(
                url, wait_until="domcontentloaded", timeout=_LOAD_LIMIT_MS
            )
        except PlaywrightTimeout as error:
            raise CannotRead(Outcome.UNREACHABLE, "后台 20 秒没有打开") from error
        except PlaywrightError as error:
            if "interrupted by another navigation" in error.message:
                return  # the page sends us elsewhere, usually to its login; the gates will tell
            raise CannotRead(Outcome.UNREACHABLE, _network_words(error)) from error
        if answer is not None and answer.status >= 400:  # noqa: PLR2004 (HTTP's own line)
            raise CannotRead(Outcome.UNREACHABLE, f"后台回答 HTTP {answer.status}")

    async def look(self) -> Look:
        """Look at the page once.

        Raises CannotRead for the first gate that is tripped.
        """
        try:
            seen: dict[str, Any] = await self._page.evaluate(_EXTRACT, self._spec)
        except PlaywrightError as error:
            if "navigation" in error.message or "context was destroyed" in error.message:
                return Look(self._page.url, (), None, loading=True)
            raise
        dom = seen["dom"] or {}
        look = Look(
            url=seen["url"],
            gates=tuple(seen["gates"]),
            identity=seen["identity"] or self._identity_heard(),
            rows=tuple(dom.get("rows", ())),
            total=dom.get("total"),
            empty=bool(dom.get("empty")),
            loading=bool(dom.get("loading")),
        )
        self._pass_gates(look)
        return look

    def latest(self, name: str, after: int) -> Captured | None:
        """Return the newest overheard answer called *name* that was asked for after *after*."""
        return self.capture.latest(name, after)

    def check_shop(self, name: str) -> None:
        """Raise CannotRead (wrong shop) if *name* is not this shop's."""
        if "".join(name.split()) != "".join(self.shop.name.split()):
            raise CannotRead(Outcome.WRONG_SHOP, f"页面显示的是「{name[:40]}」")

    async def act(self, target: Target) -> bool:
        """Click *target* with a real mouse event; return whether it was there to be clicked."""
        locator = await find_on(self._page, target)
        if locator is None:
            return False
        try:
            await locator.click(timeout=_ACT_LIMIT_MS)
        except PlaywrightTimeout:
            return False
        return True

    async def listen(self) -> None:
        """From now on, wake the watcher when the watched part of the page changes."""
        if self._listening or not self.queue.watch:
            return
        await self._page.evaluate(_STIR, list(self.queue.watch))
        self._listening = True

    async def close(self) -> None:
        """Close the page; a page that is gone already is fine."""
        self._crashed = True
        try:
            await self._page.close()
        except PlaywrightError:
            return

    def _pass_gates(self, look: Look) -> None:
        for gate in self._gates:
            if gate.name in look.gates and not gate.envelope:
                raise CannotRead(gate.outcome, gate.text or "", gate.name)
            if gate.envelope and gate.name in look.gates and self._answered(gate):
                raise CannotRead(gate.outcome, gate.text or "", gate.name)

    def _answered(self, gate: Gate) -> bool:
        answers = (self.capture.latest(name, self.read_up_to) for name in (ROWS, COUNTERS))
        return any(a is not None and satisfies(a.body, gate.envelope) for a in answers)

    def _identity_heard(self) -> str | None:
        for number, place in enumerate(self.queue.identity):
            if place.response:
                answer = self.capture.latest(_identity_key(number), self.loaded)
                name = text_of(dig(answer.body, place.path)) if answer else ""
                if name:
                    return name
        return None

    def _heard(self, name: str) -> None:
        if name == ROWS and not self.busy:
            self._stirred()

    def _on_stir(self) -> None:
        if not self.busy:
            self._stirred()

    def _on_crash(self, _page: Page) -> None:
        self._crashed = True
        self._stirred()


def _look_spec(queue: Queue, gates: Sequence[Gate]) -> dict[str, Any]:
    shown = {"css", "line"}
    return {
        "gates": [gate.model_dump(mode="json") for gate in gates],
        "identity": [p.model_dump(mode="json", include=shown) for p in queue.identity if p.css],
        "dom": queue.dom
        and queue.dom.model_dump(mode="json", by_alias=True, exclude={"fields", "drop"}),
    }


def _wanted(pack: Pack, queue: Queue) -> dict[str, Wanted]:
    wanted: dict[str, Wanted] = {}
    if queue.response:
        wanted[ROWS] = Wanted(pack.resolve(queue.response.url), queue.response.method)
    if queue.counters:
        wanted[COUNTERS] = Wanted(pack.resolve(queue.counters.url))
    for number, place in enumerate(queue.identity):
        if place.response:
            wanted[_identity_key(number)] = Wanted(pack.resolve(place.response))
    return wanted


def _identity_key(number: int) -> str:
    return f"identity{number}"


def _network_words(error: PlaywrightError) -> str:
    first = error.message.splitlines()[0]
    if "ERR_INTERNET_DISCONNECTED" in first or "ERR_NAME_NOT_RESOLVED" in first:
        return "没有网络"
    if "ERR_CONNECTION" in first or "ERR_EMPTY_RESPONSE" in first:
        return "连不上后台"
    return first[:200]
