from dataclasses import replace

import pytest

from agent.cases import Outcome
from tests.platforms.board import (
    DOM,
    HASTE,
    SHOP,
    Visit,
    fetching,
    listing,
    rows,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

NONE = '<p id="none">暂无数据</p>'
LATE_NAME = (
    "<script>setTimeout(() => {{ shop.textContent = '{}' }}, 100)</script>"  # within our patience
)
PATIENT = replace(HASTE, other_shop=10)


async def test_a_header_may_fill_in_late(visit: Visit) -> None:
    """What stands there until the shop's name comes is not taken for another shop."""
    visit.board.body = listing(shop="商家后台", rest=LATE_NAME.format(SHOP)) + fetching()
    visit.board.says(rows(1))

    assert Outcome.ROWS is (await visit.read(PATIENT)).outcome


@pytest.mark.parametrize(
    ("shop", "outcome"),
    [
        (SHOP, Outcome.ROWS),
        (" 山雀 百货 ", Outcome.ROWS),
        ("山雀百货二店", Outcome.WRONG_SHOP),
        ("山雀", Outcome.WRONG_SHOP),
        ("", Outcome.PAGE_CHANGED),
    ],
)
async def test_no_number_is_trusted_before_the_shops_name(
    visit: Visit, shop: str, outcome: Outcome
) -> None:
    """The name must be this shop's, whole; where none is shown nothing is believed."""
    visit.board.body = listing(shop=shop) + fetching()
    visit.board.says(rows(1))
    visit.hurry()

    assert outcome is (await visit.read()).outcome


async def test_another_shops_emptiness_is_not_ours(visit: Visit) -> None:
    """An empty list under another name is reported as another shop."""
    visit.board.body = listing(shop="海棠茶社", rest=NONE) + fetching()
    visit.board.says(rows())

    reading = await visit.read()

    assert Outcome.WRONG_SHOP is reading.outcome
    assert "海棠茶社" in reading.detail


async def test_the_table_lends_its_words_to_the_answer(visit: Visit) -> None:
    """What only the table shows joins the answer's rows."""
    fields = DOM["fields"] | {"consequence": {"path": "says"}}
    visit.board.body = (
        listing(1, total="共 1 条").replace('<i class="says"></i>', '<i class="says">自动同意</i>')
        + fetching()
    )
    visit.board.says(rows(1))

    reading = await visit.read(dom=DOM | {"fields": fields})

    assert ("有事", "自动同意") == (reading.sightings[0].reason, reading.sightings[0].consequence)
