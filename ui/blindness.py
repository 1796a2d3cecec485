"""Why a shop cannot be seen, and the one thing that helps, in words."""

from agent.cases import Outcome
from agent.cases.line import BROWSER, OWN_REMOTE, REMOTE, SILENT
from agent.words import Language, gate_words
from agent.words import say as say_trade
from ui.words import say

_NOT_THE_LINE = {SILENT, BROWSER, REMOTE, OWN_REMOTE}
"""Gates at which nobody's network is to be checked."""


def why_blind(outcome: Outcome | None, gate: str, language: Language) -> str:
    """Say why nothing is seen; a shop whose last try succeeded was not read for too long."""
    if outcome is None or outcome.complete:
        return say("blind.stale", language)
    return gate_words(gate, language) or say_trade(f"outcome.{outcome}", language)


def what_helps(outcome: Outcome | None, gate: str, language: Language) -> str:
    """Return the text of the one button that helps."""
    waits = outcome is Outcome.MAINTENANCE or gate in _NOT_THE_LINE
    if outcome is None or outcome.complete or waits:
        return say("blind.help", language)
    return say_trade(f"help.{outcome}", language)
