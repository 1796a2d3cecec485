"""What people see and do: one list of all shops, and what a person says about a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from agent.cases import (
    Band,
    Case,
    Kind,
    Outcome,
    Policy,
    QueueHealth,
    Shop,
    Stage,
    Tier,
    clip_snooze,
    is_quiet,
    standing,
    worst,
)
from agent.clock import Clock
from agent.errors import GeshaoError
from agent.journal import ChannelHealth, Journal

_RESOLVED_SHOWN = 20
_RESOLVED_FOR = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Row:
    """One open case as the inbox lists it.

    *tier* and *band* are those of this moment. *due_at* is when an answer is due: the platform's
    limit, or the shop owner's own target (then *own_target*). *quiet* tells that a person took
    it in hand or put it off, so that nothing sounds.
    """

    case: Case
    shop: Shop
    tier: Tier
    band: Band
    due_at: datetime | None
    own_target: bool
    quiet: bool


class ShopState(StrEnum):
    """Whether the silence of a shop can be trusted."""

    STARTING = "starting"
    """Some queue was never read yet."""
    CALM = "calm"
    """Every queue confirmed lately; nothing waits for the merchant."""
    WAITING = "waiting"
    """Every queue confirmed lately; something waits."""
    BLIND = "blind"
    """Some queue cannot be read (then *outcome* says why), or was not confirmed lately."""


@dataclass(frozen=True, slots=True)
class ShopHealth:
    """One shop's proof of quiet.

    *confirmed_at* is the oldest of its queues' confirmations (None: some queue was never read);
    *outcome*, *gate* and *detail* explain BLIND; *pending* counts what waits for the merchant,
    None while unknown; *busy* says what the program is doing about it just now, if anything;
    *failed* why the last thing that a person asked for did not work, until every queue was read
    since; *unproven* that nobody has checked the pack against the live site; *unseen* names what
    the pack does not read at all.
    """

    shop: Shop
    platform_title: str
    state: ShopState
    queues: tuple[QueueHealth, ...]
    confirmed_at: datetime | None
    pending: int | None
    outcome: Outcome | None = None
    gate: str = ""
    detail: str = ""
    busy: str = ""
    failed: str = ""
    unproven: bool = False
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a face shows, at one moment.

    *revision* grows whenever something other than the time changed. *rows* are sorted: the least
    time left first (see `sort_key`); *resolved* are the latest that left, newest first.
    """

    revision: int
    taken_at: datetime
    rows: tuple[Row, ...]
    resolved: tuple[Case, ...]
    shops: tuple[ShopHealth, ...]
    channels: tuple[ChannelHealth, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """One shop as it should be watched: the titles of its queues by name.

    *unproven* tells that nobody has checked the platform's pack against the live site yet,
    *unseen* what it does not read.
    """

    shop: Shop
    platform_title: str
    queues: Mapping[str, str]
    unproven: bool = False
    unseen: tuple[str, ...] = ()


class Inbox:
    """The merged list, read from the journal; and what a person does to it.

    *stale_after* is the age from which a confirmation proves nothing any more.
    """

    def __init__(
        self,
        journal: Journal,
        policy: Policy,
        clock: Clock,
        watched: Sequence[Watched],
        *,
        stale_after: timedelta,
        channels: Sequence[str] = (),
    ) -> None:
        self._journal = journal
        self._policy = policy
        self._clock = clock
        self._watched = watched
        self._shops = {one.shop.shop_id: one.shop for one in watched}
        self._stale_after = stale_after
        self._channels = channels
        self.busy: dict[str, str] = {}
        """What the program is doing about a shop just now, by shop."""
        self._failures: dict[str, tuple[datetime, str]] = {}

    def snapshot(self) -> Snapshot:
        """Return everything a face shows, now."""
        now = self._clock.now()
        rows = sorted((self._row(case, now) for case in self._ours()), key=sort_key)
        health = self._journal.health()
        reached = {channel.channel: channel for channel in self._journal.channels()}
        return Snapshot(
            revision=self._journal.revision,
            taken_at=now,
            rows=tuple(rows),
            resolved=tuple(self._resolved(now)),
            shops=tuple(
                self._health(one, health.get(one.shop.shop_id, {}), now) for one in self._watched
            ),
            channels=tuple(reached.get(name, ChannelHealth(name)) for name in self._channels),
        )

    def begin(self, shop_id: str, busy: str) -> None:
        """Note what is begun for a shop; how the last such thing failed is of the past."""
        self.busy[shop_id] = busy
        self._failures.pop(shop_id, None)

    def end(self, shop_id: str, failed: str = "") -> None:
        """Note that it is over, and why it *failed* if it did."""
        self.busy.pop(shop_id, None)
        if failed:
            self._failures[shop_id] = self._clock.now(), failed

    def acknowledge(self, name: str) -> Case:
        """Take the case called *name* in hand, at the tier and step at which it stands.

        Raises UnknownCase; GeshaoError if it is over.
        """
        case, now = self._open_case(name), self._clock.now()
        at = standing(case, self._policy, now)
        return self._store(case, case.acknowledged(at.tier, at.band, now), now)

    def snooze(self, name: str, span: timedelta) -> datetime:
        """Put the case called *name* off for *span*; return when that really ends.

        A snooze never runs past the last step before the deadline. Raises UnknownCase;
        GeshaoError if the case is over or *span* is nothing.
        """
        if span <= timedelta(0):
            raise GeshaoError("推迟的时间要大于 0。", "例如：geshao snooze 12 --for 30m。")
        case, now = self._open_case(name), self._clock.now()
        until = clip_snooze(case, now + span, self._policy, now)
        self._store(case, case.snoozed(until, now), now)
        return until

    def star(self, name: str, *, starred: bool) -> None:
        """Mark the case called *name*, or take the mark away. Raises UnknownCase."""
        case = self._journal.find(name)
        self._journal.update(case, replace(case, starred=starred), now=self._clock.now())

    def find(self, name: str) -> Case:
        """Return the case called *name*. Raises UnknownCase."""
        return self._journal.find(name)

    def _ours(self) -> list[Case]:
        """Cases of shops that are no longer watched are kept, but they ring and show nowhere."""
        return [case for case in self._journal.open_cases() if case.key.shop in self._shops]

    def _resolved(self, now: datetime) -> list[Case]:
        ended = self._journal.recently_resolved(now - _RESOLVED_FOR, _RESOLVED_SHOWN)
        return [case for case in ended if case.key.shop in self._shops]

    def _open_case(self, name: str) -> Case:
        case = self._journal.find(name)
        if not case.is_open:
            raise GeshaoError(
                f"#{case.number} 已经结束，不用再处理。", "运行 geshao inbox 看还有哪些。"
            )
        return case

    def _store(self, seen: Case, amended: Case, now: datetime) -> Case:
        """Store a person's word; refuse it if the platform asked anew after they had looked."""
        stored = self._journal.update(seen, amended, now=now)
        if stored.asked_at != seen.asked_at:
            raise GeshaoError(
                f"#{stored.number} 刚刚又轮到您处理，没有记下这次操作。", "请看过新情况再试一次。"
            )
        return stored

    def _row(self, case: Case, now: datetime) -> Row:
        at = standing(case, self._policy, now)
        return Row(
            case=case,
            shop=self._shops[case.key.shop],
            tier=at.tier,
            band=at.band,
            due_at=at.due_at,
            own_target=at.own_target,
            quiet=is_quiet(case, self._policy, now),
        )

    def _health(self, one: Watched, known: Mapping[str, QueueHealth], now: datetime) -> ShopHealth:
        queues = tuple(
            replace(known.get(name, QueueHealth(name)), title=title)
            for name, title in one.queues.items()
        )
        state = self._state(queues, now)
        confirmed = [queue.confirmed_at for queue in queues]
        seen = [at for at in confirmed if at is not None]
        pending = [queue.pending for queue in queues if queue.pending is not None]
        trouble = worst(queues)
        current = state in {ShopState.CALM, ShopState.WAITING}
        return ShopHealth(
            shop=one.shop,
            platform_title=one.platform_title,
            state=state,
            queues=queues,
            confirmed_at=min(seen) if len(seen) == len(confirmed) and seen else None,
            pending=sum(pending) if current else None,
            outcome=trouble.outcome if trouble else None,
            gate=trouble.gate if trouble else "",
            detail=trouble.detail if trouble else "",
            busy=self.busy.get(one.shop.shop_id, ""),
            failed=self._failed(one.shop.shop_id, queues),
            unproven=one.unproven,
            unseen=one.unseen,
        )

    def _failed(self, shop_id: str, queues: Sequence[QueueHealth]) -> str:
        at, failed = self._failures.get(shop_id, (None, ""))
        confirmed = (queue.confirmed_at for queue in queues)
        # Once all was read after it, there is nothing left that it was to mend.
        return "" if at is None or all(seen and seen > at for seen in confirmed) else failed

    def _state(self, queues: Sequence[QueueHealth], now: datetime) -> ShopState:
        if any(queue.blind or self._is_stale(queue, now) for queue in queues):
            return ShopState.BLIND
        if any(queue.confirmed_at is None for queue in queues):
            return ShopState.STARTING
        return ShopState.WAITING if any(queue.pending for queue in queues) else ShopState.CALM

    def _is_stale(self, queue: QueueHealth, now: datetime) -> bool:
        if queue.confirmed_at is None:
            return False
        # A confirmation from the future proves nothing either: the clock was set back.
        return abs(now - queue.confirmed_at) > self._stale_after


def sort_key(row: Row) -> tuple[bool, bool, float, int, int]:
    """Order rows: blindness first, then our move before others', the least time left first."""
    return (
        row.case.latest.kind is not Kind.OUTAGE,
        row.case.latest.stage is not Stage.MERCHANT,
        float("inf") if row.due_at is None else row.due_at.timestamp(),
        -row.tier,
        row.case.number,
    )
