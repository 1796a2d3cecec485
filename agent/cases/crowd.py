"""Several tickets that are one matter: a batch of one product, or one buyer with many of them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from agent.cases.case import Case, CaseKey, Change, ChangeKind, Kind, Sighting, Stage, Topic
from agent.cases.policy import Policy
from agent.cases.signs import Crowd

BATCH_QUEUE = "@batch"
BUYER_QUEUE = "@buyer"
CROWD_QUEUES = (BATCH_QUEUE, BUYER_QUEUE)
"""The queue names under which crowds are kept; no pack can have such a name."""

DERIVED = frozenset({Kind.OUTAGE, Kind.BATCH, Kind.SAME_BUYER})
"""What we conclude; all other cases are a platform's, but `drill.UNREACHED_KEY`, which is ours."""

_MASK = "*"


@dataclass(frozen=True, slots=True)
class _Sort:
    """A sort of crowd: where it is kept, what its tickets share ("": they are in none)."""

    queue: str
    kind: Kind
    shared: Callable[[Case], str]
    limits: Callable[[Policy], Crowd]
    said: str


def _product(case: Case) -> str:
    return case.latest.product.strip() if Topic.QUALITY in case.topics else ""


def _buyer(case: Case) -> str:
    buyer = case.latest.buyer.strip()
    # A name that the page masks may be anybody's; and who writes about a ticket is one matter.
    return "" if _MASK in buyer or case.latest.kind is Kind.CONVERSATION else buyer


_SORTS = (
    _Sort(BATCH_QUEUE, Kind.BATCH, _product, lambda policy: policy.batch, "{} 单质量问题：{}"),
    _Sort(BUYER_QUEUE, Kind.SAME_BUYER, _buyer, lambda policy: policy.same_buyer, "{} 单售后：{}"),
)


def crowds_in(
    shop: str, tickets: Collection[Case], policy: Policy, now: datetime
) -> dict[CaseKey, Sighting]:
    """Return the crowds among *tickets* of *shop*: those that are open, or ended lately.

    One is large enough by what came within its time, ended or not, and wants somebody as long as
    one of its tickets waits for the merchant.
    """
    found = {}
    for sort in _SORTS:
        limits = sort.limits(policy)
        crowds: dict[str, list[Case]] = defaultdict(list)
        for case in tickets:
            what = "" if case.latest.kind in DERIVED else sort.shared(case)
            if what and now - case.first_seen_at <= limits.within:
                crowds[what].append(case)
        for what, members in crowds.items():
            if len(members) >= limits.tickets and any(map(_waits, members)):
                seen = _sighting(shop, sort, what, members)
                found[seen.key] = seen
    return found


def crowd_changes(
    known: Mapping[CaseKey, Case], found: Mapping[CaseKey, Sighting], policy: Policy, now: datetime
) -> list[Change]:
    """Return what becomes of the crowds that are *known*, where these were *found*.

    Each is opened, and so told, once; it ends when it is found no more.
    """
    changes = [_change(known.get(key), seen, policy, now) for key, seen in found.items()]
    over = [
        Change(ChangeKind.RESOLVED, case, replace(case, resolved_at=now))
        for key, case in known.items()
        if case.is_open and key not in found
    ]
    return [*(change for change in changes if change is not None), *over]


def _waits(case: Case) -> bool:
    return case.is_open and case.latest.stage is Stage.MERCHANT


def _sighting(shop: str, sort: _Sort, what: str, members: Collection[Case]) -> Sighting:
    latest = max(members, key=lambda case: case.first_seen_at).latest
    return Sighting(
        key=_key(shop, sort, what),
        kind=sort.kind,
        reason=sort.said.format(len(members), what),
        product=latest.product if sort.kind is Kind.BATCH else "",
        buyer=latest.buyer if sort.kind is Kind.SAME_BUYER else "",
        url=latest.url,
    )


def _key(shop: str, sort: _Sort, what: str) -> CaseKey:
    # What a page or a buyer is called may be long, and is not for a log.
    return CaseKey(shop, sort.queue, sha256(what.encode(errors="replace")).hexdigest()[:12])


def _change(before: Case | None, seen: Sighting, policy: Policy, now: datetime) -> Change | None:
    tier = policy.at(seen.key).tiers[seen.kind]
    if before is None or not before.is_open:
        fresh = Case(latest=seen, first_seen_at=now, last_seen_at=now, asked_at=now, tier=tier)
        if before is not None:
            fresh = before.reopened_as(fresh)
        return Change(ChangeKind.OPENED, before, fresh)
    after = replace(before, latest=seen, tier=tier).rewound(now)
    if after == before:
        return None
    return Change(ChangeKind.UPDATED, before, replace(after, last_seen_at=now))
