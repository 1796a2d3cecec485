import asyncio
from dataclasses import replace

import pytest
from aiohttp import web

from agent.platforms.scan import ScanPatience, sign_in_by_code
from agent.platforms.steps import Login
from tests.platforms.board import Answer, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATIENCE = ScanPatience(whole=60, between_looks=0.05, act=20, close=20)
LOGIN = Login.model_validate(
    {
        "url": "main:/list",
        "code": {
            "image": {"css": ["#code"]},
            "expired": ["二维码已失效"],
            "refresh": {"css": ["#again"]},
        },
    }
)
PAGE = """
<div id=code style="width:60px;height:60px;background:red"></div><p id=says></p>
<button id=again hidden>刷新</button>
<script>
  const code = document.getElementById("code"), again = document.getElementById("again");
  const says = document.getElementById("says");
  again.onclick = () => {
    code.style.background = "blue"; again.hidden = true; says.innerText = "";
  };
  %s
</script>
"""
SCANNED = "fetch('/api/scanned').then(() => { location.href = '/login'; });"
AGES = """
sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1;
if (sessionStorage.loads > 1) { code.style.background = "blue"; %s }
"""
SPENT = """
fetch('/api/spent').then(() => { says.innerText = '二维码已失效'; again.hidden = false; });
again.addEventListener("click", () => { %s });
"""


class Phone:
    """Acts once a picture was shown: *acts* are the answers that the page waits for, in order."""

    def __init__(self, visit: Visit, *acts: str) -> None:
        self.pictures: list[bytes] = []
        self.spent = 0
        self._acted = [asyncio.Event() for _ in acts]
        for act, acted in zip(acts, self._acted, strict=True):
            visit.board.says(self._once(acted), path=act)

    def show(self, picture: bytes) -> None:
        """Look at *picture*, the next one; an empty one tells that the last is spent."""
        self.spent += not picture
        if not picture:
            return
        self.pictures.append(picture)
        for acted in self._acted[: len(self.pictures)]:
            acted.set()

    def _once(self, acted: asyncio.Event) -> Answer:
        async def answer(_request: web.Request) -> web.StreamResponse:
            await acted.wait()
            return web.json_response({})

        return answer


async def scan(visit: Visit, script: str, phone: Phone, patience: ScanPatience = PATIENCE) -> bool:
    """Show *phone* the code of a page with *script*; return whether somebody came in."""
    visit.begin()
    assert visit.session is not None

    visit.session.pack = visit.session.pack.model_copy(update={"login": LOGIN})
    visit.board.body = PAGE % script
    assert LOGIN.code is not None

    return await sign_in_by_code(
        visit.session, LOGIN, LOGIN.code, visit.clock, phone.show, patience
    )


async def test_a_code_that_is_scanned_lets_the_person_in(visit: Visit) -> None:
    """Its picture is shown; nothing is kept before it is known whose shop that is."""
    phone = Phone(visit, "scanned")

    came_in = await scan(visit, SCANNED, phone)

    assert came_in
    assert phone.pictures[0].startswith(b"\x89PNG")
    assert visit.session is not None
    assert await visit.session.stored() is None


async def test_a_spent_code_is_asked_for_anew(visit: Visit) -> None:
    """The old picture is taken away, and the new one shown in its place."""
    phone = Phone(visit, "spent", "scanned")

    came_in = await scan(visit, SPENT % SCANNED, phone)

    assert came_in
    assert phone.pictures[0] != phone.pictures[1]
    assert phone.spent >= 1


async def test_a_code_whose_page_never_says_that_it_is_spent(visit: Visit) -> None:
    """After a while its page is loaded anew, and shows another one."""
    phone = Phone(visit, "never", "scanned")

    came_in = await scan(visit, AGES % SCANNED, phone, replace(PATIENCE, fresh=1))

    assert came_in
    assert phone.pictures[0] != phone.pictures[1]


async def test_nobody_scans(visit: Visit) -> None:
    """After a while it is given up, and no session is kept."""
    came_in = await scan(visit, "", Phone(visit), ScanPatience(whole=0.5))

    assert not came_in
    assert visit.session is not None
    assert await visit.session.stored() is None
