"""What people see and do: one list of all shops, and what a person says about a case."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from agent.bulk import Taken, take_cases, take_shop
from agent.cases import (
    EVERY_SHOP,
    Case,
    Kind,
    Mute,
    Pause,
    Policy,
    QueueHealth,
    Shop,
    Stage,
    clip_snooze,
    is_quiet,
    latest_pause,
    standing,
    worst,
)
from agent.cases.handing import check_person, handed, lost
from agent.cases.line import THIS_COMPUTER, blamed, whole_platform
from agent.cases.steady import Steady
from agent.clock import Clock
from agent.coverage import LastDay, Records
from agent.errors import GeshaoError
from agent.journal import ChannelHealth, Journal
from agent.journal.at_hand import AtHand, Known
from agent.journal.past import past_of
from agent.pace import Pace
from agent.snapshot import Dossier, Duty, Row, ShopHealth, ShopState, Snapshot, Watched
from agent.takeback import LastWords

__all__ = ["Inbox", "Row", "ShopHealth", "ShopState", "Snapshot", "Watched", "sort_key"]

_RESOLVED_SHOWN = 20
_RESOLVED_FOR = timedelta(hours=12)
_AWAY_SHOWN = timedelta(minutes=30)


class Inbox:
    """The merged list, read from the journal; and what a person does to it.

    *pace* is what was promised: how old a confirmation may be.
    """

    def __init__(
        self,
        journal: Journal,
        policy: Policy,
        clock: Clock,
        watched: Sequence[Watched],
        *,
        pace: Pace,
        channels: Sequence[str] = (),
    ) -> None:
        self._journal = journal
        self.follow(policy)
        self._clock = clock
        self._watched = watched
        platforms = [whole_platform(one.shop.platform, one.platform_title) for one in watched]
        known = [*(one.shop for one in watched), *platforms, THIS_COMPUTER]
        self._shops = {shop.shop_id: shop for shop in known}
        self._pace = pace
        self._channels = channels
        self.busy: dict[str, str] = {}
        """What the program is doing about a shop just now, by shop."""
        self._failures: dict[str, tuple[datetime, str]] = {}
        self.watched = {one.shop.shop_id: one for one in watched}
        self.records = Records(
            journal, {name: [*one.queues] for name, one in self.watched.items()}, pace
        )
        self._coverage = LastDay(self.records)
        self._said: tuple[datetime, str] | None = None
        self._words = LastWords(journal)
        self._at_hand = AtHand(journal, self._shops, _RESOLVED_SHOWN)

    def snapshot(self) -> Snapshot:
        """Return everything a face shows, now."""
        now = self._clock.now()
        known = self._at_hand.look()
        said = {shop: latest_pause(known.pauses, shop) for shop in self._shops}
        outages = [case for case in known.outages if _concerns(case, said, now)]
        return Snapshot(
            revision=known.revision,
            taken_at=now,
            rows=self._rows.at([*known.tickets, *outages], now),
            resolved=tuple(self._at_hand.ended(now - _RESOLVED_FOR)),
            shops=tuple(
                self._health(one, known, said[one.shop.shop_id], now) for one in self._watched
            ),
            channels=tuple(
                known.channels.get(name, ChannelHealth(name)) for name in self._channels
            ),
            pace=self._pace.promised(now),
            away=self._away(now),
            trouble=self._journal.trouble,
            drill=known.drill,
            mutes=self._silenced(known.mutes, now),
            duty=Duty.at(self._policy, now),
        )

    def _silenced(self, mutes: Mapping[str, Mute], now: datetime) -> dict[str, Mute]:
        known = {EVERY_SHOP, *self._shops}
        return {shop: mute for shop, mute in mutes.items() if shop in known and mute.lasts(now)}

    def follow(self, policy: Policy) -> None:
        """Show from now on how cases stand by *policy*."""
        self._policy = policy
        self._rows = Steady(policy, self._row, sort_key)

    def say(self, away: str) -> None:
        """Show for a while what became of the cases while nobody watched."""
        self._said = self._clock.now(), away

    def _away(self, now: datetime) -> str:
        at, away = self._said or (now, "")
        return away if timedelta(0) <= now - at <= _AWAY_SHOWN else ""

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
        case, now = self.find_open(name), self._clock.now()
        at = standing(case, self._policy, now)
        return self._store(case, case.acknowledged(at.tier, at.band, now), now)

    def acknowledge_shop(self, shop_id: str) -> Taken:
        """Take in hand at once all that people were told of shop *shop_id* (`take_shop`)."""
        return take_shop(self._journal, self._policy, shop_id, self._clock.now())

    def acknowledge_all(self, numbers: Collection[int]) -> Taken:
        """Take in hand at once those of the cases *numbers* that ring (`take_cases`)."""
        now = self._clock.now()
        taken = take_cases(self._journal, self._policy, numbers, now)
        self._words.note(taken.acts, now)
        return taken

    def take_back(self, numbers: Collection[int]) -> list[Case]:
        """Take back the last acknowledgement or snooze of cases *numbers* (`LastWords`)."""
        return self._words.take_back(numbers, self._clock.now())

    def snooze(self, name: str, span: timedelta) -> datetime:
        """Put the case called *name* off for *span*; return when that really ends.

        A snooze never runs past the last step before the deadline. Raises UnknownCase;
        GeshaoError if the case is over or *span* is nothing.
        """
        if span <= timedelta(0):
            raise GeshaoError("推迟的时间要大于 0。", "例如：geshao snooze 12 --for 30m。")
        case, now = self.find_open(name), self._clock.now()
        until = clip_snooze(case, now + span, self._policy, now)
        self._store(case, case.snoozed(until, now), now)
        return until

    def assign(self, name: str, person: str) -> Case:
        """Give the case called *name* to *person* of the roster; "": it is whose that says.

        Raises UnknownCase; GeshaoError if it is over, or the roster has nobody of that name.
        """
        check_person(person, self._policy)
        case, now = self.find_open(name), self._clock.now()
        stored = self._journal.update(case, handed(case, person, now), now=now)
        self._words.note([(case, stored)], now)
        return stored

    def star(self, name: str, *, starred: bool) -> None:
        """Mark the case called *name*, or take the mark away. Raises UnknownCase."""
        case = self._journal.find(name)
        self._journal.update(case, replace(case, starred=starred), now=self._clock.now())

    def note(self, name: str, text: str) -> None:
        """Keep *text* with the case called *name*, in place of what stood there."""
        case = self._journal.find(name)
        self._journal.update(case, replace(case, note=text.strip()), now=self._clock.now())

    def case(self, name: str) -> Dossier:
        """Return everything known of the case called *name*. Raises UnknownCase."""
        case, now = self._journal.find(name), self._clock.now()
        past = past_of(self._journal, case.key)
        return Dossier.of(self._row(case, now), past, self._policy, now)

    def find(self, name: str) -> Case:
        """Return the case called *name*. Raises UnknownCase."""
        return self._journal.find(name)

    def find_open(self, name: str) -> Case:
        """Return the case called *name*. Raises UnknownCase; GeshaoError if it is over."""
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
        self._words.note([(seen, stored)], now)
        return stored

    def _row(self, case: Case, now: datetime) -> Row:
        at = standing(case, self._policy, now)
        return Row(
            case=case,
            shop=self._shops.get(case.key.shop) or Shop("", case.key.shop, case.key.shop),
            tier=at.tier,
            band=at.band,
            due_at=at.due_at,
            own_target=at.own_target,
            quiet=is_quiet(case, self._policy, now),
            assigned=self._policy.at(case.key).during(now).assigned(case),
            lost=lost(case, self._policy, now),
        )

    def _health(self, one: Watched, known: Known, said: Pause | None, now: datetime) -> ShopHealth:
        lists = known.health.get(one.shop.shop_id, {})
        named = (
            replace(lists.get(name, QueueHealth(name)), title=title)
            for name, title in one.queues.items()
        )
        # What keeps all from answering is its cause, if that is known.
        queues = tuple(blamed(queue, one.shop.platform, known.outages) for queue in named)
        state = ShopState.of(queues, said, self._pace, now)
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
            detail=trouble.detail if trouble else next((q.detail for q in queues if q.detail), ""),
            busy=self.busy.get(one.shop.shop_id, ""),
            failed=self._failed(one.shop.shop_id, queues),
            unproven=one.unproven,
            unseen=one.unseen,
            paused=said if state is ShopState.PAUSED else None,
            coverage=self._coverage.at(now)[one.shop.shop_id],
        )

    def _failed(self, shop_id: str, queues: Sequence[QueueHealth]) -> str:
        at, failed = self._failures.get(shop_id, (None, ""))
        confirmed = (queue.confirmed_at for queue in queues)
        # Once all was read after it, there is nothing left that it was to mend.
        return "" if at is None or all(seen and seen > at for seen in confirmed) else failed


def _concerns(case: Case, said: Mapping[str, Pause | None], now: datetime) -> bool:
    """Tell whether the outage *case* is listed: that a paused shop is not seen, people know."""
    pause = said.get(case.key.shop)
    return pause is None or not pause.lasts(now)


def sort_key(row: Row) -> tuple[bool, bool, float, int, int]:
    """Order rows: blindness first, then our move before others', the least time left first."""
    return (
        row.case.latest.kind is not Kind.OUTAGE,
        row.case.latest.stage is not Stage.MERCHANT,
        float("inf") if row.due_at is None else row.due_at.timestamp(),
        -row.tier,
        row.case.number,
    )
