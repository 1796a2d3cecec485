"""How a DingTalk group robot is addressed, signed, and understood.

Known from open.dingtalk.com/document/robots/custom-robot-access (mirrored by
developers.aliyun.com and juejin.cn/post/7129698690297495583): text messages, 20 a minute and then
ten minutes of nothing (errcode 130101, blog.csdn.net/jialiuyang/article/details/118615052), a
signature of millisecond time and secret in the address, 310000 for whatever its safety settings
refuse (github.com/jenkinsci/dingtalk-plugin/issues/116), `at.atMobiles` for the numbers that are
also written in the text. Nobody has confirmed the codes on the live service.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import timedelta

from yarl import URL

from agent.channels.calling import Calls
from agent.channels.letter import Letter
from agent.channels.post import Answer, Request
from agent.channels.verdict import Codes, check_codes

_MOST_BYTES = 18_000
"""Of text: with the rest of the message it stays below 20 KB."""
_PENALTY = timedelta(minutes=10)

_GONE = "机器人已停用、删除，或群已解散。"
_CODES = Codes(
    service="钉钉",
    fields=("errcode",),
    words="errmsg",
    useless={
        310000: "请核对机器人的安全设置：加签密钥、关键词、IP 地址，以及这台电脑的时间。",
        300001: _GONE,
        400013: _GONE,
        400101: _GONE,
        400102: _GONE,
        400106: _GONE,
    },
    too_fast={130101: _PENALTY, 410100: _PENALTY},
)


@dataclass(frozen=True, slots=True)
class DingTalk:
    """A robot at *url*; with *secret* it is signed; it *calls* mobile numbers."""

    url: str = field(repr=False)
    secret: str = field(default="", repr=False)
    keyword: str = ""
    calls: Calls = field(default_factory=Calls)

    def request(self, letter: Letter) -> Request:
        """Return how *letter* is put to it."""
        called = self.calls.of(letter)
        ends = "".join(f" @{mobile}" for mobile in called)
        text = letter.text(_MOST_BYTES, keyword=self.keyword, ends=ends)
        body = {
            "msgtype": "text",
            "text": {"content": text},
            "at": {"atMobiles": called, "isAtAll": False},
        }
        return Request(self._signed(letter), json.dumps(body, ensure_ascii=False).encode())

    def judge(self, answer: Answer) -> None:
        """Return if *answer* means that it arrived; raise ChannelRefused otherwise."""
        check_codes(answer, _CODES)

    def _signed(self, letter: Letter) -> URL:
        if not self.secret:
            return URL(self.url)
        timestamp = str(round(letter.sent_at.timestamp() * 1000))
        signed = f"{timestamp}\n{self.secret}".encode()
        digest = hmac.new(self.secret.encode(), signed, hashlib.sha256).digest()
        sign = base64.b64encode(digest).decode()
        return URL(self.url).update_query(timestamp=timestamp, sign=sign)
