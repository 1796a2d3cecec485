"""Roads as the settings want them, opened with what the keyring holds."""

from pathlib import Path

import pytest

from agent.cases import Tier
from agent.channels.channel import Channel
from agent.commands.places import Places
from agent.commands.plans import plan_for
from agent.config import ROAD_TYPES, RoadSettings, RoadType, Settings, ShopSettings
from agent.roads import opened_road, opened_roads
from agent.vault import RoadKey, Vault
from tests.channels.sending import NEVER, NOTICE, tried
from tests.fakes import FakeClock

KEY = RoadKey("https://oapi.example/send?access_token=made-up-token", "made-up-secret")
ROADS = tuple(
    RoadSettings(name=f"路{kind}", type=kind, run=("/bin/true",) if kind == "program" else ())
    for kind in ROAD_TYPES
)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Return a vault that has a key for every road."""
    vault = Vault.ephemeral(tmp_path)
    for road in ROADS:
        vault.set_road(road.name, KEY)
    return vault


def test_each_type_has_its_road(vault: Vault) -> None:
    """Every type that the file may name can be opened, and shows what it would send."""
    roads: list[Channel] = [*opened_roads(Settings(roads=ROADS), vault, FakeClock())]
    shown = [opened_road(road, vault, FakeClock(), "zh").shown(NOTICE) for road in ROADS]

    assert [road.name for road in ROADS] == [road.name for road in roads]
    assert len(ROAD_TYPES) == len(set(shown))
    assert not any("made-up" in one for one in shown)


def test_a_run_has_its_roads_beside_sound_and_desktop(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the settings switch on is what a run carries to; muted, the desktop repeats."""

    async def no_search(*_: object, needed: bool) -> None:
        """Be content without a browser."""

    monkeypatch.setattr("agent.commands.plans.find_browser", no_search)
    monkeypatch.setattr(Places, "vault", lambda _: vault)
    monkeypatch.setattr("agent.commands.plans.set_up", lambda *_, **__: None)
    shop = ShopSettings(id="shanque", platform="doudian", name="山雀百货")
    settings = Settings(roads=ROADS[:1], shops=(shop,))
    plan = plan_for(Places(tmp_path / "config.yaml", tmp_path), settings, mute=True)
    loudness = plan.settings.to_policy().loudness[Tier.URGENT]

    assert tmp_path / "config.yaml" == plan.config
    assert ["desktop", ROADS[0].name] == [channel.name for channel in plan.channels]
    assert (("desktop", ROADS[0].name), ("desktop",)) == (
        loudness.channels,
        loudness.repeat_channels,
    )


def test_a_road_that_is_switched_off_is_not_opened(vault: Vault) -> None:
    """Nothing is carried there."""
    roads = tuple(road.model_copy(update={"enabled": False}) for road in ROADS)

    assert [] == opened_roads(Settings(roads=roads), vault, FakeClock())


@pytest.mark.parametrize("kind", [kind for kind in ROAD_TYPES if kind != "program"])
async def test_a_road_without_a_key_refuses(tmp_path: Path, kind: RoadType) -> None:
    """It is in nobody's way, and red with the next step as soon as it is needed."""
    settings, vault = RoadSettings(name="群", type=kind), Vault.ephemeral(tmp_path)
    road = opened_road(settings, vault, FakeClock(), "zh")
    end, said = await tried(road)

    assert (NEVER, True) == (end, "geshao channel add" in said)
    assert "什么也不会发" in road.shown(NOTICE)
