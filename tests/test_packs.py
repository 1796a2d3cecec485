"""Every kept page is read by its platform's pack as it was read when it was kept."""

from pathlib import Path

import pytest

from agent.clock import SystemClock
from agent.commands.pack_preview import told_difference
from agent.platforms.host import BrowserHost
from agent.platforms.replay import fixtures_below, try_fixture
from agent.platforms.shelf import pack_folders
from tests.house import ROOT
from tests.shipped import PACKS

FIXTURES = fixtures_below(*pack_folders())


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: str(folder.relative_to(ROOT)))
async def test_a_kept_page_is_read_as_before(folder: Path, host: BrowserHost) -> None:
    """The same outcome, the same rows, every field of them, from answers and from the table."""
    trial = await try_fixture(folder, PACKS, host, SystemClock())

    assert [] == [trial.trouble, *map(told_difference, trial.differences)][not trial.trouble :]
    assert folder.parents[1].name == trial.platform


def test_there_are_kept_pages() -> None:
    """The test above does not pass for want of anything to read."""
    assert FIXTURES
