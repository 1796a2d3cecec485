"""What a page asks for, and the part of the pack language that says what it must never ask for."""

import json
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self
from urllib.parse import parse_qs, unquote, unquote_plus, urlencode

from pydantic import Field, StringConstraints, model_validator

from agent.platforms.language import Marked, Texts

_ANY_SITE, _ANY_HOST = "*", r"https?://[^/]*"
_LOADS = {"GET", "HEAD"}

Pattern = Annotated[str, StringConstraints(pattern=r"^(?:[a-z][a-z0-9]*|\*):/\S*$")]
"""An address like those of `response`, in which `*` stands for anything; `*:/…` is on any host."""


class Forbidden(Marked):
    """A request that no page may make: what agrees, refuses, sends, remarks, marks as read.

    *url* is without its query, and `*` in it stands for anything; of the query, *query* names what
    must stand in it. Without *method* it is any. With *text* the body must hold one of these.
    """

    url: Pattern
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] | None = None
    query: Mapping[str, Texts] = Field(default={})
    text: Texts = ()

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        if not all(text.strip() for text in self.text):
            raise ValueError("text: an empty text is in every body")
        if self.text and self.method == "GET":
            raise ValueError("text: a GET has no body; what stands in its address is query")
        return self

    @property
    def site(self) -> str:
        """The name of the site that *url* is on, "" for any host."""
        name = self.url.split(":", 1)[0]
        return "" if name == _ANY_SITE else name


@dataclass(frozen=True, slots=True)
class Asking:
    """A request before it is sent; *body* is None where there is one that cannot be read.

    A browser asks the other side first whether it may send: *method* is then what it is after.
    """

    url: str
    method: str = "GET"
    body: str | None = ""

    @classmethod
    def of(cls, request: Mapping[str, Any]) -> Self:
        """Return what *request* asks for, as the browser's protocol tells of it."""
        headers = {name.lower(): value for name, value in request["headers"].items()}
        method = str(request["method"])
        if method == "OPTIONS":
            method = headers.get("access-control-request-method", method)
        return cls(request["url"], method, _body_of(request))

    @property
    def is_load(self) -> bool:
        """Whether it only fetches something."""
        return self.method in _LOADS


class Ban:
    """One forbidden request, with the addresses that its site has at this shop."""

    def __init__(self, rule: Forbidden, sites: Mapping[str, str]) -> None:
        self.rule = rule
        path = rule.url.split(":", 1)[1]
        start = re.escape(sites[rule.site].rstrip("/")) if rule.site else _ANY_HOST
        self._address = re.compile(start + ".*".join(map(re.escape, path.split("*"))), re.DOTALL)
        # What the browser's protocol takes for an address: there `?` is a wildcard too.
        self.glob = f"{sites[rule.site].rstrip('/') if rule.site else '*'}{path}*"

    @property
    def stops_loads(self) -> bool:
        """Whether it may be about something that a page loads, such as a picture."""
        return self.rule.method in {None, "GET"} and not self.rule.text

    def catches(self, asking: Asking) -> bool:
        """Tell whether *asking* is forbidden; a body that cannot be read may be anything."""
        address, _, query = asking.url.partition("?")
        named = any(self._address.fullmatch(one) for one in (address, unquote(address)))
        if not named or self.rule.method not in {None, asking.method}:
            return False
        stands = parse_qs(query, keep_blank_values=True)
        if any(not set(stands.get(key, ())) & set(some) for key, some in self.rule.query.items()):
            return False
        return not self.rule.text or asking.body is None or self._is_said(asking.body)

    def _is_said(self, body: str) -> bool:
        said = [_squeezed(one) for one in _spellings(body)]
        return any(_squeezed(text) in one for text in self.rule.text for one in said)


def asked_with(url: str, method: str, query: Mapping[str, Texts]) -> Asking:
    """Return the request for *url* that has everything of *query* behind its `?`."""
    return Asking(f"{url}{'&' if '?' in url else '?'}{urlencode(query, doseq=True)}", method)


def _spellings(body: str) -> Iterator[str]:
    """Yield *body* as it stands, as a form means it and as JSON means it."""
    yield body
    yield unquote_plus(body)
    try:
        yield json.dumps(json.loads(body), ensure_ascii=False)
    except (ValueError, RecursionError):
        return


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _body_of(request: Mapping[str, Any]) -> str | None:
    """Return the body of *request*, None if it is not told whole: files and large ones are not."""
    if not request.get("hasPostData"):
        return ""
    parts: Sequence[Mapping[str, str]] = request.get("postDataEntries") or ({},)
    if not all("bytes" in part for part in parts):
        told: str | None = request.get("postData")
        return told
    return b"".join(b64decode(part["bytes"]) for part in parts).decode("utf-8", "replace")
