"""What becomes of a message once it was tried: it arrived, waits for the next try, or is over."""

from dataclasses import replace
from datetime import datetime, timedelta

from agent.cases import Delivery, DeliveryState
from agent.errors import ChannelHeld, ChannelRefused

_FIRST_RETRY = timedelta(seconds=10)
_LONGEST_RETRY = timedelta(minutes=5)
_MOST_ATTEMPTS = 100
"""Some eight hours: a night with the loudspeaker off loses nothing that is still open."""


def withdrawn(*deliveries: Delivery) -> list[Delivery]:
    """Return *deliveries* as what nobody needs any more."""
    return [replace(delivery, state=DeliveryState.WITHDRAWN) for delivery in deliveries]


def tried(delivery: Delivery, refused: ChannelRefused | None, now: datetime) -> Delivery:
    """Return *delivery* after a try at *now* that was *refused*, or that arrived (None)."""
    if isinstance(refused, ChannelHeld):  # no try, and no fault: it waits for others to go along
        return replace(delivery, next_try_at=now + refused.wait)
    attempts = delivery.attempts + 1
    if refused is None:
        return replace(delivery, state=DeliveryState.DELIVERED, attempts=attempts, error="")
    if refused.permanent or attempts >= _MOST_ATTEMPTS:
        return replace(delivery, state=DeliveryState.FAILED, attempts=attempts, error=str(refused))
    pause = min(_FIRST_RETRY * 2 ** min(attempts - 1, 16), _LONGEST_RETRY)
    pause = max(pause, refused.retry_after or pause)
    return replace(delivery, attempts=attempts, next_try_at=now + pause, error=str(refused))
