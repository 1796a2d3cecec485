"""Who is to be told something now, without asking of every case at every tick."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.cases.alert import Alert
from agent.cases.case import Case, CaseKey
from agent.cases.forecast import next_look
from agent.cases.policy import Policy
from agent.cases.ringing import decide

_TRUSTED_S = 30
"""What is foretold is not believed for longer: what a forecast may overlook, such as the hour by
which clocks are put forward, costs a minute at most."""
_SPREAD_S = 31
"""Up to so much longer, each case by its number, so that not all are looked at in one tick."""


@dataclass(frozen=True, slots=True)
class _Silence:
    """That nothing becomes due of *case*, *last* told of, from *since* until *until*."""

    case: Case
    last: Alert | None
    since: datetime
    until: datetime

    def holds(self, case: Case, last: Alert | None, now: datetime) -> bool:
        """Tell whether it is known of *case* at *now*, as it is and was *last* told of."""
        unchanged = self.case is case and self.last is last
        return unchanged and self.since <= now < self.until


class Lookout:
    """Decides about many cases under one *policy*, again and again.

    Of a case that is as it was, and was told of as it was, it remembers until when `decide` has
    nothing to say. A clock that is set back makes that void.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._silent: dict[int, _Silence] = {}

    def due(
        self, cases: Iterable[Case], last: Mapping[CaseKey, Alert], now: datetime
    ) -> list[tuple[Alert, Case]]:
        """Return what `decide` says of *cases* at *now*, each with its case; *last* is by key.

        *cases* are all that there are: what is remembered of others is forgotten.
        """
        known, self._silent = self._silent, {}
        found = []
        for case in cases:
            told, silence = last.get(case.key), known.get(case.number)
            if silence is None or not silence.holds(case, told, now):
                alert = decide(case, told, self._policy, now)
                if alert is not None:
                    found.append((alert, case))
                    continue
                silence = self._foretold(case, told, now)
            self._silent[case.number] = silence
        return found

    def _foretold(self, case: Case, last: Alert | None, now: datetime) -> _Silence:
        trusted = now + timedelta(seconds=_TRUSTED_S + case.number % _SPREAD_S)
        try:
            look = next_look(case, last, self._policy.at(case.key), now)
        except OverflowError:  # its limit stands at the beginning of time: nothing is foretold
            look = now
        return _Silence(case, last, now, trusted if look is None else min(look, trusted))
