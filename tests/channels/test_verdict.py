"""When an answer is a "yes", whatever comes back."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.channels.post import Answer
from agent.channels.verdict import Codes, check_codes, check_status, own_words
from agent.errors import ChannelRefused

CODES = Codes("某某", ("code", "StatusCode"), "msg", useless={7: "请看。"})
VALUES = st.none() | st.booleans() | st.integers(-2, 2) | st.floats() | st.text(max_size=3)
ANSWERS = st.dictionaries(st.sampled_from(["code", "StatusCode", "msg", "data"]), VALUES)


def says_yes(answer: Answer) -> bool:
    """Tell whether *answer* counts as a "yes"."""
    try:
        check_codes(answer, CODES)
    except ChannelRefused:
        return False
    return True


@given(st.integers(100, 599), ANSWERS)
def test_only_a_whole_yes_is_one(status: int, body: dict[str, object]) -> None:
    """A good status, at least one code, and every code the number 0."""
    codes = [body[name] for name in CODES.fields if name in body]
    meant = 200 <= status < 300 and bool(codes) and all(type(c) is int and c == 0 for c in codes)

    assert meant == says_yes(Answer(status, json.dumps(body)))


@settings(max_examples=30)
@given(st.text(max_size=50) | st.just("[" * 100_000))
def test_what_is_no_json_is_no_yes(text: str) -> None:
    """A page, half an answer, nothing at all."""
    assert not says_yes(Answer(200, text))


@pytest.mark.parametrize(
    ("permanent", "statuses"),
    [(True, (400, 401, 403, 404, 410, 413)), (False, (302, 408, 425, 429, 500, 502, 503))],
)
def test_which_statuses_are_for_good(*, permanent: bool, statuses: tuple[int, ...]) -> None:
    """What the sender did wrong does not mend itself; all else may."""
    for status in statuses:
        with pytest.raises(ChannelRefused) as refused:
            check_status(Answer(status, ""), "对方")

        assert permanent == refused.value.permanent
        assert refused.value.next_step


def test_what_helps_is_told_where_it_is_known() -> None:
    """The code, the service's own words, and what to do."""
    with pytest.raises(ChannelRefused) as refused:
        check_codes(Answer(200, '{"code": 7, "msg": "no"}'), CODES)

    assert "某某拒绝了（7）：no" == refused.value.message
    assert refused.value.next_step.startswith("请看。")


def test_a_service_that_gives_no_reason_or_a_long_one() -> None:
    """There is always something to read, on one line, and never a page of it."""
    assert "（没有说原因）" == own_words(" \n\0")
    assert 120 == len(own_words("错 \n" * 5_000))
