"""What the commands' tests share: a home of one's own, and somebody who types."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from loguru import logger

from tests.commands.home import Home
from tests.vault.keyrings import MemoryKeyring, system_keyring


@pytest.fixture
def keyring() -> Iterator[MemoryKeyring]:
    """Give the system a keyring that works, empty at first."""
    backend = MemoryKeyring()
    with system_keyring(backend):
        yield backend


@pytest.fixture
def home(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    keyring: MemoryKeyring,
) -> Iterator[Home]:
    """Give a person without a screen who has never run Geshao."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/no-desktop")
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "GESHAO_PASSPHRASE"):
        monkeypatch.delenv(variable, raising=False)
    yield Home(tmp_path, monkeypatch, capsys, keyring)
    logger.remove()  # some commands start a log in this home
