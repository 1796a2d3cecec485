import json
import re
from html import unescape

import pytest

from agent.fixtures.html import anonymise_html
from agent.fixtures.stand_ins import StandIns
from tests.fixtures_room.made_up_page import (
    KEEP,
    NAMES,
    NOON,
    ORDER,
    PHONE,
    SECRETS,
    SHOP,
    a_page,
)
from tests.fixtures_room.traces import survivors


@pytest.fixture
def stand_ins() -> StandIns:
    """Return the stand-ins of one capture of the made-up shop."""
    keep = KEEP | {"/login/common", "@action=logout"}
    return StandIns(NOON, keep=keep, named=[SHOP], hosts={"im.shop.test"})


def test_no_planted_secret_survives_in_any_form(stand_ins: StandIns) -> None:
    """Whatever a page's text, attributes, styles, scripts and frames hold of a person is gone."""
    page = a_page()
    assert SECRETS == survivors(SECRETS, page)  # or the look-out is blind

    assert [] == survivors(SECRETS, anonymise_html(page, stand_ins))


def test_what_the_pack_reads_stays(stand_ins: StandIns) -> None:
    """Words of the pack and the page, countdowns, moments, amounts and counts are untouched."""
    page = anonymise_html(a_page(), stand_ins)

    for text in (
        *("订单编号 ", "仅退款", "申请原因 ", "售后退款 ¥128.50", "申请时间 2026/04/30 18:03:21"),
        *("待商家审核", "22小时31分后自动同意", "共 57 条", "查看详情", " - 售后工作台</title>"),
        *('class="list-row level-0"', 'data-qa-id="qa-row"', 'data-due="1777644000"'),
        *("index_shopName__a1b2", '<template shadowrootmode="open">', "</template>"),
    ):
        assert text in page


def test_elements_stay_where_they_are(stand_ins: StandIns) -> None:
    """The page has the same elements in the same order, without scripts and what they hide."""
    hidden = r"<(svg|noscript|script)\b.*?</\1>|<link[^>]*>|<meta name=[^>]*>"
    left = re.sub(hidden, lambda gone: "<svg></svg>" if gone[1] == "svg" else "", a_page())
    tag = re.compile(r"<(/?[a-z][a-z-]*)")

    assert tag.findall(left) == tag.findall(anonymise_html(a_page(), stand_ins))


def test_one_order_has_one_stand_in_everywhere(stand_ins: StandIns) -> None:
    """Text, attribute, JSON within an attribute and digits apart agree with the answer's number."""
    drawn = str(stand_ins.json(int(ORDER)))
    page = anonymise_html(a_page(), stand_ins)
    data = re.findall(r'data-ids="([^"]*)"', page)
    digits = "".join(re.findall(r"<span>(\d)</span>", page))

    assert f"订单编号 {drawn}<" in page
    assert f'data-row-key="{drawn}-child-0"' in page
    assert {int(drawn)} == {json.loads(unescape(each))["order_id"] for each in data}
    assert drawn == digits


def test_the_shop_has_one_name(stand_ins: StandIns) -> None:
    """Its name is found in the title and in the header, as the settings would say it."""
    page = anonymise_html(a_page(), stand_ins)
    name = stand_ins.text(SHOP)

    assert f"<title>{name} - 售后工作台</title>" in page
    assert f">{name}</div>" in page
    assert f"欢迎{name}光临"[2:-2] in stand_ins.text(f"欢迎{SHOP}光临")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<svg class='a'><path d='M1 2'/></svg>", '<svg class="a"></svg>'),
        ("<svg/>登录", "<svg></svg>登录"),
        ("<script>1</script><b>登录</b>", "<b>登录</b>"),
        ("<a href='javascript:go()'>登录</a>", '<a href="about:blank">登录</a>'),
        ("<a href='/login/common?t=1'>登录</a>", '<a href="/login/common">登录</a>'),
        ("<a href='?@action=logout&t=1'>退出</a>", '<a href="?@action=logout">退出</a>'),
        ("<img src='data:image/png;base64,AAAA'>", '<img src="data:,">'),
        ("<iframe src='https://im.shop.test/login/common'></iframe>",) * 2,
        ("<p onclick='x()' nonce='y'>登录</p>", "<p>登录</p>"),
        ("<meta http-equiv='refresh' content='0;url=/x'>", ""),
        ("<base href='https://a.test/'>", ""),
        ("<input type='password' value='secret'>", '<input type="password" value="">'),
        ("<input type='submit' value='登录'>", '<input type="submit" value="登录">'),
        ("<div hidden data-v-7ba5bd90>登录</div>", '<div hidden="" data-v-7ba5bd90="">登录</div>'),
        ("<p>¥<b>99</b>.<i>00</i></p>", "<p>¥<b>99</b>.<i>00</i></p>"),
        ("<li>1</li><li>2</li><li>3</li>" * 3,) * 2,
        ("<style>.a{color:red}</style>",) * 2,
        ("<style>.a{width:50%;top:33.3%}</style>",) * 2,
        ("<style>a%40b.cn .a{x:y}/* 登录 */</style>", "<style> .a{x:y}</style>"),
        ("<style>.a{content:'</style>", "<style>.a{content:'</style>"),
    ],
)
def test_how_single_things_are_written(stand_ins: StandIns, given: str, kept: str) -> None:
    """Layout, links within the pack and empty shells stay; what runs or loads does not."""
    kept = kept.replace("'", '"') if given == kept and "style" not in given else kept

    assert kept == anonymise_html(given, stand_ins)


def test_text_cannot_become_markup(stand_ins: StandIns) -> None:
    """What was escaped on the page is escaped in the fixture."""
    page = anonymise_html("<p title='&quot;&gt;&lt;b'>&lt;img src=x&gt; &amp;lt;</p>", stand_ins)

    assert 1 == len(re.findall(r"<[a-z]", page))


def test_a_page_that_breaks_off_loses_its_secrets_too(stand_ins: StandIns) -> None:
    """Wherever the page is cut, nothing comes through unread."""
    page = a_page()

    for cut in range(len(page) - 3_000, len(page), 37):
        assert [] == survivors([PHONE, *NAMES], anonymise_html(page[-3_100:cut], stand_ins))
