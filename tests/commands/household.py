"""A shop at a make-believe office, configured for programs that share one data folder."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from keyring.backends import fail

from agent.demo.doudian import MakeBelieveDoudian
from agent.vault import Vault, passphrase
from tests.commands.home import Home, Said
from tests.commands.program import CLOCK, PASSPHRASE, Program, geshao
from tests.vault.keyrings import system_keyring

SHOP, NAME = "shanque", "山雀户外旗舰店"
EMAIL, PASSWORD, PHONE = "owner@example.com", "correct horse", "10000000009"

CONFIG = """\
pace: {{interval: 5s, jitter: 0}}
policy:
  loudness:
    urgent: {{channels: [sound, desktop], repeat_every: 5s, repeat_at_most: 5s}}
shops:
  - id: {shop}
    platform: doudian
    name: {name}
    username: {email}
    sites: {sites}
"""


@dataclass
class Household:
    """A make-believe office, a configuration for a shop in it, and a data folder."""

    office: MakeBelieveDoudian
    folder: Path
    started: int = 0

    @property
    def data(self) -> Path:
        """The data folder that all programs share."""
        return self.folder / "data"

    @property
    def places(self) -> tuple[str, ...]:
        """The options that name configuration and data."""
        return ("--config", str(self.folder / "config.yaml"), "--data", str(self.data))

    def runs(self, *arguments: str, **environment: str) -> AbstractAsyncContextManager[Program]:
        """Start `geshao` with *arguments* in these places."""
        self.started += 1
        folder = self.folder / f"{self.started}"
        return geshao(folder, *arguments, *self.places, **environment)

    def stays_signed_in(self) -> None:
        """Let the shop's session be kept, as an earlier run leaves it."""
        self.vault().save_session(SHOP, self.office.start_session(EMAIL, NAME))

    def vault(self) -> Vault:
        """Open the vault of all programs."""
        with system_keyring(fail.Keyring()):  # type: ignore[no-untyped-call]  # keyring's
            return Vault.open(self.data, lambda: PASSPHRASE)

    async def types(self, home: Home, *arguments: str) -> Said:
        """Let whoever is at *home* type `geshao` in these places: a start takes seconds."""
        home.sets("GESHAO_PASSPHRASE", PASSPHRASE)
        with system_keyring(fail.Keyring()):  # type: ignore[no-untyped-call]  # keyring's
            # The office answers meanwhile.
            return await asyncio.to_thread(home.types, *arguments, *self.places)

    def watches(self) -> AbstractAsyncContextManager[Program]:
        """Start `geshao run`."""
        events = self.folder / f"{self.started + 1}" / "events.jsonl"
        return self.runs("run", "--no-window", "--mute", "--events", str(events))


@asynccontextmanager
async def a_household(folder: Path) -> AsyncIterator[Household]:
    """Give an office with one shop, and a configuration whose urgent cases repeat soon."""
    async with MakeBelieveDoudian(CLOCK) as office:
        office.add_login(EMAIL, PASSWORD, phone=PHONE, shops=(NAME,))
        text = CONFIG.format(shop=SHOP, name=NAME, email=EMAIL, sites=json.dumps(office.sites))
        (folder / "config.yaml").write_text(text, encoding="utf-8")
        household = Household(office, folder)
        with system_keyring(fail.Keyring()), pytest.MonkeyPatch.context() as patch:
            # Every program that starts here opens this vault: it need not resist anybody.
            patch.setattr(passphrase, "_LOG2_COST", 14)
            Vault.open(household.data, lambda: PASSPHRASE).set_password(SHOP, PASSWORD)
        yield household
