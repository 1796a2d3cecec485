"""The columns of the matrix: what is done to an office, and which outcomes are right then."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from agent.cases import Outcome, Source
from agent.demo.kit import Trouble
from agent.demo.offices import Office
from agent.platforms.pack import Pack, Queue
from agent.platforms.patience import Patience
from tests.matrix.stand import HASTE, OTHER_SHOP, PACKS, SHOP, SHORT, USERNAME, Stand

A_FEW = 3
MANY_PAGES = 57

FULL = frozenset({Outcome.ROWS})
_ALWAYS = {
    "0",
    "57",
    "renamed hard",
    "keys renamed",
    "wrong_shop while open",
    "hang",
    "signed_out",
    "signs in",
}
_EVERYWHERE = {"57"}
_ONE_OF = ("http_500", "garbage")
"""To a page they are one: its call failed. What we make of either no platform has a say in."""
BLIND = frozenset(Outcome) - {Outcome.ROWS, Outcome.VERIFIED_EMPTY, Outcome.WRONG_SHOP}


@dataclass(frozen=True)
class Cell:
    """One column: *count* cases, what is *done* then, the *right* outcomes.

    Rows are right only if they are all there; so are they beside BLIND, since a pack that reads
    the whole list in spite of a trouble is no worse for it; with *source* they come from there.
    *while_open* does it to a page that was read before and is told of it; then it has to see
    *gate*. With *stands* that page never reloads by itself, and is read again as it stands.
    What *undone* takes back leaves an office in which other columns can be tried.
    """

    title: str
    count: int = A_FEW
    done: Callable[[Stand], None] = lambda _: None
    undone: Callable[[Stand], None] | None = None
    right: frozenset[Outcome] = FULL
    build: str = ""
    gate: str = ""
    source: Source | None = None
    enter: bool = True
    while_open: bool = False
    stands: bool = False
    patience: Patience = HASTE

    @property
    def ends_it(self) -> bool:
        """Whether nothing else can be tried in the office after it."""
        return self.undone is None


def rounds(columns: Sequence[Cell]) -> list[list[Cell]]:
    """Share *columns* out to offices: what can be taken back is tried in one, one after another.

    Who has to sign in does so first, the cases grow from column to column, and a column that ends
    it all comes last.
    """
    usual = [cell for cell in columns if not (cell.while_open or cell.build)]
    shared = [cell for cell in usual if not cell.ends_it]
    shared.sort(key=lambda cell: (cell.enter, cell.count))
    shared += [cell for cell in usual if cell.ends_it][:1]
    return [one for one in (shared, *([cell] for cell in columns if cell not in shared)) if one]


def cells(pack: Pack, queue: str, office: type[Office]) -> Iterator[Cell]:
    """Yield the columns that are tried for *queue*: with `GESHAO_MATRIX=all` whatever makes sense.

    Without it a part is, so that the checks stay short; of a platform's other queues, which share
    gates and pages with its first, a smaller one.
    """
    is_first = queue == next(iter(pack.queues))
    its_own = _ONE_OF[sorted(PACKS).index(pack.platform) % len(_ONE_OF)]
    usual = _ALWAYS | {its_own} if is_first else _EVERYWHERE
    for cell in _sensible(pack, queue, office):
        if cell.title in usual or os.environ.get("GESHAO_MATRIX") == "all":
            yield cell


def _sensible(pack: Pack, queue: str, office: type[Office]) -> Iterator[Cell]:
    is_first = queue == next(iter(pack.queues))
    empty = frozenset({Outcome.VERIFIED_EMPTY})
    if is_first and pack.login and pack.login.steps:
        yield Cell("signs in", 0, undone=_nothing, right=empty, enter=False)
    else:
        yield Cell("0", 0, undone=_nothing, right=empty)
    yield Cell("1", 1, undone=_nothing)
    yield Cell("57", MANY_PAGES, undone=_nothing)
    spec = pack.queues[queue]
    if spec.more and spec.more.next:  # what is scrolled comes up at its beginning
        yield Cell("remembered", MANY_PAGES, _remember, FULL | {Outcome.TRUNCATED})
    yield Cell("renamed", done=_rename, undone=_nothing)
    hard = FULL | BLIND
    yield Cell("renamed hard", done=_rename_hard, undone=_rename, right=hard, patience=SHORT)
    if spec.response:
        yield _keys_renamed(spec)
    for build in office.builds:
        yield Cell(f"build {build}", build=build)
    for trouble in Trouble:
        done = _have(trouble)
        yield Cell(trouble.value, done=done, undone=_heal, right=FULL | BLIND, patience=SHORT)
    yield from _gates(pack, queue)
    if is_first:
        yield Cell("500", 500, undone=_nothing)


def _keys_renamed(spec: Queue) -> Cell:
    """Return the column of answers that nobody can read, beside a page that looks as ever."""
    title = "keys renamed"
    if spec.dom and spec.dom.tells_total:
        return Cell(title, done=_rename_keys, undone=_rename, source=Source.DOM)
    return Cell(title, done=_rename_keys, undone=_rename, right=BLIND, patience=SHORT)


def _gates(pack: Pack, queue: str) -> Iterator[Cell]:
    """Yield a column for each sort of gate that the pack has."""
    known = (*pack.gates, *pack.queues[queue].gates)
    outcomes = {gate.outcome for gate in known}
    if pack.login is None:
        return
    is_first = queue == next(iter(pack.queues))
    for outcome, done in _DOINGS.items():
        if outcome in outcomes:
            # The right to one page is not the right to another.
            others = frozenset() if is_first or outcome is not Outcome.NO_PERMISSION else FULL
            yield Cell(outcome.value, done=done, right=frozenset({outcome}) | others)
    if any(gate.name == "kicked" for gate in known):
        right = frozenset({Outcome.SIGNED_OUT})
        yield Cell("kicked", done=_kick, right=right)
        yield Cell("kicked while open", done=_kick, right=right, gate="kicked", while_open=True)
    if pack.queues[queue].shows_its_shop:
        right = frozenset({Outcome.WRONG_SHOP})
        yield Cell("wrong_shop", done=lambda s: s.office.switch_shop(SHOP, OTHER_SHOP), right=right)
        right |= BLIND
        yield Cell(
            "wrong_shop while open", done=_go_astray, undone=_come_back, right=right, stands=True
        )


_DOINGS: dict[Outcome, Callable[[Stand], None]] = {
    Outcome.SIGNED_OUT: lambda stand: stand.office.sign_out(USERNAME),
    Outcome.CHALLENGED: lambda stand: stand.office.show_captcha(SHOP),
    Outcome.NO_PERMISSION: lambda stand: stand.office.deny_permission(SHOP),
    Outcome.SETUP_REQUIRED: lambda stand: getattr(stand.office, "require_setup")(SHOP),  # noqa: B009 (only such offices have it)
}


def _nothing(_: Stand) -> None:
    """Leave the office as it is: others get on with it."""


def _heal(stand: Stand) -> None:
    stand.office.trouble(None)


def _rename(stand: Stand) -> None:
    stand.office.rename_classes()


def _kick(stand: Stand) -> None:
    stand.office.kick(USERNAME)


def _go_astray(stand: Stand) -> None:
    """Let the session show another shop, and its pages hear of that shop's cases."""
    stand.office.switch_shop(SHOP, OTHER_SHOP)
    stand.office.fill(OTHER_SHOP, stand.queue, A_FEW)


def _come_back(stand: Stand) -> None:
    stand.office.switch_shop(OTHER_SHOP, SHOP)
    stand.office._state.heals = True


def _remember(stand: Stand) -> None:
    stand.office.remember_page(SHOP, 3)


def _rename_hard(stand: Stand) -> None:
    stand.office.rename_classes(hard=True)


def _rename_keys(stand: Stand) -> None:
    stand.office.rename_keys()


def _have(trouble: Trouble) -> Callable[[Stand], None]:
    return lambda stand: stand.office.trouble(trouble)
