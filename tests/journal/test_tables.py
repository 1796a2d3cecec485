"""The two kinds of columns that SQLite does not have."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite import dialect

from agent.journal.tables import Moment, clean

SQLITE = dialect()
SOME_MOMENTS = st.datetimes(timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("plain", "plain"),
        ("退款😀 '; DROP TABLE cases; --", "退款😀 '; DROP TABLE cases; --"),
        ("a\0b", "a\ufffdb"),
        ("\ud800", "\ufffd"),
        ("x\udfff\udfffy", "x\ufffd\ufffdy"),
        ("\ud83d\ude00", "😀"),
        ("\u202e\u200b\x1b[31m", "\u202e\u200b\x1b[31m"),
    ],
    ids=ascii,
)
def test_only_what_no_file_can_hold_is_replaced(text: str, kept: str) -> None:
    """NUL and halves of surrogate pairs go; all else, however odd, stays letter by letter."""
    assert kept == clean(text)


@given(text=st.text(st.characters(exclude_categories=())))
def test_what_is_clean_can_be_written_and_stays(text: str) -> None:
    """Any text can be encoded once it is clean, and cleaning again changes nothing."""
    once = clean(text)

    assert once == clean(once)
    assert "\0" not in once.encode().decode()


@given(one=SOME_MOMENTS, other=SOME_MOMENTS)
def test_the_order_of_texts_is_the_order_of_time(one: datetime, other: datetime) -> None:
    """What SQLite sorts and compares as text comes out in the order of time."""
    written = [str(Moment().process_bind_param(at, SQLITE)) for at in (one, other)]

    assert (one < other) is (written[0] < written[1])
    assert one == Moment().process_result_value(written[0], SQLITE)


def test_a_moment_of_another_zone_is_kept_in_utc() -> None:
    """China's noon is stored as what it is in UTC."""
    noon = datetime(2026, 5, 1, 12, tzinfo=timezone(timedelta(hours=8)))

    written = Moment().process_bind_param(noon, SQLITE)

    assert "2026-05-01T04:00:00.000000+00:00" == written


def test_a_moment_without_a_zone_is_a_bug() -> None:
    """What could mean two moments is refused."""
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(datetime.min, SQLITE)  # noqa: DTZ901 (the point)
