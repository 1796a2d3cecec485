"""What the packs make of a row: its time left, its money, its words, and whether it is over."""

import inspect
from datetime import timedelta
from pathlib import Path

import pytest

from agent.cases import Outcome, Sighting, Stage
from agent.clock import SystemClock
from agent.demo.offices import offices
from agent.platforms.host import BrowserHost
from agent.platforms.pack import Pack
from tests.matrix.stand import PACKS, SHOP, Stand, put_up

FIVE_HOURS = timedelta(hours=5, minutes=30)
MINUTE = timedelta(minutes=1)
FEN = 12340
ORDINARY = "验证码 安全验证 登录 重新登录"

pytestmark = pytest.mark.asyncio(loop_scope="session")


def add(stand: Stand, **wanted: object) -> str:
    """Open a case in the first queue with as much of *wanted* as the office has a word for."""
    words = inspect.signature(stand.office.add_case).parameters
    passed_on = any(word.kind is word.VAR_KEYWORD for word in words.values())
    known = {"deadline", "amount_fen", "reason"} if passed_on else set(words)
    return stand.office.add_case(SHOP, **{k: v for k, v in wanted.items() if k in known})


def words_of_gates(pack: Pack) -> str:
    """Return what a buyer could write to look like a gate of *pack*."""
    known = (*pack.gates, *next(iter(pack.queues.values())).gates)
    return " ".join([ORDINARY, *(gate.text for gate in known if gate.text)])


@pytest.mark.parametrize("platform", sorted(offices()))
async def test_a_row_means_what_the_office_meant(
    platform: str, host: BrowserHost, tmp_path: Path
) -> None:
    """Units are right, other people's words trip no gate, and what is over is over."""
    office, pack = offices()[platform], PACKS[platform]
    queue = next(iter(pack.queues))
    build = next(iter(office.builds))
    async with put_up(office, queue, host, tmp_path, build=build, enter=True) as stand:
        long, short = FIVE_HOURS, timedelta(minutes=20)
        plain = add(stand, deadline=long, amount_fen=FEN)
        wordy = add(stand, deadline=short, reason=words_of_gates(pack), text=words_of_gates(pack))
        over = add(stand, deadline=long)
        stand.office.resolve(SHOP, over)
        reading = await stand.read()

        assert Outcome.ROWS is reading.outcome, reading.detail
        assert {plain, wordy} <= (seen := {s.key.case_id: s for s in reading.sightings}).keys()
        assert over not in seen or Stage.ENDED is seen[over].stage
        for case_id, left in ((plain, long), (wordy, short)):
            assert Stage.MERCHANT is seen[case_id].stage
            if _tells(pack, queue, "respond_by"):
                assert is_about(seen[case_id], left)
        assert not _tells(pack, queue, "amount") or FEN == seen[plain].amount


def is_about(sighting: Sighting, left: timedelta) -> bool:
    """Tell whether *sighting* has about *left*, by as much as a page leaves out."""
    if sighting.respond_by is None:
        return False
    rest = sighting.respond_by - SystemClock().now()
    return rest - MINUTE <= left <= rest + sighting.slack + MINUTE


def _tells(pack: Pack, queue: str, field: str) -> bool:
    spec = pack.queues[queue]
    sources = [source for source in (spec.response, spec.dom) if source is not None]
    return any(source.fields.places(field) for source in sources)
