"""`geshao run`, as far as it comes without a browser; the rest is in `test_lifetimes`."""

import io
from collections.abc import Iterator

import pytest

from agent.folder import held
from tests.commands.home import Home
from tests.vault.keyrings import LockedKeyring, system_keyring


@pytest.fixture
def settled(home: Home) -> Iterator[Home]:
    """Give a home with one shop and its password, where no browser is to be found."""
    home.types("init")
    home.adds("--password-stdin", username="a@b.example", stdin=io.StringIO("secret\n"))
    home.sets("GESHAO_BROWSER", "/nowhere/chromium")
    return home


@pytest.mark.parametrize("command", [("run",), ("login", "shanque")], ids=" ".join)
def test_without_shops_there_is_nothing_to_do(home: Home, command: tuple[str, ...]) -> None:
    """The next step is to add one; no log is begun."""
    home.types("init")
    code, problem = home.types(*command).problem

    assert 2 == code
    assert "→ 请运行 geshao shop add 添加。\n" in problem
    assert not home.data.exists()


def test_unknown_shop_cannot_be_signed_in_to(settled: Home) -> None:
    """Those that exist are named."""
    problem = settled.types("login", "shan").problem

    assert (2, "✗ 没有名为 shan 的店铺。\n→ 现有：shanque。\n") == problem


@pytest.mark.parametrize("command", [("run",), ("login", "shanque")], ids=" ".join)
def test_folder_in_use_is_told_before_anything_is_asked(
    settled: Home, command: tuple[str, ...]
) -> None:
    """Neither the keyring nor a browser is looked for."""
    with held(settled.data), system_keyring(LockedKeyring()):
        code, problem = settled.types(*command).problem

    assert 5 == code
    assert problem.startswith("✗ 另一个鸽哨正在使用这个数据目录。\n→ ")


def test_locked_keyring_is_told_before_a_browser_is_looked_for(settled: Home) -> None:
    """A person who has to unlock something need not wait for it."""
    with system_keyring(LockedKeyring()):
        code, problem = settled.types("run").problem

    assert 4 == code
    assert "浏览器" not in problem
    assert "\n→ " in problem


def test_without_a_browser(settled: Home) -> None:
    """What was looked for is named; the folder is free again."""
    code, problem = settled.types("run", "--no-window").problem

    assert 3 == code
    assert "✗ 环境变量 GESHAO_BROWSER" in problem
    with held(settled.data):
        pass


def test_log_begins_with_the_run(settled: Home) -> None:
    """From here on what happens is written down."""
    settled.types("run", "--no-window")

    assert (settled.data / "geshao.log").exists()
