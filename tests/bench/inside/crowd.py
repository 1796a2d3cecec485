"""Thousands of believable cases of twenty shops, the same in every run."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from agent.cases import Case, CaseKey, Change, ChangeKind, Fen, Kind, Shop, Sighting, Stage, Tier
from tests.fakes import NOON
from tests.mothers import a_case

SHOPS = tuple(Shop("doudian", f"shop{number:02}", f"山雀百货{number}店") for number in range(20))
QUEUES = ("aftersale", "disputes", "feige")

_KINDS = (Kind.REFUND_ONLY, Kind.RETURN_REFUND, Kind.EXCHANGE, Kind.DISPUTE, Kind.CONVERSATION)
_WORDS = "拍多了尺码不合适收到破损商家发错货质量问题物流一直不动七天无理由与描述不符少件不想要了"
_GOODS = ("帆布包", "折叠伞", "保温杯", "棉麻衬衫", "儿童雨靴", "手工皂礼盒")
_WHOLE_DAYS = 30


def open_cases(count: int, *, seed: int = 1) -> list[Case]:
    """Return *count* cases that wait for the merchant at noon, their limits within three days."""
    chance = Random(seed)
    return [_open(number, chance) for number in range(count)]


def ended(case: Case, chance: Random) -> Case:
    """Return *case* as it came and went some time in the last month."""
    came = NOON - timedelta(days=chance.uniform(1, _WHOLE_DAYS))
    gone = came + timedelta(hours=chance.uniform(0.2, 20))
    latest = replace(case.latest, stage=Stage.ENDED, respond_by=came + timedelta(days=1))
    return replace(
        case,
        latest=latest,
        first_seen_at=came,
        last_seen_at=gone,
        asked_at=came,
        resolved_at=gone,
    )


def renamed(case: Case, key: CaseKey) -> Case:
    """Return *case* under another *key*."""
    return replace(case, latest=replace(case.latest, key=key))


def readings(cases: Sequence[Case]) -> Iterator[tuple[str, list[Change]]]:
    """Yield *cases* as readings bring them: each a shop and what came new in one of its lists."""
    lists: dict[tuple[str, str], list[Change]] = {}
    for case in cases:
        change = Change(ChangeKind.OPENED, None, case)
        lists.setdefault((case.key.shop, case.key.queue), []).append(change)
    for (shop, _queue), changes in lists.items():
        yield shop, changes


def _open(number: int, chance: Random) -> Case:
    since = NOON - timedelta(hours=chance.uniform(0, 20))
    kind = chance.choice(_KINDS)
    tier = Tier.URGENT if kind is Kind.DISPUTE else chance.choice((Tier.NORMAL, Tier.IMPORTANT))
    case = a_case(latest=_sighting(number, kind, chance), tier=tier)
    return replace(case, first_seen_at=since, last_seen_at=NOON, asked_at=since)


def _sighting(number: int, kind: Kind, chance: Random) -> Sighting:
    shop, queue = chance.choice(SHOPS), chance.choice(QUEUES)
    return Sighting(
        key=CaseKey(shop.shop_id, queue, f"148{number:015}"),
        kind=kind,
        status="待商家处理",
        respond_by=NOON + timedelta(hours=chance.uniform(0.6, 72)),
        consequence="将自动退款",
        raw_deadline="剩余时间见页面",
        order_id=f"692{number:015}",
        reason="".join(chance.choices(_WORDS, k=chance.randint(5, 40))),
        product=chance.choice(_GOODS),
        buyer=chance.choice("木山林水") + "**",
        amount=Fen(chance.randint(900, 90_000)),
        url=f"https://shop.example/aftersale/148{number:015}",
    )
