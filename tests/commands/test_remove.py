"""`geshao shop remove`."""

import io
from collections.abc import Iterator

import pytest

from agent.cases import CaseKey
from agent.config import read_settings
from agent.errors import UnknownCase
from agent.folder import held
from agent.vault import Vault
from tests.commands.home import SHOP, Home
from tests.mothers import KEY, a_case, a_reading, a_sighting
from tests.vault.keyrings import LockedKeyring, system_keyring

OTHER = CaseKey("tea", "aftersale", "9001")


@pytest.fixture
def settled(home: Home) -> Iterator[Home]:
    """Give a home with two shops, a password, a session, and a case in the usual shop."""
    home.types("init")
    home.adds("--password-stdin", username="a@b.example", stdin=io.StringIO("secret\n"))
    home.adds(id="tea", name="南岸茶器")
    (home.data / "sessions").mkdir()
    home.remembers(a_case(), readings=[a_reading(a_sighting())])
    return home


def session_files(home: Home) -> list[str]:
    """Return the names of the kept sessions."""
    return sorted(path.name for path in (home.data / "sessions").iterdir())


def test_nothing_of_a_removed_shop_is_left(settled: Home) -> None:
    """Configuration, password, session and records are gone; the other shop's are not."""
    vault = Vault.open(settled.data, lambda: "")
    vault.save_session(SHOP, {"cookies": []})
    vault.save_session("tea", {"cookies": []})
    (of_tea,) = [name for name in session_files(settled) if name.startswith("tea")]
    said = settled.types("shop", "remove", SHOP)

    with settled.journal() as journal:
        health = journal.health()
    assert (0, "✓ 已删除 shanque，连同它的密码、登录状态和记录。\n") == (said.code, said.out)
    assert ["tea"] == [shop.id for shop in read_settings(settled.config).shops]
    assert ["key"] == [name for _, name in settled.keyring.entries]
    assert [of_tea] == session_files(settled)
    assert SHOP not in health
    with pytest.raises(UnknownCase):
        settled.case(KEY)


def test_shop_that_was_never_watched(home: Home) -> None:
    """Without a data folder only the configuration changes, and no folder is made."""
    home.types("init")
    home.adds()
    said = home.types("shop", "remove", SHOP)

    assert 0 == said.code
    assert () == read_settings(home.config).shops
    assert not home.data.exists()


def test_unknown_shop_is_named_with_those_that_exist(settled: Home) -> None:
    """Nothing is touched for a name that is in no configuration."""
    code, problem = settled.types("shop", "remove", "shan").problem

    assert (2, "✗ 没有名为 shan 的店铺。\n→ 现有：shanque、tea。\n") == (code, problem)
    assert KEY == settled.case(KEY).key


def test_what_a_running_geshao_holds_is_left_alone(settled: Home) -> None:
    """It would write everything down again; so it has to be ended first."""
    with held(settled.data):
        code, problem = settled.types("shop", "remove", SHOP).problem

    assert 5 == code
    assert "先结束它" in problem
    assert 2 == len(read_settings(settled.config).shops)
    assert KEY == settled.case(KEY).key


def test_removing_that_broke_off_can_be_repeated(settled: Home) -> None:
    """While the keyring is locked the shop stays in the configuration."""
    with system_keyring(LockedKeyring()):
        broken = settled.types("shop", "remove", SHOP)
    repeated = settled.types("shop", "remove", SHOP)

    assert 4 == broken.code
    assert 0 == repeated.code
    assert ["tea"] == [shop.id for shop in read_settings(settled.config).shops]
