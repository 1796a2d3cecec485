"""Why a shop cannot be seen, and the one thing that helps, in words."""

from agent.cases import Outcome
from agent.words import Language, gate_words
from agent.words import say as say_trade
from ui.words import say


def why_blind(outcome: Outcome | None, gate: str, language: Language) -> str:
    """Say why nothing is seen; a shop whose last try succeeded was not read for too long."""
    if outcome is None or outcome.complete:
        return say("blind.stale", language)
    return gate_words(gate, language) or say_trade(f"outcome.{outcome}", language)


def what_helps(outcome: Outcome | None, language: Language) -> str:
    """Return the text of the one button that helps."""
    if outcome is None or outcome.complete or outcome is Outcome.MAINTENANCE:
        return say("blind.help", language)
    return say_trade(f"help.{outcome}", language)
