"""What of a remote browser's address nobody may learn, and how the vault keeps it."""

from pathlib import Path

import pytest

from agent.vault import Vault
from agent.vault.addresses import secret_parts


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("ws://10.0.0.5:3000/", []),
        ("http://10.0.0.5:9222/playwright?browser=chromium&timeout=60000", []),
        ('ws://a/?launch-options={"executablePath": "/usr/bin/chromium"}', []),
        ("wss://me:hunter2@grid.example/", ["me", "hunter2"]),
        ("wss://grid.example/?token=abc&headless=true", ["abc"]),
        ("wss://grid.example/?apiKey=k-1&x=0123456789abcdef", ["k-1", "0123456789abcdef"]),
        ("wss://grid.example/?token=Zq9+Lm2/Xt==", ["Zq9+Lm2/Xt=="]),
        ("ws://a:1/d2b5f0c1e7a94f3b8c6d", ["d2b5f0c1e7a94f3b8c6d"]),
    ],
)
def test_what_opens_it_is_known(address: str, parts: list[str]) -> None:
    """Tokens, passwords, and paths that nobody guesses; not what merely describes it."""
    assert parts == secret_parts(address)


def test_the_vault_keeps_it_apart_from_shops_and_roads(tmp_path: Path) -> None:
    """Of the same name; it counts among what may lie nowhere in plain text."""
    vault = Vault.ephemeral(tmp_path)
    vault.set_password("云", "password of a shop")
    vault.set_remote("云", "wss://grid.example/?token=abcdefgh")
    secrets = [(one.what, one.value) for one in vault.remote_secrets(["云", "别的"])]

    assert [("远程浏览器 云 的地址", b"abcdefgh")] == secrets
    assert "wss://grid.example/?token=abcdefgh" == vault.remote("云")
    assert [True, False] == [vault.forget_remote("云") for _ in range(2)]
    assert (None, "password of a shop") == (vault.remote("云"), vault.password("云"))
