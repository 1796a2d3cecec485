"""Where shops are put together."""

from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, Literal, cast

import pytest

from agent.config import PaceSettings, Settings, ShopSettings
from agent.platforms.host import BrowserHost
from agent.platforms.lull import Lull
from agent.recording import Computer
from agent.vault import Vault
from agent.workshop import Shared, Workshop
from tests.fakes import FakeClock
from tests.shipped import PACKS

NOBODY: Any = cast("Any", None)


def a_workshop(folder: Path, settings: Settings) -> Workshop:
    """Return one whose shops are made and not begun."""
    clock = FakeClock()
    shared = Shared(
        journal=NOBODY,
        events=NOBODY,
        host=BrowserHost(NOBODY, ""),
        clock=clock,
        chance=Random(1),
        computer=Computer(NOBODY, clock),
        glimpses=cast("Any", SimpleNamespace(recorded=NOBODY, take=clock.sleep)),
        lull=Lull(clock, 1),
    )
    return Workshop(settings, PACKS, Vault.ephemeral(folder), shared)


SHOP = ShopSettings(id="shanque", platform="doudian", name="山雀百货", username="me")


@pytest.mark.parametrize(
    ("username", "password", "known"),
    [("me", "secret", True), ("me", None, False), (None, "secret", False)],
)
def test_account_needs_a_name_and_a_password(
    tmp_path: Path, username: str | None, password: str | None, *, known: bool
) -> None:
    """Half of it signs nobody in; a password stored later counts without a new start."""
    workshop = a_workshop(tmp_path, Settings(shops=(SHOP,)))
    shop = SHOP.model_copy(update={"username": username})
    before = workshop.account(shop)
    if password is not None:
        workshop.vault.set_password(shop.id, password)

    assert before is None
    assert known == (workshop.account(shop) is not None)


@pytest.mark.parametrize("travel", ["on", "off"])
def test_a_shop_is_told_that_it_is_on_the_road(
    tmp_path: Path, travel: Literal["on", "off"]
) -> None:
    """As it is said, its pages are loaded with or without their pictures."""
    settings = Settings(shops=(SHOP,), pace=PaceSettings(travel=travel))

    assert (travel == "on") == a_workshop(tmp_path, settings).shop(SHOP).session.travelling()
