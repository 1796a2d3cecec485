"""What the make-believe Doudian has from the kit, besides what its own tests show."""

import pytest

from agent.demo.doudian import MakeBelieveDoudian
from agent.demo.kit import Trouble
from tests.demo.visitor import COUNTS, EMAIL, LIST, SHOP, WORKBENCH, Visitor
from tests.fakes import FakeClock


@pytest.mark.parametrize(("build", "ui"), [("a", "auxo"), ("b", "aurora")])
def test_a_build_picks_library_and_chat(build: str, ui: str) -> None:
    """Build a is the present one; build b has the other library and the old chat page."""
    office = MakeBelieveDoudian(FakeClock(), build=build)
    wears_old_hash = "MP1bk3ccfHC9V2SnPCGD" == office._state.skin.names["nameLine"]

    assert ui == office._state.skin.ui
    assert (build == "b") is wears_old_hash


async def test_a_stored_session_opens(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """The cookie of a session that was started behind the page's back opens pages and calls."""
    [cookie] = office.start_session(EMAIL, SHOP)["cookies"]
    visitor._http.cookie_jar.update_cookies({cookie["name"]: cookie["value"]})

    assert 200 == (await visitor.page(WORKBENCH)).status
    assert 0 == (await visitor.tickets())["code"]


async def test_varied_tickets_are_listed(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """Cases added by number are of several kinds and all on the list."""
    ids = office.add_cases(SHOP, 30)
    await visitor.sign_in()

    items = (await visitor.tickets(size=50))["data"]["items"]

    infos = [item["after_sale_info"] for item in items]
    assert set(ids) == {info["after_sale_id"] for info in infos}
    assert {0, 1, 2, 3} == {info["after_sale_type"] for info in infos}
    assert 25 < len({info["status_deadline"] for info in infos})


async def test_a_remembered_page_is_told(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """The workbench is told on which page its list opens."""
    await visitor.sign_in()
    office.remember_page(SHOP, 4)

    assert '"page": 4' in await (await visitor.page(WORKBENCH)).text()


async def test_only_the_list_is_busy(office: MakeBelieveDoudian, visitor: Visitor) -> None:
    """A failing list answers the platform's envelope without data; the cards still count."""
    await visitor.sign_in()
    office.trouble(Trouble.ENVELOPE)
    busy, counts = await visitor.tickets(), await visitor.fxg(COUNTS, fields="refund_audit")
    office.trouble(None)

    assert LIST in office.list_calls
    assert (None, "系统繁忙，请稍后再试") == (busy["data"], busy["msg"])
    assert {"refund_audit": 0} == counts["data"]
    assert 0 == (await visitor.tickets())["code"]
