"""The queues that make-believe offices are filled by, and who sits in them."""

from pathlib import Path
from typing import Any

import pytest

from agent.demo.doudian import MakeBelieveDoudian
from agent.demo.kit.samples import BUYERS
from agent.demo.offices import Office, offices
from agent.demo.wangshangliao import MakeBelieveWangshangliao
from tests.fakes import FakeClock
from tests.shipped import PACKS

SHOP, OTHER_SHOP = "山雀户外旗舰店", "山雀户外专卖店"


def built(kind: type[Office]) -> Office:
    """Return an office that is not open."""
    own: dict[str, Any] = {"browser": Path("none")} if kind.platform == "wangshangliao" else {}
    return kind(FakeClock(), **own)


@pytest.mark.parametrize("platform", sorted(offices()))
def test_an_office_has_the_queues_of_its_pack(platform: str) -> None:
    """They are called alike, the first is the same, and each takes what differs."""
    office = built(offices()[platform])

    assert tuple(PACKS[platform].queues) == office.queues
    for queue in office.queues:
        assert 12 == len(set(office.fill(SHOP, queue, 12)))


@pytest.mark.parametrize("platform", sorted(offices()))
def test_an_unknown_queue_is_an_error(platform: str) -> None:
    """It is not taken for the first one."""
    office = built(offices()[platform])

    with pytest.raises(ValueError, match="no such queue"):
        office.fill(SHOP, "nonsense", 1)


def test_buyers_who_wait_have_names() -> None:
    """They are the sample ones, and numbered where there are more."""
    office = MakeBelieveDoudian(FakeClock())
    office.fill(SHOP, "feige", len(BUYERS))
    office.fill(SHOP, "feige", 1)
    waiting = [chat.buyer for chat in office._state.shops[SHOP].conversations.values()]

    assert [*BUYERS, f"{BUYERS[0]}1"] == waiting


def test_nobody_enters_a_shop_that_is_not_theirs() -> None:
    """The client's one window is no back door either."""
    client = MakeBelieveWangshangliao(FakeClock(), browser=Path("none"))
    client.add_login("owner", "right", shops=[SHOP])

    with pytest.raises(ValueError, match="may not enter"):
        client.start_session("owner", OTHER_SHOP)
