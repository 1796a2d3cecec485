"""Do something with the journal once more, where it can do something about a failure."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from agent.errors import JournalFailing


class _MayEndure(Protocol):
    def endures(self, failing: JournalFailing) -> bool:
        """Do what can be done about *failing*; return whether it is worth another try."""


_Given = ParamSpec("_Given")
_Got = TypeVar("_Got")
_Who = TypeVar("_Who", bound=_MayEndure)


def twice(
    act: Callable[Concatenate[_Who, _Given], _Got],
) -> Callable[Concatenate[_Who, _Given], _Got]:
    """Have *act* done once more where whoever does it endures that the file fails."""

    @wraps(act)
    def done(who: _Who, /, *given: _Given.args, **named: _Given.kwargs) -> _Got:
        try:
            return act(who, *given, **named)
        except JournalFailing as failing:
            if not who.endures(failing):
                raise
            return act(who, *given, **named)

    return done
