"""What may leave the machine: ours alone, nothing that a page or a buyer said."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.cases import Case, Kind, Outcome, Reason, Tier
from agent.cases.line import BROWSER, COMPUTER_KEY, OFFLINE, REMOTE, SILENT, THIS_COMPUTER
from agent.channels.channel import Mention, Words
from agent.channels.wording import notice_for
from tests.mothers import KEY, NOON, a_case, a_shop, an_alert

SHOPS = {KEY.shop: a_shop(), THIS_COMPUTER.shop_id: THIS_COMPUTER}


def masked(*cases: Case) -> Words:
    """Return what leaves for the first ring of each of *cases*, at noon."""
    told = [(an_alert(key=case.key), case) for case in cases]
    words = notice_for(told, SHOPS, NOON, "zh").masked

    assert words is not None
    return words


def test_one_case() -> None:
    """The shop's short name, the kind, why, how long, and the number to type."""
    case = a_case(respond_by=NOON + timedelta(minutes=21), consequence="自动同意退款", number=12)

    assert Words("紧急 · shanque · 仅退款", ("新 · 剩 21 分 0 秒 · #12",)) == masked(case)


def test_many_cases_are_counted_when_they_are_too_many() -> None:
    """Ten lines, the first to run out first, and how many more."""
    cases = [
        a_case(key=replace(KEY, case_id=str(n)), number=n, respond_by=NOON + n * timedelta(hours=1))
        for n in range(12, 0, -1)
    ]
    words = masked(*cases)

    assert "shanque · 仅退款 · 新 · 剩 1 小时 0 分 · #1" == words.lines[0]
    assert (11, "还有 2 件") == (len(words.lines), words.lines[-1])


def test_an_outage_says_what_helps() -> None:
    """What cannot be seen, and what to do; the computer goes by its own name."""
    outage = a_case(kind=Kind.OUTAGE, status=Outcome.SIGNED_OUT.value)
    network = a_case(key=COMPUTER_KEY, kind=Kind.OUTAGE, status=Outcome.UNREACHABLE.value)

    assert Words("紧急 · shanque · 登录已失效", ("重新登录",)) == masked(outage)
    assert "紧急 · 这台电脑 · 打不开后台" == masked(network).title


@pytest.mark.parametrize(
    ("gate", "title", "step"),
    [
        (OFFLINE, "没有网络", "检查网线"),
        (SILENT, "平台没有响应", "等平台恢复"),
        (BROWSER, "浏览器启动不了", "重启电脑"),
        (REMOTE, "远程浏览器都连不上", "geshao doctor"),
    ],
)
def test_each_parent_says_its_own_next_step(gate: str, title: str, step: str) -> None:
    """At the desk and on the phone: a silent platform is nobody's network."""
    case = a_case(kind=Kind.OUTAGE, status=Outcome.UNREACHABLE.value, tags=(gate,))
    notice = notice_for([(an_alert(), case)], SHOPS, NOON, "zh")

    assert notice.masked is not None
    for words in (notice, notice.masked):
        assert title in words.title
        assert step in words.lines[0]
        assert (gate == OFFLINE) == ("检查网" in words.lines[0])


def test_programs_are_told_the_same() -> None:
    """Of each case what the words hold, as values."""
    case = a_case(respond_by=NOON + timedelta(hours=1), number=12)
    notice = notice_for([(an_alert(), case)], SHOPS, NOON, "zh")

    assert (
        Mention(12, "shanque", Kind.REFUND_ONLY, Tier.URGENT, Reason.NEW, case.latest.respond_by),
    ) == notice.cases


def test_whom_an_alert_calls() -> None:
    """Each name once, whatever the number of cases."""
    cases = [a_case(), a_case(key=replace(KEY, case_id="2"))]
    told = [(an_alert(key=case.key, people=("小王", "小李")), case) for case in cases]

    assert ("小王", "小李") == notice_for(told, SHOPS, NOON, "zh").people


SAID = st.text(alphabet=st.characters(codec="utf-8", categories=("Lo",)), min_size=3, max_size=20)


@settings(max_examples=30)
@given(SAID, SAID, SAID, st.sampled_from(Kind))
def test_nothing_that_others_wrote_leaves(
    buyer: str, reason: str, product: str, kind: Kind
) -> None:
    """Whatever a page says of buyer, reason, product, order and consequence."""
    status = Outcome.CHALLENGED.value if kind is Kind.OUTAGE else reason
    case = a_case(
        kind=kind,
        buyer=buyer,
        reason=reason,
        product=product,
        order_id=f"{buyer}1",
        consequence=reason,
        raw_deadline=reason,
        status=status,
        respond_by=NOON + timedelta(hours=1),
    )
    alone, among = masked(case), masked(case, a_case())
    said = "".join([alone.title, *alone.lines, among.title, *among.lines])
    ours = "".join([*masked(a_case(kind=kind, status=status, respond_by=NOON)).lines])

    assert [] == [word for word in (buyer, reason, product) if word in said and word not in ours]
