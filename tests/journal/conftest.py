"""The journal in its two forms."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.journal import Journal


@pytest.fixture
def journal() -> Iterator[Journal]:
    """Give a journal in memory."""
    with Journal.open(None) as journal:
        yield journal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where a journal may be made; its folder does not exist yet."""
    return tmp_path / "geshao" / "journal.sqlite"
