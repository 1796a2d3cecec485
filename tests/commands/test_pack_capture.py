"""`geshao pack capture` and `pack test` in front of a make-believe office, and what they print."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from keyring.backends import fail

from agent.demo.doudian.state import ShopBooks
from agent.fixtures.fixture import Fixture
from agent.vault import Vault
from tests.commands.household import EMAIL, NAME, PASSWORD, PHONE, SHOP, Household, a_household
from tests.commands.program import PASSPHRASE, Program
from tests.vault.keyrings import system_keyring

BUYER, WORDS = "王小明的店", "我要投诉，电话 13912345678，订单一直没发货"
PRODUCT = "轻便露营帐篷 三人款"


@pytest.fixture
async def household(tmp_path: Path) -> AsyncIterator[Household]:
    """Give a signed-in shop with two open refunds and a buyer who waits for an answer."""
    async with a_household(tmp_path) as household:
        office = household.office
        for hours in (5, 22):
            office.add_case(
                NAME, deadline=timedelta(hours=hours), product=PRODUCT, buyer=BUYER, reason=WORDS
            )
        office.message(NAME, BUYER, WORDS)
        with system_keyring(fail.Keyring()):
            vault = Vault.open(household.data, lambda: PASSPHRASE)
            vault.save_session(SHOP, office.start_session(EMAIL, NAME))
        yield household


async def captured(household: Household, *arguments: str) -> tuple[int, Program]:
    """Run `geshao pack capture` to its end."""
    async with household.runs("pack", "capture", SHOP, *arguments) as program:
        return await program.ends(), program


def personal(household: Household) -> set[str]:
    """Return all that the office knows of people, orders and sessions, and what they said."""
    books: ShopBooks = household.office._state.shops[NAME]
    known = {NAME, EMAIL, PASSWORD, PHONE, BUYER, WORDS, WORDS[-7:], "13912345678", PRODUCT}
    known |= {str(books.shop_id), *household.office._state.sessions}
    for ticket in books.tickets.values():
        known |= {ticket.after_sale_id, ticket.order_id, ticket.product, ticket.reason}
        # Eight would not do: a stand-in telephone, 1380000 and four drawn digits, can hold them.
        known |= {ticket.order_id[-10:], ticket.after_sale_id[-10:], ticket.spec}
    for chat in books.conversations.values():
        known |= {chat.conversation_id, chat.buyer_id, *(one.text for one in chat.messages)}
        known |= {one.message_id for one in chat.messages}
    return known


async def test_a_capture_holds_nothing_of_anybody_and_reads_the_same(
    household: Household,
) -> None:
    """What is saved shows none of the office's data, and the shipped pack reads it again."""
    home = household.folder / "kept"
    code, program = await captured(household, "--yes", "--out", str(home))
    texts = {file: file.read_text(encoding="utf-8") for file in home.rglob("*.*")}
    listed = Fixture.read(home / "aftersale_rows")

    assert 0 == code, program.err
    assert {"aftersale_rows", "feige_rows"} == {folder.name for folder in home.iterdir()}
    assert [] == [
        (file.name, one)
        for file, text in texts.items()
        for one in personal(household)
        if one in text
    ]
    assert [] == household.office.writes
    assert 2 == len(listed.expected.rows)
    assert listed.url.startswith("https://")
    assert "已替换：" in program.out
    assert NAME not in program.out
    assert BUYER not in program.out
