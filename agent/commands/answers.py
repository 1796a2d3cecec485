"""What `--json` prints: shapes that scripts may rely on (README, "JSON")."""

from datetime import datetime, timedelta

from agent.cases import Why
from agent.cases.coverage import Share, gaps, total
from agent.cases.link import Link, as_told
from agent.coverage import Coverage
from agent.events import moment
from agent.inbox import Row, ShopHealth
from agent.platforms.pack import Pack


def link_answer(link: Link) -> dict[str, object]:
    """Return one link of a drill as `geshao drill --json` prints it."""
    return {**as_told(link), "next_step": link.next_step}


def row_answer(row: Row) -> dict[str, object]:
    """Return one open case as `geshao inbox --json` prints it; moments are UTC, money is fen."""
    case, latest = row.case, row.case.latest
    return {
        "number": case.number,
        "shop": case.key.shop,
        "queue": case.key.queue,
        "case": case.key.case_id,
        "kind": latest.kind.value,
        "stage": latest.stage.value,
        "status": latest.status,
        "tier": row.tier.name.lower(),
        "band": row.band.name.lower(),
        "respond_by": _moment(latest.respond_by),
        "due_at": _moment(row.due_at),
        "own_target": row.own_target,
        "consequence": latest.consequence,
        "reason": latest.reason,
        "topics": sorted(topic.value for topic in case.topics),
        "mood": case.mood.value,
        "order": latest.order_id,
        "product": latest.product,
        "buyer": latest.buyer,
        "amount_fen": latest.amount,
        "unread": latest.unread,
        "quiet": row.quiet,
        "assigned": row.assigned,
        "person": case.person,
        "acknowledged_at": _moment(case.acknowledged_at),
        "snoozed_until": _moment(case.snoozed_until),
        "starred": case.starred,
        "first_seen_at": _moment(case.first_seen_at),
        "url": latest.url,
    }


def shop_answer(health: ShopHealth, pack: Pack) -> dict[str, object]:
    """Return one shop as `geshao shops --json` prints it; *pending* is null while unknown."""
    return {
        "shop": health.shop.shop_id,
        "name": health.shop.name,
        "platform": health.shop.platform,
        "pack_verified_on": str(pack.verified_on),
        "pack_unseen": list(pack.unseen),
        "state": health.state.value,
        "pending": health.pending,
        "confirmed_at": _moment(health.confirmed_at),
        "outcome": None if health.outcome is None else health.outcome.value,
        "gate": health.gate,
        "detail": health.detail,
        "queues": [
            {
                "queue": queue.queue,
                "title": queue.title,
                "pending": queue.pending,
                "confirmed_at": _moment(queue.confirmed_at),
                "read_at": _moment(queue.read_at),
                "outcome": None if queue.outcome is None else queue.outcome.value,
                "gate": queue.gate,
                "detail": queue.detail,
            }
            for queue in health.queues
        ],
    }


def coverage_answer(coverage: Coverage, queue: str) -> dict[str, object]:
    """Return one list of a shop as `geshao coverage --json` prints it; its gaps longest first."""
    line = coverage.queues[queue]
    share = Share.of(line)
    unknown = total(line, Why.UNKNOWN)
    return {
        "shop": coverage.shop,
        "queue": queue,
        "since": _moment(line[0].begun_at),
        "until": _moment(line[-1].ended_at),
        "covered_seconds": _seconds(share.covered),
        "missed_seconds": _seconds(share.known - share.covered),
        "unknown_seconds": _seconds(unknown),
        "gaps": [
            {
                "since": _moment(span.begun_at),
                "until": _moment(span.ended_at),
                "seconds": _seconds(span.length),
                "why": span.why.value,
            }
            for span in gaps(line)
        ],
    }


def _seconds(span: timedelta) -> float:
    return round(span.total_seconds(), 3)


def _moment(at: datetime | None) -> str | None:
    return None if at is None else moment(at)
