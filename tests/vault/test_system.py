import os
import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend

from agent.errors import VaultLocked
from agent.vault import Vault, system
from tests.vault.keyrings import (
    UNUSABLE,
    LockedKeyring,
    MemoryKeyring,
    PlainTextKeyring,
    PromptingKeyring,
    system_keyring,
)

pytestmark = pytest.mark.usefixtures("cheap_passphrase")

IN_A_SESSION = """
mkdir -p "$XDG_RUNTIME_DIR"
echo -n keyring-password | gnome-keyring-daemon --unlock --components=secrets > /dev/null
exec "$@"
"""
REAL_USE = """
import sys
from pathlib import Path
from agent.vault import Vault

def nobody():
    raise AssertionError("asked for a passphrase")

folder = Path(sys.argv[1])
vault = Vault.open(folder, nobody)
vault.set_password("店铺A", "密码 canary")
vault.set_password("店铺B", "密" * 1280)
vault.save_session("店铺A", {"cookies": [{"name": "sid", "value": "canary"}]})
again = Vault.open(folder, nobody)
assert again.password("店铺A") == "密码 canary"
assert again.password("店铺B") == "密" * 1280
assert again.load_session("店铺A") == {"cookies": [{"name": "sid", "value": "canary"}]}
again.forget("店铺A")
assert vault.password("店铺A") is None
print(again.where)
"""
LOCKED_USE = """
import sys
from pathlib import Path
from agent.vault import Vault

print(Vault.open(Path(sys.argv[1]), lambda: "passphrase").where)
"""


def passphrase() -> str:
    """Give the user's passphrase."""
    return "passphrase"


@pytest.mark.parametrize("backend", UNUSABLE)
def test_unusable_keyring(
    backend: type[KeyringBackend], tmp_path: Path, warnings_logged: list[str]
) -> None:
    """A keyring that fails, forgets or writes plain text is not used; that is said, once."""
    unusable = backend()
    with system_keyring(unusable):
        vault = Vault.open(tmp_path, passphrase)
        vault.set_password("店铺A", "secret")

        assert ("口令加密文件", "secret") == (vault.where, vault.password("店铺A"))

    assert {} == getattr(unusable, "entries", {})
    assert 1 == len(warnings_logged)
    assert "口令" in warnings_logged[0]


def test_chain_uses_only_its_safe_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several keyrings in a chain the safe one alone is used, even for reading."""
    plain, safe = PlainTextKeyring(), MemoryKeyring()
    plain.set_password("geshao", "password:店铺A", "leaked")
    monkeypatch.setattr(ChainerBackend, "backends", [plain, safe])

    with system_keyring(ChainerBackend()):  # type: ignore[no-untyped-call]  # keyring's
        vault = Vault.open(tmp_path, passphrase)

        assert ("系统钥匙串", None) == (vault.where, vault.password("店铺A"))
    assert {("geshao", "key")} == set(safe.entries)
    assert 1 == len(plain.entries)


def test_keyring_setting_that_is_blank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A blanked setting of the keyring library is an unusable keyring, not a crash."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "")
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)

    assert "口令加密文件" == Vault.open(tmp_path, passphrase).where


def test_locked_later(memory_keyring: MemoryKeyring, tmp_path: Path) -> None:
    """If the keyring of an existing vault is locked, no second vault is started beside it."""
    Vault.open(tmp_path, passphrase)

    with system_keyring(LockedKeyring()), pytest.raises(VaultLocked, match="钥匙串") as locked:
        Vault.open(tmp_path, passphrase)

    assert "解锁" in locked.value.next_step


def test_locked_while_running(memory_keyring: MemoryKeyring, tmp_path: Path) -> None:
    """If the keyring is locked while the program runs, a password is locked, not missing."""
    vault = Vault.open(tmp_path, passphrase)
    vault._keeper._backend = LockedKeyring()  # type: ignore[attr-defined]  # it is the system's

    with pytest.raises(VaultLocked):
        vault.password("店铺A")


def test_prompt_that_nobody_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyring that waits for ever is given up after the time limit."""
    monkeypatch.setattr(system, "_LIMIT_SECONDS", 0.05)
    prompting = PromptingKeyring()

    with system_keyring(prompting):
        vault = Vault.open(tmp_path, passphrase)
    prompting.answered.set()

    assert "口令加密文件" == vault.where


@pytest.mark.parametrize(
    ("wrapper", "use", "where"),
    [
        (["sh", "-c", IN_A_SESSION, "sh"], REAL_USE, "系统钥匙串"),
        ([], LOCKED_USE, "口令加密文件"),
    ],
    ids=["unlocked", "locked"],
)
def test_real_secret_service(tmp_path: Path, wrapper: list[str], use: str, where: str) -> None:
    """The desktop's real keyring keeps the secrets; where it is locked, a passphrase does."""
    environ = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    environ |= {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "run")}
    environ |= {"XDG_DATA_HOME": str(tmp_path / "share"), "PYTHONWARNINGS": "error"}
    environ["PYTHONUTF8"] = "1"
    command = [
        "dbus-run-session",
        "--",
        *wrapper,
        sys.executable,
        "-c",
        use,
        str(tmp_path / "data"),
    ]

    finished = subprocess.run(
        command, env=environ, check=False, capture_output=True, encoding="utf-8", timeout=120
    )

    assert (0, where) == (finished.returncode, finished.stdout.strip()), finished.stderr
    assert "canary" not in finished.stderr
