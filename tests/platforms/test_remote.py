"""Where remote browsers are, and why one is not reached: in words, and without what opens it."""

from pathlib import Path

import pytest

from agent.config import RemoteSettings
from agent.errors import ConfigError
from agent.log import mask
from agent.platforms.remote import Remote, remotes_of, silent
from agent.vault import Vault

TOKEN = "q7Zk2mWx9TpL"
REMOTE = Remote("二楼", f"wss://10.0.0.5:3000/playwright?token={TOKEN}")
MISMATCH = """BrowserType.connect: WebSocket error: ws://10.0.0.5:3000/ 428 Precondition Required
║ Playwright version mismatch:                       ║
║   - server version: v1.65                          ║
║   - client version: v1.50                          ║
Call log:
"""


@pytest.mark.parametrize(
    ("message", "said", "help_"),
    [
        (MISMATCH, "版本对不上，那边的 Playwright 是 1.65，这里是 1.50", "playwright@1.50"),
        ("connect ECONNREFUSED 10.0.0.5:3000", "对方拒绝连接", "打开它，再核对地址里的端口"),
        ("WebSocket error: getaddrinfo ENOTFOUND nowhere", "没有这个地址", "检查网络"),
        ("BrowserType.connect: Timeout 10000ms exceeded.", "一直没有回应", "防火墙"),
        ("", "一直没有回应", "防火墙"),
        ("connect EHOSTUNREACH 10.0.0.5:3000", "一直没有回应", "防火墙"),
        ("WebSocket error: wss://h/ 401 Unauthorized", "不认地址里的口令", "geshao browser key"),
        ("WebSocket error: wss://h/ 403 Forbidden", "不认地址里的口令", "geshao browser key"),
        ("WebSocket error: self-signed certificate", "加密连接没有建立", "wss、https"),
        ("WebSocket error: write EPROTO 00B3:error:SSL routines", "加密连接没有建立", "ws、http"),
        ("Executable doesn't exist at /root/.cache", "它的浏览器启动不了", "playwright install"),
        ("WebSocket error: ws://h:37513/nowhere 400 Bad Request", "回答的不是浏览器", "type"),
        ("WebSocket error: ws://h:36339/ 404 Not Found", "回答的不是浏览器", "type"),
        ("Unexpected token 'R', \"Running\" is not valid JSON", "回答的不是浏览器", "type"),
        ("Unexpected status 400 when connecting to http://h/json/", "回答的不是浏览器", "type"),
        ("Malformed endpoint. Did you use launchServer?", "回答的不是浏览器", "type"),
        ("Target page, context or browser has been closed", "连接断了", "日志"),
        ("wss://h/401?a=CERT_ECONNREFUSED has gone", "连接断了", "日志"),
    ],
)
def test_each_failure_has_its_own_next_step(message: str, said: str, help_: str) -> None:
    """From the first line of what the library says, whatever stands in the address."""
    error = silent(REMOTE, message)

    assert error.message.startswith("连不上远程浏览器 二楼（10.0.0.5:3000）：")
    assert said in error.message
    assert help_ in error.next_step
    assert error.next_step.endswith("鸽哨会自己再试。")


def test_what_opens_it_is_never_shown(tmp_path: Path) -> None:
    """Neither in an error, nor in what describes it, nor in the log."""
    vault = Vault.ephemeral(tmp_path)
    vault.set_remote("二楼", REMOTE.address)
    (found,) = remotes_of([RemoteSettings(name="二楼")], vault)

    assert REMOTE.address == found.address
    for shown in (found.place, repr(found), str(silent(found, REMOTE.address))):
        assert TOKEN not in shown
    assert TOKEN not in mask(f"<ws connecting> {REMOTE.address}, {TOKEN}")


@pytest.mark.parametrize(
    ("url", "said", "type_", "place"),
    [
        ("ws://10.0.0.5:3000/", None, "playwright", "10.0.0.5:3000"),
        ("wss://grid.example/x?token=1", None, "playwright", "grid.example"),
        ("http://10.0.0.6:9222", None, "cdp", "10.0.0.6:9222"),
        ("ws://10.0.0.6:9222/devtools/browser/1", None, "cdp", "10.0.0.6:9222"),
        ("wss://grid.example/", "cdp", "cdp", "grid.example"),
    ],
)
def test_the_address_tells_what_is_there(
    tmp_path: Path, url: str, said: str | None, type_: str, place: str
) -> None:
    """Unless the person says what it is."""
    settings = RemoteSettings(name="a", url=url, type=said)  # type: ignore[arg-type] # one of them
    (found,) = remotes_of([settings], Vault.ephemeral(tmp_path))

    assert (type_, place) == (found.type, found.place)


def test_an_address_that_is_nowhere_is_told(tmp_path: Path) -> None:
    """With the command that keeps it."""
    with pytest.raises(ConfigError, match="geshao browser key 云"):
        remotes_of([RemoteSettings(name="云")], Vault.ephemeral(tmp_path))
