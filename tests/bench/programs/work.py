"""What the bench's own watching programs share: what is to be watched, and how they tell."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROWS = ".auxo-table-tbody > tr, .aurora-table-tbody > tr"
CHATS = "#chantListScrollArea"
"""What shows that a list is there: the rows of one page, the column of chats of the other."""


@dataclass(frozen=True, slots=True)
class Work:
    """Which *lists* of which *shops* to watch, in which *browser*, how often in seconds."""

    browser: str
    folder: str
    reload_s: float
    lists: Mapping[str, str]
    shops: Sequence[Mapping[str, Any]]

    @classmethod
    def from_file(cls, file: str) -> "Work":
        """Read what the bench has written."""
        return cls(**json.loads(Path(file).read_text(encoding="utf-8")))


def tell(event: str, **fields: object) -> None:
    """Say one thing, at once."""
    sys.stdout.write(json.dumps({"event": event, **fields}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
