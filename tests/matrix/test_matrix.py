"""Every platform's pack in front of its make-believe office, in every state that we know of."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.cases import Outcome, Reading
from agent.demo.offices import offices
from agent.platforms.host import BrowserHost
from agent.platforms.login import SignIn
from tests.matrix.cells import Cell, cells, rounds
from tests.matrix.stand import PACKS, Stand, put_up

AT_ONCE = 3
QUEUES = [(platform, queue) for platform in offices() for queue in PACKS[platform].queues]


async def seen_in(stand: Stand, cell: Cell) -> str:
    """Return what went wrong in *cell*, "" if the right thing was seen."""
    stand.fill(cell.count)
    if not cell.enter and (ended := await stand.sign_in()) is not SignIn.DONE:
        return f"signing in: {ended.value}"
    if cell.stands:
        reading = await stand.read_as_it_stands(lambda: cell.done(stand), cell.patience)
    elif cell.while_open:
        reading = await stand.read_twice(lambda: cell.done(stand), cell.patience)
    else:
        cell.done(stand)
        reading = await stand.read(cell.patience)
    wrong = _wrong(reading, cell, stand.added)
    if stand.office.writes:
        wrong += f" wrote {stand.office.writes[0].path}"
        stand.office.writes.clear()
    return wrong


def _wrong(reading: Reading, cell: Cell, added: set[str]) -> str:
    seen = {sighting.key.case_id for sighting in reading.sightings}
    if reading.outcome not in cell.right:
        return f"{reading.outcome.value}: {reading.detail}"
    if reading.outcome is Outcome.ROWS and seen != added:
        return f"{len(seen & added)} of {len(added)} rows, {len(seen - added)} strange"
    if cell.source not in {None, reading.source}:
        return f"from {reading.source.value}"
    return "" if cell.gate in {"", reading.gate} else f"gate {reading.gate}"


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(("platform", "queue"), QUEUES)
async def test_every_state_has_its_outcome(
    platform: str, queue: str, host: BrowserHost, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """No state of the office is taken for another, and none but an empty list for an empty one.

    `GESHAO_MATRIX=all python -m pytest tests/matrix` tries every state of every queue.
    """
    office, pack = offices()[platform], PACKS[platform]
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, columns: list[Cell]) -> None:
        build, enter = columns[0].build or next(iter(office.builds)), columns[0].enter
        folder = tmp_path / str(number)
        async with turn, put_up(office, queue, host, folder, build=build, enter=enter) as stand:
            for cell in columns:
                told[cell.title] = await seen_in(stand, cell)
                if cell.undone is not None:
                    cell.undone(stand)

    told: dict[str, str] = {}
    shares = rounds(list(cells(pack, queue, office)))
    await asyncio.gather(*(one(number, columns) for number, columns in enumerate(shares)))
    false = sum(wrong.startswith(Outcome.VERIFIED_EMPTY) for wrong in told.values())
    states = " ".join(f"{title}{'✗' if wrong else '✓'}" for title, wrong in told.items())
    figure(f"matrix {platform}/{queue}: {false} of {len(told)} falsely empty: {states}")

    assert {} == {title: wrong for title, wrong in told.items() if wrong}
