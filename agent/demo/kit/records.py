"""What an office keeps of those who came: every request, and the ones that changed something."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """One request as it came in, before anything was decided about it."""

    at: datetime
    site: str
    method: str
    path: str
    query: Mapping[str, str]
    username: str | None
    shop: str | None


@dataclass(frozen=True, slots=True)
class Write:
    """One request that changes something a shop owns: what watching must never cause."""

    at: datetime
    site: str
    path: str
    shop: str
    body: Mapping[str, Any]
