"""What became of a case, in lines: the latest first, each thing said once."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from agent.cases import Alert, Band, Delivery, DeliveryState, Fen, Reason, Stage, Tier
from agent.journal import Act, Entry
from agent.journal.past import Past
from tests.fakes import NOON
from tests.ui.samples import a_case, ago, within
from ui.past import LineView, past_view
from ui.ticking import clock_text, epoch_ms

SEEN = a_case().latest


def shown(past: Past) -> list[LineView]:
    """Return the lines at noon."""
    return past_view(past, NOON, "zh")["lines"]


def ring(alert_id: int, at: datetime, *states: DeliveryState, **fields: Any) -> list[Delivery]:  # noqa: ANN401 (any field)
    """Return the messages of an alert, first by sound, then by desktop."""
    reason = fields.pop("reason", Reason.NEW)
    error = fields.pop("error", "")
    alert = Alert(SEEN.key, Tier.URGENT, Band.FINAL, reason, at, at, alert_id=alert_id, **fields)
    names = ("sound", "desktop")
    return [
        Delivery(alert, name, state, error=error)
        for name, state in zip(names, states, strict=False)
    ]


def clock(at: datetime) -> str:
    """Say the time of day as the line does."""
    return clock_text(epoch_ms(at), epoch_ms(NOON))


@pytest.mark.parametrize(
    ("after", "text"),
    [
        ({"status": "待平台处理"}, "状态：待商家处理 → 待平台处理"),
        ({"amount": Fen(9_900)}, "金额：¥128.00 → ¥99.00"),
        ({"amount": None}, "金额：¥128.00 → 无"),
        (
            {"respond_by": within(hours=1)},
            f"时限：{clock(SEEN.respond_by or NOON)} → {clock(within(hours=1))}",
        ),
        ({"respond_by": (SEEN.respond_by or NOON) + timedelta(seconds=50)}, "有变化"),
        ({"stage": Stage.WAITING}, "等对方处理"),
        ({"unread": 3}, "3 条未读"),
        ({"reason": "快退钱"}, "买家的话变了"),
        ({"status": "{before}", "unread": 1}, "状态：待商家处理 → {before}；1 条未读"),
        ({"tags": ("催",)}, "有变化"),
    ],
)
def test_a_change_says_what_was_and_what_is(after: dict[str, Any], text: str) -> None:
    """Each field that people care for; two looks at one countdown are no change of the limit."""
    entries = (
        Entry(ago(minutes=9), Act.OPENED, said=SEEN),
        Entry(ago(minutes=1), Act.UPDATED, said=replace(SEEN, **after)),
    )
    latest, first = shown(Past(entries, ()))

    assert ("platform", "平台", text) == (latest["by"], latest["by_text"], latest["text"])
    assert ("新来：待商家处理", SEEN.reason) == (first["text"], first["said"])
    assert after.get("reason", "") == latest["said"]


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (Entry(NOON, Act.ACKNOWLEDGED, tier=Tier.URGENT, band=Band.FAR), "接手处理"),
        (Entry(NOON, Act.SNOOZED, until=within(minutes=30)), f"推迟到 {clock(within(minutes=30))}"),
        (Entry(NOON, Act.NOTED, note="已打电话"), "写了备注"),
        (Entry(NOON, Act.NOTED), "清空了备注"),
        *(
            (Entry(NOON, act), text)
            for act, text in {
                Act.RELEASED: "不再接手",
                Act.WOKEN: "不再推迟",
                Act.STARRED: "加了星标",
                Act.UNSTARRED: "去了星标",
            }.items()
        ),
    ],
)
def test_what_a_person_did_is_told_in_their_words(entry: Entry, text: str) -> None:
    """Every act has its words; of a note what was written stands beside."""
    [line] = shown(Past((entry,), ()))

    assert ("person", text, entry.note) == (line["by"], line["text"], line["said"])


def test_the_end_is_the_platform_s() -> None:
    """Only readings end a case."""
    ends = Entry(NOON, Act.RESOLVED, said=replace(SEEN, stage=Stage.ENDED))
    line, _ = shown(Past((Entry(ago(hours=1), Act.OPENED, said=SEEN), ends), ()))

    assert ("platform", "在平台上结束了", "") == (line["by"], line["text"], line["said"])


def test_who_was_told_stands_between_what_was_done() -> None:
    """When it rang, on which roads, for whom, and how each fared."""
    told = ring(
        1,
        ago(minutes=8),
        DeliveryState.DELIVERED,
        DeliveryState.FAILED,
        error="被拒收",
        people=("小王",),
    )
    entries = (
        Entry(ago(minutes=9), Act.OPENED, said=SEEN),
        Entry(ago(minutes=1), Act.ACKNOWLEDGED, tier=Tier.URGENT, band=Band.FAR),
    )
    lines = shown(Past(entries, told))

    assert ["person", "alert", "platform"] == [line["by"] for line in lines]
    assert "新：声音送到了、桌面通知没送到，找 小王" == lines[1]["text"]
    assert ("桌面通知: 被拒收", True, epoch_ms(ago(minutes=8))) == (
        lines[1]["said"],
        lines[1]["bad"],
        lines[1]["at"],
    )


def test_repeats_are_one_line_until_something_else_happens() -> None:
    """Ten rings that nobody answered are one nuisance, with the time of the last."""
    delivered = DeliveryState.DELIVERED
    first = ring(1, ago(minutes=20), delivered)
    repeats = [
        way
        for n in range(2, 12)
        for way in ring(n, ago(minutes=20 - n), delivered, reason=Reason.REPEAT, repeat=n)
    ]
    taken = Entry(ago(minutes=15.5), Act.STARRED)
    lines = shown(Past((taken,), [*first, *repeats]))

    assert [
        "仍未处理，又响了 7 次：声音送到了",
        "加了星标",
        "仍未处理，又响了 3 次：声音送到了",
        "新：声音送到了",
    ] == [line["text"] for line in lines]
    assert epoch_ms(ago(minutes=9)) == lines[0]["at"]


def test_a_long_past_is_cut_and_says_so() -> None:
    """The last hundred lines; the first of them is compared with what came before it."""
    said = [replace(SEEN, status=f"第{n}步") for n in range(120)]
    entries = [Entry(ago(minutes=200 - n), Act.UPDATED, said=one) for n, one in enumerate(said)]
    short = past_view(Past(entries[20:], (), since=entries[19], older=True), NOON, "zh")
    long = past_view(Past(entries, ()), NOON, "zh")

    assert "状态：第19步 → 第20步" == short["lines"][-1]["text"]
    assert ({"只列出最近的 100 条，更早的没有列出。"}, 100) == (
        {short["older"], long["older"]},
        len(long["lines"]),
    )
    assert "" == past_view(Past(entries[:3], ()), NOON, "zh")["older"]


def test_words_of_any_length_stay_a_line() -> None:
    """What a page or a person wrote is cut in the history; the facts have it whole."""
    opened = Entry(NOON, Act.OPENED, said=replace(SEEN, reason="退" * 5000, status="急" * 5000))
    [line] = shown(Past((opened,), ()))

    assert (300, 300) == (len(line["text"]), len(line["said"]))


def test_to_whom_it_was_given_is_said_once() -> None:
    """By name, and that the roster counts again."""
    given = (
        Entry(ago(minutes=3), Act.ASSIGNED, note="小王"),
        Entry(ago(minutes=2), Act.UNASSIGNED),
    )
    lines = shown(Past(given, ()))

    assert [("不再指定，按排班表", ""), ("交给小王", "")] == [
        (line["text"], line["said"]) for line in lines
    ]
