"""What a Kuaishou shop remembers beyond what every shop does: its talks and work tickets."""

from dataclasses import dataclass, field

from agent.demo import kit
from agent.demo.kuaishou.refunds import Refund
from agent.demo.kuaishou.talks import Issue, Talk


@dataclass(slots=True)
class Books(kit.ShopBooks[Refund]):
    """One shop's own data."""

    talks: dict[str, Talk] = field(default_factory=dict)
    issues: dict[str, Issue] = field(default_factory=dict)


Desk = kit.Desk[Books]
