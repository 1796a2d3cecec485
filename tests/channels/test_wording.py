"""What a notice says, for one alert and for many, and what it never says."""

from datetime import timedelta

import pytest

from agent.cases import Alert, Band, Case, CaseKey, Fen, Kind, Outcome, Reason, Shop, Tier
from agent.channels.channel import Notice
from agent.channels.wording import notice_for, spell
from agent.words import Language
from tests.mothers import KEY, NOON, a_case, a_shop, an_alert

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

OTHER = a_shop(shop_id="other", name="白鹭家居")
SHOPS: dict[str, Shop] = {KEY.shop: a_shop(), "other": OTHER}

Told = tuple[Alert, Case]


def told(case: Case, **alert: object) -> Told:
    """Return an alert for *case* together with it."""
    return an_alert(key=case.key, **alert), case


def notice(*alerts: Told, language: Language = "zh") -> Notice:
    """Return what is said at noon."""
    return notice_for(alerts, SHOPS, NOON, language)


def test_one_case_says_what_it_is_and_how_long_is_left() -> None:
    """The title names tier, shop and kind; the line why, the time, its end, money and buyer."""
    case = a_case(respond_by=NOON + 2 * HOUR + 5 * MINUTE, consequence="自动同意退款")

    assert Notice(
        tier=Tier.URGENT,
        title="紧急 · 山雀百货 · 仅退款",
        lines=("新 · 剩 2 小时 5 分，自动同意退款 · ¥129.00 · 木** · 拍多了",),
    ) == notice(told(case))


def test_in_english() -> None:
    """The same in the other language; names and the platform's own words stay as they are."""
    case = a_case(respond_by=NOON + 2 * HOUR, consequence="自动同意退款")

    assert Notice(
        tier=Tier.IMPORTANT,
        title="important · 山雀百货 · refund only",
        lines=(
            "time is running out · 2 h 0 min left, then: 自动同意退款 · ¥129.00 · 木** · 拍多了",
        ),
    ) == notice(told(case, tier=Tier.IMPORTANT, reason=Reason.BAND_REACHED), language="en")


def test_what_is_not_known_is_not_said() -> None:
    """No limit, no amount: no empty places between the dots."""
    assert ("新",) == notice(told(a_case(amount=None, buyer="", reason=""))).lines


@pytest.mark.parametrize(
    ("left", "band"), [(-SECOND, Band.FINAL), (timedelta(0), Band.FINAL), (HOUR, Band.EXPIRED)]
)
def test_a_time_that_is_up_is_said_to_be(left: timedelta, band: Band) -> None:
    """What the alert or the clock says is up has no countdown and no consequence to come."""
    case = a_case(respond_by=NOON + left, consequence="自动同意退款", amount=None)

    assert ("新 · 已超时 · 木** · 拍多了",) == notice(told(case, band=band)).lines


@pytest.mark.parametrize("outcome", [one for one in Outcome if not one.complete], ids=str)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_outage_says_why_and_what_helps(outcome: Outcome, language: Language) -> None:
    """Each cause has its words and its next step; the page's own words are left out."""
    case = a_case(kind=Kind.OUTAGE, status=outcome.value, reason="<技术细节>", amount=None)
    said = notice(told(case), language=language)

    assert said.title.count(" · ") == 2
    assert 1 == len(said.lines)
    assert "技术细节" not in said.title + said.lines[0]


def test_an_outage_that_was_signed_out() -> None:
    """The commonest one, in full."""
    case = a_case(kind=Kind.OUTAGE, status="signed_out", amount=None)

    assert Notice(
        tier=Tier.IMPORTANT, title="重要 · 山雀百货 · 登录已失效", lines=("重新登录",)
    ) == notice(told(case, tier=Tier.IMPORTANT))


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "请 小王、小李 处理 · 重新登录"), ("en", "for 小王、小李 · sign in again")],
)
def test_an_outage_names_whom_it_calls(language: Language, said: str) -> None:
    """At the desk and on the phone, beside what helps."""
    case = a_case(kind=Kind.OUTAGE, status="signed_out", amount=None)
    made = notice(told(case, people=("小王", "小李")), language=language)

    assert made.masked is not None
    assert ((said,), (said,)) == (made.lines, made.masked.lines)


def test_several_are_counted_and_the_worst_comes_first() -> None:
    """Loudest first, then the latest step, then the least time left; the title has the loudest."""
    late = a_case(key=CaseKey("other", "aftersale", "1"), respond_by=NOON + 20 * MINUTE)
    later = a_case(respond_by=NOON + 10 * MINUTE, kind=Kind.RETURN_REFUND)
    endless = a_case(kind=Kind.DISPUTE, amount=None)
    calm = a_case(kind=Kind.EXCHANGE, respond_by=NOON + MINUTE)
    dark = a_case(kind=Kind.OUTAGE, status="unreachable", amount=None)
    said = notice(
        told(calm, tier=Tier.IMPORTANT, band=Band.FINAL),
        told(endless),
        told(late, band=Band.FINAL),
        told(later, band=Band.FINAL, reason=Reason.REPEAT),
        told(dark, tier=Tier.NORMAL),
    )

    assert (
        Notice(
            tier=Tier.URGENT,
            title="紧急 · 5 件要处理，最急 1 分",
            lines=(
                "山雀百货 · 退货退款 · 仍未处理 · 剩 10 分 0 秒 · ¥129.00 · 木** · 拍多了",
                "白鹭家居 · 仅退款 · 新 · 剩 20 分 0 秒 · ¥129.00 · 木** · 拍多了",
                "山雀百货 · 仲裁纠纷 · 新 · 木** · 拍多了",
                "山雀百货 · 换货 · 新 · 剩 1 分 0 秒 · ¥129.00 · 木** · 拍多了",
                "山雀百货 · 打不开后台 · 检查网络后重试",
            ),
        )
        == said
    )


def test_a_flood_is_cut_and_counted() -> None:
    """Five lines are read; the others are a number."""
    said = notice(*(told(a_case(key=CaseKey(KEY.shop, "q", str(n)))) for n in range(500)))

    assert "紧急 · 500 件要处理" == said.title
    assert (6, "还有 495 件") == (len(said.lines), said.lines[-1])


@pytest.mark.parametrize(
    ("reasons", "repeat"),
    [
        ([Reason.REPEAT, Reason.REPEAT], True),
        ([Reason.REPEAT, Reason.NEW], False),
        ([Reason.SNOOZE_ENDED], False),
    ],
)
def test_a_repeat_is_one_only_if_nothing_is_new(reasons: list[Reason], *, repeat: bool) -> None:
    """One new thing among repeats makes the notice new."""
    assert repeat is notice(*(told(a_case(), reason=reason) for reason in reasons)).repeat


@pytest.mark.parametrize("count", [1, 3])
def test_person_is_not_named_whole(count: int) -> None:
    """A notification lies open on the screen: one character of a name, no phone, no order."""
    case = a_case(
        buyer="木子李",
        reason="我叫木子李，电话 13900001234，住文一西路969号，订单 6917345678901234567",
        consequence="木子李 13900001234 自动退款",
        respond_by=NOON + HOUR,
        order_id="6920001",
        product="帆布包",
    )
    said = notice(*[told(case)] * count)
    text = "\n".join((said.title, *said.lines))

    assert "木** · 我叫木**，电话 139****1234，住***，订单 ****4567" in text
    assert "，木** 139****1234 自动退款" in text
    secret = ("木子", "13900001234", "文一西路", "6917345678", "6920001", "帆布包")
    assert [] == [word for word in secret if word in text]


def test_what_is_cut_was_masked_before() -> None:
    """No phone is cut in two, so that its first half would be no phone any more."""
    case = a_case(buyer="", amount=None, reason="长" * 32 + "13900001234，其余")

    assert ("新 · " + "长" * 32 + "139****1",) == notice(told(case)).lines


def test_case_is_named_by_its_short_number() -> None:
    """What can be typed: `geshao ack 12`; a case that has none yet is told all the same."""
    case = a_case(number=12, buyer="", reason="", amount=None)

    assert ("#12 · 新",) == notice(told(case)).lines
    assert ("新",) == notice(told(a_case(buyer="", reason="", amount=None))).lines
    assert "山雀百货 · 仅退款 · #12 · 新" == notice(told(case), told(case)).lines[0]


def test_what_a_page_says_stays_text_on_one_line() -> None:
    """Braces, percent signs, markup, line ends, endless words: nothing is done but cut."""
    nasty = "{count} %s <b>&amp;\r\n下一行\u2028" + "长" * 5000
    case = a_case(
        respond_by=NOON + 90 * SECOND, consequence=nasty, amount=Fen(1), buyer="", reason=""
    )
    [line] = notice(told(case)).lines

    assert line.startswith("新 · 剩 1 分 30 秒，{count} %s <b>&amp; 下一行 长长")
    assert line.endswith("长 · ¥0.01")
    assert 1 == len(line.splitlines())
    assert len(line) < 80


def test_a_shop_that_was_removed_meanwhile_has_its_short_name() -> None:
    """Better the name of the user's own than none."""
    case = a_case(key=CaseKey("gone", "aftersale", "1"))

    assert "紧急 · gone · 仅退款" == notice(told(case)).title


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(0), "0 秒"),
        (-HOUR, "0 秒"),
        (0.4 * SECOND, "0 秒"),
        (59 * SECOND, "59 秒"),
        (60 * SECOND, "1 分 0 秒"),
        (21 * MINUTE + 5.9 * SECOND, "21 分 5 秒"),
        (HOUR, "1 小时 0 分"),
        (2 * DAY + 9 * HOUR + 59 * MINUTE, "2 天 9 小时"),
        (40 * DAY, "40 天 0 小时"),
    ],
    ids=str,
)
def test_a_span_is_spelled_in_two_units(left: timedelta, said: str) -> None:
    """As people say it, rounded down: never more time than there is."""
    assert said == spell(left, "zh")


def test_a_span_in_english() -> None:
    """The same with other words."""
    assert "2 d 9 h" == spell(2 * DAY + 9 * HOUR, "en")
