"""A back office that is against us is read all the same, or honestly is not, and then again."""

from dataclasses import replace

import pytest
from aiohttp import web

from agent.cases import Outcome
from tests.platforms.board import HASTE, SHORT, fetching, listing, rows
from tests.platforms.hostile import Siege
from tests.platforms.waiting import change_patience

pytestmark = pytest.mark.asyncio(loop_scope="session")

HARMLESS = {
    "files": """
        fetch('file:///etc/passwd').catch(() => undefined);
        document.write('<iframe src="file:///etc/passwd"></iframe><img src="file:///etc/passwd">');
        setTimeout(() => { location = 'file:///etc/passwd' });
    """,
    "other programs": """
        document.write('<iframe src="tel:1"></iframe><a id=pay href="alipays://pay">a</a>');
        document.querySelector('#pay').click();
        setTimeout(() => { location = 'mailto:a@b.example' });
        setTimeout(() => { location = 'tel:10086' });
    """,
    "dialogs": """
        addEventListener('beforeunload', (event) => event.preventDefault());
        for (let i = 0; i < 2000; i += 1) { alert(i); confirm(i); prompt(i); }
        const bare = document.body.appendChild(document.createElement('iframe')).contentWindow;
        for (let i = 0; i < 5; i += 1) bare.confirm(i);
    """,
    "our own names": """
        window.found = [typeof pywebview, typeof geshaoRefused];
        for (let i = 0; i < 300; i += 1) geshaoStirred({much: i}).catch(() => undefined);
    """,
    "workers that stay": """
        window.found = [typeof SharedWorker];
        navigator.serviceWorker.register('/api/worker').then((made) => found.push(typeof made));
    """,
}


@pytest.mark.parametrize("tried", HARMLESS)
async def test_what_does_not_work_does_no_harm(siege: Siege, tried: str) -> None:
    """The list is read where it stands, and once more after it."""
    reading = await siege.reading(f"window.found = []; {HARMLESS[tried]}")
    found = await siege.visit.script("found")
    path = await siege.visit.script("location.pathname")

    assert (Outcome.ROWS, "/list", set()) == (reading.outcome, path, set(found) - {"undefined"})
    assert Outcome.ROWS is await siege.next_outcome()


async def test_permissions_are_refused_at_once(siege: Siege) -> None:
    """No page waits for an answer that nobody gives."""
    reading = await siege.reading(
        """
        window.asked = Promise.all([
          Notification.requestPermission(),
          new Promise((done) => navigator.geolocation.getCurrentPosition(
            () => done('there'), (error) => done(error.code))),
          navigator.mediaDevices
            ? navigator.mediaDevices.getUserMedia({audio: true}).catch((error) => error.name) : '',
          navigator.clipboard
            ? navigator.clipboard.readText().catch((error) => error.name) : '',
        ]);
        """
    )
    answers = await siege.visit.script("asked")

    assert Outcome.ROWS is reading.outcome
    assert ["denied", 1] == answers[:2]
    assert {"NotAllowedError", "NotFoundError", ""} >= set(answers[2:])


async def test_nothing_is_downloaded(siege: Siege) -> None:
    """What a page hands out as a file is thrown away; the list is read."""

    async def file(_request: web.Request) -> web.StreamResponse:
        headers = {"Content-Disposition": "attachment; filename=x.exe"}
        return web.Response(body=b"x" * 100_000, headers=headers)

    siege.visit.board.says(file, path="file")

    reading = await siege.reading("")
    assert siege.visit.reader is not None
    assert siege.visit.reader.page is not None
    async with siege.visit.reader.page.raw.expect_download() as coming:
        await siege.visit.script("location = '/api/file'")
    failure = await (await coming.value).failure()

    assert Outcome.ROWS is reading.outcome
    assert "accept_downloads" in (failure or "")
    assert Outcome.ROWS is await siege.next_outcome()


async def test_a_page_that_never_rests_is_given_up(siege: Siege) -> None:
    """It does not answer; the next reading has a page of its own."""
    endless = "setTimeout(() => { for (;;) alert(1) })"

    reading = await siege.reading(endless, replace(SHORT, reading=3))
    assert siege.visit.reader is not None
    change_patience(siege.visit.reader, HASTE)

    assert Outcome.UNREACHABLE is reading.outcome
    assert Outcome.ROWS is await siege.next_outcome()


async def test_a_page_that_takes_all_memory_is_given_up(siege: Siege) -> None:
    """Its process ends before the machine's memory does."""
    reading = await siege.reading(
        # Nobody has to look through numbers like these for what else is still in use.
        "const all = []; for (;;) all.push(new Array(1e6).fill(all.length + 0.5))",
        SHORT,
    )

    assert Outcome.UNREACHABLE is reading.outcome
    assert Outcome.ROWS is await siege.next_outcome()


@pytest.mark.parametrize("told", [True, False], ids=["its size is told", "its size is not told"])
async def test_an_answer_of_50_mb_is_not_read(
    siege: Siege,
    told: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """Nor is it taken out of the browser; the reading says what is wrong."""
    filling = b'"%s",' % (b"x" * (1 << 20))

    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "application/json"})
        answer.content_length = len(filling) * 50 + 2 if told else None
        await answer.prepare(request)
        for part in (b"[", *[filling] * 50, b"]"):
            await answer.write(part)
        await answer.write_eof()
        return answer

    siege.visit.board.body = listing(rest=fetching())
    siege.visit.board.says(endless, path="list")

    reading = await siege.visit.read(replace(HASTE, settle=200, reading=240), dom=None)

    assert Outcome.UNREACHABLE is reading.outcome
    assert reading.detail.startswith("列表没有加载出来：回答太大")

    siege.visit.board.says(rows(1, total=1))
    assert siege.visit.reader is not None
    change_patience(siege.visit.reader, HASTE)

    assert Outcome.ROWS is (await siege.visit.reader.read()).outcome
