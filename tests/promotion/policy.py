"""The shipped policy of alerts, with a ladder for what is urgent and has no answer."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from agent.cases import Escalation, Policy, Tier

_MINUTE = timedelta(minutes=1)
_SHIPPED = Policy()

LADDER = (
    Escalation(3 * _MINUTE, ("robot",)),
    Escalation(10 * _MINUTE, ("phone",), ("王姐",)),
    Escalation(20 * _MINUTE, ("phone",), ("李哥",)),
)
POLICY = replace(
    _SHIPPED,
    loudness=MappingProxyType(
        {**_SHIPPED.loudness, Tier.URGENT: replace(_SHIPPED.loudness[Tier.URGENT], ladder=LADDER)}
    ),
)
