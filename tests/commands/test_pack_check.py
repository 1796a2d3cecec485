"""`geshao pack check` in front of a make-believe office, and what it prints."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent.folder import held
from agent.platforms.schema import schema_text
from tests.commands.home import SHOP as HOME_SHOP
from tests.commands.home import Home
from tests.commands.household import EMAIL, NAME, SHOP, Household, a_household


@pytest.fixture
async def household(tmp_path: Path) -> AsyncIterator[Household]:
    """Give a configured shop with one open refund, signed in by an earlier run."""
    async with a_household(tmp_path) as household:
        household.office.add_case(NAME, deadline=timedelta(hours=22))
        household.stays_signed_in()
        yield household


def squeezed(text: str) -> str:
    """Return *text* without its blanks: columns are folded as the screen has it."""
    return "".join(text.split())


async def test_every_queue_is_gone_through(household: Household, home: Home) -> None:
    """Each is told from its page to what to do next, and no number that names a case whole."""
    case = household.office.add_case(NAME)
    said = await household.types(home, "pack", "check", SHOP)
    table = squeezed(said.out)

    assert 0 == said.code
    assert "⚠ 抖店的页面规则未在真实后台验证" in said.err
    assert "✓店铺名「山雀户外旗舰店」（第1处" in table
    assert "✓kindrefund_only（仅退款）" in table
    assert "✓amount¥129.00" in table
    assert "怎么知道没有" in table
    assert 2 == said.out.count("\n→ 读到底了。")
    assert (False, True) == (case in said.out, f"****{case[-4:]}" in said.out)
    assert [] == household.office.writes


async def test_scripts_get_one_object_a_queue(household: Household, home: Home) -> None:
    """The same as on the screen, as much masked, and nothing else on standard output."""
    case = household.office.add_case(NAME)
    said = await household.types(home, "pack", "check", SHOP, "aftersale", "--json")
    (queue,) = json.loads(said.out)
    kind = next(one for one in queue["read"][0]["fields"] if one["field"] == "kind")

    assert 0 == said.code
    assert (False, True) == (case in said.out, f"****{case[-4:]}" in said.out)
    assert ("aftersale", "rows", "response", 2) == tuple(
        queue[key] for key in ("queue", "outcome", "source", "rows")
    )
    assert ("refund_only", "after_sale_info.after_sale_type", False) == tuple(
        kind[key] for key in ("value", "path", "unknown")
    )


async def test_queue_that_cannot_be_read_is_a_failure(household: Household, home: Home) -> None:
    """The exit code says so to scripts, the last line what to do to the person."""
    household.office.sign_out(EMAIL)
    said = await household.types(home, "pack", "check", SHOP, "aftersale")

    assert 1 == said.code
    assert "✗ 登录已失效" in said.out
    assert f"→ 先登录这家店（geshao login {SHOP}），再检查一次。" in said.out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("nobody",), "✗ 没有名为 nobody 的店铺。\n→ 现有：shanque。"),
        ((HOME_SHOP, "refunds"), "✗ 抖店没有名为 refunds 的列表。\n→ 现有："),
    ],
)
def test_what_there_is_not_is_no_queue(
    home: Home, arguments: tuple[str, ...], problem: str
) -> None:
    """Who misspells a shop or a queue is told which there are."""
    home.settles_in()
    code, said = home.types("pack", "check", *arguments).problem

    assert 2 == code
    assert problem in said


def test_running_geshao_is_left_alone(home: Home) -> None:
    """Two browsers with one session would sign each other out."""
    home.settles_in()
    with held(home.data):
        code, said = home.types("pack", "check", HOME_SHOP).problem

    assert 5 == code
    assert "另一个鸽哨正在使用这个数据目录" in said


def test_schema_is_printed(home: Home) -> None:
    """`geshao pack schema` prints what stands beside the shipped packs."""
    said = home.types("pack", "schema")

    assert (0, schema_text()) == (said.code, said.out)
