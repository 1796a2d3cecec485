"""No sequence of readings, acts, restarts and clock jumps silences an unhandled urgent case."""

from dataclasses import replace
from datetime import UTC, time, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from agent.cases import CaseKey, Kind, Mute, Outcome, Policy, Quiet, Stage, Tier
from tests.cases.world import KEYS, POLICY, TICK, Truth, World

SECOND = timedelta(seconds=1)
LIVES = settings(max_examples=60, stateful_step_count=30)
NIGHTS = settings(max_examples=25, stateful_step_count=30)

keys = st.sampled_from([KEYS[0], KEYS[0], KEYS[0], KEYS[1]])
stages = st.sampled_from([Stage.MERCHANT, Stage.MERCHANT, Stage.MERCHANT, Stage.WAITING])
kinds = st.sampled_from(
    [Kind.REFUND_ONLY, Kind.DISPUTE, Kind.EXCHANGE, Kind.CONVERSATION, Kind.PRICE_PROTECTION]
)
reasons = st.sampled_from(["拍多了", "", "在吗", "还不发货", "不退就12315"])
lefts = st.none() | st.sampled_from([-3600, 20, 170, 1700, 1900, 14_000, 18_000, 47_000, 900_000])
outcomes = st.sampled_from(
    [Outcome.ROWS, Outcome.ROWS, Outcome.TRUNCATED, Outcome.WRONG_SHOP, Outcome.UNREACHABLE]
)
jumps = st.sampled_from([1, 9, 45, 299, 301, 3600, 86_400, 400 * 86_400])
lengths = st.sampled_from([1, 15, 120, 600, 3600, 9 * 86_400])
then = st.sampled_from([33, 7, 1, 0])  # ticks until the next thing happens; 31 are five minutes


class Life(RuleBasedStateMachine):
    """One thing after another happens to two cases of one shop."""

    def __init__(self, policy: Policy = POLICY) -> None:
        super().__init__()
        self.world = World(policy)

    @initialize(ticks=then)
    def begin(self, ticks: int) -> None:
        """Begin with a refund that waits for the merchant."""
        self.world.truths[KEYS[0]] = Truth(Stage.MERCHANT)
        self._read_all(ticks)

    @rule(
        key=keys,
        truth=st.builds(
            Truth,
            stage=stages,
            kind=kinds,
            coarse=st.booleans(),
            status=st.sampled_from(["待商家处理", "待举证", ""]),
            reason=reasons,
            unread=st.integers(0, 2),
        ),
        left=lefts,
        ticks=then,
    )
    def platform_says(self, key: CaseKey, truth: Truth, left: int | None, ticks: int) -> None:
        """Change what is true of a case, and read of it."""
        limit = None if left is None else self.world.now + left * SECOND
        self.world.truths[key] = replace(truth, limit=limit)
        self._read_all(ticks)

    @rule(key=keys, ticks=then)
    def platform_ends(self, key: CaseKey, ticks: int) -> None:
        """End a case, and read of it."""
        self.world.truths[key] = Truth(Stage.ENDED)
        self._read_all(ticks)

    @rule(key=keys, reason=reasons, kind=kinds, ticks=then)
    def buyer_says(self, key: CaseKey, reason: str, kind: Kind, ticks: int) -> None:
        """Change the words, and perhaps the kind, of a case in one round."""
        if key in self.world.truths:
            self.world.truths[key] = replace(self.world.truths[key], reason=reason, kind=kind)
        self._read_all(ticks)

    @rule(showing=st.sets(keys), outcome=outcomes, ticks=then)
    def page_shows(self, showing: set[CaseKey], outcome: Outcome, ticks: int) -> None:
        """Show some rows and not others, or fail whatever is shown."""
        self.world.read(outcome, sorted(showing))
        self._wait(ticks)

    @rule(key=keys, ticks=then)
    def person_takes_in_hand(self, key: CaseKey, ticks: int) -> None:
        """Acknowledge an open case."""
        if key in self.world.cases and self.world.cases[key].is_open:
            self.world.acknowledge(key)
        self._wait(ticks)

    @rule(key=keys, length=lengths, ticks=then)
    def person_puts_off(self, key: CaseKey, length: int, ticks: int) -> None:
        """Put an open case off."""
        if key in self.world.cases and self.world.cases[key].is_open:
            self.world.snooze(key, length * SECOND)
        self._wait(ticks)

    @rule(length=lengths, ticks=then)
    def person_mutes(self, length: int, ticks: int) -> None:
        """Silence the shop."""
        self.world.muted = Mute(self.world.now, self.world.now + length * SECOND)
        self._wait(ticks)

    @rule(by=jumps, ticks=then)
    def sleeps(self, by: int, ticks: int) -> None:
        """Close the laptop, or set its clock forward."""
        self.world.jump(by * SECOND)
        self._wait(ticks)

    @rule(key=keys, left=st.sampled_from([12 * 3600, 4 * 3600, 1800, 60, 0]), ticks=then)
    def a_step_begins(self, key: CaseKey, left: int, ticks: int) -> None:
        """Sleep until the limit of a case is near."""
        truth = self.world.truths.get(key)
        if truth is not None and truth.limit is not None:
            length = truth.limit - left * SECOND - self.world.now
            self.world.jump(max(length, timedelta(0)))
        self._wait(ticks)

    @rule(by=jumps, ticks=then)
    def clock_is_set_back(self, by: int, ticks: int) -> None:
        """Set the clock back."""
        self.world.jump(-by * SECOND)
        self._wait(ticks)

    @rule(ticks=then)
    def restarts(self, ticks: int) -> None:
        """Kill the program and start it again."""
        self.world.restart()
        self._wait(ticks)

    def teardown(self) -> None:
        """Leave time enough, in the end, to ring."""
        self._wait(70)

    def _read_all(self, ticks: int) -> None:
        self.world.read(Outcome.ROWS, KEYS)
        self._wait(ticks)

    def _wait(self, ticks: int) -> None:
        self.world.wait(ticks * TICK)


def test_no_life_silences_an_urgent_case() -> None:
    """Whatever happens in whatever order: who is owed a ring hears it, and hears no storm."""
    run_state_machine_as_test(Life, settings=LIVES)


@pytest.mark.parametrize("through", [frozenset[Tier](), frozenset({Tier.URGENT})])
def test_no_night_silences_what_cannot_wait(through: frozenset[Tier]) -> None:
    """Quiet hours put off what may wait for the morning, and nothing else; then all is told."""
    nightly = replace(POLICY, quiet=Quiet(time(18), time(9), through), zone=UTC)

    run_state_machine_as_test(lambda: Life(nightly), settings=NIGHTS)
