"""`geshao pack test` on the shipped fixtures, with the shipped pack and with a broken one."""

import asyncio
from pathlib import Path

from agent.fixtures.fixture import FIXTURE_FILE
from agent.platforms.shelf import pack_folders
from tests.commands.home import Home, Said

SHIPPED = pack_folders()[0] / "doudian"


async def reads(home: Home, folder: Path) -> Said:
    """Type `geshao pack test` for the fixtures in *folder*: a start takes seconds."""
    return await asyncio.to_thread(home.types, "pack", "test", str(folder))


async def test_a_pack_of_ones_own_is_tested_too(home: Home) -> None:
    """The shipped pack passes; a broken one of the user's own fails by the names of the fields."""
    shipped = SHIPPED / "fixtures" / "aftersale_rows"
    good = await reads(home, shipped)
    own = home.config.parent / "selectors" / SHIPPED.name
    own.mkdir(parents=True)
    text = (SHIPPED / "pack.yaml").read_text(encoding="utf-8")
    text = text.replace("text_part.reason_text", "text_part.gone")
    text = text.replace("after: 申请时间", "after: 没有了")
    (own / "pack.yaml").write_text(text, encoding="utf-8")
    bad = await reads(home, shipped)
    table = "".join(bad.out.replace("│", " ").split())

    assert (0, 1) == (good.code, bad.code), good.err
    assert "1 份样本都读对了" in good.err
    assert "第1行reason：应为" in table
    assert "（只看页面表格）第1行opened_at：应为" in table
    assert "1 份样本里有 1 份读得不对" in bad.err


def test_a_folder_without_fixtures_is_told(home: Home, tmp_path: Path) -> None:
    """`geshao pack test` of nothing is no success."""
    said = home.types("pack", "test", str(tmp_path / "none"))

    assert 2 == said.code
    assert "里没有页面样本。\n→ 用 geshao pack capture 采一份。" in said.err


async def test_a_torn_fixture_is_told_with_the_spot(home: Home, tmp_path: Path) -> None:
    """The table has the whole path of the file, the line, and what to do; it is a failure."""
    torn = tmp_path / "kept" / FIXTURE_FILE
    torn.parent.mkdir()
    torn.write_text('{\n "version": 1,\n', encoding="utf-8")
    said = await reads(home, tmp_path)
    table = "".join(said.out.replace("│", " ").split())

    assert 1 == said.code
    assert f"✗{torn}:3:1：这里不是正确的JSON。" in table
    assert "geshaopackcapture重新采一份" in table
