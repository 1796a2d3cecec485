"""Who is to be told something now, without asking of every case at every tick."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from agent.cases.alert import Alert
from agent.cases.case import Case, CaseKey
from agent.cases.forecast import same_until
from agent.cases.policy import Policy
from agent.cases.ringing import decide


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
                silence = _Silence(case, told, now, same_until(case, told, self._policy, now))
            self._silent[case.number] = silence
        return found
