"""What opens a road that leaves the machine: an address that is a secret, and what signs."""

import json
import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from agent.log import conceal

_SHORTEST_SEGMENT = 16
"""Characters: a shorter part of an address is a word such as "webhook", and no secret."""


@dataclass(frozen=True, slots=True)
class RoadKey:
    """The *url* of a road, and the *secret* that signs what is sent there, if there is one."""

    url: str = field(repr=False)
    secret: str = field(default="", repr=False)

    @classmethod
    def read(cls, written: str | None) -> Self | None:
        """Return what was *written*, None if that is nothing of ours."""
        try:
            told = json.loads(written or "")
            return cls(str(told["url"]), str(told["secret"]))
        except (ValueError, TypeError, KeyError):
            return None

    def written(self) -> str:
        """Return this as text for a keyring."""
        return json.dumps({"url": self.url, "secret": self.secret}, ensure_ascii=False)

    def parts(self) -> list[str]:
        """Return each text of which nobody may learn: the whole address, and what opens it."""
        address = urlsplit(self.url)
        segments = [one for one in address.path.split("/") if len(one) >= _SHORTEST_SEGMENT]
        values = [value for _, value in parse_qsl(address.query)]
        signed_in = [address.username or "", address.password or ""]
        return [one for one in (self.url, self.secret, *segments, *values, *signed_in) if one]

    def conceal(self) -> None:
        """Have the log, and all that is masked, hide it from now on."""
        for part in (*self.parts(), *self._pieces()):
            conceal(part)

    def _pieces(self) -> list[str]:
        """Return all that a service's own kind of address consists of: any of it may be a key."""
        scheme, _, rest = self.url.partition("://")
        return [] if scheme in {"http", "https"} else re.split(r"[/@:?&=,]+", rest)
