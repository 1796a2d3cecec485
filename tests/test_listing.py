"""The inbox as the settings want it."""

from datetime import timedelta

import pytest

from agent.cases import Outcome, QueueHealth
from agent.config import (
    ChannelsSettings,
    DesktopSettings,
    OverrideSettings,
    PaceSettings,
    PolicySettings,
    Settings,
    ShopSettings,
)
from agent.errors import ConfigError, PackError
from agent.inbox import ShopState
from agent.journal import Journal
from agent.listing import check_overrides, inbox_for, pack_for, watched_shop
from agent.platforms.sources import Details
from tests.fakes import FakeClock
from tests.mothers import a_reading
from tests.shipped import PACKS

SHOP = ShopSettings(id="shanque", platform="doudian", name="山雀百货")


@pytest.mark.parametrize(
    ("interval", "minutes", "state"),
    [
        (timedelta(seconds=10), 2, ShopState.CALM),
        (timedelta(seconds=10), 2.1, ShopState.BLIND),
        (timedelta(minutes=10), 40, ShopState.CALM),
        (timedelta(minutes=10), 40.1, ShopState.BLIND),
    ],
)
async def test_calm_lasts_four_intervals_but_two_minutes_at_least(
    interval: timedelta, minutes: float, state: ShopState
) -> None:
    """Who reads seldom is not called blind between two readings, who reads often not for ever."""
    clock = FakeClock()
    with Journal.open(None) as journal:
        for queue in PACKS["doudian"].queues:
            empty = a_reading(queue=queue, outcome=Outcome.VERIFIED_EMPTY)
            journal.record([], QueueHealth(queue).after(empty), shop=SHOP.id)
        settings = Settings(shops=(SHOP,), pace=PaceSettings(interval=interval))
        inbox = inbox_for(settings, PACKS, journal, clock)
        await clock.advance(minutes * 60)
        (shop,) = inbox.snapshot().shops

    assert state is shop.state


def test_channels_that_are_switched_off_are_not_listed() -> None:
    """Nobody needs to know how a road is that nobody takes, now or at all."""
    channels = ChannelsSettings(desktop=DesktopSettings(enabled=False))
    with Journal.open(None) as journal:
        on = inbox_for(Settings(channels=channels), PACKS, journal, FakeClock())
        muted = inbox_for(Settings(), PACKS, journal, FakeClock(), channels=["desktop"])
        listed = [[one.channel for one in box.snapshot().channels] for box in (on, muted)]

    assert [["sound"], ["desktop"]] == listed


def test_shop_is_listed_with_its_queues_by_title() -> None:
    """The titles are the pack's."""
    watched = watched_shop(SHOP, PACKS["doudian"])

    assert ("抖店", "山雀百货") == (watched.platform_title, watched.shop.name)
    assert "售后工作台" == watched.queues["aftersale"]


def test_shop_is_listed_with_how_far_its_pack_goes() -> None:
    """What nobody checked, and what is known and not read, is said of each of its shops."""
    watched = watched_shop(SHOP, PACKS["doudian"])
    proven = watched_shop(SHOP, PACKS["roundup"])

    assert (True, ("服务工单",)) == (watched.unproven, watched.unseen)
    assert (False, ()) == (proven.unproven, proven.unseen)


def test_shop_may_want_details_of_a_pack_that_has_them() -> None:
    """The setting is refused only where it would do nothing."""
    pack = PACKS["doudian"]
    queue = pack.queues["aftersale"].model_copy(update={"details": Details.model_construct()})
    own = pack.model_copy(update={"queues": {**pack.queues, "aftersale": queue}})

    assert own == pack_for(SHOP.model_copy(update={"details": True}), {"doudian": own})


def test_shop_has_addresses_of_its_own() -> None:
    """The pack stays as it is for other shops."""
    own = SHOP.model_copy(update={"sites": {"fxg": "http://127.0.0.1:1"}})

    assert "http://127.0.0.1:1" == pack_for(own, PACKS).sites["fxg"]
    assert "http://127.0.0.1:1" != pack_for(SHOP, PACKS).sites["fxg"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"platform": "nowhere"},
            f"没有平台 nowhere .* 现有：{'、'.join(sorted(PACKS))}。",
        ),
        ({"sites": {"nowhere": "http://x"}}, "可以写的站点"),
        ({"details": True}, "shanque 的 details: true 不起作用.*请在配置里去掉"),
    ],
)
def test_shop_that_no_pack_reads(change: dict[str, object], said: str) -> None:
    """What there is instead is named."""
    with pytest.raises(PackError, match=said):
        pack_for(SHOP.model_copy(update=change), PACKS)


FIRST = OverrideSettings(queue="aftersale")


@pytest.mark.parametrize(
    "override",
    [
        FIRST,
        OverrideSettings(shop="shanque", queue="feige"),
        OverrideSettings(shop="shanque"),
        OverrideSettings(shop="elsewhere", queue="chats"),
    ],
)
def test_an_exception_for_a_list_that_is_there_is_taken(override: OverrideSettings) -> None:
    """For any shop, for one of them, or for one that is not watched just now."""
    policy = PolicySettings(overrides=(override,))

    check_overrides(Settings.model_construct(shops=(SHOP,), policy=policy), PACKS)


@pytest.mark.parametrize(
    "override", [OverrideSettings(queue="chats"), OverrideSettings(shop="shanque", queue="chats")]
)
def test_an_exception_for_a_list_that_is_not_there_is_refused(override: OverrideSettings) -> None:
    """A misspelt name would change nothing, and nobody would know."""
    settings = Settings(shops=(SHOP,), policy=PolicySettings(overrides=(FIRST, override)))

    with pytest.raises(ConfigError) as caught:
        check_overrides(settings, PACKS)

    assert (
        "配置的 policy.overrides[1].queue：没有名为 chats 的列表。",
        f"可选：{'、'.join(sorted(PACKS['doudian'].queues))}。",
    ) == (caught.value.message, caught.value.next_step)
