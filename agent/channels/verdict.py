"""Whether an answer means that a message arrived: the status, and the code in the body.

Group robots say "200 OK" to everything; whether they took a message stands in the answer's body.
What cannot be read is no "yes": a hotel's sign-in page answers 200 too.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from agent.channels.post import Answer
from agent.errors import ChannelRefused
from agent.log import mask

_MOST_CHARACTERS = 120
_AGAIN = "程序会自动再试。"
_MEND = "请核对后用 geshao channel remove 和 add 重新填写，再用 geshao channel test 试发。"
_BUSY = {408, 425}
_TOO_MANY = 429
_REST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Codes:
    """What the codes of one *service* mean.

    All of *fields* that an answer has must be 0, and one must be there; *words* names the field
    with the reason. *useless* are codes after which trying again is useless, each with what to do;
    *too_fast* those that want a rest. Any other is tried again.
    """

    service: str
    fields: tuple[str, ...]
    words: str
    useless: Mapping[int, str] = field(default_factory=dict)
    too_fast: Mapping[int, timedelta] = field(default_factory=dict)


def check_status(answer: Answer, service: str) -> None:
    """Return if *answer*'s status is a "yes"; raise ChannelRefused otherwise."""
    status = answer.status
    said = f"{service}拒绝了（HTTP {status}）：{own_words(answer.text)}"
    if 200 <= status < 300:  # noqa: PLR2004 (the protocol's range of "yes")
        return
    if status == _TOO_MANY:
        raise ChannelRefused(said, "稍后会自动再试。", retry_after=answer.retry_after or _REST)
    if 300 <= status < 400:  # noqa: PLR2004 (its range of "elsewhere")
        raise ChannelRefused(
            f"{service}把消息转去别处（HTTP {status}），没有跟过去。",
            f"请看看是不是酒店 Wi-Fi 的登录页，或网址写错了；{_AGAIN}",
        )
    if status >= 500 or status in _BUSY:  # noqa: PLR2004 (its range of "my fault")
        raise ChannelRefused(said, _AGAIN, retry_after=answer.retry_after)
    raise ChannelRefused(said, _MEND, permanent=True)


def check_codes(answer: Answer, codes: Codes) -> None:
    """Return if *answer* says "yes" in its body too; raise ChannelRefused otherwise."""
    check_status(answer, codes.service)
    body = _body(answer.text)
    given = [body[name] for name in codes.fields if name in body]
    numbers = [code for code in given if isinstance(code, int) and not isinstance(code, bool)]
    if not given or len(numbers) < len(given):
        raise unreadable(answer, codes.service)
    code = next(filter(None, numbers), 0)
    if code:
        raise _refused(code, own_words(str(body.get(codes.words, ""))), codes)


def unreadable(answer: Answer, service: str) -> ChannelRefused:
    """Return the refusal that *answer* counts as, because it is no answer of *service*."""
    return ChannelRefused(
        f"{service}的回答看不懂，当作没有送到：{own_words(answer.text)}",
        f"请看看是不是酒店 Wi-Fi 的登录页，或网址写错了；{_AGAIN}",
    )


def _refused(code: int, words: str, codes: Codes) -> ChannelRefused:
    said = f"{codes.service}拒绝了（{code}）：{words}"
    if code in codes.useless:
        return ChannelRefused(said, f"{codes.useless[code]}{_MEND}", permanent=True)
    return ChannelRefused(said, _AGAIN, retry_after=codes.too_fast.get(code))


def _body(text: str) -> dict[str, object]:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def own_words(text: str) -> str:
    """Return what a service said as it may be shown: one line, not endless, nothing secret."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:2_000]).split())
    return mask(line)[:_MOST_CHARACTERS] or "（没有说原因）"
