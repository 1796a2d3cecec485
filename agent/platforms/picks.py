"""What somebody clicked on a page, to show what its list is like."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.platforms.moments import read_date
from agent.platforms.phrases import read_countdown
from agent.platforms.pointing import Picked

_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_-])[A-Za-z]{0,6}[-_]?\d[\dA-Za-z_-]{4,}(?![A-Za-z0-9_-])", re.ASCII
)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


@dataclass(frozen=True, slots=True)
class Picks:
    """What was clicked; all but the row and its number may be left out.

    *case* is the number itself: where it was clicked there may stand others beside it. *seen_at*
    is when the time limit was clicked: it may be told as time left.
    """

    row: Picked
    number: Picked
    case: str
    seen_at: datetime
    shop: Picked | None = None
    deadline: Picked | None = None
    kind: Picked | None = None
    amount: Picked | None = None
    total: Picked | None = None
    following: Picked | None = None
    empty: Picked | None = None

    @property
    def shop_name(self) -> str:
        """The shop's name as it was clicked, "" if it was not."""
        lines = self.shop.text.splitlines() if self.shop else []
        return next((line.strip() for line in lines if line.strip()), "")

    @property
    def due(self) -> tuple[datetime, timedelta] | None:
        """The limit as the page shows it, and how much later than that it may truly be."""
        text = self.deadline.text if self.deadline else ""
        if countdown := read_countdown(text):
            return self.seen_at + countdown.left, countdown.slack
        moment = read_date(text, self.seen_at)
        return None if moment is None else (moment, timedelta(0))


def numbers_in(text: str) -> tuple[str, ...]:
    """Return what in *text* may be a case number: long enough, and no date."""
    found = (one.group() for one in _NUMBER.finditer(text))
    return tuple(dict.fromkeys(one for one in found if not _DATE.match(one)))
