"""`geshao shop remove`."""

import io
import pydoc
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
SESSION = {"cookies": [{"name": "sid", "value": "0a1b2c3d4e5f"}]}


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
    assert (0, "✓ 已删除 shanque：密码、登录状态、记录（1 件待办）、配置。\n") == (
        said.code,
        said.out,
    )
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

    assert (
        2,
        "✗ 没有名为 shan 的店铺，数据目录里也没有它的东西。\n→ 现有：shanque、tea。\n",
    ) == (code, problem)
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
    """What a locked keyring kept is wiped the second time."""
    with system_keyring(LockedKeyring()):
        broken = settled.types("shop", "remove", SHOP)
    repeated = settled.types("shop", "remove", SHOP)

    assert 4 == broken.code
    assert (0, "✓ 已删除 shanque：密码、记录（1 件待办）。\n") == (repeated.code, repeated.out)
    assert ["key"] == [name for _, name in settled.keyring.entries]
    assert ["tea"] == [shop.id for shop in read_settings(settled.config).shops]


def test_shop_that_an_exception_names_loses_nothing(settled: Home) -> None:
    """What cannot be taken out of the configuration keeps its password and its records."""
    text = settled.config.read_text(encoding="utf-8")
    exception = f"\npolicy:\n  overrides: [{{shop: {SHOP}, tiers: {{exchange: urgent}}}}]\n"
    settled.config.write_text(text.replace("\npolicy:\n", exception), encoding="utf-8")
    code, problem = settled.types("shop", "remove", SHOP).problem

    assert (2, True) == (code, "请先删掉那一项" in problem)
    assert "secret" == Vault.open(settled.data, lambda: "").password(SHOP)
    assert KEY == settled.case(KEY).key


def test_shop_behind_the_same_login_keeps_it(home: Home) -> None:
    """Two shops with one name and password: each has its own entry, and its own session."""
    home.types("init")
    for shop, name in ((SHOP, "山雀"), ("tea", "南岸茶器")):
        said = io.StringIO("the same login\n")
        home.adds("--password-stdin", id=shop, name=name, username="a@b.example", stdin=said)
    vault = Vault.open(home.data, lambda: "")
    for shop in (SHOP, "tea"):
        vault.save_session(shop, SESSION)
    home.types("shop", "remove", SHOP)

    assert (None, None) == (vault.password(SHOP), vault.load_session(SHOP))
    assert ("the same login", SESSION) == (vault.password("tea"), vault.load_session("tea"))


def test_no_word_of_it_stays_in_the_file(settled: Home) -> None:
    """What was deleted would lie in free pages of the journal until something is written there."""
    words = "文件里的一句话，别处没有"
    many = [a_case(key=CaseKey(SHOP, "aftersale", f"8{n}"), reason=words) for n in range(50)]
    settled.remembers(*many, a_case(key=OTHER, reason="茶器的话"))
    before = written(settled)
    settled.types("shop", "remove", SHOP)
    after = written(settled)

    assert words.encode() in before
    assert words.encode() not in after
    assert "茶器的话".encode() in after


def written(home: Home) -> bytes:
    """Return all that lies in the data folder."""
    return b"".join(file.read_bytes() for file in home.data.rglob("*") if file.is_file())


def test_shop_that_is_only_left_in_the_data_folder(settled: Home) -> None:
    """Whoever took it out of the configuration by hand can still wipe it, once."""
    text = settled.config.read_text(encoding="utf-8")
    settled.config.write_text(text.replace(f"id: {SHOP}", "id: renamed"), encoding="utf-8")
    said = settled.types("shop", "remove", SHOP)
    again = settled.types("shop", "remove", SHOP)

    assert "✓ 已删除 shanque：密码、记录（1 件待办）。\n" == said.out
    assert ["key"] == [name for _, name in settled.keyring.entries]
    assert ["renamed", "tea"] == [shop.id for shop in read_settings(settled.config).shops]
    assert (2, "") == (again.code, again.out)
    with pytest.raises(UnknownCase):
        settled.case(KEY)


def test_name_that_nobody_knows_makes_no_vault(home: Home) -> None:
    """A slip of the finger costs nothing: no key, no file."""
    home.types("init")
    home.data.mkdir(parents=True)
    said = home.types("shop", "remove", "shan")

    assert 2 == said.code
    assert {} == home.keyring.entries
    assert ["geshao.lock"] == [file.name for file in home.data.iterdir()]


@pytest.mark.parametrize("broken", ["agent.vault.Vault.forget", "agent.journal.Journal.forget"])
def test_what_broke_off_anywhere_is_repeated(settled: Home, broken: str) -> None:
    """The configuration comes first, so the second time does the rest and says which."""

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device", "journal.sqlite3")

    module, _, name = broken.rpartition(".")
    real = getattr(pydoc.locate(module), name)
    settled.breaks(broken, refuse)
    first = settled.types("shop", "remove", SHOP)
    settled.breaks(broken, real)
    second = settled.types("shop", "remove", SHOP)

    assert (1, "") == (first.code, first.out)
    assert (0, True) == (second.code, "记录（1 件待办）。" in second.out)
    assert ["key"] == [entry for _, entry in settled.keyring.entries]


def test_damaged_journal_that_was_set_aside_is_named(settled: Home) -> None:
    """It cannot be read, so nobody can take one shop out of it."""
    aside = settled.data / "journal.damaged-20261122T090000.sqlite3"
    aside.write_bytes(b"torn")
    said = settled.types("shop", "remove", SHOP)

    assert f"不需要就删掉：{aside}" in said.err
