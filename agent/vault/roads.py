"""What opens a road that leaves the machine: an address that is a secret, and what signs."""

import json
import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

from agent.log import conceal

_SHORTEST_SEGMENT = 16
"""Characters: a shorter part of an address is a word such as "webhook", and no secret."""
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class RoadKey:
    """The *url* of a road, and the *secret* that signs what is sent there, if there is one.

    *seal* is a key of our own, for what comes back on that road.
    """

    url: str = field(repr=False)
    secret: str = field(default="", repr=False)
    seal: str = field(default="", repr=False)

    @classmethod
    def read(cls, written: str | None) -> Self | None:
        """Return what was *written*, None if that is nothing of ours."""
        try:
            told = json.loads(written or "")
            return cls(str(told["url"]), str(told["secret"]), str(told.get("seal", "")))
        except (ValueError, TypeError, KeyError):
            return None

    def written(self) -> str:
        """Return this as text for a keyring."""
        told = {"url": self.url, "secret": self.secret}
        return json.dumps(told | ({"seal": self.seal} if self.seal else {}), ensure_ascii=False)

    def parts(self) -> list[str]:
        """Return each text of which nobody may learn: the whole address, and what opens it."""
        address = urlsplit(self.url)
        segments = [one for one in address.path.split("/") if len(one) >= _SHORTEST_SEGMENT]
        values = [value for _, value in parse_qsl(address.query)]
        signed_in = [address.username or "", address.password or ""]
        told = (self.url, self.secret, self.seal, *segments, *values, *signed_in, *self._keys())
        return [one for one in dict.fromkeys(told) if one]

    def conceal(self) -> None:
        """Have the log, and all that is masked, hide it from now on."""
        for part in (*self.parts(), *self._pieces()):
            conceal(part)
            conceal(unquote(part))

    def _keys(self) -> list[str]:
        """Return of the pieces those that are too long for a word, and no host's name."""
        long = [one for one in self._pieces() if len(one) >= _SHORTEST_SEGMENT]
        return [one for one in long if not _HOST.fullmatch(one)]

    def _pieces(self) -> list[str]:
        """Return all that a service's own kind of address consists of: any of it may be a key."""
        scheme, _, rest = self.url.partition("://")
        return [] if scheme in {"http", "https"} else re.split(r"[/@:?&=,]+", rest)
