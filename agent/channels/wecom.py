"""How a WeCom (企业微信) group robot is addressed and understood.

Known from developer.work.weixin.qq.com/document/path/91770 and /99398 (mirrored by
docs.zhuonian.xyz/api/wecom-webhook.html): 20 messages a minute, 2,048 bytes of text (4,096 of
Markdown, which can call nobody by number, so it is not used), `mentioned_mobile_list` for whom to
call, no signature: the key stands in the address. 93000 is an address that leads to no robot
(github.com/wes-lin/Cloud189Checkin/issues/175), 45009 too much, -1 a service that is busy
(/document/path/90455). Nobody has confirmed the codes on the live service.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta

from yarl import URL

from agent.channels.calling import Calls
from agent.channels.letter import Letter
from agent.channels.post import Answer, Request
from agent.channels.verdict import Codes, check_codes

MOST_BYTES = 2_048

_CODES = Codes(
    service="企业微信",
    fields=("errcode",),
    words="errmsg",
    useless={
        93000: "这个网址没有对应的机器人，可能已经被移出群。",
        40008: "消息的格式不对。",
        40058: "消息的格式不对。",
        45002: "消息太长。",
    },
    too_fast={45009: timedelta(minutes=1)},
)


@dataclass(frozen=True, slots=True)
class WeCom:
    """A robot at *url*, which is its secret; it *calls* mobile numbers."""

    url: str = field(repr=False)
    calls: Calls = field(default_factory=Calls)

    def request(self, letter: Letter) -> Request:
        """Return how *letter* is put to it."""
        text: dict[str, object] = {"content": letter.text(MOST_BYTES)}
        if called := self.calls.of(letter):
            text["mentioned_mobile_list"] = called
        body = {"msgtype": "text", "text": text}
        return Request(URL(self.url), json.dumps(body, ensure_ascii=False).encode())

    def judge(self, answer: Answer) -> None:
        """Return if *answer* means that it arrived; raise ChannelRefused otherwise."""
        check_codes(answer, _CODES)
