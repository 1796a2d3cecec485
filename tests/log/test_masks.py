"""What may be said of secrets and persons: tables of what is hidden and of what stays."""

import json
from collections.abc import Callable

import pytest

from agent.log import conceal, mask, masked_name
from agent.log import masks as masks_module

HIDDEN = [
    ("买家电话13812341234，急", "买家电话138****1234，急"),
    ("+86 138-1234-1234", "138****1234"),
    ("8613812341234", "138****1234"),
    ("008613812341234", "138****1234"),
    ("138 1234 1234", "138****1234"),
    ("138.1234.1234", "138****1234"),
    ("138-123-41234", "138****1234"),
    ("1381234 1234", "138****1234"),
    ("13812 341234", "138****1234"),
    ("1381 2341 234", "138****"),
    ("１３８１２３４１２３４", "１３８****１２３４"),
    ("座机 0571-87654321", "座机 0571-****4321"),
    ("（0571）8765 4321", "0571-****4321"),
    ("02187654321", "021-****4321"),
    ("+852 6123 4567", "+****4567"),
    ("热线 400-123-4567", "热线 400****"),
    ("4001234567", "400****"),
    ("400-8888-888", "400****"),
    ("电话：87654321", "电话：****4321"),
    ('{"phone": "87654321"}', '{"phone": "****4321"}'),
    ("卡号 6222 0200 1234 5678 123", "卡号 ****"),
    ("身份证 11010119900307123X", "身份证 ****7123X"),
    ("订单 6917345678901234567 超时", "订单 ****4567 超时"),
    ("订单号：12345678", "订单号：****5678"),
    ("order_id='6920001'", "order_id='****0001'"),
    ("230101-123456789012345", "230101-****2345"),
    ("写信给zhang.san@example.com.cn吧", "写信给z***@example.com.cn吧"),
    ("buyer='木子李', amount=1", "buyer='木**', amount=1"),
    ('{"buyer_name": "张三"}', '{"buyer_name": "张**"}'),
    ("收货人：竹影清风，急", "收货人：竹**，急"),
    ("我叫木子李，急", "我叫木**，急"),
    ("/list?token=abc123&page=2", "/list?token=***&page=2"),
    ("/list?page=2&msToken=a_b-c%3D&a=1", "/list?page=2&msToken=***&a=1"),
    ("access_token_v2: abc123", "access_token_v2: ***"),
    ("sessionid=0a1b2c; path=/", "sessionid=***; path=/"),
    ("_csrf_token=0a1b2c; session=3d4e", "_csrf_token=***; session=***"),
    ('{"session_id": "0a1b", "page": 2}', '{"session_id": ***, "page": 2}'),
    (r"{\"token\":\"0a1b\",\"page\":2}", r"{\"token\":***,\"page\":2}"),
    (r'{"token": "a\"b c", "page": 2}', '{"token": ***, "page": 2}'),
    ('{"token": "torn off', '{"token": ***'),
    (r"token=\'a b\'", "token=***"),
    ("('token', 'a b')", "('token', ***)"),
    ("token%3Dabc123", "token%3D***"),
    ("Shop(password='p w', name='x')", "Shop(password=***, name='x')"),
    ("密码：hunter2，请稍候", "密码：***，请稍候"),
    ("Authorization: Bearer abc.def\nHost: x", "Authorization: ***\nHost: x"),
    ("{'authorization': 'Basic abc', 'a': 1}", "{'authorization': ***, 'a': 1}"),
    ("Cookie: a=1; sid=2; uid=3", "Cookie: ***"),
    ('Cookie: a="1"; sid=2', "Cookie: ***"),
    ("b'Cookie: a=1; b=2'", "b'Cookie: ***"),
    ("[('Cookie', 'a=1; b=2'), ('Host', 'x')]", "[('Cookie', ***), ('Host', 'x')]"),
    ("set-cookie: a=1; HttpOnly", "set-cookie: ***"),
    ("sent bearer abcdefgh12345", "sent bearer ***"),
    ("{'name': 'uid', 'value': '0a1b'}", "{'name': 'uid', 'value': ***}"),
    ("Morsel(key='uid', value='0a 1b')", "Morsel(key='uid', value=***)"),
    ('  - fill("hunter two")', "  - fill(***)"),
    ("https://me:0a1b@127.0.0.1/", "https://***@127.0.0.1/"),
    ("/robot/send?access_token=0a1b2c", "/robot/send?access_token=***"),
    ("https://127.0.0.1/bot/v2/hook/0a1b2c3d-4e", "https://127.0.0.1/bot/v2/hook/***"),
    ("/cgi-bin/webhook/send?key=0a-1b", "/cgi-bin/webhook/send?key=***"),
    ("https://api.day.app/AbCdEf12/hello", "https://api.day.app/***/hello"),
    ("https://sctapi.ftqq.com/SCT1TabcdefGHIJ.send", "https://sctapi.ftqq.com/***"),
    ("https://1.push.ft07.com/send/sctp1tabc.send", "https://1.push.ft07.com/send/***"),
    ("key SCT123TabcdefGHIJ", "key ***"),
    ("/bot123456:ABC-def/sendMessage", "/bot***/sendMessage"),
    ("ping 0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", "ping ***"),
    ("jwt eyJhbGciOi.eyJzdWIiOi.abc-def", "jwt ***"),
    ("key 0a1b2c3d4e5f60718293a4b5c6d7e8f9", "key ***"),
    ("device aB3dE6gH9jK2mN5pQ8sT1v", "device ***"),
]

STAYING = [
    "店铺A 读完 3 条",
    "¥129.00，共 ¥12345678.90",
    "金额 1299.00 元，12900 分",
    "2026-11-22 08:41:10.123 +0800",
    "2026-11-22T08:41:10.123456+08:00",
    "11月22日 3点，20261122",
    "剩 2 天 9 小时",
    "#12 仅退款，第 3 页，共 12345 件",
    "CaseKey(shop='shanque', queue='aftersale', case_id='7001')",
    "读了 0.123456789012345 秒",
    "12:00:05 第 12345678 行",
    "平台要求验证码：请去完成",
    "its session: a page is gone",
    "请打开地址：https://127.0.0.1:8080/a",
    "页面顶部显示的店铺名",
    "浙江省的买家",
    "我知道这里有 3 件",
]


@pytest.mark.parametrize(("text", "masked"), HIDDEN)
def test_what_is_hidden(text: str, masked: str) -> None:
    """Phones, names, numbers and secrets are masked in every form in which programs tell them."""
    assert masked == mask(text)
    assert masked == mask(masked)


@pytest.mark.parametrize("text", STAYING)
def test_what_stays(text: str) -> None:
    """Money, times, counts, our own case numbers and sentences stay as they are."""
    assert text == mask(text)


@pytest.mark.parametrize(
    ("name", "masked"), [("", ""), ("张", "张**"), ("张三丰", "张**"), ("木**", "木**")]
)
def test_name_of_a_person(name: str, masked: str) -> None:
    """One character stays; how long the name is does not show."""
    assert masked == masked_name(name)


@pytest.fixture
def _nothing_concealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget afterwards what a test had concealed."""
    monkeypatch.setattr(masks_module, "_concealed", set())


@pytest.mark.usefixtures("_nothing_concealed")
@pytest.mark.parametrize(
    "written", [str, repr, json.dumps, lambda secret: f"纯文本 {secret} 里", lambda s: f"a{s}b"]
)
def test_concealed_secret_needs_no_telltale(written: Callable[[str], str]) -> None:
    """A password that is known is hidden wherever it stands, by its letters alone."""
    secret = "correct 马 'horse\"/x"
    text = written(secret)
    before = mask(text)
    conceal(secret)
    after = mask(text)

    assert "horse" in before
    assert "horse" not in after


@pytest.mark.usefixtures("_nothing_concealed")
def test_short_secret_is_not_concealed() -> None:
    """Hiding every 123456 would hide what is no secret."""
    conceal("123456")

    assert "共 123456 件" == mask("共 123456 件")
