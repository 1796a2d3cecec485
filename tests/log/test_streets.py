"""Street addresses in Chinese text."""

import pytest

from agent.log import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("住浙江省杭州市余杭区文一西路969号3栋2单元501室 谢谢", "住*** 谢谢"),
        ("寄到上海市浦东新区张江镇 科苑路 88 号 2 号楼 1203 谢谢", "寄到*** 谢谢"),
        ("广东省 深圳市 南山区 高新南一道 6 号", "***"),
        ("麻烦送到文一西路969号，急", "麻烦送到***，急"),
        ("我在朝阳区三里屯SOHO B座 12层", "我在***"),
        ("阳光花园3-2-501 家里没人", "*** 家里没人"),
        ("小河村12号", "***"),
        ("12号楼1203室", "***"),
        ("3栋2单元501，订单", "***，订单"),
        ("四川省成都市武侯区", "四川省***"),
        ("收货地址：南山区 高新园，电话", "收货地址：***，电话"),
        ('{"address": "西湖区 文三路", "a": 1}', '{"address": "***", "a": 1}'),
        ("文一西路969号 129.00 元", "*** 129.00 元"),
        ("文一西路969号 2026-11-22", "*** 2026-11-22"),
        ("甲路1号和乙路2号", "******"),
    ],
)
def test_address_is_hidden(text: str, masked: str) -> None:
    """From the province, or from the street where none is named, to the last door."""
    assert masked == mask(text)
    assert masked == mask(masked)


@pytest.mark.parametrize(
    "text",
    [
        "浙江省",
        "杭州市的买家",
        "地址：https://127.0.0.1/a",
        "IP 地址：127.0.0.1:80",
        "请在市场里看看",
        "通道 3 号前恢复",
        "超市 2026-11-22 开门",
    ],
)
def test_what_is_no_address_stays(text: str) -> None:
    """A region by itself, a web address and a date behind a place are left."""
    assert text == mask(text)
