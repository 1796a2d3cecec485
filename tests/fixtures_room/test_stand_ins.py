import json
import re
from urllib.parse import quote

import pytest

from agent.fixtures.known import kept_words
from agent.fixtures.stand_ins import StandIns
from tests.fixtures_room.made_up_page import KEEP, NOON, ORDER, PHONE, SHOP

NOON_S = int(NOON.timestamp())


@pytest.fixture
def stand_ins() -> StandIns:
    """Return the stand-ins of one capture of the made-up shop."""
    return StandIns(NOON, keep=KEEP, named=[SHOP], hosts={"shop.test"})


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "  ",
            "12",
            "100 条/页",
            "共 57 条",
            "1..50 (共 57 项)",
            "第 1-10 条，共 1234 条",
            "3件",
        ),
        *("¥1,280.50", "￥ 99", "12.50元", "50%", "-", "10:30", "2026-04-30 18:03", "2026/04/30"),
        *("2026-04-30T18:03:21+08:00", "2026年4月30日", "22小时31分12秒后自动同意", "3 天内处理"),
        *(
            "6天8小时11分后超时平台将主动发起协商",
            "已超时3小时",
            "剩余 3小时",
            "暂无数据",
            "*申请原因",
        ),
        *("待商家审核", "WAIT_SELLER_CONFIRM", "refundOnly", "true", str(NOON_S), f"{NOON_S}000"),
    ],
)
def test_what_a_pack_reads_stays(stand_ins: StandIns, text: str) -> None:
    """Countdowns, near moments, amounts, counts and the page's own words are no one's."""
    assert text == stand_ins.text(text)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("张三", r"[^张三]{2}"),
        ("g**", r"[a-fh-z]\*\*"),
        ("a**", r"[b-z]\*\*"),
        ("张*三", r"[^张]\*[^三]"),
        (PHONE, r"1380000\d{4}"),
        ("139-1234-5678", r"138-0000-\d{4}"),
        ("+86 139 1234 5678", r"\+86 138 0000 \d{4}"),
        ("139****5678", r"(?!139)\d{3}\*{4}(?!5678)\d{4}"),
        ("1 3 9 1 2 3 4 5 6 7 8", r"(\d ){10}\d"),
        ("R240501-88990011", r"R(?!240501-88990011)\d{6}-\d{8}"),
        (ORDER, r"[1-9]\d{18}"),
        ("001234567", r"0\d{8}"),
        ("330106199003071234", r"(?!330106199003071234)\d{18}"),
        ("1990-03-07", r"(?!1990-03-07)\d{4}-\d\d-\d\d"),
        ("2031-03-07", r"(?!2031-03-07)\d{4}-\d\d-\d\d"),
        ("浙A7K92Q", r"[^浙][A-Z]\d[A-Z]\d\d[A-Z]"),
        ("文一西路 502 室", r"[^文]{4} (?!502)\d{3} [^室]"),
        ("192.168.31.7", r"(?!192\.168\.31\.7)\d{3}\.\d{3}\.\d\d\.\d"),
        ("30.2741", r"(?!30\.2741)\d\d\.\d{4}"),
        ("a.b@qq.com", r"[a-z]{8}@example\.com"),
        ("eyJhbGci.eyJzdWIi.c2ln", r"(?!eyJhbGci)\w{8}\.\w{8}\.\w{4}"),
        ("申请原因：盒子坏了", r"申请原因：[^盒]{4}"),
        ("申请原因盒子坏了", r"申请原因[^盒]{4}"),
        ("等 3小时 再说", r"[^等] 3小时 [^再]{2}"),
        ("天元", r"[^天][^元]"),
        ("13800138000元", r"1380000\d{4}[^元]"),
        ("1777644000是我的号", r"(?!1777644000)\d{10}[^是]{4}"),
        ("小鱼🐟", r"[^小].☆"),
        ("1391234\u200b5678", r"1380000\d{4}"),
    ],
)
def test_what_may_be_somebodys_is_replaced(stand_ins: StandIns, text: str, shape: str) -> None:
    """Names, numbers and words that nobody vouches for keep their shape and nothing else."""
    assert re.fullmatch(shape, stand_ins.text(text))


@pytest.mark.parametrize("value", [ORDER, PHONE, "张三", "AQx7:99887766::2:1:pigeon"])
def test_the_same_value_has_the_same_stand_in_in_any_spelling(
    stand_ins: StandIns, value: str
) -> None:
    """Plain, within a text, percent-encoded, escaped, in JSON, in an address."""
    drawn = stand_ins.text(value)

    assert f"订单编号 {drawn}" == stand_ins.text(f"订单编号 {value}")
    assert quote(drawn, safe=":") == stand_ins.text(quote(value, safe=":"))
    assert drawn == stand_ins.text("".join(f"&#{ord(letter)};" for letter in value))
    assert json.dumps({"id": drawn}, ensure_ascii=False) == stand_ins.text(
        json.dumps({"id": value}, ensure_ascii=False)
    ).replace('":"', '": "')
    assert [drawn] == stand_ins.json([value])
    assert f"?id={quote(drawn)}" in stand_ins.address(f"https://shop.test/?id={value}", query=True)


def test_a_number_agrees_with_its_text(stand_ins: StandIns) -> None:
    """An order is the same one as a JSON number and as digits in a text."""
    assert int(stand_ins.text(ORDER)) == stand_ins.json(int(ORDER))


def test_different_numbers_never_share_a_stand_in(stand_ins: StandIns) -> None:
    """Two cases stay two cases."""
    numbers = [str(1_000_000 + 7 * n) for n in range(5_000)]

    assert len(numbers) == len({stand_ins.text(number) for number in numbers})


def test_a_name_that_is_a_mail_address_becomes_one_of_nobodys() -> None:
    """An account's name gets the stand-in that any mail address gets."""
    account = StandIns(NOON, named=["owner@shop.test"]).text("登录：owner@shop.test")

    assert re.fullmatch(r"登录：[a-z]{8}@example\.com", account)


def test_what_was_replaced_is_counted_by_sort() -> None:
    """Each original counts once, however often it stands there."""
    stand_ins = StandIns(NOON)
    stand_ins.text(f"{PHONE}，{PHONE}，{ORDER}，张三，a@b.example")

    assert {"phone": 1, "digits": 1, "letters": 1, "mail": 1} == stand_ins.counts()


def test_two_captures_have_nothing_in_common() -> None:
    """Whoever knows one fixture's stand-ins learns nothing of another's."""
    one, other = StandIns(NOON), StandIns(NOON)

    assert one.text(ORDER) != other.text(ORDER)
    assert one.text(SHOP) != other.text(SHOP)


def test_a_stand_in_is_never_a_word_that_the_pack_looks_for() -> None:
    """Nothing that was not there can appear."""
    stand_ins = StandIns(NOON, keep={"甲乙", "丙", "春夏秋冬"})
    drawn = "".join(stand_ins.text(f"赵{chr(0x4E00 + n)}钱") for n in range(200))

    assert not set("甲乙丙春夏秋冬") & set(drawn)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ({"code": 0, "st": "0", "status": 6, "amount": 128_50}, True),
        ({"deadline": NOON_S, "at_ms": NOON_S * 1000, "left": 3600}, True),
        ({"open": True, "rate": 4.87, "none": None, "list": []}, True),
        ({"id": 1_234_567}, False),
        ({"far": NOON_S + 2 * 365 * 86_400}, False),
        ({"place": 30.274151}, False),
        ({"zip_code": 310_000}, False),
        ({"smsCode": "482913"}, False),
        ({"张三": 1}, False),
        ({PHONE: 1}, False),
    ],
)
def test_which_numbers_and_keys_of_json_stay(
    stand_ins: StandIns,
    value: dict[str, object],
    kept: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """States, amounts and moments stay; long numbers, places and what is filed as personal go."""
    assert kept == (value == stand_ins.json(value))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            "https://shop.test/order/list?token=x#/detail?id=1",
            "https://shop.test/order/list#/detail",
        ),
        ("https://me:secret@shop.test:8443/list", "https://shop.test:8443/list"),
        ("https://pay.other.test/list", "https://host.invalid/list"),
        ("//other.test/", "//host.invalid/"),
        ("blob:https://shop.test/7f", "about:blank"),
        ("http://[::1", "about:blank"),
    ],
)
def test_what_an_address_shows(stand_ins: StandIns, address: str, shown: str) -> None:
    """Known hosts and known words of the path, but no query and nobody's name."""
    assert shown == stand_ins.address(address)


def test_what_a_request_asked_for_stays_readable(stand_ins: StandIns) -> None:
    """Page numbers remain in the query of an answer, tokens do not."""
    asked = stand_ins.address("https://shop.test/list?pageNo=0&size=200&msToken=aB3xY9", query=True)

    assert asked.startswith("https://shop.test/list?pageNo=0&size=200&msToken=")
    assert "aB3xY9" not in asked


def test_the_words_of_a_pack() -> None:
    """Texts, map keys, what selectors compare with, paths of addresses and of JSON."""
    pack = {
        "gates": [{"text": "登录过期"}],
        "url": "main:/order/list?status=1&kind=2",
        "css": ["a[href*='@action=logout']", "[data-x=row]", ".plain"],
        "path": "data.items[*].order_id",
        "map": {"仅退款": "refund_only"},
    }

    assert {
        "登录过期",
        "/order/list",
        "status=1",
        "@action=logout",
        "row",
        "order_id",
        "仅退款",
    } <= (kept_words(pack))
