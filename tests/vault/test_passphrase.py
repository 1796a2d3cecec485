import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from keyring.backends import fail

from agent.errors import VaultLocked
from agent.vault import Vault
from tests.vault.keyrings import MemoryKeyring, system_keyring

PASSPHRASE = "飞鸽 传书 哨声"
SESSION = {"cookies": [{"name": "sid", "value": "canary-cookie"}]}

pytestmark = pytest.mark.usefixtures("cheap_passphrase", "no_keyring")


@pytest.fixture
def no_keyring() -> Iterator[None]:
    """Take the system's keyring away."""
    with system_keyring(fail.Keyring()):  # type: ignore[no-untyped-call]  # keyring's
        yield


def right() -> str:
    """Give the right passphrase."""
    return PASSPHRASE


def wrong() -> str:
    """Give another passphrase."""
    return "飞鸽传书哨声"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Give a new vault under a passphrase, with a password and a session in it."""
    vault = Vault.open(tmp_path, right)
    vault.set_password("店铺A", "canary-password")
    vault.save_session("店铺A", SESSION)
    return vault


def test_remembers(vault: Vault, tmp_path: Path) -> None:
    """The same passphrase opens it again, with all that was in it."""
    again = Vault.open(tmp_path, right)

    assert "口令加密文件" == again.where
    assert "canary-password" == again.password("店铺A")
    assert SESSION == again.load_session("店铺A")


def test_wrong_passphrase(vault: Vault, tmp_path: Path) -> None:
    """A wrong passphrase is told so, with a next step, and spoils nothing."""
    with pytest.raises(VaultLocked, match="口令不对") as locked:
        Vault.open(tmp_path, wrong)

    assert "重新输入" in locked.value.next_step
    assert "canary-password" == Vault.open(tmp_path, right).password("店铺A")


def test_empty_passphrase(tmp_path: Path) -> None:
    """No vault is locked with nothing, and the next start asks again."""
    with pytest.raises(VaultLocked, match="空"):
        Vault.open(tmp_path, str)

    assert [] == list(tmp_path.iterdir())


def test_no_plain_text(vault: Vault, tmp_path: Path) -> None:
    """No file holds a secret or the passphrase, and all are private."""
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    written = b"".join(file.read_bytes() for file in files)

    assert 3 == len(files)
    assert b"canary" not in written
    assert PASSPHRASE.encode() not in written
    assert {0o600} == {file.stat().st_mode & 0o777 for file in files}


def test_same_passphrase_other_key(vault: Vault, tmp_path: Path) -> None:
    """Each vault salts its passphrase, so that one's files do not open in another."""
    other = Vault.open(tmp_path / "other", right)
    (tmp_path / "sessions").rename(tmp_path / "other/sessions")

    assert other.load_session("店铺A") is None


def test_stays_with_the_passphrase(vault: Vault, tmp_path: Path) -> None:
    """A keyring that appears later does not split the secrets in two."""
    with system_keyring(MemoryKeyring()):
        again = Vault.open(tmp_path, right)

    assert "口令加密文件" == again.where


def test_forget(vault: Vault, tmp_path: Path) -> None:
    """A removed shop's password is gone, the others' stay."""
    vault.set_password("店铺B", "other")

    vault.forget("店铺A")
    vault.forget("never there")
    again = Vault.open(tmp_path, right)

    assert (None, "other") == (again.password("店铺A"), again.password("店铺B"))


def test_damaged_passwords(vault: Vault, tmp_path: Path, warnings_logged: list[str]) -> None:
    """A damaged file of passwords is said to be so, and new ones can be stored."""
    (tmp_path / "secrets").write_bytes(b"torn")

    missing = vault.password("店铺A")
    vault.set_password("店铺A", "new")

    assert missing is None
    assert "new" == vault.password("店铺A")
    assert 2 == len(warnings_logged)


def without_salt(record: str) -> str:
    """Lose the salt."""
    loaded = json.loads(record)
    del loaded["passphrase"]["salt"]
    return json.dumps(loaded)


def greedy(record: str) -> str:
    """Ask for a terabyte of memory."""
    return record.replace('"log2_cost": 14', '"log2_cost": 30')


@pytest.mark.parametrize("damage", [lambda record: record[:40], without_salt, greedy])
def test_damaged_record(vault: Vault, tmp_path: Path, damage: Callable[[str], str]) -> None:
    """A damaged record locks the vault and names the file, instead of starting another vault."""
    record = tmp_path / "vault.json"
    record.write_text(damage(record.read_text()))

    with pytest.raises(VaultLocked, match=r"vault\.json") as locked:
        Vault.open(tmp_path, right)

    assert locked.value.next_step


def test_record_of_another_salt(vault: Vault, tmp_path: Path) -> None:
    """A record whose salt was exchanged does not open, even with the right passphrase."""
    Vault.open(tmp_path / "other", right)
    record = json.loads((tmp_path / "vault.json").read_text())
    other = json.loads((tmp_path / "other/vault.json").read_text())
    record["passphrase"]["salt"] = other["passphrase"]["salt"]
    (tmp_path / "vault.json").write_text(json.dumps(record))

    with pytest.raises(VaultLocked, match="口令不对"):
        Vault.open(tmp_path, right)
