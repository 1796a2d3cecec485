"""How a Feishu (Lark) group robot is addressed, signed, and understood.

Known from open.larkoffice.com/document/ukTMukTMukTM/ucTM5YjL3ETO24yNxkjN.md: 100 messages a
minute and 5 a second, 20 KB a request, `code` 0 for "taken" (older answers: `StatusCode`), 9499
for a body that is wrong, 19021 for the signature, 19022 for the address we come from, 19024 for
the keyword, 11232 for too much. 19001 is an address that leads to no robot
(github.com/sansan0/TrendRadar/issues/278). The signature's *key* is time in seconds, a line end
and the secret; what is signed is nothing. Nobody has confirmed the codes on the live service.
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
_REST = timedelta(minutes=1)

_CODES = Codes(
    service="飞书",
    fields=("code", "StatusCode"),
    words="msg",
    useless={
        9499: "消息的格式不对。",
        19001: "这个网址没有对应的机器人，可能已经被移出群。",
        19021: "请核对加签密钥，以及这台电脑的时间。",
        19022: "请在机器人的安全设置里加上这台电脑的公网 IP。",
        19024: "请核对机器人的关键词。",
    },
    too_fast={11232: _REST, 99991400: _REST},
)


@dataclass(frozen=True, slots=True)
class Feishu:
    """A robot at *url*; with *secret* it is signed; it *calls* user ids."""

    url: str = field(repr=False)
    secret: str = field(default="", repr=False)
    keyword: str = ""
    calls: Calls = field(default_factory=Calls)

    def request(self, letter: Letter) -> Request:
        """Return how *letter* is put to it."""
        # Its texts know tags: what we were told must not call anybody.
        text = letter.text(_MOST_BYTES, keyword=self.keyword).replace("<", "＜")
        ends = "".join(f' <at user_id="{who}"></at>' for who in self.calls.of(letter))
        body = {
            **self._signature(letter),
            "msg_type": "text",
            "content": {"text": text + ends},
        }
        return Request(URL(self.url), json.dumps(body, ensure_ascii=False).encode())

    def judge(self, answer: Answer) -> None:
        """Return if *answer* means that it arrived; raise ChannelRefused otherwise."""
        check_codes(answer, _CODES)

    def _signature(self, letter: Letter) -> dict[str, str]:
        if not self.secret:
            return {}
        timestamp = str(int(letter.sent_at.timestamp()))
        digest = hmac.new(f"{timestamp}\n{self.secret}".encode(), b"", hashlib.sha256).digest()
        return {"timestamp": timestamp, "sign": base64.b64encode(digest).decode()}
