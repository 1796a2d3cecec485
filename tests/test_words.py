"""Every term of the trade has a name on screen, in both languages."""

from string import Formatter

import pytest

from agent.cases import Kind, Outcome, Reason, Tier
from agent.cases.line import BARRED, BROWSER, OFFLINE, OWN_REMOTE, REMOTE, SILENT, UNRESOLVED
from agent.words import _TERMS, Language, filled, next_step, say

LANGUAGES: tuple[Language, Language] = ("zh", "en")

NAMED = [
    *(f"tier.{tier.name.lower()}" for tier in Tier),
    *(f"kind.{kind}" for kind in Kind),
    *(f"reason.{reason}" for reason in Reason),
    *(f"outcome.{outcome}" for outcome in Outcome),
    *(f"help.{outcome}" for outcome in Outcome if not outcome.complete),
]


def test_everything_that_is_shown_has_a_name() -> None:
    """No tier, kind, reason, outcome or help is without words: that would cost the whole notice."""
    nameless = [term for term in NAMED if not all(map(str.strip, _TERMS.get(term, ("", ""))))]

    assert [] == nameless


def test_both_languages_have_the_same_places() -> None:
    """What one language fills in, the other does too."""
    places = {
        term: [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts]
        for term, texts in _TERMS.items()
    }

    assert {} == {term: each for term, each in places.items() if each[0] != each[1]}


@pytest.mark.parametrize(("count", "said"), [(1, "1 shop"), (2, "2 shops"), ("1+", "1+ shops")])
def test_one_is_one_and_more_are_more(count: object, said: str) -> None:
    """In English; what is filled in is never changed itself."""
    assert f"; {said} not read yet" == say("away.unread", "en", count=count)
    assert "x(s): 1 gap" == filled("{what}: {n} gap(s)", {"what": "x(s)", "n": 1})


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_cause_that_shops_share_has_its_own_next_step(language: Language) -> None:
    """Nobody checks the network for a platform that is silent, or for a browser that is down."""
    gates = (OFFLINE, UNRESOLVED, BARRED, SILENT, BROWSER, REMOTE, OWN_REMOTE)
    steps = [next_step("unreachable", ("made_up", gate), language) for gate in gates]

    assert len(gates) == len({*steps, next_step("unreachable", (), language)}) - 1
    assert say("help.unreachable", language) == next_step("unreachable", ("kicked",), language)


def test_chinese_is_the_default() -> None:
    """The user reads Chinese unless they say otherwise."""
    assert ("紧急", "urgent") == (say("tier.urgent"), say("tier.urgent", "en"))


def test_what_is_filled_in_stays_text() -> None:
    """Braces in what a page said are no places of ours."""
    assert "{count} · {0} 件要处理" == say("notice.many", tier="{count}", count="{0}")


def test_an_unknown_term_is_a_bug() -> None:
    """A word that is not in the catalogue is not made up."""
    with pytest.raises(KeyError):
        say("tier.enormous")
