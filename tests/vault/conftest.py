from collections.abc import Iterator

import pytest
from loguru import logger

from agent.vault import passphrase
from tests.vault.keyrings import MemoryKeyring, system_keyring


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    """Give the system a keyring that works, empty at first."""
    backend = MemoryKeyring()
    with system_keyring(backend):
        yield backend


@pytest.fixture
def warnings_logged() -> Iterator[list[str]]:
    """Collect the warnings that are logged."""
    messages: list[str] = []
    sink = logger.add(lambda message: messages.append(message.record["message"]), level="WARNING")
    yield messages
    logger.remove(sink)


@pytest.fixture
def cheap_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys of new vaults at the lowest cost."""
    monkeypatch.setattr(passphrase, "_LOG2_COST", 14)
