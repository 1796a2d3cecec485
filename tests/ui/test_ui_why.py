"""Why a case is as urgent as it is, in words of either language."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import Effect, Fen, Kind, Mood, Policy, Tier, Topic, Vip
from agent.cases.grounds import grounds
from agent.words import Language
from tests.mothers import NOON, a_case
from ui.why import why_lines

POLICY = replace(Policy(), keywords={"过敏": Effect.URGENT}, vip=Vip(frozenset({"木棉"})))
CASE = a_case(
    kind=Kind.EXCHANGE,
    tier=Tier.URGENT,
    topics=frozenset({Topic.QUALITY}),
    keywords=frozenset({"过敏"}),
    mood=Mood.ANGRY,
    buyer="木棉",
    amount=Fen(60_000),
    respond_by=NOON + timedelta(hours=3),
)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "zh",
            [
                "类型是换货，本来是重要",
                "说到质量问题，至少重要",
                "有您的词「过敏」，至少紧急",
                "重要的买家，升一级",
                "买家愤怒，升一级",
                "金额 600.00 元，升一级",
                "剩不到 4 小时，至少重要",
            ],
        ),
        (
            "en",
            [
                "kind: exchange; important by nature",
                "speaks of: quality; important at least",
                "has your word “过敏”; urgent at least",
                "an important buyer; one tier more",
                "the buyer is angry; one tier more",
                "amount: 600.00 yuan; one tier more",
                "less than 4 h left; important at least",
            ],
        ),
    ],
)
def test_each_ground_is_a_line(language: Language, expected: list[str]) -> None:
    """Its kind, its words, its buyer, its worth and the clock; a buyer's name is in none."""
    assert expected == list(why_lines(CASE, grounds(CASE, POLICY, NOON), language))


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "剩不到 30 分，至少重要"),
        (6, "过了您自己定的时间，至少重要"),
        (11, "看不到超过 10 分，至少紧急"),
    ],
)
def test_a_shop_out_of_sight_for_which_the_owner_set_a_time(minutes: int, said: str) -> None:
    """What is named is what makes it so: the time of its own, or that it lasts for so long."""
    policy = replace(Policy(), targets={Kind.OUTAGE: timedelta(minutes=5)})
    case = a_case(kind=Kind.OUTAGE, tier=Tier.IMPORTANT, asked_at=NOON - timedelta(minutes=minutes))

    assert said == [*why_lines(case, grounds(case, policy, NOON), "zh")][-1]
