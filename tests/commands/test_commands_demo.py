"""`geshao demo`, as far as it comes without a browser; the rest is in `test_lifetimes`."""

import tempfile

import pytest

from agent.clock import SystemClock
from agent.commands import demo
from agent.demo import scenario
from agent.demo.doudian import MakeBelieveDoudian
from agent.vault import Vault
from tests.commands.home import Home


def test_without_a_browser_nothing_is_left_behind(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is told, and the temporary folder is gone."""
    temporary = home.folder / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    home.sets("GESHAO_BROWSER", "/nowhere/chromium")
    code, problem = home.types("demo", "--no-window").problem

    assert 3 == code
    assert "✗ 环境变量 GESHAO_BROWSER" in problem
    assert [] == list(temporary.iterdir())
    assert not home.config.exists()
    assert not home.data.exists()


async def test_three_shops_on_two_logins(home: Home) -> None:
    """Each shop has its own id and the password of its login, and visits only the make-believe."""
    vault = Vault.ephemeral(home.folder)
    async with MakeBelieveDoudian(SystemClock()) as office:
        scenario.furnish(office)
        shops = demo._shops(office, vault)

    assert ["demo1", "demo2", "demo3"] == [shop.id for shop in shops]
    assert 2 == len({shop.username for shop in shops})
    assert [vault.password(shop.id) for shop in shops] == [
        login.password for login in scenario.LOGINS for _ in login.shops
    ]
    assert all(
        address.startswith("http://127.0.0.1:") for shop in shops for address in shop.sites.values()
    )
