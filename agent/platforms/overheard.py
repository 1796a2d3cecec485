"""What a queue's page has been heard to fetch: its rows, its counters, its shop, its refusals."""

from collections.abc import Callable, Sequence

from playwright.async_api import Page

from agent.clock import Clock
from agent.platforms.capture import Capture, Captured, Wanted
from agent.platforms.interpret import dig, first_at, satisfies, text_of
from agent.platforms.pack import Pack, Queue
from agent.platforms.signs import Gate

ROWS, COUNTERS, ALIVE = "rows", "counters", "alive"


class Overheard:
    """The answers of one page since it was last loaded or read.

    *stirred* is called with each that holds news.
    """

    def __init__(
        self,
        page: Page,
        pack: Pack,
        queue: Queue,
        gates: Sequence[Gate],
        clock: Clock,
        stirred: Callable[[], None],
    ) -> None:
        self._queue = queue
        self._gates = tuple(gate for gate in gates if gate.is_told)
        self._wanted = _wanted(pack, queue)
        self._stirred = stirred
        self._known_up_to = dict.fromkeys(self._wanted, 0)
        self._loaded = 0
        self._rows_read: object = None
        self.capture = Capture(page, self._wanted, clock, self._on_answer)

    def restart(self) -> None:
        """Forget what was before: the page is loaded anew."""
        self._loaded = self.capture.mark()
        self._known_up_to = dict.fromkeys(self._wanted, self._loaded)

    def heard(self, name: str) -> Captured | None:
        """Return the newest overheard answer called *name* that was not made use of yet."""
        return self.capture.latest(name, self._known_up_to.get(name, 0))

    def newest(self, name: str) -> Captured | None:
        """Return the newest answer called *name* since the page was loaded, made use of or not."""
        return self.capture.latest(name, self._loaded)

    def everything(self) -> list[tuple[str, Captured]]:
        """Return the newest answer of each sort with its request's method, oldest first."""
        known = ((w.method, self.capture.latest(name, 0)) for name, w in self._wanted.items())
        found = [(method, answer) for method, answer in known if answer is not None]
        return sorted(found, key=lambda one: one[1].order)

    def awaits(self, name: str) -> bool:
        """Tell whether such an answer is under way."""
        return self.capture.awaits(name, self._known_up_to.get(name, 0))

    def name_at(self, number: int) -> str:
        """Return the shop's name as an answer gives it for the queue's identity *number*."""
        place, answer = self._queue.identity[number], self.heard(_identity_key(number))
        if answer is None or place.path is None:
            return ""
        return text_of(dig(answer.body, place.path))

    def told(self) -> tuple[Gate, float] | None:
        """Return the gate that an answer of the page's own is, and when that was heard."""
        answers = [answer for name in self._wanted if (answer := self.heard(name)) is not None]
        for gate in self._gates:
            for answer in answers:
                if _tells(gate, answer):
                    return gate, answer.heard
        return None

    def pass_over(self) -> None:
        """Forget the rows and counts that were heard so far: newer ones are asked for."""
        for name in (ROWS, COUNTERS):
            if name in self._wanted:
                self._known_up_to[name] = self.capture.mark()

    def made_use_of(self, rows: Captured | None) -> None:
        """Take note that a reading is done, and which answer was the last of its rows."""
        self.pass_over()
        if rows is not None:
            self._known_up_to[ROWS] = rows.order
            self._rows_read = self._rows_in(rows)

    @property
    def has_news(self) -> bool:
        """Whether rows came since, that differ from what was read."""
        answer = self.heard(ROWS)
        return answer is not None and self._is_news(answer)

    def _on_answer(self, name: str, answer: Captured) -> None:
        if (name == ROWS and self._is_news(answer)) or self.told() is not None:
            self._stirred()

    def _is_news(self, answer: Captured) -> bool:
        """Tell whether *answer* differs from what was read: many pages ask again and again."""
        return bool(answer.trouble) or self._rows_in(answer) != self._rows_read

    def _rows_in(self, answer: Captured) -> object:
        spec = self._queue.response
        if spec is None:
            return None
        return first_at(answer.body, spec.rows), spec.total and first_at(answer.body, spec.total)


def _tells(gate: Gate, answer: Captured) -> bool:
    if gate.status and answer.status not in gate.status:
        return False
    said = {path: text_of(dig(answer.body, path)) for path in gate.says}
    heard = all(any(t in said[path] for t in texts) for path, texts in gate.says.items())
    return heard and satisfies(answer.body, gate.envelope)


def _wanted(pack: Pack, queue: Queue) -> dict[str, Wanted]:
    wanted: dict[str, Wanted] = {}
    if source := queue.response:
        wanted[ROWS] = Wanted(pack.resolve(source.url), source.method, source.query)
    if queue.counters and queue.counters.url:
        wanted[COUNTERS] = Wanted(pack.resolve(queue.counters.url))
    if queue.alive:
        wanted[ALIVE] = Wanted(pack.resolve(queue.alive.url), query=queue.alive.query)
    for number, place in enumerate(queue.identity):
        if place.response:
            url = pack.resolve(place.response)
            wanted[_identity_key(number)] = Wanted(url, place.method, place.query)
    return wanted


def _identity_key(number: int) -> str:
    return f"identity{number}"
