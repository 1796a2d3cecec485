"""What a snapshot becomes: the verdict, the counters, what stands in large letters."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from agent.cases import Band, Kind, Outcome, Stage, Tier
from agent.cases.handing import Lost
from agent.inbox import Row, ShopHealth, ShopState, Snapshot
from agent.journal import ChannelHealth
from agent.words import Language
from tests.ui.samples import (
    FAWN,
    LAMP,
    TEA,
    a_blind_shop,
    a_row,
    a_shop,
    a_snapshot,
    a_starting_shop,
    ago,
    an_outage,
    within,
)
from ui.changes import changes
from ui.ticking import epoch_ms
from ui.view import present

URGENT = a_row(1)
IMPORTANT = a_row(2, tier=Tier.IMPORTANT, band=Band.FAR)
NORMAL = a_row(3, tier=Tier.NORMAL, band=Band.FAR)
TAKEN = a_row(4, quiet=True, case={"acknowledged_tier": Tier.URGENT, "acknowledged_at": ago()})
THEIRS = a_row(5, stage=Stage.WAITING)
OUTAGE = an_outage(9)


@pytest.mark.parametrize(
    ("rows", "shops", "state", "headline"),
    [
        ((), (), "empty", "还没有店铺"),
        ((), (a_starting_shop(),), "starting", "正在第一次读取…"),
        ((), (a_shop(), a_starting_shop(TEA)), "starting", "正在第一次读取…"),
        ((), (a_shop(),), "calm", "没有待办"),
        ((THEIRS,), (a_shop(),), "calm", "没有待办"),
        ((TAKEN,), (a_shop(),), "handled", "1 件都有人处理"),
        ((TAKEN,), (a_starting_shop(),), "starting", "正在第一次读取…"),
        ((IMPORTANT, NORMAL, TAKEN), (a_shop(),), "waiting", "2 件待办"),
        ((IMPORTANT,), (a_starting_shop(),), "waiting", "1 件待办"),
        ((OUTAGE,), (a_blind_shop(),), "blind", "1 家店看不到"),
        ((OUTAGE, NORMAL), (a_blind_shop(), a_blind_shop(TEA)), "blind", "2 家店看不到"),
        ((URGENT, NORMAL), (a_shop(),), "urgent", "1 件紧急待办"),
        ((URGENT, OUTAGE), (a_blind_shop(),), "urgent", "1 件紧急待办"),
        ((URGENT,), (), "urgent", "1 件紧急待办"),
        ((TAKEN,), (), "handled", "1 件都有人处理"),
    ],
)
def test_verdict_names_what_matters_most(
    rows: tuple[Row, ...], shops: tuple[ShopHealth, ...], state: str, headline: str
) -> None:
    """Money at stake comes first, then what is not known, then what waits."""
    view = present(a_snapshot(*rows, shops=shops), "zh")

    assert (state, headline) == (view["state"], view["headline"])


def test_view_has_what_ended_and_how_its_characters_are_read() -> None:
    """One table for all rows, and nothing in it that no row has."""
    view = present(a_snapshot(a_row(reason="退"), resolved=(a_row(2).case, OUTAGE.case)), "zh")

    assert [2] == [row["number"] for row in view["ended"]]
    assert ("tui", None) == (view["readings"]["退"], view["readings"].get("裤"))


@pytest.mark.parametrize(
    ("shops", "shown"),
    [
        ((a_shop(),), ["2", "1", "0", "0"]),
        ((a_shop(), a_starting_shop(TEA)), ["2+", "1+", "?", "0"]),
        ((a_shop(), a_blind_shop()), ["2+", "1+", "?", "1"]),
        ((a_blind_shop(), a_blind_shop(TEA)), ["2+", "1+", "?", "2"]),
    ],
)
def test_counter_is_a_plain_number_only_while_everything_is_seen(
    shops: tuple[ShopHealth, ...], shown: list[str]
) -> None:
    """Unknown is never zero."""
    rows = (URGENT, TAKEN, IMPORTANT, OUTAGE, THEIRS)
    view = present(a_snapshot(*rows, shops=shops), "zh")

    assert shown == [total["shown"] for total in view["totals"]]
    assert ["紧急", "重要", "普通", "看不到"] == [total["text"] for total in view["totals"]]


@pytest.mark.parametrize(
    ("rows", "shops", "hero"),
    [
        ((), (a_shop(),), None),
        ((TAKEN, IMPORTANT), (a_shop(),), {"number": 2, "shop_id": None}),
        ((OUTAGE, URGENT), (a_blind_shop(),), {"number": 1, "shop_id": None}),
        ((TAKEN, THEIRS), (a_shop(),), {"number": 4, "shop_id": None}),
        ((OUTAGE, NORMAL), (a_shop(), a_blind_shop()), {"number": None, "shop_id": "lamp"}),
    ],
)
def test_hero_is_what_somebody_should_do_first(
    rows: tuple[Row, ...], shops: tuple[ShopHealth, ...], hero: dict[str, Any] | None
) -> None:
    """The first case that nobody took, or the shop that cannot be seen."""
    assert hero == present(a_snapshot(*rows, shops=shops), "zh")["hero"]


def test_rows_keep_the_order_of_the_inbox() -> None:
    """Sorting is the inbox's business."""
    view = present(a_snapshot(NORMAL, URGENT, IMPORTANT), "zh")

    assert [3, 1, 2] == [row["number"] for row in view["rows"]]


@pytest.mark.parametrize(
    ("shops", "channels", "expected"),
    [
        ((a_shop(),), (), []),
        ((a_blind_shop(),), (), [{"kind": "blind", "text": "另有 1 家店看不到"}]),
        (
            (a_shop(),),
            (ChannelHealth("sound", None, "没有声卡"), ChannelHealth("我的群", ago(), "拒收")),
            [
                {"kind": "channel", "text": "声音送不到"},
                {"kind": "channel", "text": "我的群送不到"},
            ],
        ),
    ],
)
def test_other_trouble_is_told_beside_the_headline(
    shops: tuple[ShopHealth, ...],
    channels: tuple[ChannelHealth, ...],
    expected: list[dict[str, str]],
) -> None:
    """An urgent case hides neither a shop out of sight nor a silent alarm."""
    view = present(a_snapshot(URGENT, shops=shops, channels=channels), "zh")

    assert expected == view["warnings"]


def test_calm_says_how_old_its_oldest_proof_is() -> None:
    """The verdict is as fresh as the shop that was confirmed longest ago."""
    shops = (a_shop(FAWN, confirmed_at=ago(seconds=5)), a_shop(TEA, confirmed_at=ago(seconds=50)))
    view = present(a_snapshot(shops=shops), "zh")

    assert {
        "text": "2 家店都看着 · 最久的 {age}前确认",
        "at": epoch_ms(ago(seconds=50)),
    } == view["subline"]


def test_resolved_cases_are_named_for_the_page_to_wave_off() -> None:
    """Their numbers tell a case that is done from one that merely left the list."""
    view = present(a_snapshot(resolved=(URGENT.case, NORMAL.case)), "zh")

    assert [1, 3] == view["resolved"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_view_is_plain_json(language: Language) -> None:
    """Nothing is lost when the view is written as JSON and read again."""
    rows = (URGENT, TAKEN, OUTAGE, THEIRS)
    view = present(a_snapshot(*rows, shops=(a_shop(), a_blind_shop())), language)

    assert view == json.loads(json.dumps(view))


def test_english_view_has_no_chinese_but_the_page_s_own() -> None:
    """In English every word of ours is English; what a page says stays as it is."""
    said = {"reason": "late", "buyer": "M", "product": "", "status": "", "consequence": "refund"}
    shop = replace(FAWN, name="Fawn")
    rows = (
        a_row(1, shop=shop, **said),
        a_row(2, shop=shop, quiet=True, case={"acknowledged_at": ago()}, **said),
        a_row(3, shop=shop, kind=Kind.OUTAGE, **{**said, "status": "signed_out"}),
    )
    shops = [
        replace(each, platform_title="Doudian", queues=())
        for each in (a_shop(shop), a_blind_shop(shop), a_starting_shop(shop))
    ]
    view = present(a_snapshot(*rows, shops=tuple(shops)), "en")

    del view["words"]["set_language_zh"]  # a language is called by its own name

    assert [] == re.findall(r"[\u4e00-\u9fff]+", json.dumps(view, ensure_ascii=False))


@pytest.mark.parametrize("outcome", [None, *Outcome])
@pytest.mark.parametrize("state", ShopState)
def test_every_shop_can_be_shown(state: ShopState, outcome: Outcome | None) -> None:
    """Whatever is known of a shop, it has a proof, and a button exactly if it is blind."""
    shop = a_shop(LAMP, state, outcome=outcome)
    shown = present(a_snapshot(shops=(shop,)), "zh")["shops"][0]

    assert shown["proof"]["text"]
    assert (state is ShopState.BLIND) is bool(shown["help"])


def snapshots_of(kind: Kind) -> Snapshot:
    """Return a snapshot with one case of *kind*."""
    return a_snapshot(a_row(1, kind=kind, respond_by=within(hours=1)))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_name(kind: Kind) -> None:
    """No kind of case is without words."""
    shown = present(snapshots_of(kind), "zh")["rows"][0]

    assert re.search(r"[\u4e00-\u9fff]", shown["kind_text"])


def test_failing_records_are_a_warning_and_told_once() -> None:
    """A disk that takes nothing is said on the screen at once, and once where there is none."""
    before, after = present(a_snapshot(), "zh"), present(a_snapshot(trouble="磁盘满了。"), "zh")

    assert [{"kind": "journal", "text": "磁盘满了。"}] == after["warnings"]
    assert ["磁盘满了。"] == changes(before, after)
    assert [] == changes(after, after)


def test_who_left_the_roster_is_named_above_all_rows() -> None:
    """With how many cases they had; who is only on holiday is not."""
    gone = {"lost": Lost.LEFT, "case": {"person": "老张"}}
    away = a_row(3, lost=Lost.AWAY, assigned="小李", case={"person": "小王"})
    before, after = a_snapshot(away), a_snapshot(a_row(1, **gone), a_row(2, **gone), away)
    told = [present(after, language)["warnings"] for language in ("zh", "en")]

    assert [
        [{"kind": "person", "text": "老张不在排班表里了，2 件改按排班表"}],
        [
            {
                "kind": "person",
                "text": "老张: no longer on the roster; 2 cases of theirs go by the roster",
            }
        ],
    ] == told
    assert [] == present(before, "zh")["warnings"]
    assert told[0][0]["text"] in changes(present(before, "zh"), present(after, "zh"))
