"""How a program of the owner's own is told at a web address: JSON, signed if there is a secret."""

import hashlib
import hmac
from dataclasses import dataclass, field

from yarl import URL

from agent.channels.letter import Letter, as_json
from agent.channels.post import Answer, Request
from agent.channels.verdict import check_status, unreadable

SIGNATURE = "X-Geshao-Signature"
_THE_OTHER = "对方"


@dataclass(frozen=True, slots=True)
class Webhook:
    """What listens at *url*: any status of 200 to 299 is a "yes", a web page is none."""

    url: str = field(repr=False)
    secret: str = field(default="", repr=False)

    def request(self, letter: Letter) -> Request:
        """Return how *letter* is put to it; the signature is of the whole body."""
        body = as_json(letter)
        if not self.secret:
            return Request(URL(self.url), body)
        digest = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        return Request(URL(self.url), body, {SIGNATURE: f"sha256={digest}"})

    def judge(self, answer: Answer) -> None:
        """Return if *answer* means that it arrived; raise ChannelRefused otherwise."""
        check_status(answer, _THE_OTHER)
        if answer.is_page:
            raise unreadable(answer, _THE_OTHER)
