"""Whether what opens a group robot fits the robot that the configuration names; nothing is sent."""

from yarl import URL

from agent.config import ROAD_TYPES, RoadSettings, RoadType
from agent.errors import GeshaoError
from agent.vault import RoadKey

_HOMES: dict[str, RoadType] = {
    "dingtalk.com": "dingtalk",
    "feishu.cn": "feishu",
    "larksuite.com": "feishu",
    "qyapi.weixin.qq.com": "wecom",
}
_SIGNED_BY = "SEC"
"""How the secrets begin that DingTalk gives."""


def check_key(road: RoadSettings, key: RoadKey) -> str:
    """Return what else is to be known of *road*, "" if nothing.

    Raises GeshaoError if *key* cannot be its own.
    """
    again = f"请运行 geshao channel remove {road.name}，再用 geshao channel add 重新添加。"
    belongs = _belongs_to(key.url)
    if belongs is not None and belongs != road.type:
        raise GeshaoError(f"网址是{ROAD_TYPES[belongs]}的，配置里的 type 是 {road.type}。", again)
    if road.type == "dingtalk" and key.secret and not key.secret.startswith(_SIGNED_BY):
        raise GeshaoError(f"加签密钥不是钉钉给的：应当以 {_SIGNED_BY} 开头。", again)
    if road.may_be_signed and road.type != "webhook" and not (key.secret or road.keyword):
        return "没有加签密钥，也没有写关键词：机器人要是设了自定义关键词，请设成“鸽哨”"
    return ""


def _belongs_to(url: str) -> RoadType | None:
    """Return whose robots live at *url*, None if it is somebody else's."""
    try:
        host = URL(url).host or ""
    except ValueError:
        return None
    homes = (kind for home, kind in _HOMES.items() if host == home or host.endswith(f".{home}"))
    return next(homes, None)
