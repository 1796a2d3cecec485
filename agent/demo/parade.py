"""What happens when all platforms are played: a shop of each, and cases that come and go."""

import random
from collections.abc import Mapping, Sequence

from agent.clock import Clock
from agent.demo.offices import Office

SHOPS = (
    "山雀户外旗舰店",
    "南岸茶器",
    "栗子家居",
    "云朵童装",
    "青麦食品",
    "海盐文具",
    "小满花店",
    "长桥数码",
)
USERNAME, PASSWORD = "parade@example.com", "demo-parade"
AT_FIRST = 2
EVERY_S = 12.0
MOST_OPEN = 6


def furnish(office: Office, shop: str, queues: Sequence[str]) -> None:
    """Open the account of *shop* and put a few cases into each of its *queues*."""
    office.add_login(USERNAME, PASSWORD, phone="10000000003", shops=[shop])
    for queue in queues:
        office.fill(shop, queue, AT_FIRST)


async def play(
    played: Mapping[str, tuple[Office, str, Sequence[str]]], clock: Clock, dice: random.Random
) -> None:
    """Let cases come, and old ones be resolved, in one office after another until cancelled.

    *played* has the office, the shop and the queues by platform.
    """
    opened: list[tuple[str, str]] = []
    while True:
        await clock.sleep(EVERY_S)
        platform = dice.choice(sorted(played))
        office, shop, queues = played[platform]
        first = queues[0]
        opened.extend((platform, case_id) for case_id in office.fill(shop, first, 1))
        if len(opened) > MOST_OPEN:
            gone, case_id = opened.pop(0)
            played[gone][0].resolve(played[gone][1], case_id)
