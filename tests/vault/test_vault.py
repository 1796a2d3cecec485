from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.errors import GeshaoError
from agent.vault import Vault
from tests.vault.keyrings import ForbiddenKeyring, MemoryKeyring, system_keyring

STATE: dict[str, Any] = {
    "cookies": [{"name": "sid", "value": "canary-cookie", "httpOnly": True}],
    "origins": [
        {"origin": "https://shop.example", "localStorage": [{"name": "店", "value": "😀"}]}
    ],
}


def nobody() -> str:
    """Stand for a passphrase that must not be asked for."""
    raise AssertionError("asked for a passphrase")


def session_files(folder: Path) -> list[Path]:
    """Return the session files in the data *folder*."""
    return sorted((folder / "sessions").iterdir())


def cut(sealed: bytes) -> bytes:
    """Lose the end, as a torn write does."""
    return sealed[: len(sealed) // 2]


def flipped(sealed: bytes) -> bytes:
    """Change one bit."""
    return sealed[:-1] + bytes([sealed[-1] ^ 1])


@pytest.fixture
def vault(memory_keyring: MemoryKeyring, tmp_path: Path) -> Vault:
    """Give a new vault on a working keyring."""
    return Vault.open(tmp_path / "data", nobody)


@pytest.fixture
def folder(vault: Vault, tmp_path: Path) -> Path:
    """Give the data folder of the vault, with the sessions of two shops in it."""
    vault.save_session("店铺A", STATE)
    vault.save_session("店铺B", {"cookies": []})
    return tmp_path / "data"


def test_remembers(vault: Vault, folder: Path) -> None:
    """Password and session are there again after the program was started anew."""
    vault.set_password("店铺A", "canary-password")

    again = Vault.open(folder, nobody)

    assert ("canary-password", STATE) == (again.password("店铺A"), again.load_session("店铺A"))
    assert "系统钥匙串" == again.where


def test_nothing_stored(vault: Vault, warnings_logged: list[str]) -> None:
    """A shop of which nothing was stored has neither, and that is no reason to warn."""
    assert (None, None) == (vault.password("店铺A"), vault.load_session("店铺A"))
    assert [] == warnings_logged


def test_no_plain_text(vault: Vault, folder: Path, memory_keyring: MemoryKeyring) -> None:
    """No file holds a cookie, a password or the key."""
    vault.set_password("店铺A", "canary-password")
    files = [file for file in folder.rglob("*") if file.is_file()]
    written = b"".join(file.read_bytes() for file in files)

    assert 3 == len(files)
    assert b"canary" not in written
    assert memory_keyring.entries["geshao", "key"].encode() not in written


def test_keyring_entries(vault: Vault, memory_keyring: MemoryKeyring) -> None:
    """The keyring holds one short key, and one entry a shop, under one service name."""
    vault.set_password("店铺A", "secret")

    assert {("geshao", "key"), ("geshao", "password:店铺A")} == set(memory_keyring.entries)
    assert 44 == len(memory_keyring.entries["geshao", "key"])


def test_only_for_the_owner(folder: Path) -> None:
    """Nobody else on the machine may look into the folder or the files."""
    modes = {file.stat().st_mode & 0o777 for file in folder.rglob("*") if file.is_file()}

    assert {0o600} == modes
    assert 0o700 == (folder / "sessions").stat().st_mode & 0o777
    assert 0o700 == folder.stat().st_mode & 0o777


def test_folder_that_was_opened_wide(vault: Vault, folder: Path) -> None:
    """A session folder that came back wide open from a backup is closed at the next saving."""
    (folder / "sessions").chmod(0o755)

    vault.save_session("店铺A", STATE)

    assert 0o700 == (folder / "sessions").stat().st_mode & 0o777


@pytest.mark.parametrize(
    "damage", [cut, flipped, lambda _: b"", lambda _: b"{}", lambda sealed: sealed + b"x"]
)
def test_damaged_session(
    vault: Vault, folder: Path, damage: Callable[[bytes], bytes], warnings_logged: list[str]
) -> None:
    """A damaged file means a fresh sign-in of that shop, one warning, and no harm to the others."""
    file = next(file for file in session_files(folder) if "店铺A" in file.name)
    file.write_bytes(damage(file.read_bytes()))

    assert vault.load_session("店铺A") is None
    assert {"cookies": []} == vault.load_session("店铺B")
    assert 1 == len(warnings_logged)
    assert "店铺A" in warnings_logged[0]


def test_recovers_from_damage(vault: Vault, folder: Path) -> None:
    """After the fresh sign-in the damaged file is replaced by a good one."""
    for file in session_files(folder):
        file.write_bytes(b"torn")

    vault.save_session("店铺A", STATE)

    assert STATE == vault.load_session("店铺A")


def test_swapped_sessions(vault: Vault, folder: Path, warnings_logged: list[str]) -> None:
    """A shop never gets another shop's session, even if the files were swapped."""
    first, second = session_files(folder)
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)

    assert (None, None) == (vault.load_session("店铺A"), vault.load_session("店铺B"))
    assert 2 == len(warnings_logged)


def test_key_was_lost(
    folder: Path, memory_keyring: MemoryKeyring, warnings_logged: list[str]
) -> None:
    """If the keyring was emptied, a new key is made, and the old session means a fresh sign-in."""
    memory_keyring.entries.clear()
    vault = Vault.open(folder, nobody)

    assert vault.load_session("店铺A") is None
    assert 1 == len(warnings_logged)


@pytest.mark.parametrize("entry", ["", "not base64!", "c2hvcnQ="])
def test_key_is_no_key(folder: Path, memory_keyring: MemoryKeyring, entry: str) -> None:
    """An entry that cannot be a key is replaced by a new key."""
    memory_keyring.entries["geshao", "key"] = entry

    Vault.open(folder, nobody).save_session("店铺A", STATE)

    assert STATE == Vault.open(folder, nobody).load_session("店铺A")


def test_unreadable_session(vault: Vault, folder: Path, warnings_logged: list[str]) -> None:
    """A session that the disk does not give means a fresh sign-in, with a warning."""
    file = next(file for file in session_files(folder) if "店铺A" in file.name)
    file.unlink()
    file.mkdir()

    assert vault.load_session("店铺A") is None
    assert 1 == len(warnings_logged)


@pytest.mark.parametrize(
    "ids",
    [
        ("../../escape", "..", "/etc/passwd"),
        ("CON", "con", "Con"),
        ("a/b", "a_b", "a:b", "a\\b"),
        ("长" * 300, "长" * 301, ""),
        ("session", "session ", "session."),
    ],
)
def test_file_names(vault: Vault, folder: Path, ids: tuple[str, ...]) -> None:
    """Whatever a shop is called, its file stays in the folder and is never another shop's."""
    for shop_id in ids:
        vault.save_session(shop_id, {"of": shop_id})

    assert [{"of": shop_id} for shop_id in ids] == [vault.load_session(one) for one in ids]
    assert 2 + len(ids) == len({file.name.casefold() for file in session_files(folder)})
    assert {"data"} == {file.name for file in folder.parent.iterdir()}


def test_forget(vault: Vault, folder: Path, memory_keyring: MemoryKeyring) -> None:
    """A removed shop leaves nothing behind, and the others keep theirs."""
    vault.set_password("店铺A", "secret")

    vault.forget("店铺A")
    vault.forget("never there")

    assert (None, None) == (vault.password("店铺A"), vault.load_session("店铺A"))
    assert {("geshao", "key")} == set(memory_keyring.entries)
    assert 1 == len(session_files(folder))


@pytest.mark.parametrize(("password", "fits"), [("密" * 1_280, True), ("密" * 1_281, False)])
def test_password_length(vault: Vault, password: str, *, fits: bool) -> None:
    """What Windows' keyring could not hold is refused everywhere, before anything is stored."""
    if fits:
        vault.set_password("店铺A", password)
    else:
        with pytest.raises(GeshaoError, match="1280"):
            vault.set_password("店铺A", password)

    assert (password if fits else None) == vault.password("店铺A")


def test_ephemeral(tmp_path: Path) -> None:
    """The demo's vault works without any keyring, and nobody can read its files afterwards."""
    with system_keyring(ForbiddenKeyring()):
        vault = Vault.ephemeral(tmp_path)
        vault.set_password("demo", "secret")
        vault.save_session("demo", STATE)
        again = Vault.ephemeral(tmp_path)

        assert ("仅内存", "secret") == (vault.where, vault.password("demo"))
        assert STATE == vault.load_session("demo")
        assert (None, None) == (again.password("demo"), again.load_session("demo"))


def test_repr_keeps_quiet(vault: Vault) -> None:
    """Printing the vault tells where the secrets are, not what they are."""
    vault.set_password("店铺A", "canary-password")

    assert "<Vault 系统钥匙串>" == repr(vault)
