"""The road through Apprise, which knows Bark, ntfy, PushDeer, ServerChan, e-mail and many more."""

import asyncio
import re
import threading
from concurrent.futures import Future
from functools import partial

from agent.channels.letter import Letter
from agent.channels.post import Answer
from agent.channels.verdict import check_status, own_words
from agent.clock import Clock
from agent.errors import ChannelRefused

LIMIT_S = 25.0
_STATUS = re.compile(r"\berror=(\d{3})(?:\d\d)?\b")
"""How Apprise logs what a service answered; ntfy adds two digits of its own to the status."""
_MEND = "请核对地址，用 geshao channel remove 和 add 重新填写；程序会自动再试。"


class ThroughApprise:
    """Carries letters to what *url*, as Apprise writes them, names.

    It works in a thread that is left behind when a service hangs; meanwhile nothing else is sent.
    """

    def __init__(self, url: str, clock: Clock) -> None:
        self._url = url
        self._clock = clock
        self._latest: Future[None] = Future()
        self._latest.set_result(None)

    async def carry(self, letter: Letter) -> None:
        """Return once Apprise has said that *letter* was taken.

        Raises ChannelRefused, with the service's own words, if it was not.
        """
        if not self._latest.done():
            raise ChannelRefused("上一条还没有结果。", "程序会自动再试。")
        self._latest = Future()
        self._latest.set_running_or_notify_cancel()  # from here on only the thread can settle it
        sent, over = asyncio.wrap_future(self._latest), asyncio.Event()
        sent.add_done_callback(lambda _: over.set())
        tell = partial(_tell, self._latest, self._url, letter)
        threading.Thread(target=tell, daemon=True).start()
        if not await self._clock.wait(over, LIMIT_S):
            sent.cancel()
            raise ChannelRefused(f"对方 {LIMIT_S:.0f} 秒没有回应。", "请检查网络；程序会自动再试。")
        await sent

    def shown(self, letter: Letter) -> str:
        """Return the service's scheme, the title and the text."""
        scheme = self._url.partition("://")[0]
        return "\n".join(
            [f"{scheme}://…（地址不显示）", f"标题：{letter.words.title}", *letter.words.lines]
        )


def _tell(outcome: Future[None], url: str, letter: Letter) -> None:
    try:
        _send(url, letter)
    except Exception as error:  # noqa: BLE001 (not swallowed: the coroutine that waits raises it)
        outcome.set_exception(error)
    else:
        outcome.set_result(None)


def _send(url: str, letter: Letter) -> None:
    import apprise  # noqa: PLC0415 (a second and a half that only who uses it needs)

    services = apprise.Apprise()
    if not services.add(url):
        raise ChannelRefused("Apprise 看不懂这个地址。", _MEND, permanent=True)
    result = services.notify(
        title=letter.words.title,
        body="\n".join(letter.words.lines) or "…",
        body_format=apprise.NotifyFormat.TEXT,  # else a service takes it for markup of its own
    )
    if result:
        return
    complaint = " ".join(entry.message for entry in result.logs())
    if status := _STATUS.search(complaint):
        check_status(Answer(int(status[1]), complaint), "对方")
    raise ChannelRefused(f"没有送到：{own_words(complaint)}", _MEND)
