import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agent.platforms.fields import Fields
from agent.platforms.interpret import RowReader, text_of
from agent.platforms.phrases import LONGEST_WAIT
from agent.platforms.unread import CannotRead
from tests.shipped import PACKS

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
NOON_S = int(NOON.timestamp())
PACK = PACKS["doudian"]


def a_reader(**changes: Any) -> RowReader:  # noqa: ANN401 (any field, as a pack would say it)
    """Return what reads the rows of a made-up list."""
    said: dict[str, Any] = {"case_id": {"path": "id"}, "kind": "refund_only"}
    return RowReader("shop", "list", Fields.model_validate(said | changes))


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from(["3小时后自动同意", "已逾期2天", str(NOON_S), "¥12.00", "1e999", "9" * 40]),
    st.lists(st.text(), max_size=2),
)


ROWS = st.dictionaries(st.sampled_from(["id", "k", "t", "m", "r", "u", "g", "d"]), CELLS)


UNITS = st.sampled_from(["s", "ms", "seconds_left", "countdown", "date"])


@given(row=ROWS, unit=UNITS, plus=st.integers(-(10**6), 10**6))
def test_no_row_breaks_the_reader_or_gets_a_limit_from_nowhere(
    row: dict[str, Any], unit: str, plus: int
) -> None:
    """Whatever stands in the cells: a sighting with a sane limit, or one clear refusal."""
    takes_plus = unit != "countdown"  # it says all of its own
    reader = a_reader(
        kind={"path": "k", "map": {"1": "refund_only"}, "otherwise": "other"},
        respond_by={"path": "t", "unit": unit} | ({"plus": plus} if takes_plus else {}),
        opened_at={"path": "d", "unit": "s"},
        amount=[{"path": "m", "unit": "fen"}, {"path": "m", "unit": "yuan"}],
        reason={"path": "r"},
        unread={"path": "u"},
        tags={"path": "g"},
    )
    try:
        (sighting,) = reader.read([row], NOON)
    except CannotRead:
        return  # anything else that is raised fails the test
    slack = timedelta(seconds=abs(plus))

    assert sighting.key.case_id
    assert sighting.respond_by is None or abs(sighting.respond_by - NOON) <= LONGEST_WAIT + slack
    assert sighting.respond_by is None or text_of(row.get("t"))
    assert sighting.amount is None or abs(sighting.amount) <= 10**14
    json.dumps([sighting.reason, sighting.tags], ensure_ascii=False).encode()


@given(text=st.text())
def test_a_text_without_digits_sets_no_limit(text: str) -> None:
    """Without a number there is no time."""
    without = "".join(c for c in text if not c.isdecimal())

    for unit in ("s", "ms", "seconds_left", "countdown", "date"):
        reader = a_reader(respond_by={"path": "t", "unit": unit})
        (sighting,) = reader.read([{"id": "7001", "t": without}], NOON)
        assert None is sighting.respond_by
