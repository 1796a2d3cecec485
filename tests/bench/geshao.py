"""Geshao itself, as its user has it: `geshao run` with a configuration and data of its own."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar

from keyring.backends import fail

from agent.vault import Vault
from tests.bench.contender import CLOCK, Contender, Stage, Started
from tests.bench.tones import Tones, quiet_device
from tests.house import ROOT
from tests.vault.keyrings import system_keyring

INTERVAL_S = 30
"""The product's own default."""
_NOTICES_WITHIN_S = 7.0
"""It asks every 5 s what is paused, and closes the pages then."""
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
        run = (sys.executable, "-m", "agent", "run", "--no-window", "--events", "-")
        return [*run, *_places(stage)]

    def environment(self, stage: Stage) -> Mapping[str, str]:
        """Return what spares it a keyring, and gives it a sound device that nobody hears."""
        browser = {"GESHAO_BROWSER": str(stage.found.headless)}
        return {**_secrets(), **browser, **quiet_device(stage.folder)}

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


class GeshaoParked(GeshaoLive):
    """Geshao with all shops at rest: what one costs of which no page is open."""

    name: ClassVar = "geshao-parked"
    title: ClassVar = "鸽哨·暂停 Geshao, parked"
    note: ClassVar = (
        "parked: after its first reading every shop is paused by `geshao pause`, which closes its"
        " pages; nothing is read then, and Geshao does not park a shop by itself"
    )

    async def settle(self, stage: Stage) -> None:
        """Pause every shop; the running Geshao notices within some seconds."""
        command = [sys.executable, "-m", "agent", "pause", *_places(stage)]
        around = {**os.environ, **_secrets()}
        pausing = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=around, stdout=DEVNULL, stderr=DEVNULL
        )
        await pausing.wait()
        await CLOCK.sleep(_NOTICES_WITHIN_S)


def _places(stage: Stage) -> tuple[str, ...]:
    """Return the options that name its configuration and its data."""
    config, data = stage.folder / "config" / "config.yaml", stage.folder / "data"
    return "--config", str(config), "--data", str(data)


def _secrets() -> Mapping[str, str]:
    """Return what spares it a keyring."""
    return {
        "GESHAO_PASSPHRASE": _PASSPHRASE,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


def _keep_sessions(stage: Stage, data: Path) -> None:
    """Put the shops' sessions where Geshao keeps them."""
    with system_keyring(fail.Keyring()):
        vault = Vault.open(data, lambda: _PASSPHRASE)
        for shop in stage.shops:
            vault.save_session(shop.id, dict(shop.state))
