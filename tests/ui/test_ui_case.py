"""One opened case as data: what is known of it, and what may be chosen."""

from datetime import timedelta
from typing import Any

import pytest

from agent.cases import Kind, Mood, Stage, Topic
from agent.cases.handing import Lost
from agent.words import Language
from tests.fakes import NOON
from tests.ui.samples import a_dossier, ago, within
from ui.case import CaseView, case_view
from ui.rows import row_view
from ui.ticking import clock_text, epoch_ms


def shown(language: Language = "zh", **fields: Any) -> CaseView:  # noqa: ANN401 (any field)
    """Return what is shown of a case with *fields*."""
    return case_view(a_dossier(12, **fields), language)


def clock(minutes: float) -> str:
    """Return the time of day so many minutes after noon."""
    return clock_text(epoch_ms(within(minutes=minutes)), epoch_ms(NOON))


def test_it_is_told_as_in_the_list_and_more() -> None:
    """The row as every face has it, with the ticket's number, whose move it is and since when."""
    opened = {"opened_at": ago(hours=2), "case": {"first_seen_at": ago(hours=1)}}
    dossier = a_dossier(12, tags=("破损",), assigned="小王", **opened)
    told = case_view(dossier, "zh")

    assert row_view(dossier.row, "zh", NOON) == told["row"]
    assert ("T12", "轮到您处理", ["破损"], "小王") == (
        told["ticket"],
        told["stage"],
        told["tags"],
        told["assigned"],
    )
    assert {
        "fact_asked": epoch_ms(ago(minutes=9)),
        "fact_opened": epoch_ms(ago(hours=2)),
        "fact_first": epoch_ms(ago(hours=1)),
        "fact_last": epoch_ms(ago(seconds=12)),
    } == {moment["label"]: moment["said"]["at"] for moment in told["moments"]}


@pytest.mark.parametrize(
    ("buyer", "masked"), [("小**鱼", "小**"), ("王小鱼", "王**"), ("", "")], ids=str
)
def test_the_buyer_is_masked(buyer: str, masked: str) -> None:
    """Who looks over a shoulder learns no name."""
    assert masked == shown(buyer=buyer)["buyer"]


def test_one_moment_is_named_once() -> None:
    """A case in its first round was seen first when it began to wait."""
    assert ["fact_asked", "fact_last"] == [moment["label"] for moment in shown()["moments"]]


def test_what_was_guessed_from_the_words_is_named() -> None:
    """Topics, and how the buyer sounds if that is not plain."""
    case = {"topics": frozenset({Topic.QUALITY, Topic.PRICE}), "mood": Mood.ANGRY}

    assert "价保差价、质量问题、愤怒" == shown(case=case)["about"]
    assert "" == shown()["about"]


@pytest.mark.parametrize(
    ("left", "language", "texts", "note"),
    [
        (timedelta(days=2), "zh", ["10 分钟", "30 分钟", "1 小时", "3 小时"], ""),
        (
            timedelta(minutes=65),
            "zh",
            ["10 分钟", "30 分钟", f"最晚到 {clock(35)}"],
            f"再晚就来不及了，所以最晚推迟到 {clock(35)}。",
        ),
        (
            timedelta(minutes=21),
            "en",
            ["10 min", f"at most until {clock(21)}"],
            f"Later would be too late, so it ends at {clock(21)} at the latest.",
        ),
    ],
    ids=["far", "clipped to the last step", "clipped to the deadline"],
)
def test_lengths_are_clipped_and_say_so(
    left: timedelta, language: Language, texts: list[str], note: str
) -> None:
    """What the deadline cuts says until when it would last, and why."""
    choices = shown(language, respond_by=NOON + left)["put_offs"]

    assert texts == [choice["text"] for choice in choices][: len(texts)]
    assert note == choices[-1]["note"]


def test_the_next_morning_is_said_by_its_clock() -> None:
    """With its date, since it is another day."""
    *_, last = shown(respond_by=within(days=5))["put_offs"]

    assert last["text"].startswith("到 ")
    assert last["text"].endswith("09:00")


def test_what_is_over_offers_nothing() -> None:
    """It says since when; why it was urgent, and for how long it could wait, is of the past."""
    over = shown(case={"resolved_at": ago(minutes=3)}, stage=Stage.ENDED)

    assert {"text": "{clock} 结束了", "at": epoch_ms(ago(minutes=3))} == over["ended"]
    assert ([], [], "平台说已结束") == (over["why"], over["put_offs"], over["stage"])


def test_a_shop_out_of_sight_has_no_ticket() -> None:
    """Its key is ours, and its signs stand in its reason already."""
    told = shown(kind=Kind.OUTAGE, status="signed_out", tags=("kicked",), respond_by=None)

    assert ("", []) == (told["ticket"], told["tags"])
    assert "账号在别处登录" == told["row"]["reason"]


def test_who_left_the_roster_is_named_where_it_says_whose_it_is() -> None:
    """So that nobody believes it to be theirs still."""
    told = shown(assigned="小李", lost=Lost.LEFT, case={"person": "小王"})

    assert "小李 · 小王不在排班表里了" == told["assigned"]
