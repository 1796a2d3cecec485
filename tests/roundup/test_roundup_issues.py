"""What the pack of data reads from Roundup's list of issues."""

from pathlib import Path

import pytest

from agent.cases import Kind, Outcome, Sighting, Source, Stage
from agent.platforms.host import BrowserHost
from tests.roundup.tracker import Roundup, Tracker
from tests.roundup.visit import Visit, visit

pytestmark = pytest.mark.asyncio(loop_scope="session")

TALK = (
    "<script>document.title = '被改了'</script>",
    '说"不行" it\'s \\ 100% {case_id} &lt;b&gt;',
    "无效登录 你不允许查看此页",
    "很长" * 1000,
)


async def test_no_issue_is_proven(tracker: Tracker, shop: Visit) -> None:
    """Roundup says nothing of an empty list; that its page goes on below the headings proves it."""
    reading = await shop.read()

    assert (Outcome.VERIFIED_EMPTY, 0) == (reading.outcome, reading.expected)


async def test_an_issue_is_read(tracker: Tracker, shop: Visit) -> None:
    """Number, words, status, writer, priority, whose move it is, where to open it."""
    [number] = tracker.write("包裹没有收到", priority="urgent", status="in-progress")

    reading = await shop.read()

    assert (Outcome.ROWS, 1, Source.DOM) == (reading.outcome, reading.expected, reading.source)
    assert (
        Sighting(
            key=reading.sightings[0].key,
            kind=Kind.OTHER,
            status="进行中",
            reason="包裹没有收到",
            buyer="admin",
            tags=("urgent",),
            url=f"{tracker.address}/issue{number}",
        )
        == reading.sightings[0]
    )
    assert f"shop/issues/{number}" == str(reading.sightings[0].key)


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        ("unread", Stage.MERCHANT),
        ("chatting", Stage.MERCHANT),
        ("need-eg", Stage.WAITING),
        ("deferred", Stage.WAITING),
    ],
)
async def test_whose_move_it_is(tracker: Tracker, shop: Visit, status: str, stage: Stage) -> None:
    """What waits for the writer, or was put off, asks nothing of the shop."""
    tracker.write("三天没有回音", status=status)

    reading = await shop.read()

    assert [stage] == [sighting.stage for sighting in reading.sightings]


async def test_issues_are_read_over_all_pages(tracker: Tracker, shop: Visit) -> None:
    """Fifty issues stand on a page; the others are fetched by Roundup's own link."""
    numbers = tracker.write(*(f"问题 {number}" for number in range(57)))

    reading = await shop.read()

    assert (Outcome.ROWS, 57) == (reading.outcome, reading.expected)
    assert numbers == [sighting.key.case_id for sighting in reading.sightings]


async def test_titles_stay_text(tracker: Tracker, shop: Visit) -> None:
    """What people write is neither markup nor a sign for us, however it reads."""
    tracker.write(*TALK)

    reading = await shop.read()

    assert list(TALK) == [sighting.reason for sighting in reading.sightings]


async def test_a_resolved_issue_that_is_still_listed_has_ended(
    roundup: Roundup, host: BrowserHost, tmp_path: Path
) -> None:
    """Where an owner numbered the statuses otherwise, the status's name tells what is over."""
    roundup.private.write("已经解决", status="resolved")

    reading = await visit(roundup.private, host, tmp_path, "shop").sign_in()

    assert [("已解决", Stage.ENDED)] == [(one.status, one.stage) for one in reading.sightings]
