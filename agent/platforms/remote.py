"""A browser on another computer: where it is, how it is reached, and why it is not."""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from loguru import logger
from playwright.async_api import Browser, Playwright
from playwright.async_api import Error as PlaywrightError

from agent.config import RemoteSettings, RemoteType, type_of
from agent.errors import ConfigError, RemoteSilent
from agent.vault import Vault, conceal_address

REACH_LIMIT_S = 20.0
"""A server may start its browser only then."""
_SPARE_S = 2.0
"""The library gives up first: it can say why."""

_AGAIN = "鸽哨会自己再试。"
_VERSIONS = re.compile(r"server version: v([\d.]+)\s.*?client version: v([\d.]+)", re.DOTALL)
_FAULTS = (
    (
        "ECONNREFUSED",
        "对方拒绝连接，浏览器服务没有开，或端口不对",
        "请到那台电脑上打开它，再核对地址里的端口。",
    ),
    (
        "ENOTFOUND|EAI_AGAIN",
        "没有这个地址，或没有网络",
        "请检查网络，再核对地址。",
    ),
    (
        r"ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|Timeout \d+ms|^$",
        "一直没有回应",
        "请看那台电脑开着没有，再看网络和它的防火墙。",
    ),
    (
        r"\b40[13]\b",
        "对方不认地址里的口令",
        "请到提供它的地方复制新的地址，用 geshao browser key 重新保存。",
    ),
    (
        "CERT_|certificate|SSL|EPROTO",
        "加密连接没有建立，证书不可信，或那里没有加密",
        "请核对地址开头是 wss、https 还是 ws、http，再看证书。",
    ),
    (
        r"Executable doesn't exist|Failed to launch|browserType\.launch",
        "服务在，它的浏览器启动不了",
        "请到那台电脑上运行 npx playwright install chromium，再看服务的日志。",
    ),
    (
        r"\b[2-5]\d\d\b|Malformed endpoint|Unexpected|JSON|socket hang up|ECONNRESET",
        "那里回答的不是浏览器",
        "请核对地址和它的路径；种类猜错了，就在配置里给它写上 type。",
    ),
)
"""What of a message tells why nothing was reached, how a person says that, and what helps."""
_ELSE = ("连接断了", "请看那台电脑上浏览器服务的日志。")


@dataclass(frozen=True, slots=True)
class Remote:
    """A browser on another computer; its *address* may hold what opens it."""

    name: str
    address: str = field(repr=False)
    type: RemoteType = "playwright"

    @property
    def place(self) -> str:
        """The host and port: what may be shown of the address."""
        parts = urlsplit(self.address)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def remotes_of(connect: Iterable[RemoteSettings], vault: Vault) -> list[Remote]:
    """Return the remote browsers of the settings, their addresses hidden from all logs.

    Raises ConfigError if one stands neither in the file nor in the keyring, VaultLocked.
    """
    return [remote_of(one, vault) for one in connect]


def remote_of(one: RemoteSettings, vault: Vault | None) -> Remote:
    """Return where *one* is; see `remotes_of`. Without a *vault* only the file is asked."""
    address = one.url or (vault.remote(one.name) if vault else None)
    if address is None:
        raise ConfigError(
            f"没有远程浏览器 {one.name} 的地址：配置里没有写 url，钥匙串里也没有。",
            f"请运行 geshao browser key {one.name}，把地址存进钥匙串。",
        )
    conceal_address(address)
    return Remote(one.name, address, one.type or type_of(address))


async def connected(playwright: Playwright, remote: Remote) -> Browser:
    """Return the browser of *remote*, reached from here. Raises RemoteSilent."""
    try:
        async with asyncio.timeout(REACH_LIMIT_S + _SPARE_S):
            return await _reach(playwright, remote)
    except TimeoutError as error:
        raise silent(remote, "") from error
    except PlaywrightError as error:
        raise silent(remote, error.message) from error


async def _reach(playwright: Playwright, remote: Remote) -> Browser:
    limit_ms = REACH_LIMIT_S * 1000
    if remote.type == "cdp":
        # By default downloads, focus and colours of whoever is attached to are changed.
        return await playwright.chromium.connect_over_cdp(
            remote.address, no_defaults=True, timeout=limit_ms
        )
    return await playwright.chromium.connect(remote.address, timeout=limit_ms)


def silent(remote: Remote, message: str) -> RemoteSilent:
    """Return why *remote* is not reached, from the library's *message*, "" if it had none.

    The message itself is for the log, where it is masked: it holds the address.
    """
    logger.debug("{} is not reached: {}", remote.name, message)
    said, help_ = _reason(message)
    return RemoteSilent(
        f"连不上远程浏览器 {remote.name}（{remote.place}）：{said}。", help_ + _AGAIN
    )


def _reason(message: str) -> tuple[str, str]:
    if versions := _VERSIONS.search(message):
        there, here = versions.groups()
        return (
            f"版本对不上，那边的 Playwright 是 {there}，这里是 {here}",
            f"请在那台电脑上改用 Playwright {here}，例如 npx -y playwright@{here} run-server。",
        )
    # The address stands there too, and may look like anything.
    bare = re.sub(r"\w+://\S+", "", message.partition("\n")[0]) if message else ""
    known = ((said, help_) for shape, said, help_ in _FAULTS if re.search(shape, bare))
    return next(known, _ELSE)
