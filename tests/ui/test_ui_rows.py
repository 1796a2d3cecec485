"""How one case is shown."""

from datetime import datetime
from typing import Any

import pytest

from agent.cases import Fen, Kind, Outcome, Stage, Tier
from agent.cases.handing import Lost
from agent.inbox import Row
from tests.fakes import NOON
from tests.ui.samples import HANDLED, a_row, ago, an_outage, within
from ui.rows import amount_text, row_view, searched
from ui.ticking import epoch_ms

TAKEN = {"acknowledged_tier": Tier.URGENT, "acknowledged_at": ago(minutes=3)}
ASLEEP = {"snoozed_at": ago(minutes=1), "snoozed_until": within(minutes=25)}


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (None, ""),
        (0, "¥0.00"),
        (5, "¥0.05"),
        (12_800, "¥128.00"),
        (123_456_789, "¥1,234,567.89"),
        (2**53 * 100 + 1, "¥9,007,199,254,740,992.01"),
    ],
)
def test_amount_is_exact(amount: int | None, expected: str) -> None:
    """Yuan with two decimals, however large; nothing where the page shows none."""
    assert expected == amount_text(None if amount is None else Fen(amount))


@pytest.mark.parametrize(
    ("row", "handled", "mark", "loud"),
    [
        (a_row(), "", "", True),
        (a_row(quiet=True, case=TAKEN), "acknowledged", "处理中 · {age}", False),
        (a_row(quiet=True, case=ASLEEP), "snoozed", "{clock} 再提醒", False),
        (a_row(quiet=True, case={**TAKEN, **ASLEEP}), "snoozed", "{clock} 再提醒", False),
        (a_row(case=TAKEN), "again", "升级了，请再看", True),
        (a_row(assigned="小王"), "", "请 小王 处理", True),
        (a_row(case=TAKEN, assigned="小王"), "again", "升级了，请再看 · 请 小王 处理", True),
        (a_row(stage=Stage.WAITING), "theirs", "等对方处理", False),
        (a_row(quiet=True, stage=Stage.ENDED, case=TAKEN), "theirs", "等对方处理", False),
    ],
)
def test_row_tells_who_has_it_in_hand(row: Row, handled: str, mark: str, *, loud: bool) -> None:
    """What a person did, or whose move it is, and whether it still waits for somebody."""
    view = row_view(row, "zh", NOON)

    assert (handled, mark, loud) == (view["handled"], view["mark"]["text"], view["loud"])


def test_row_has_its_group_and_whose_it_is() -> None:
    """The list is parted by the one and filtered by the other."""
    view = row_view(a_row(assigned="小王"), "zh", NOON)

    assert ("now", "小王") == (view["group"], view["person"])
    assert {"小鹿女装旗舰店", "仅退款", "小王", "小**鱼"} <= set(searched(view))


@pytest.mark.parametrize(
    ("case", "at"),
    [(TAKEN, ago(minutes=3)), (ASLEEP, within(minutes=25))],
    ids=["taken", "asleep"],
)
def test_mark_ticks_from_its_moment(case: dict[str, Any], at: datetime) -> None:
    """Taken since, or asleep until: the face counts from there."""
    assert epoch_ms(at) == row_view(a_row(quiet=True, case=case), "zh", NOON)["mark"]["at"]


@pytest.mark.parametrize(
    ("said", "respond_by", "expected"),
    [
        ("自动同意退款", within(minutes=1), "到时自动同意退款"),
        ("到时平台介入", within(minutes=1), "到时平台介入"),
        ("逾期将扣分", within(minutes=1), "逾期将扣分"),
        ("自动同意退款", ago(minutes=1), "时限已过：自动同意退款"),
        ("{consequence}{age}", within(minutes=1), "到时{consequence}{age}"),
        ("", within(minutes=1), ""),
    ],
)
def test_consequence_says_when(said: str, respond_by: datetime, expected: str) -> None:
    """The platform's words, with "at zero" before them where they lack it; never a template."""
    row = a_row(consequence=said, respond_by=respond_by)

    assert expected == row_view(row, "zh", NOON)["consequence"]


def test_own_target_is_named_as_such() -> None:
    """The owner's own target is never taken for the platform's limit."""
    assert "自定目标" == row_view(a_row(own_target=True), "zh", NOON)["own_target"]
    assert "" == row_view(a_row(), "zh", NOON)["own_target"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (an_outage(), ("登录已失效", "重新登录")),
        (an_outage(outcome=Outcome.UNREACHABLE), ("打不开后台", "检查网络后重试")),
        (
            a_row(kind=Kind.OUTAGE, status="unreachable", tags=("line:offline",)),
            ("没有网络", "检查网络后重试"),
        ),
        (
            a_row(kind=Kind.OUTAGE, status="unreachable", tags=("line:platform",)),
            ("平台没有响应", "马上重读"),
        ),
        (
            a_row(kind=Kind.OUTAGE, status="unreachable", tags=("line:browser",)),
            ("浏览器启动不了", "马上重读"),
        ),
        (
            a_row(kind=Kind.OUTAGE, status="unreachable", tags=("line:remote_own",)),
            ("这家店的远程浏览器连不上", "马上重读"),
        ),
        (
            a_row(kind=Kind.OUTAGE, status="signed_out", tags=("kicked",)),
            ("账号在别处登录", "重新登录"),
        ),
        (
            a_row(kind=Kind.OUTAGE, status="signed_out", tags=("made_up",)),
            ("登录已失效", "重新登录"),
        ),
        (a_row(kind=Kind.OUTAGE, status="nonsense"), ("太久没有读到", "马上重读")),
    ],
)
def test_outage_says_why_and_what_helps(row: Row, expected: tuple[str, str]) -> None:
    """A shop out of sight has a cause and one button; a pack's own signs need no words."""
    view = row_view(row, "zh", NOON)

    assert expected == (view["reason"], view["help"])
    assert view["outage"]


def test_text_of_a_page_is_handed_on_unchanged() -> None:
    """What the buyer wrote is neither cut nor cleaned on the way to the page."""
    text = "<script>\u202e\x1b[31m" + "退钱" * 2500

    assert text == row_view(a_row(reason=text), "zh", NOON)["reason"]


@pytest.mark.parametrize(
    ("row", "zh", "en"),
    [
        (a_row(), ("", ""), ("", "")),
        (a_row(assigned="小李"), ("请 小李 处理", ""), ("for 小李", "")),
        (
            a_row(assigned="小李", lost=Lost.LEFT, case={"person": "小王"}),
            ("请 小李 处理 · 小王不在排班表里了", ""),
            ("for 小李 · 小王 left the roster", ""),
        ),
        (
            a_row(lost=Lost.LEFT, case={"person": "小王"}),
            ("小王不在排班表里了", ""),
            ("小王 left the roster", ""),
        ),
        (
            a_row(assigned="小李", lost=Lost.AWAY, quiet=True, case=HANDLED | {"person": "小王"}),
            ("处理中 · {age}", "小李 · 小王休假"),
            ("in hand · {age}", "小李 · 小王 is on holiday"),
        ),
        (
            a_row(assigned="{age}", stage=Stage.WAITING),
            ("等对方处理", "{age}"),
            ("their move", "{age}"),
        ),
    ],
    ids=["nobody's", "somebody's", "left", "left to nobody", "in hand, away", "their move"],
)
def test_it_says_whose_it_is_and_who_lost_it(
    row: Row, zh: tuple[str, str], en: tuple[str, str]
) -> None:
    """In the mark as long as somebody is asked for, else beside it; nobody loses one unseen."""
    views = row_view(row, "zh", NOON), row_view(row, "en", NOON)

    assert [zh, en] == [(view["mark"]["text"], view["whose"]) for view in views]
    assert [row.case.person] * 2 == [view["named"] for view in views]
