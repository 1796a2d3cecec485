"""A run that begins anew: by what the file says then, and not while somebody signs in."""

from pathlib import Path
from typing import Any

import pytest

from agent.app import Plan
from agent.clock import SystemClock
from agent.commands.places import Places
from agent.commands.plans import planned_again
from agent.commands.runs import Runs
from agent.config import write_first_config
from agent.errors import ConfigError, GeshaoError
from agent.platforms.browser import FoundBrowser
from agent.vault import Vault
from tests.fakes import NOON
from tests.ui.desk import FakeDesk
from tests.ui.samples import LAMP, a_shop, a_snapshot

FOUND = FoundBrowser(Path("/bin/sh"), None, "made up")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Give a configuration that says nothing yet."""
    places = Places(tmp_path / "config.yaml", tmp_path / "data")
    write_first_config(places.config, "zh")
    return places


def a_plan(places: Places) -> Plan:
    """Return what a run at *places* begins with."""
    vault = Vault.ephemeral(places.data)
    return Plan(places.settings(), places.packs(), vault, places.data, FOUND, [])


async def test_a_plan_follows_the_file(places: Places) -> None:
    """Shops, language and sound are those of now; the vault and the browser stay."""
    plan, used = a_plan(places), places.settings()
    text = places.config.read_text(encoding="utf-8").replace("language: zh", "language: en")
    shop = "  - {id: shanque, platform: doudian, name: 山雀}\n"
    places.config.write_text(text + shop, encoding="utf-8")
    again, settings = await planned_again(places, plan, used, mute=True)

    assert ("en", ["shanque"]) == (settings.language, [shop.id for shop in settings.shops])
    assert ["desktop"] == again.names
    assert (plan.vault, plan.found) == (again.vault, again.found)


async def test_a_plan_that_cannot_be_is_refused_before_anything_is_closed(places: Places) -> None:
    """A list that no shop has, for one: the running program goes on."""
    plan, used = a_plan(places), places.settings()
    shops = "  - {id: shanque, platform: doudian, name: 山雀}\n"
    text = places.config.read_text(encoding="utf-8") + shops
    rules = "policy:\n  overrides: [{queue: nowhere, high_value: 1}]\n"
    places.config.write_text(text.replace("policy:\n", rules, 1), encoding="utf-8")
    with pytest.raises(ConfigError, match="nowhere"):
        await planned_again(places, plan, used, mute=True)


@pytest.mark.parametrize("busy", ["", "等您在浏览器窗口里操作"], ids=["nobody", "somebody"])
async def test_nobody_is_thrown_out_of_a_sign_in(places: Places, busy: str) -> None:
    """The work begins anew once the window is closed."""
    runs = Runs(places, a_plan(places), places.settings(), SystemClock(), mute=True, words=[])
    desk: Any = FakeDesk()
    desk.now = a_snapshot(taken_at=NOON, shops=(a_shop(LAMP, busy=busy),))
    runs._desk = desk
    if busy:
        with pytest.raises(GeshaoError, match="正开着窗口"):
            await runs._renew()
    else:
        await runs._renew()

    assert bool(busy) != runs.renewal.wanted.is_set()
