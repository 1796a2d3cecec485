"""Why a case is as urgent as it is, in words."""

from collections.abc import Iterator

from agent.cases import Band, Case, Kind, Tier
from agent.cases.grounds import Grounds
from agent.cases.tiers import Ground, Weight
from agent.channels.wording import spell_short
from agent.words import Language
from agent.words import say as say_trade
from ui.words import say

_FROM_THE_TRADE = {Ground.KIND, Ground.TOPIC, Ground.MOOD}
"""Grounds whose value is a term of the trade; the others are a person's words or a number."""


def why_lines(case: Case, found: Grounds, language: Language) -> Iterator[str]:
    """Yield each ground for the tier of *case*; words of a page are in them as they stand."""
    if not found.weights:
        yield say("why.ours", language, tier=tier_words(case.tier, language))
    for weight in found.weights:
        effect = _effect(weight, language)
        yield say("why.weight", language, ground=_ground(weight, language), effect=effect)
    if found.least > Tier.NORMAL:
        late, tier = _lateness(case, found, language), tier_words(found.least, language)
        yield say("why.at_least", language, ground=late, tier=tier)
    if found.fresh is not case.tier:
        stored, fresh = tier_words(case.tier, language), tier_words(found.fresh, language)
        yield say("why.fresh", language, stored=stored, fresh=fresh)
    if found.excepted:
        yield say("why.excepted", language, shop=case.key.shop, queue=case.key.queue)


def tier_words(tier: Tier, language: Language) -> str:
    """Return what *tier* is called."""
    return say_trade(f"tier.{tier.name.lower()}", language)


def _ground(weight: Weight, language: Language) -> str:
    which = weight.which
    if weight.ground in _FROM_THE_TRADE:
        which = say_trade(f"{weight.ground}.{which}", language)
    elif weight.ground is Ground.AMOUNT:
        which = f"{int(which) / 100:.2f}"
    return say(f"why.{weight.ground}", language, which=which)


def _effect(weight: Weight, language: Language) -> str:
    if weight.ground is Ground.KIND:
        return say("why.nature", language, tier=tier_words(weight.effect.least, language))
    return say_trade(f"effect.{weight.effect}", language)


def _lateness(case: Case, found: Grounds, language: Language) -> str:
    span = "" if found.within is None else spell_short(found.within, language)
    # The owner's own target, which is all the limit that it may have, makes none urgent.
    if case.latest.kind is Kind.OUTAGE and found.least is Tier.URGENT:
        return say("why.unseen", language, span=span)
    if found.at.band is Band.EXPIRED:
        return say("why.own_past" if found.at.own_target else "why.expired", language)
    return say("why.within", language, span=span)
