import pytest

from agent.cases import Outcome
from agent.platforms.look import Spec, look_at
from agent.platforms.signs import Gate
from tests.platforms.board import Visit
from tests.platforms.waiting import LONG_S

pytestmark = pytest.mark.asyncio(loop_scope="session")

GATE = Gate(name="login", outcome=Outcome.SIGNED_OUT, site="entry")


@pytest.mark.parametrize(
    ("site", "gates"),
    [
        ("{here}", ("login",)),
        ("{here}/", ("login",)),
        ("{here}/list", ("login",)),
        ("{here}/li", ()),
        ("{here}/list/more", ()),
        ("http://login.example", ()),
    ],
)
async def test_a_gate_may_be_a_whole_site(visit: Visit, site: str, gates: tuple[str, ...]) -> None:
    """A login on a host of its own, or under an address of its own, is known by that."""
    page = await visit.context.new_page()
    await page.goto(f"{visit.board.site}/list")
    spec = Spec(gates=(GATE,), sites={"entry": site.format(here=visit.board.site).rstrip("/")})

    look = await look_at(page, spec, LONG_S)
    await page.close()

    assert gates == look.gates


async def test_a_site_that_is_not_known_is_no_sign(visit: Visit) -> None:
    """A pack names only its own sites; elsewhere the gate stays open."""
    page = await visit.context.new_page()
    await page.goto(f"{visit.board.site}/list")

    look = await look_at(page, Spec(gates=(GATE,)), LONG_S)
    await page.close()

    assert () == look.gates
