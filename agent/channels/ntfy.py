"""How an ntfy server is addressed and understood, and how a phone answers through it.

Known from docs.ntfy.sh/publish and docs.ntfy.sh/subscribe/api, and from the server's source
(github.com/binwiederhier/ntfy): JSON is posted to the server's root and names its topic, a message
has up to 4,096 bytes and all of the JSON 8,192, three actions at most; of what goes through the
push services of phones 4,000 bytes arrive. An access token goes as a bearer. What was taken comes
back as a message with its id. Nobody has confirmed this on a live phone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yarl import URL

from agent.cases import Tier
from agent.channels.letter import Letter
from agent.channels.post import Answer, Request, post
from agent.channels.slip import MOST_CASES, Slip, ToldOf, Verb
from agent.channels.verdict import check_status, unreadable
from agent.clock import Clock
from agent.words import Language, say

ANSWERS = "-answers"
_MOST_BYTES = 1_800
"""Of text: with two buttons for as many cases as they take it stays below 4,000."""
_SERVICE = "ntfy"
_PRIORITIES = {Tier.URGENT: 5, Tier.IMPORTANT: 4, Tier.NORMAL: 3}
_IN_PASSING = 2
"""Neither sounds nor vibrates: the person holds the phone in their hand."""

Button = tuple[str, str]
"""A label, and what is published where answers are listened for when it is pressed."""


@dataclass(frozen=True, slots=True)
class Ntfy:
    """A topic at *url*; *token* signs in there, and *key* seals what its buttons stand for."""

    url: str = field(repr=False)
    token: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    language: Language = "zh"

    @property
    def answers(self) -> URL:
        """Where what is pressed on the phone is published."""
        return URL(f"{self.url}{ANSWERS}")

    @property
    def headers(self) -> Mapping[str, str]:
        """What signs in; it is never in a message."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def request(self, letter: Letter, buttons: Sequence[Button] = ()) -> Request:
        """Return how *letter* is put to it."""
        title, _, message = letter.text(_MOST_BYTES).partition("\n")
        body: dict[str, object] = {
            "title": title,
            "message": message or "…",
            "priority": _PRIORITIES[letter.tier],
        }
        if buttons:
            body["actions"] = [self._action(*button) for button in buttons]
        return self._publish(body)

    def remark(self, text: str) -> Request:
        """Return how a short *text* without buttons is put to it."""
        return self._publish({"title": "鸽哨", "message": text, "priority": _IN_PASSING})

    def buttons(self, letter: Letter) -> list[Button]:
        """Return what the person may answer to *letter*: nothing if no case in it has a number."""
        cases = [told for told in map(ToldOf.of, letter.cases) if told is not None]
        if not (cases and self.key):
            return []
        count = min(len(cases), MOST_CASES)
        words = ((Verb.ACKNOWLEDGE, "answer.acknowledge"), (Verb.SNOOZE, "answer.snooze"))
        return [
            (
                say(f"{term}.many" if len(cases) > 1 else term, self.language, count=count),
                Slip.new(verb, cases, letter.sent_at).written(self.key),
            )
            for verb, term in words
        ]

    def judge(self, answer: Answer) -> None:
        """Return if *answer* means that it arrived; raise ChannelRefused otherwise."""
        check_status(answer, _SERVICE)
        try:
            body = json.loads(answer.text)
        except (ValueError, RecursionError):
            body = None
        if not (isinstance(body, dict) and body.get("event") == "message" and body.get("id")):
            raise unreadable(answer, _SERVICE)

    def _publish(self, body: Mapping[str, object]) -> Request:
        own = URL(self.url)
        told = {"topic": own.path.strip("/"), **body}
        return Request(own.origin(), json.dumps(told, ensure_ascii=False).encode(), self.headers)

    def _action(self, label: str, slip: str) -> dict[str, object]:
        return {
            "action": "http",
            "label": label,
            "url": str(self.answers),
            "method": "POST",
            "body": slip,
            "clear": True,
        }


class ThroughNtfy:
    """Carries letters to an ntfy *service*, with buttons by which they are answered."""

    def __init__(self, service: Ntfy, clock: Clock) -> None:
        self.service = service
        self._clock = clock

    async def carry(self, letter: Letter) -> None:
        """Return once the server has said that it took *letter*; raise ChannelRefused if not."""
        await self.publish(self.service.request(letter, self.service.buttons(letter)))

    async def publish(self, request: Request) -> None:
        """Return once the server has said that it took *request*; raise ChannelRefused if not."""
        self.service.judge(await post(request, self._clock))

    def shown(self, letter: Letter) -> str:
        """Return the host and the body, without topic, and of the buttons only the labels."""
        request = self.service.request(letter, self.service.buttons(letter))
        body: dict[str, Any] = json.loads(request.body)
        body["topic"] = "***"
        for action in body.get("actions", ()):
            action.update(url="***", body="***")
        told = json.dumps(body, ensure_ascii=False, indent=2)
        return f"POST {request.url.origin()}（主题、令牌和按钮的凭据不显示）\n{told}"
