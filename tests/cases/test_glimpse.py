"""Bad news counts at once, good news only once it is proven."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent.cases import (
    Case,
    Change,
    ChangeKind,
    Glimpse,
    Kind,
    Sighting,
    Stage,
    Tier,
    glimpsed,
    is_bad_news,
    reconcile,
)
from tests.mothers import KEY, NOON, a_case, a_reading, a_sighting

HOUR = timedelta(hours=1)
SOON = NOON + timedelta(seconds=30)
OTHER = replace(KEY, case_id="7002")


def changes(before: Case | None, *seen: Sighting) -> list[Change]:
    """Return what a glimpse of *seen* changes where *before* is known."""
    memory = {} if before is None else {before.key: before}
    return glimpsed(memory, Glimpse(KEY.shop, KEY.queue, SOON, seen))


@pytest.mark.parametrize(
    ("before", "seen"),
    [
        pytest.param(None, [], id="nothing at all"),
        pytest.param(a_case(), [], id="an open case is not in it"),
        pytest.param(a_case(), [a_sighting(stage=Stage.ENDED)], id="it seems done"),
        pytest.param(a_case(), [a_sighting(stage=Stage.WAITING)], id="it seems answered"),
        pytest.param(None, [a_sighting(stage=Stage.WAITING)], id="a new one waits for the buyer"),
        pytest.param(a_case(resolved_at=NOON), [a_sighting(stage=Stage.ENDED)], id="ended before"),
    ],
)
def test_what_calms_is_left_to_the_reading(before: Case | None, seen: list[Sighting]) -> None:
    """No glimpse ends a case, counts it as missed, or takes the ball from the merchant."""
    assert [] == changes(before, *seen)


LIMITED = a_case(respond_by=NOON + 9 * HOUR)


@pytest.mark.parametrize(
    ("before", "seen", "is_news"),
    [
        pytest.param(None, a_sighting(), True, id="new"),
        pytest.param(a_case(resolved_at=NOON), a_sighting(), True, id="back again"),
        pytest.param(a_case(stage=Stage.WAITING), a_sighting(), True, id="asked anew"),
        pytest.param(a_case(), a_sighting(kind=Kind.DISPUTE), True, id="turned grave"),
        pytest.param(LIMITED, a_sighting(respond_by=NOON + HOUR), True, id="less time"),
        pytest.param(a_case(), a_sighting(respond_by=NOON + HOUR), True, id="a limit at all"),
        pytest.param(LIMITED, a_sighting(respond_by=NOON + 9 * HOUR), False, id="the same limit"),
        pytest.param(LIMITED, a_sighting(), False, id="the limit is not shown"),
        pytest.param(a_case(), a_sighting(), False, id="as it was"),
        pytest.param(a_case(), a_sighting(status="待商家审核"), False, id="another word for it"),
        pytest.param(a_case(), a_sighting(tags=("催",)), False, id="a mark that may be half read"),
    ],
)
def test_what_is_worth_telling_at_once(
    before: Case | None,
    seen: Sighting,
    is_news: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """What nobody has to act on sooner waits for the reading, which sees it whole."""
    [change] = changes(before, seen)

    assert is_news == is_bad_news(change)


def test_a_case_whose_words_make_it_louder_is_news() -> None:
    """The tier is given by the words, which are judged before."""
    calm = a_case(tier=Tier.NORMAL)
    louder = Change(ChangeKind.UPDATED, calm, replace(calm, tier=Tier.URGENT))

    assert is_bad_news(louder)
    assert not is_bad_news(Change(ChangeKind.UPDATED, louder.after, calm))


def test_a_row_that_slid_is_one_case() -> None:
    """What stands twice in a glimpse is told once."""
    found = changes(None, a_sighting(), a_sighting(key=OTHER), a_sighting())

    assert [KEY, OTHER] == [change.after.key for change in found]


def test_the_reading_that_follows_has_nothing_to_add() -> None:
    """The same row read in full is neither a second case nor a second round."""
    [first] = changes(None, a_sighting())
    [second] = reconcile({KEY: first.after}, a_reading(a_sighting(), taken_at=SOON + HOUR))

    assert (ChangeKind.OPENED, ChangeKind.SEEN) == (first.kind, second.kind)
    assert first.after.asked_at == second.after.asked_at
