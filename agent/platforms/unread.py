"""Why a queue could not be read: a typed outcome on its way up, not a fault of the program."""

import re

from loguru import logger

from agent.cases import Outcome
from agent.cases.line import (
    BARRED,
    BROWSER,
    NO_ANSWER,
    OFFLINE,
    OWN_REMOTE,
    REFUSED,
    REMOTE,
    UNRESOLVED,
)
from agent.errors import BrowserMissing, RemoteSilent

KICKED = "kicked"
"""The gate's name for "signed in elsewhere": answering it would kick out the person there."""


class CannotRead(Exception):
    """The page does not show the queue; *outcome* tells what happens next.

    *gate* names the sign in the pack that was found, if any; *detail* is for people.
    """

    def __init__(self, outcome: Outcome, detail: str = "", gate: str = "") -> None:
        super().__init__(f"{outcome}: {detail}")
        self.outcome = outcome
        self.detail = detail
        self.gate = gate

    @property
    def is_at_a_gate(self) -> bool:
        """Whether a gate is shut, which tells all; that the line fails is known by others."""
        return bool(self.gate) and not self.gate.startswith("line:")


class StrangeShape(CannotRead):
    """An answer came, and the platform meant it well, but the pack does not know its shape.

    The page may have understood it: its table is worth reading.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(Outcome.PAGE_CHANGED, detail)


class Elsewhere(CannotRead):
    """The page came up somewhere within its list, not at the beginning: rows are out of sight."""

    def __init__(self, detail: str) -> None:
        super().__init__(Outcome.TRUNCATED, detail)


_FAULTS = (
    ("ERR_CERT_|ERR_SSL_", "网络要求验证或证书不可信：看看酒店 Wi-Fi 的登录页"),
    ("ERR_PROXY_|ERR_TUNNEL_|ERR_SOCKS_", "代理连不上：看看电脑的代理设置"),
    ("ERR_INTERNET_DISCONNECTED", "没有网络"),
    ("ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED", "没有网络，或没有这个网址"),
    ("ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED", "网络刚断开或切换过"),
    (r"ERR_(?:CONNECTION_)?TIMED_OUT|Timeout \d+ms", "后台太久没有反应"),
    (
        "ERR_(?:CONNECTION|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE|ADDRESS_UNREACHABLE|HTTP|QUIC)",
        "连不上后台",
    ),
    ("ERR_TOO_MANY_REDIRECTS", "页面来回跳转：请重新登录"),
    ("ERR_ABORTED|No resource with given identifier|No data found", "请求中断了"),
    ("crash", "页面崩溃了"),
    ("has been closed|Target closed", "页面被关掉了"),
)
"""What of a browser's message tells what happened, and how a person says that."""
_ELSE = "浏览器出错；总是这样就重启鸽哨"


_LINE = (
    ("ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE|ERR_NETWORK_", OFFLINE),
    ("ERR_NAME_", UNRESOLVED),
    ("ERR_CERT_|ERR_PROXY_|ERR_TUNNEL_|ERR_SOCKS_", BARRED),
    (
        (
            "ERR_SSL_|ERR_(?:CONNECTION_)?TIMED_OUT"
            "|ERR_CONNECTION_(?:RESET|CLOSED|ABORTED|FAILED)|ERR_SOCKET_NOT_CONNECTED"
            "|ERR_EMPTY_RESPONSE|ERR_QUIC"
        ),
        NO_ANSWER,
    ),
    ("ERR_CONNECTION_REFUSED", REFUSED),
)
"""What of a browser's message is the line's fault, or may be: a refusal is an answer."""


def not_opened(message: str) -> CannotRead:
    """Return why a page could not be opened, from the browser's *message*.

    Its gate (`agent.cases.line`) tells where no answer came at all.
    """
    first = message.partition("\n")[0]
    gate = next((gate for shape, gate in _LINE if re.search(shape, first)), "")
    return CannotRead(Outcome.UNREACHABLE, network_words(message), gate)


def browserless(error: BrowserMissing) -> str:
    """Return the gate's name of a reading that came to nothing for want of a browser."""
    if isinstance(error, RemoteSilent):
        return OWN_REMOTE if error.own else REMOTE
    return BROWSER


def network_words(message: str) -> str:
    """Return in a few words why a page could not be loaded or read, from the browser's *message*.

    The message itself is for the log, but for the address, which may hold a key.
    """
    first = message.partition("\n")[0].partition(" at http")[0][:200]
    words = (said for shape, said in _FAULTS if re.search(shape, first))
    said = next(words, _ELSE)
    logger.info("{}: {}", said, first)
    return said
