"""Each shop's proof of quiet, and each channel's health."""

import re
from dataclasses import replace
from datetime import datetime

import pytest

from agent.cases import Outcome, QueueHealth
from agent.inbox import ShopHealth, ShopState
from agent.journal import ChannelHealth
from tests.fakes import NOON
from tests.ui.samples import FAWN, LAMP, TEA, a_blind_shop, a_shop, a_starting_shop, ago
from ui.shops import channel_view, shop_view, shop_views
from ui.ticking import epoch_ms, fill
from ui.words import page_words

NEVER = replace(a_blind_shop(), confirmed_at=None)
STALE = a_blind_shop(outcome=None)
LONG_AGO = replace(a_blind_shop(outcome=Outcome.VERIFIED_EMPTY), pending=4)


@pytest.mark.parametrize(
    ("shop", "proof", "button"),
    [
        (a_shop(), "0 · 40 秒前确认", ""),
        (
            a_shop(FAWN, ShopState.WAITING, pending=3, confirmed_at=ago(seconds=12)),
            "3 件待办 · 12 秒前确认",
            "",
        ),
        (a_starting_shop(), "正在第一次读取…", ""),
        (a_blind_shop(), "12 分钟没看到：登录已失效", "重新登录"),
        (a_blind_shop(gate="kicked"), "12 分钟没看到：账号在别处登录", "重新登录"),
        (a_blind_shop(outcome=Outcome.CHALLENGED), "12 分钟没看到：平台要求验证", "去完成验证"),
        (
            a_blind_shop(outcome=Outcome.MAINTENANCE),
            "12 分钟没看到：平台在维护",
            "马上重读",
        ),
        (NEVER, "还没看到过：登录已失效", "重新登录"),
        (STALE, "12 分钟没看到：太久没有读到", "马上重读"),
        (LONG_AGO, "12 分钟没看到：太久没有读到", "马上重读"),
        (replace(a_shop(), confirmed_at=None), "还没有确认", ""),
        (replace(a_shop(FAWN, ShopState.WAITING), pending=None), "还没有确认", ""),
    ],
)
def test_proof_says_how_much_and_how_fresh(shop: ShopHealth, proof: str, button: str) -> None:
    """One line per shop: a number with its age, or why there is none and what helps."""
    view = shop_view(shop, "zh", NOON)

    assert proof == fill(view["proof"], epoch_ms(NOON), page_words("zh"))
    assert button == view["help"]


@pytest.mark.parametrize("state", [ShopState.BLIND, ShopState.STARTING])
@pytest.mark.parametrize("confirmed_at", [None, ago(minutes=12)])
@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_unknown_is_never_a_number(
    state: ShopState,
    confirmed_at: datetime | None,
    outcome: Outcome | None,
) -> None:
    """A shop that is not seen shows no count, neither its own nor one of its queues."""
    queue = QueueHealth("a", "售后单", confirmed_at=confirmed_at, pending=7, outcome=outcome)
    shop = replace(
        a_shop(LAMP, state, pending=7), confirmed_at=confirmed_at, outcome=outcome, queues=(queue,)
    )
    view = shop_view(shop, "zh", NOON)
    said = [view["proof"]["text"]]
    if state is ShopState.BLIND:
        said += [line["proof"]["text"] for line in view["queues"]]

    assert [] == [text for text in said if re.search(r"\d", text)]


def test_shops_that_need_somebody_stand_first() -> None:
    """Out of sight before unread, before waiting, before calm; otherwise as given."""
    shops = (
        a_shop(FAWN),
        a_shop(TEA, ShopState.WAITING, pending=1),
        a_starting_shop(TEA),
        a_blind_shop(TEA),
        a_blind_shop(LAMP),
    )
    views = shop_views(shops, "zh", NOON)

    assert [
        ("tea", "blind"),
        ("lamp", "blind"),
        ("tea", "starting"),
        ("tea", "waiting"),
        ("fawn", "calm"),
    ] == [(view["shop_id"], view["state"]) for view in views]


@pytest.mark.parametrize(
    ("queue", "good", "proof"),
    [
        (QueueHealth("a"), False, "还没有确认"),
        (
            QueueHealth("a", confirmed_at=ago(seconds=5), pending=2, outcome=Outcome.ROWS),
            True,
            "2 件待办 · 5 秒前确认",
        ),
        (
            QueueHealth("a", confirmed_at=ago(hours=1), pending=2, outcome=Outcome.TRUNCATED),
            False,
            "1 小时没看到：没读完整",
        ),
    ],
)
def test_queue_has_a_proof_of_its_own(queue: QueueHealth, proof: str, *, good: bool) -> None:
    """Unfolded, a shop tells of each queue, by its title or else its name."""
    view = shop_view(replace(a_shop(), queues=(queue,)), "zh", NOON)["queues"][0]

    assert ("a", good) == (view["title"], view["good"])
    assert proof == fill(view["proof"], epoch_ms(NOON), page_words("zh"))


@pytest.mark.parametrize(
    ("unseen", "unproven", "rules", "doubt"),
    [
        ((), False, "", ""),
        ((), True, "规则未核对", "真实后台核对过，请自己也看看后台。"),
        (("会话",), False, "1 类不看", "不看：会话。请自己到后台看。"),
        (
            ("会话", "工商投诉"),
            True,
            "规则未核对 · 2 类不看",
            "请自己也看看后台。\n不看：会话、工商投诉。请自己到后台看。",
        ),
    ],
)
def test_shop_says_how_far_its_calm_goes(
    unseen: tuple[str, ...], rules: str, doubt: str, *, unproven: bool
) -> None:
    """Rules that nobody checked and lists that are not read stand beside the proof."""
    shown = shop_view(a_shop(unproven=unproven, unseen=unseen), "zh", NOON)

    assert (rules, True) == (shown["rules"], shown["doubt"].endswith(doubt))
    assert bool(doubt) == bool(shown["doubt"])


def test_what_is_under_way_goes_before_what_failed() -> None:
    """There is one note a shop, and it is about now."""
    failed = a_shop(failed="没有浏览器。")

    assert "没有浏览器。" == shop_view(failed, "zh", NOON)["note"]
    assert "等您" == shop_view(replace(failed, busy="等您"), "zh", NOON)["note"]


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        (ChannelHealth("sound", ago(hours=1)), ("{clock} 声音", False)),
        (ChannelHealth("desktop"), ("桌面通知还没用过", False)),
        (ChannelHealth("desktop", ago(hours=1), "没有权限"), ("桌面通知：没有权限", True)),
        (ChannelHealth("老板的群", None, "拒收"), ("老板的群：拒收", True)),
    ],
)
def test_channel_tells_when_it_arrived_or_why_not(
    health: ChannelHealth, expected: tuple[str, bool]
) -> None:
    """An error outweighs an earlier success."""
    view = channel_view(health, "zh")

    assert expected == (view["text"]["text"], view["failing"])
