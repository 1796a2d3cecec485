"""Browsers on other computers as they stand in the file; an address may be in the keyring."""

import re
from typing import Annotated, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from agent.config.section import Section, first_repeated
from agent.config.values import Megabytes, ProgramPath, reads, wrong

RemoteType: TypeAlias = Literal["playwright", "cdp"]

_TYPES = {"playwright": "Playwright 服务", "cdp": "浏览器的调试端口，或提供它的云服务"}
_SCHEMES = {"ws", "wss", "http", "https"}
_NAME = re.compile(r"\w[\w-]{0,31}")
_CDP_PATH = "/devtools/"


def check_address(text: str) -> str:
    """Return *text* without what surrounds it. Raises ValueError if no browser can be there."""
    address = text.strip()
    parts = urlsplit(address)
    if parts.scheme not in _SCHEMES or not parts.hostname or parts.port == 0:
        raise ValueError("no address of a browser")
    if re.search(r"[\s\x00-\x1f]", address):
        raise ValueError("more than an address")
    return address


def type_of(address: str) -> RemoteType:
    """Return what is usually at such an *address*."""
    parts = urlsplit(address)
    is_cdp = parts.scheme in {"http", "https"} or parts.path.startswith(_CDP_PATH)
    return "cdp" if is_cdp else "playwright"


def _public(text: str) -> str:
    address = check_address(text)
    if "@" in urlsplit(address).netloc:
        raise ValueError("a password does not belong into the file")
    return address


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(text)
    return text


RemoteName = Annotated[
    str, reads(_name, "您起的名字，例如 二楼：文字、数字、- 和 _，最多 32 个字符")
]
_Address = Annotated[
    str,
    reads(
        _public,
        "ws://、wss://、http:// 或 https:// 开头的地址，不带用户名和密码；"
        "带口令的地址请用 geshao browser key 存进系统钥匙串，这里不写 url",
    ),
]
_Type = Annotated[RemoteType, reads(str, choices=_TYPES)]


class RemoteSettings(Section):
    """A browser on another computer; without *url* the keyring has its address.

    Without *type* the address tells what is there: http and `/devtools/` are a debugging port.
    """

    name: RemoteName = Field(title="您起的名字，例如 二楼")
    url: _Address | None = None
    type: _Type | None = None


class BrowserSettings(Section):
    """Which browser reads the pages, and how much memory it may take before it is replaced.

    Without *path* one is found; without *memory_mb* it is what so many shops need. With *connect*
    the pages are read in browsers on other computers, and one here only lets people sign in.
    """

    path: ProgramPath | None = None
    memory_mb: Megabytes | None = None
    connect: tuple[RemoteSettings, ...] = ()

    @field_validator("connect")
    @classmethod
    def _have_their_own_names(
        cls, connect: tuple[RemoteSettings, ...]
    ) -> tuple[RemoteSettings, ...]:
        repeated = first_repeated([one.name for one in connect])
        if repeated is not None:
            raise wrong("别的远程浏览器没有用过的名字", at=(repeated, "name"))
        return connect
