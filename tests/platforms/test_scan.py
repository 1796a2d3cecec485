import pytest

from agent.platforms.scan import ScanPatience, sign_in_by_code
from agent.platforms.steps import Login
from tests.platforms.board import Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATIENCE = ScanPatience(whole=15, between_looks=0.05)
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
SPENT = "setTimeout(() => { says.innerText = '二维码已失效'; again.hidden = false; }, 300);"
SCANNED = (
    "setInterval(() => { if (code.style.background == '%s') location.href = '/login'; }, 2500);"
)


async def scan(visit: Visit, script: str) -> tuple[bool, list[bytes]]:
    """Show the code of a page with *script*; return whether somebody came in, and the pictures."""
    visit.begin()
    assert visit.session is not None

    visit.session.pack = visit.session.pack.model_copy(update={"login": LOGIN})
    visit.board.body = PAGE % script
    pictures: list[bytes] = []
    assert LOGIN.code is not None

    came_in = await sign_in_by_code(
        visit.session, LOGIN, LOGIN.code, visit.clock, pictures.append, PATIENCE
    )
    return came_in, pictures


async def test_a_code_that_is_scanned_lets_the_person_in(visit: Visit) -> None:
    """Its picture is shown, and the session is kept."""
    came_in, pictures = await scan(visit, SCANNED % "red")

    assert came_in
    assert pictures[0].startswith(b"\x89PNG")
    assert visit.session is not None
    assert await visit.session.stored() is not None


async def test_a_spent_code_is_asked_for_anew(visit: Visit) -> None:
    """The new picture is shown in its place."""
    came_in, pictures = await scan(visit, SPENT + SCANNED % "blue")

    assert came_in
    assert len(set(pictures)) > 1


async def test_nobody_scans(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while it is given up, and no session is kept."""
    monkeypatch.setattr("tests.platforms.test_scan.PATIENCE", ScanPatience(whole=0.5))

    came_in, _pictures = await scan(visit, "")

    assert not came_in
    assert visit.session is not None
    assert await visit.session.stored() is None
