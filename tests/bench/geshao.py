"""Geshao itself, as its user has it: `geshao run` with a configuration and data of its own."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar

from keyring.backends import fail

from agent.vault import Vault
from tests.bench.contender import CLOCK, Contender, Stage, Started
from tests.bench.tones import Tones, quiet_device
from tests.vault.keyrings import system_keyring

INTERVAL_S = 30
"""The product's own default."""
_PASSPHRASE = "correct horse battery"
_CONFIG = """\
pace: {{interval: {interval}s}}
policy: {{together: {{within: 1s, most: 999}}}}
channels: {{desktop: {{enabled: false}}}}
shops: {shops}
"""


class GeshaoLive(Contender):
    """Geshao on pages that their office tells of changes."""

    name: ClassVar = "geshao-live"
    title: ClassVar = "鸽哨·推送 Geshao, live"
    note: ClassVar = (
        f"geshao: its own defaults (interval {INTERVAL_S} s, both lists), signed in; desktop"
        " notices off; what comes together is told together within 1 s instead of 30, so that each"
        " burst sounds; a tone begins when its first sample reaches the sound system's null device"
    )

    async def command(self, stage: Stage) -> Sequence[str]:
        """Lay out configuration and sessions; return `geshao run`."""
        config, data = stage.folder / "config" / "config.yaml", stage.folder / "data"
        config.parent.mkdir(parents=True)
        shops = [
            {"id": shop.id, "platform": stage.office.platform, "name": shop.name}
            | {"sites": stage.office.sites}
            for shop in stage.shops
        ]
        text = _CONFIG.format(interval=INTERVAL_S, shops=json.dumps(shops, ensure_ascii=False))
        config.write_text(text, encoding="utf-8")
        await asyncio.to_thread(_keep_sessions, stage, data)
        places = ("--config", str(config), "--data", str(data))
        return [sys.executable, "-m", "agent", "run", "--no-window", "--events", "-", *places]

    def environment(self, stage: Stage) -> Mapping[str, str]:
        """Return what spares it a keyring, and gives it a sound device that nobody hears."""
        return {
            "GESHAO_PASSPHRASE": _PASSPHRASE,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "GESHAO_BROWSER": str(stage.found.headless),
            **quiet_device(stage.folder),
        }

    @asynccontextmanager
    async def beside(self, stage: Stage, started: Started) -> AsyncIterator[None]:
        """Listen to the sound device."""
        with Tones(stage.folder, CLOCK) as tones:
            started.tones = tones
            yield


class GeshaoInterval(GeshaoLive):
    """Geshao on pages that learn nothing until they are loaded anew."""

    name: ClassVar = "geshao-interval"
    title: ClassVar = "鸽哨·轮询 Geshao, interval"
    push: ClassVar = False
    period_s: ClassVar = INTERVAL_S * 1.2
    note: ClassVar = ""


def _keep_sessions(stage: Stage, data: Path) -> None:
    """Put the shops' sessions where Geshao keeps them."""
    with system_keyring(fail.Keyring()):
        vault = Vault.open(data, lambda: _PASSPHRASE)
        for shop in stage.shops:
            vault.save_session(shop.id, dict(shop.state))
