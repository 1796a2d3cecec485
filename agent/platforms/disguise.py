"""Turn a snapshot of somebody's page into a fixture that shows nobody's data."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from agent.cases import Reading
from agent.clock import Clock
from agent.fixtures.fixture import Answer, Expected, Fixture, Frame
from agent.fixtures.html import anonymise_html
from agent.fixtures.known import is_page_chinese, kept_words
from agent.fixtures.residue import Finding, residue
from agent.fixtures.stand_ins import StandIns
from agent.platforms.agreement import Difference, expected_of, is_a_list, unlike
from agent.platforms.capture import Captured
from agent.platforms.lodging import Lodging
from agent.platforms.pack import Pack
from agent.platforms.replay import has_two_sources, replay
from agent.platforms.snapshot import RawAnswer, RawPage, Snapshot

_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?=/|$)")
_STATUSES = range(100, 600)
_JOINED = re.compile(r"[、,，\s]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one queue: the *snapshot*, at which moment, and how it was *read*.

    *shop* is the shop's name as the page shows it, *more_names* are others that must not stay.
    """

    queue: str
    taken_at: datetime
    snapshot: Snapshot
    read: Reading
    shop: str
    more_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disguised:
    """A fixture, and what speaks against showing it to anybody.

    *replaced* counts the stand-ins by sort. *unlike* is where the pack reads it differently from
    the page, *findings* what in it still looks personal.
    """

    fixture: Fixture
    replaced: Mapping[str, int]
    unlike: tuple[Difference, ...]
    findings: tuple[Finding, ...]


async def disguised(
    seen: Seen, pack: Pack, sites: Mapping[str, str], host: Lodging, clock: Clock
) -> Disguised:
    """Return *seen* as a fixture of *pack*, read once more by replay in *host*'s browser.

    *sites* are where the pack's sites were for this shop; in the fixture they are the pack's own.
    """
    veil = _Disguise(seen, pack, sites)
    fixture = veil.fixture()
    replayed = await replay(fixture, pack, host, clock)
    known: dict[str, Expected] = {"expected": expected_of(replayed)}
    if has_two_sources(pack, seen.queue):
        shown = await replay(fixture, pack, host, clock, without="response")
        known |= {"shown": expected_of(shown)} if is_a_list(shown) else {}
    fixture = fixture.model_copy(update=known)
    return Disguised(
        fixture=fixture,
        replaced=veil.stand_ins.counts(),
        unlike=tuple(unlike(seen.read, replayed)),
        findings=tuple(veil.residue(fixture)),
    )


class _Disguise:
    """One capture with the stand-ins for what it holds."""

    def __init__(self, seen: Seen, pack: Pack, sites: Mapping[str, str]) -> None:
        self._seen = seen
        self._pack = pack
        self._keep = kept_words(pack.model_dump(mode="json"))
        self._names = tuple(_names(seen, self._keep))
        self._moved = {
            sites[name].rstrip("/"): own.rstrip("/")
            for name, own in pack.sites.items()
            if name in sites and sites[name] != own
        }
        self.stand_ins = StandIns(
            seen.taken_at, keep=self._keep, named=self._names, hosts=_hosts(pack, self._keep)
        )

    def fixture(self) -> Fixture:
        """Return the fixture; what is expected of it is not known yet."""
        seen, snapshot = self._seen, self._seen.snapshot
        return Fixture(
            platform=self._pack.platform,
            queue=seen.queue,
            shop=self.stand_ins.text(seen.shop),
            captured_at=seen.taken_at,
            url=self._address(snapshot.page.url),
            html=self._html(snapshot.page),
            frames=tuple(
                Frame(url=self._address(frame.url), html=self._html(frame))
                for frame in snapshot.frames
            ),
            answers=tuple(map(self._answer, _each_once(snapshot.answers))),
            expected=Expected(outcome=seen.read.outcome),
        )

    def residue(self, fixture: Fixture) -> list[Finding]:
        """Return what *fixture* still holds that looks personal."""
        snapshot = self._seen.snapshot
        heard = (answer.captured for answer in snapshot.answers)
        originals = [*snapshot.texts(), *(text for one in heard for text in _told(one))]
        return residue(fixture, originals, named=self._names, harmless=self._keep)

    def _at_home(self, text: str) -> str:
        for moved, own in self._moved.items():
            text = text.replace(moved, own)
        return text

    def _address(self, url: str, *, query: bool = False) -> str:
        return self.stand_ins.address(self._at_home(url), query=query)

    def _html(self, page: RawPage) -> str:
        return anonymise_html(self._at_home(page.html), self.stand_ins) if page.html else ""

    def _json(self, value: object) -> Any:  # noqa: ANN401 (JSON, as the fixture keeps it)
        written = json.dumps(value, ensure_ascii=False)
        return self.stand_ins.json(json.loads(self._at_home(written)))

    def _answer(self, answer: RawAnswer) -> Answer:
        captured = answer.captured
        return Answer.model_validate(
            {
                "url": self._address(captured.url, query=True),
                "method": answer.method,
                "asked": None if answer.method == "GET" else self._json(captured.wants),
                "status": captured.status,
                "body": self._json(captured.body),
            }
        )


def _each_once(answers: Iterable[RawAnswer]) -> list[RawAnswer]:
    """Return *answers* without those that never came, each question once, the last counting."""
    questions = {
        (one.method, one.captured.url, json.dumps(one.captured.wants)): one
        for one in answers
        if one.captured.status in _STATUSES
    }
    return list(questions.values())


def _told(captured: Captured) -> Iterator[str]:
    yield captured.url
    yield json.dumps(captured.wants, ensure_ascii=False)
    yield json.dumps(captured.body, ensure_ascii=False)


def _names(seen: Seen, keep: frozenset[str]) -> Iterator[str]:
    """Yield the names of the shop and its buyers; an ordinary word is nobody's."""
    buyers = (sighting.buyer for sighting in seen.read.sightings)
    given = {seen.shop, *seen.more_names, *buyers}
    parts = {part for name in given for part in (name, *_JOINED.split(name))}
    yield from (p for p in sorted(parts) if len(p) > 1 and p not in keep and not is_page_chinese(p))


def _hosts(pack: Pack, keep: frozenset[str]) -> set[str]:
    """Return the hosts that an address may show: the pack names them itself."""
    sites = {urlsplit(site).netloc for site in pack.sites.values()}
    named = {host[0] for word in keep if (host := _HOST.match(word))}
    return sites | named | {host for host in pack.hosts if not host.startswith("*")}
