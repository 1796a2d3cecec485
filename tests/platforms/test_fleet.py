"""Shops are shared out over remote browsers, move on when one is lost, and come home."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest

from agent.errors import BrowserMissing, RemoteSilent
from agent.machine import Memory
from agent.platforms.fleet import Fleet
from agent.platforms.lodging import Guest
from tests.platforms.farm import Farm, a_farm, beat, where


@pytest.fixture
def farm(monkeypatch: pytest.MonkeyPatch) -> Iterator[Farm]:
    """Give two computers, and more if a test likes."""
    with a_farm(monkeypatch) as farm:
        yield farm


@pytest.mark.parametrize(
    ("shops", "homes"),
    [
        pytest.param({"1": None, "2": None, "3": None}, ["a", "b", "a"], id="in turn"),
        pytest.param({"1": "b", "2": "b", "3": None, "4": None}, ["b", "b", "a", "a"], id="even"),
        pytest.param({"1": None, "2": "a"}, ["b", "a"], id="named first"),
    ],
)
async def test_shops_are_shared_out(
    farm: Farm, shops: Mapping[str, str | None], homes: list[str]
) -> None:
    """As many here as there, but where a shop names its own."""
    fleet = farm.fleet("ab", shops)

    assert homes == await where(fleet, *shops)
    assert homes == [fleet.seat_of(shop).name for shop in shops]


async def test_shops_of_a_lost_browser_move_on_and_come_home(farm: Farm) -> None:
    """Those that name it wait; what is open elsewhere by then stays until it is renewed."""
    async with farm.fleet("abc", {"1": None, "2": None, "3": None, "4": "a", "5": None}) as fleet:
        before = await where(fleet, *"12345")
        farm.lose("a")
        steady = [await beat(fleet), await beat(fleet)]
        meanwhile = await where(fleet, *"12345")
        guest = await fleet.of("1").browser()
        farm.down.clear()
        await farm.clock.advance(30)
        back = [await beat(fleet), await beat(fleet)]
        after = await where(fleet, *"12345")

        assert ["b", "c", "a", "a", "b"] == before
        assert ["b", "c", "c", "waits", "b"] == meanwhile
        assert [False, True] == steady == back
        assert before == after
        assert fleet.of("1").serves(guest)
    assert not fleet.of("1").serves(guest)


async def test_a_loss_is_told_once(farm: Farm) -> None:
    """With the reason, what becomes of the shops, and what to do; again only much later."""
    async with farm.fleet("ab", {"1": "a", "2": None, "3": None, "4": None}) as fleet:
        for _ in range(5):
            farm.lose("a")
            await beats(farm, fleet, 60)
            farm.down.clear()
            await beats(farm, fleet, 120)

    lost, later = farm.told
    assert lost == later
    assert lost.startswith("连不上远程浏览器 a（10.0.0.1:3000）：对方拒绝连接")
    assert lost.endswith("1 家店先搬到别的远程浏览器上，1 家店只用它，等它回来。")


async def beats(farm: Farm, fleet: Fleet, seconds: int) -> None:
    """Let *seconds* pass, as the upkeep does."""
    for _ in range(seconds // 6):
        await beat(fleet)
        await farm.clock.advance(6)


async def test_with_none_left_all_wait_and_the_alarm_tells(farm: Farm) -> None:
    """Nothing is said beside it; the first that answers takes all but those that name another."""
    shops = {"1": None, "2": None, "3": "b"}
    farm.down = {"a", "b"}
    async with farm.fleet("ab", shops) as fleet:
        nowhere = await where(fleet, *shops)
        await beat(fleet)
        farm.down = {"b"}
        await farm.clock.advance(10)
        await beat(fleet)
        some = await where(fleet, *shops)

        assert ["none"] * 3 == nowhere
        assert ["a", "a", "waits"] == some
        assert [] == farm.told


async def test_each_is_looked_after_for_its_own_shops(farm: Farm) -> None:
    """Who is read elsewhere is not woken: those that are in it are, and those that belong there."""
    async with farm.fleet("ab", {"1": None, "2": None, "3": "b"}) as fleet:
        await where(fleet, *"123")
        first, second = fleet.hearts()
        farm.lose("a")
        await first.beat()
        await where(fleet, *"123")

        assert [True, True, False] == [first.concerns(shop) for shop in "123"]
        assert [True, True, True] == [second.concerns(shop) for shop in "123"]


async def test_what_is_down_is_left_in_peace(farm: Farm) -> None:
    """However many shops ask: at first every few seconds, then every minute."""
    farm.down = {"a"}
    async with farm.fleet("a", {str(shop): None for shop in range(50)}) as fleet:
        for _ in range(100):
            await where(fleet, *map(str, range(50)))
            await beat(fleet)
            await farm.clock.advance(6)

    assert 9 < len(farm.tried) < 16


async def test_nobody_waits_for_one_that_is_tried_again(farm: Farm) -> None:
    """A computer that swallows everything costs one shop its time, not each of them."""
    farm.down = {"a"}
    async with farm.fleet("ab", {"1": None, "2": None}) as fleet:
        await farm.clock.advance(10)
        async with fleet.servers[0]._lock:
            asked = len(farm.tried)
            moved = await where(fleet, "1")

        assert (["b"], asked) == (moved, len(farm.tried))


async def test_a_browser_that_opens_no_page_is_left_with_its_sessions_kept(
    farm: Farm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers and is of no use: the shop's session is saved before it is reached anew."""
    saved = []

    class Shop:
        async def save(self, *, at_once: bool = False) -> None:
            saved.append(at_once)

    async def opens_none(_browser: object) -> bool:
        return False

    monkeypatch.setattr("agent.platforms.host.opens_pages", opens_none)
    guest: Guest = Shop()
    async with farm.fleet("a", {"1": None}) as fleet:
        berth = fleet.of("1")
        berth.guests.add(guest)
        before = await berth.browser()
        berth.doubt()
        after = await berth.browser()

    assert [True] == saved
    assert before is not after


async def test_a_window_needs_no_browser_elsewhere(farm: Farm) -> None:
    """A driver is there for it although nothing answers."""
    farm.down = {"a"}
    async with farm.fleet("a", {"1": None}) as fleet:
        with pytest.raises(RemoteSilent):
            await fleet.of("1").browser()

        assert await fleet.of("1").playwright() is await fleet.of("1").playwright()


async def test_pictures_need_a_browser_here(farm: Farm) -> None:
    """What is drawn lies on this computer, where the others cannot read it."""
    fleet = farm.fleet("a", {})

    with pytest.raises(BrowserMissing, match="这台电脑上没有浏览器"):
        await fleet.browser()


async def test_browsers_elsewhere_weigh_nothing_here(
    farm: Farm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor are they ever replaced; the drivers of all are told together."""
    async with farm.fleet("ab", {}) as fleet:
        for server in fleet.servers:
            told = cast("Any", lambda: Memory(1.0, None, 40.0))
            monkeypatch.setattr(server.host, "memory", told)
        await fleet.let_go()

        assert (0.0, False) == (await fleet.weight_mb(), await fleet.replace())
        assert (None, 80.0) == (fleet.memory().browser_mb, fleet.memory().driver_mb)
