"""Whether a robot's address and secret fit what the configuration says of it; nothing is sent."""

import pytest

from agent.commands.robots import check_key
from agent.config import RoadSettings
from agent.errors import GeshaoError
from agent.vault import RoadKey

DING = "https://oapi.dingtalk.com/robot/send?access_token=made-up"
FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/made-up"
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=made-up"
OURS = "https://bell.example/hook"


def road(kind: str, **more: object) -> RoadSettings:
    """Return a road of *kind*."""
    return RoadSettings.model_validate({"name": "群", "type": kind, **more})


@pytest.mark.parametrize(
    ("kind", "url", "secret"),
    [
        ("dingtalk", DING, "SECmade-up"),
        ("feishu", FEISHU, "made-up"),
        ("wecom", WECOM, ""),
        ("webhook", OURS, ""),
        ("webhook", FEISHU.replace("feishu.cn", "feishu.cn.example"), ""),
        ("dingtalk", OURS, "SECmade-up"),
    ],
)
def test_what_fits_needs_no_word(kind: str, url: str, secret: str) -> None:
    """Also what goes through a relay of one's own."""
    assert "" == check_key(road(kind), RoadKey(url, secret))


@pytest.mark.parametrize(
    ("kind", "url", "secret", "fault"),
    [
        ("dingtalk", FEISHU, "", "网址是飞书.*type 是 dingtalk"),
        ("feishu", WECOM, "", "网址是企业微信.*type 是 feishu"),
        ("webhook", DING, "", "网址是钉钉.*type 是 webhook"),
        ("dingtalk", DING, "made-up", "应当以 SEC 开头"),
    ],
)
def test_what_cannot_be_its_own(kind: str, url: str, secret: str, fault: str) -> None:
    """With the way to add it anew, and without the address."""
    with pytest.raises(GeshaoError, match=fault) as found:
        check_key(road(kind), RoadKey(url, secret))

    assert "geshao channel add" in found.value.next_step
    assert "made-up" not in str(found.value)


@pytest.mark.parametrize(("keyword", "said"), [(None, True), ("急单", False)])
def test_a_robot_without_signature(keyword: str | None, said: bool) -> None:  # noqa: FBT001 (a column of the table)
    """It may have a keyword that nobody wrote down: what fits all our messages is named."""
    hint = check_key(road("dingtalk", keyword=keyword), RoadKey(DING))

    assert said == ("设成“鸽哨”" in hint)
