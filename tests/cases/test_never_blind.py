"""No sequence of readings, acts and clock jumps lets a shop be out of sight in silence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.cases import (
    Alert,
    Case,
    Outcome,
    Policy,
    QueueHealth,
    Tier,
    decide,
    outage_change,
    standing,
    triage,
)
from agent.config import shipped_lexicon
from tests.mothers import KEY, NOON, a_reading

POLICY = Policy()
LEXICON = shipped_lexicon()
TICK = timedelta(seconds=10)
POLL = timedelta(seconds=30)
LONGEST_SILENCE = POLICY.outage_urgent_after + POLICY.loudness[Tier.URGENT].repeat_at_most

outcomes = st.sampled_from(list(Outcome))
jumps = st.sampled_from([-86_400, -3600, -45, -1, 1, 3600, 400 * 86_400])
steps = st.one_of(
    st.tuples(st.just("read"), st.tuples(outcomes, outcomes)),
    st.tuples(st.just("blind for"), st.tuples(outcomes, st.integers(1, 40))),
    st.tuples(st.just("jump"), jumps),
    st.tuples(st.just("take in hand"), st.none()),
)


@dataclass
class Watch:
    """One shop of two queues, a dispatcher and a person."""

    now: datetime = NOON
    queues: list[QueueHealth] = field(
        default_factory=lambda: [QueueHealth("aftersale"), QueueHealth("chats")]
    )
    outage: Case | None = None
    last: Alert | None = None
    silence: timedelta = timedelta(0)

    def read(self, *found: Outcome) -> None:
        """Read each queue in turn, and let the dispatcher tick until the next look."""
        for number, outcome in enumerate(found):
            self.now += timedelta(milliseconds=1)
            reading = a_reading(outcome=outcome, taken_at=self.now)
            self.queues[number] = self.queues[number].after(reading)
            change = outage_change(KEY.shop, self.outage, self.queues, self.now)
            if change is not None:
                self.outage = triage(change, POLICY, LEXICON).after
            self._check_sight()
        for _ in range(POLL // TICK):
            self._tick()

    def take_in_hand(self) -> None:
        """Acknowledge the outage, if there is one."""
        if self.outage is not None and self.outage.is_open:
            at = standing(self.outage, POLICY, self.now)
            self.outage = self.outage.acknowledged(at.tier, at.band, self.now)

    def jump(self, seconds: int) -> None:
        """Set the clock, or sleep."""
        self.now += timedelta(seconds=seconds)
        self.silence = timedelta(0)

    def _check_sight(self) -> None:
        is_open = self.outage is not None and self.outage.is_open

        assert is_open or not any(queue.alarming for queue in self.queues)
        assert not is_open or not all(queue.confirmed_at == queue.read_at for queue in self.queues)

    def _tick(self) -> None:
        self.now += TICK
        outage = self.outage
        if outage is None or not outage.is_open:
            self.silence = timedelta(0)
            return
        alert = decide(outage, self.last, POLICY, self.now)
        urgent_in_hand = outage.acknowledged_tier is Tier.URGENT
        if alert is not None or urgent_in_hand:
            self.last, self.silence = alert or self.last, timedelta(0)
            return
        self.silence += TICK

        assert self.silence <= LONGEST_SILENCE + TICK


@given(st.lists(steps, max_size=25))
@settings(max_examples=80)
def test_blindness_is_never_silent(story: Sequence[tuple[str, object]]) -> None:
    """A shop out of sight rings until it is in sight, or somebody took the urgent case in hand."""
    watch = Watch()
    for step in story:
        match step:
            case ("read", (Outcome() as one, Outcome() as other)):
                watch.read(one, other)
            case ("blind for", (Outcome() as outcome, int(polls))):
                for _ in range(polls):
                    watch.read(Outcome.ROWS, outcome)
            case ("jump", int(seconds)):
                watch.jump(seconds)
            case _:
                watch.take_in_hand()
