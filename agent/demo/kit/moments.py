"""How back offices write moments: as numbers since 1970, in seconds or in milliseconds."""

from datetime import datetime


def epoch_seconds(moment: datetime | None) -> int:
    """Return *moment* in seconds since 1970; 0 means that there is none."""
    return 0 if moment is None else int(moment.timestamp())


def epoch_ms(moment: datetime | None) -> int | None:
    """Return *moment* in milliseconds since 1970; None means that there is none."""
    return None if moment is None else int(moment.timestamp() * 1000)
