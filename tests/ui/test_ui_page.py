"""The overlay's page: what it shows as a whole, and that its silence can be trusted."""

from dataclasses import replace

import pytest

from agent.cases import Band, Kind, Tier
from agent.inbox import ShopState
from agent.journal import ChannelHealth
from agent.words import Language
from tests.ui.overlay import Overlay
from tests.ui.samples import (
    FAWN,
    HANDLED,
    LAMP,
    TEA,
    a_blind_shop,
    a_row,
    a_shop,
    a_snapshot,
    a_starting_shop,
    ago,
    an_outage,
    view,
    within,
)
from ui.view import present

pytestmark = pytest.mark.asyncio(loop_scope="session")


GLANCES = (
    (a_snapshot(shops=()), "empty", "还没有店铺"),
    (a_snapshot(shops=(a_starting_shop(),)), "starting", "正在第一次读取…"),
    (a_snapshot(), "calm", "没有待办"),
    (a_snapshot(a_row(tier=Tier.NORMAL, band=Band.FAR)), "waiting", "1 件待办"),
    (a_snapshot(a_row()), "urgent", "1 件紧急待办"),
    (a_snapshot(a_row(quiet=True, case=HANDLED)), "handled", "1 件都有人处理"),
    (a_snapshot(an_outage(), shops=(a_blind_shop(),)), "blind", "1 家店看不到"),
)


async def test_state_is_told_at_a_glance(overlay: Overlay) -> None:
    """Each state has its own look and its own few words, whatever was seen before."""
    await overlay.open(view(a_snapshot(an_outage(), shops=(a_blind_shop(),))))
    seen = []
    for snapshot, _, _ in GLANCES:
        await overlay.change(view(snapshot))
        await overlay.seconds()
        seen.append((await overlay.state(), await overlay.text("#headline")))

    assert [(state, headline) for _, state, headline in GLANCES] == seen


async def test_blind_is_striped_and_calm_is_not(overlay: Overlay) -> None:
    """A shop out of sight never looks like a quiet one."""
    background = "getComputedStyle(document.getElementById('panel')).backgroundImage"
    await overlay.open(view(a_snapshot()))
    calm = await overlay.page.evaluate(background)
    await overlay.change(view(a_snapshot(shops=(a_blind_shop(),))))
    await overlay.seconds()
    blind = await overlay.page.evaluate(background)

    assert "repeating" not in calm
    assert blind.startswith("repeating-linear-gradient")


async def test_blind_shop_says_why_and_offers_the_one_button(overlay: Overlay) -> None:
    """The reason stands in large letters, and the button asks the desk to help that shop."""
    await overlay.open(view(a_snapshot(an_outage(), shops=(a_blind_shop(),))))
    proof = await overlay.text("#hero .proof")
    await overlay.seconds()
    await overlay.page.click("#hero [data-act=help]")
    await overlay.page.click("#shops [data-act=help]")
    await overlay.row(9).locator("[data-act=help]").click()

    assert "12 分钟没看到：登录已失效" == proof
    assert "重新登录" == await overlay.text("#shops [data-act=help]")
    assert [["help_shop", LAMP.shop_id]] * 3 == await overlay.calls()


async def test_counters_never_say_zero_while_a_shop_is_out_of_sight(overlay: Overlay) -> None:
    """With a blind shop the counters say at least so many, or that nobody knows."""
    snapshot = a_snapshot(a_row(), shops=(a_shop(FAWN), a_blind_shop()))
    await overlay.open(view(snapshot))

    counters = await overlay.page.locator("#totals .count").all_inner_texts()

    assert ["1+", "?", "?", "1"] == counters


async def test_countdown_and_ages_tick_by_themselves(overlay: Overlay) -> None:
    """The large countdown, the row's and the proof of quiet move without new data."""
    await overlay.open(view(a_snapshot(a_row())))
    await overlay.set(revision=0)
    before = (
        await overlay.text("#hero .count"),
        await overlay.text("#shops > li:first-child summary .proof"),
    )
    await overlay.seconds(10)
    after = (
        await overlay.text("#hero .count"),
        await overlay.text("#shops > li:first-child summary .proof"),
    )

    assert ("21:29", "0 · 40 秒前确认") == before
    assert ("21:19", "0 · 50 秒前确认") == after
    assert "剩 21:19" == await overlay.row(1).locator(".left").inner_text()


async def test_passed_deadline_counts_up(overlay: Overlay) -> None:
    """At zero the countdown turns into how late it is."""
    await overlay.open(view(a_snapshot(a_row(respond_by=within(seconds=5)))))
    await overlay.seconds(9)

    assert "已超时 4 秒" == await overlay.text("#hero .due")
    assert "已超时 4 秒" == await overlay.row(1).locator(".left").inner_text()


async def test_each_shop_has_its_proof_of_quiet(overlay: Overlay) -> None:
    """What needs somebody comes first, and each line says how fresh it is."""
    shops = (
        a_shop(FAWN, ShopState.WAITING, pending=3, confirmed_at=ago(seconds=12)),
        a_starting_shop(TEA),
        a_blind_shop(LAMP),
    )
    await overlay.open(view(a_snapshot(shops=shops)))

    proofs = await overlay.page.locator("#shops summary .proof").all_inner_texts()

    assert [
        "12 分钟没看到：登录已失效",
        "正在第一次读取…",
        "3 件待办 · 12 秒前确认",
    ] == proofs


async def test_shop_unfolds_its_queues(overlay: Overlay) -> None:
    """A shop's line opens to what is known of each queue."""
    await overlay.open(view(a_snapshot(shops=(a_blind_shop(),))))
    await overlay.page.click("#shops summary")

    assert "售后单\n12 分钟没看到：登录已失效" == await overlay.text("#shops .queues li")


async def test_channels_say_when_they_last_arrived_or_why_not(overlay: Overlay) -> None:
    """A broken channel stands out; the others say when they last got through."""
    channels = (
        ChannelHealth("sound", None, "没有找到声卡，请接上音箱"),
        ChannelHealth("desktop"),
    )
    await overlay.open(view(a_snapshot(channels=channels)))

    lines = await overlay.page.locator("#channels li").all_inner_texts()

    assert ["声音：没有找到声卡，请接上音箱", "桌面通知还没用过"] == lines
    assert "声音送不到" == await overlay.text("#warnings li")


async def test_silent_agent_turns_the_overlay_red(overlay: Overlay) -> None:
    """After three seconds without an answer the overlay says so by itself, and then recovers."""
    await overlay.open(view(a_snapshot()))
    await overlay.set(silent=True)
    await overlay.seconds(4)
    state, headline = await overlay.state(), await overlay.text("#headline")
    counters = await overlay.page.locator("#totals .count").all_inner_texts()
    await overlay.set(silent=False)
    await overlay.seconds(4)

    assert ("stopped", "已停止监看") == (state, headline)
    assert {"?"} == set(counters)
    assert "calm" == await overlay.state()
    assert "没有待办" == await overlay.text("#headline")


async def test_agent_whose_time_stands_still_counts_as_stopped(overlay: Overlay) -> None:
    """Answers that repeat the same moment are no sign of life."""
    await overlay.open(view(a_snapshot()))
    await overlay.set(frozen=True)
    await overlay.seconds(6)

    assert "stopped" == await overlay.state()
    assert "请先自己打开各店后台看一眼" in await overlay.text("#subline")


async def test_agent_that_never_spoke_counts_as_stopped(overlay: Overlay) -> None:
    """Even without a single answer the page has the words to say so."""
    await overlay.open(None)
    connecting = await overlay.state()
    await overlay.seconds(4)

    assert "connecting" == connecting
    assert "已停止监看" == await overlay.text("#headline")


async def test_quitting_asks_first(overlay: Overlay) -> None:
    """One click on the cross does not end the watch."""
    await overlay.open(view(a_snapshot()))
    await overlay.page.click("#quit")
    await overlay.page.click("#leave-no")
    stayed = await overlay.calls()
    await overlay.page.click("#quit")
    await overlay.page.click("#leave-yes")

    assert [] == stayed
    assert [["quit"]] == await overlay.calls()


async def test_page_speaks_english_on_request(overlay: Overlay) -> None:
    """Every word of the page comes with the data."""
    await overlay.open(dict(present(a_snapshot(a_row(12, kind=Kind.DISPUTE)), "en")))

    assert "1 urgent case" == await overlay.text("#headline")
    assert "I take it" == await overlay.row(12).locator(".take").inner_text()
    assert "en" == await overlay.page.evaluate("document.documentElement.lang")


WIDTHS = (320, 380, 700)


async def test_nothing_is_cut_off_at_any_width(overlay: Overlay) -> None:
    """From 320 pixels on the page scrolls only downwards and every button is inside."""
    rows = (a_row(12, shop=replace(FAWN, name="超长的店铺名字" * 30)), an_outage())
    await overlay.open(view(a_snapshot(*rows, shops=(a_shop(), a_blind_shop()))))
    await overlay.row(12).locator("[data-act=choose]").click()
    found = {}
    for width in WIDTHS:
        await overlay.page.set_viewport_size({"width": width, "height": 640})
        await overlay.seconds()
        found[width] = await overlay.page.evaluate(
            """() => [
              [...document.querySelectorAll("button")]
                .filter((each) => each.checkVisibility())
                .filter((each) => each.getBoundingClientRect().right > window.innerWidth)
                .map((each) => each.textContent),
              [...document.querySelectorAll("#shops .name")]
                .filter((name) => name.getBoundingClientRect().width < 30).length,
              document.documentElement.scrollWidth,
            ]"""
        )

    assert {width: [[], 0, width] for width in WIDTHS} == found


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_counters_leave_room_for_the_cross(overlay: Overlay, language: Language) -> None:
    """However many cases there are, and in either language, the header does not overlap itself."""
    rows = [a_row(n, tier=tier) for n, tier in enumerate([*Tier] * 40, start=1)]
    await overlay.open(dict(present(a_snapshot(*rows, shops=(a_blind_shop(),)), language)))
    overlaps = {}
    for width in WIDTHS:
        await overlay.page.set_viewport_size({"width": width, "height": 640})
        await overlay.seconds()
        overlaps[width] = await overlay.page.evaluate(
            """() => {
              const pieces = [...document.querySelectorAll(".bar > *, .total")]
                .filter((piece) => piece.checkVisibility() && piece.id !== "totals")
                .map((piece) => piece.getBoundingClientRect()).sort((a, b) => a.left - b.left);
              return pieces.slice(1)
                .filter((piece, index) => piece.left < pieces[index].right).length;
            }"""
        )

    assert dict.fromkeys(WIDTHS, 0) == overlaps
