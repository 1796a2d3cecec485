"""A session's file, whatever became of it: a fresh sign-in, never a crash, never another's."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.vault import Vault
from agent.vault.sealed import seal, unseal
from agent.vault.sessions import as_session, as_text, telling
from tests.vault.keyrings import LockedKeyring, MemoryKeyring, system_keyring

STATE: dict[str, Any] = {"cookies": [{"name": "sid", "value": "of the first"}], "origins": []}
OTHER: dict[str, Any] = {"cookies": [{"name": "sid", "value": "of the second"}], "origins": []}


def nobody() -> str:
    """Stand for a passphrase that must not be asked for."""
    raise AssertionError("asked for a passphrase")


@pytest.fixture
def vault(memory_keyring: MemoryKeyring, tmp_path: Path) -> Vault:
    """Give a vault with the sessions of two shops."""
    vault = Vault.open(tmp_path, nobody)
    vault.save_session("first", STATE)
    vault.save_session("second", OTHER)
    return vault


def file_of(folder: Path, shop: str) -> Path:
    """Return the file that holds the shop's session."""
    return next(file for file in (folder / "sessions").iterdir() if file.name.startswith(shop))


def test_cut_at_every_length(vault: Vault, tmp_path: Path, warnings_logged: list[str]) -> None:
    """However much of the file was written, none but the whole opens; each try is warned of."""
    file = file_of(tmp_path, "first")
    whole = file.read_bytes()
    opened = []
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        opened.append(vault.load_session("first"))
    file.write_bytes(whole)

    assert [None] * len(whole) == opened
    assert len(whole) == len(warnings_logged)
    assert STATE == vault.load_session("first")


def test_bit_flipped_anywhere(vault: Vault, tmp_path: Path) -> None:
    """Head, nonce, content or seal: one bit is enough."""
    file = file_of(tmp_path, "first")
    whole = file.read_bytes()
    opened = []
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << (place % 8)
        file.write_bytes(damaged)
        opened.append(vault.load_session("first"))

    assert [None] * len(whole) == opened


def test_another_shops_file_is_no_use(
    vault: Vault, tmp_path: Path, warnings_logged: list[str]
) -> None:
    """Copied over, it opens for neither: the first is warned of, the second keeps its own."""
    file_of(tmp_path, "first").write_bytes(file_of(tmp_path, "second").read_bytes())

    assert vault.load_session("first") is None
    assert OTHER == vault.load_session("second")
    assert ["first：保存的登录已损坏、不属于它，或密钥换过，需要重新登录。"] == warnings_logged


@pytest.mark.parametrize(
    "of_old",
    [
        lambda key: seal(key, "session of first", as_text(STATE)).replace(b"geshao 1", b"geshao 0"),
        lambda _: as_text(STATE),
        lambda key: seal(key, "session of first", b"[]"),
        lambda key: seal(key, "session of first", b'{"cookies": {"sid": "x"}}'),
        lambda key: seal(key, "session of first", b'{"cookies": [{"name": "sid"}]}'),
        lambda key: seal(key, "session of first", b'{"origins": ["https://shop.example"]}'),
        lambda key: seal(key, "session of first", b'{"origins": [{"localStorage": [1]}]}'),
    ],
)
def test_file_of_another_version(
    vault: Vault,
    tmp_path: Path,
    memory_keyring: MemoryKeyring,
    of_old: Callable[[bytes], bytes],
    warnings_logged: list[str],
) -> None:
    """What no browser would take means a fresh sign-in, and is replaced by the next saving."""
    file_of(tmp_path, "first").write_bytes(of_old(vault._keeper.key))

    loaded = vault.load_session("first")
    vault.save_session("first", STATE)

    assert loaded is None
    assert 1 == len(warnings_logged)
    assert STATE == vault.load_session("first")


def test_folder_that_takes_nothing(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a read-only disk saving fails with the system's error, and the old session is there."""

    def refuse(*_: object, **__: object) -> int:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OSError, match="Read-only"):
        vault.save_session("first", OTHER)

    assert STATE == vault.load_session("first")
    assert 2 == len(list((tmp_path / "sessions").iterdir()))


def test_sessions_go_on_when_the_keyring_is_locked_later(vault: Vault) -> None:
    """The key is known since the start: a locked screen costs no session."""
    with system_keyring(LockedKeyring()):
        vault._keeper._backend = LockedKeyring()  # type: ignore[attr-defined]  # the system's
        vault.save_session("first", OTHER)

        assert OTHER == vault.load_session("first")


def test_draft_of_a_crash_is_never_read_and_goes_with_the_shop(
    vault: Vault, tmp_path: Path
) -> None:
    """What a kill left half-written counts as kept, so that removing the shop takes it away."""
    file = file_of(tmp_path, "first")
    draft = file.rename(f"{file}.tmp")

    loaded, kept = vault.load_session("first"), vault.keeps("first")
    vault.forget("first")

    assert (None, True) == (loaded, kept.session)
    assert not draft.exists()
    assert not vault.keeps("first").session


def test_forgetting_one_shop_leaves_its_twin(vault: Vault, memory_keyring: MemoryKeyring) -> None:
    """Two shops behind one login have the same password, each an entry of its own."""
    for shop in ("first", "second"):
        vault.set_password(shop, "the same login")

    vault.forget("first")

    assert not vault.keeps("first").password
    assert ("the same login", OTHER) == (vault.password("second"), vault.load_session("second"))


def test_what_signs_in_is_known(vault: Vault) -> None:
    """Cookies whatever they look like, tokens of the storages also within JSON; never a setting."""
    token = "0a1b2c3d4e5f"
    state = {
        "cookies": [
            {"name": "sid", "value": "abc def ghi jkl"},
            {"name": "letters", "value": "AbcdefghIjklm"},
            {"name": "short", "value": "abc123"},
            {"name": "time", "value": "1766400000000"},
            {"name": "home", "value": "https://shop.example/a1"},
            {"name": "zone", "value": "Asia/Shanghai"},
        ],
        "origins": [
            {
                "origin": "https://shop.example",
                "localStorage": [
                    {"name": "user", "value": f'{{"auth": [{{"token": "{token}"}}], "n": 1}}'},
                    {"name": "torn", "value": '{"token": '},
                    {"name": "words", "value": "山雀户外旗舰店 no token at all"},
                ],
                "indexedDB": [{"stores": [{"records": [{"value": {"jwt": "eyJ0.aaaa.bbbb"}}]}]}],
            }
        ],
    }

    assert {"abc def ghi jkl", "AbcdefghIjklm", token, "eyJ0.aaaa.bbbb"} == set(telling(state))


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_any_content_is_a_session_or_none(content: Any) -> None:  # noqa: ANN401 (any JSON)
    """Whatever JSON was sealed, loading does not break, and what it gives can be gone through."""
    state = as_session(as_text(content))

    assert state is None or state == content
    assert state is None or isinstance(list(telling(state)), list)


def test_secrets_are_told_without_being_shown(vault: Vault) -> None:
    """The key, a password, a session's cookie; printing one tells whose it is and no more."""
    vault.set_password("first", "canary-password")
    secrets = list(vault.secrets(["first", "second"]))

    assert ["密钥", "first 的密码", "first 的登录", "second 的登录"] == [
        one.what for one in secrets
    ]
    assert b"canary-password" == secrets[1].value
    assert "<Secret first 的密码>" == repr(secrets[1])
    assert unseal(secrets[0].value, "x", seal(secrets[0].value, "x", b"y")) == b"y"
