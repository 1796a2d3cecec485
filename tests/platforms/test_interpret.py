from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent.cases import Kind, Outcome, Sighting, Stage
from agent.platforms.fields import Fields
from agent.platforms.interpret import RowReader, dig, satisfies, supplement, text_of
from agent.platforms.unread import CannotRead
from tests.mothers import a_sighting
from tests.platforms.rows import a_dispute, a_row
from tests.shipped import PACKS

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
NOON_S = int(NOON.timestamp())
PACK = PACKS["doudian"]


def fields(**changes: Any) -> Fields:  # noqa: ANN401 (any field, as a pack would say it)
    """Return the fields of a made-up list, changed by *changes*."""
    said: dict[str, Any] = {"case_id": {"path": "id"}, "kind": "refund_only"}
    return Fields.model_validate(said | changes)


def read(row: dict[str, Any], **changes: Any) -> Sighting:  # noqa: ANN401 (any field)
    """Return what *row* of the made-up list means."""
    reader = RowReader("shop", "list", fields(**changes), "https://shop.example/?id={case_id}")
    return reader.read([{"id": "7001"} | row], NOON)[0]


def read_ticket(row: dict[str, Any]) -> Sighting:
    """Return what *row* means to the pack for real answers."""
    source = PACK.queues["aftersale"].response
    assert source is not None

    return RowReader("shop", "aftersale", source.fields).read([row], NOON)[0]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a", {"b": [1, {"c": "x"}]}),
        ("a.b[0]", 1),
        ("a.b[1].c", "x"),
        ("a.b[-1].c", "x"),
        ("a.b[*].c", [None, "x"]),
        ("a.b[2]", None),
        ("a.b[-3]", None),
        ("a.b.c", None),
        ("a[0]", None),
        ("a[*].b", None),
        ("nowhere.at.all", None),
    ],
)
def test_a_path_leads_somewhere_or_nowhere(path: str, found: object) -> None:
    """A dotted path finds what lies there; one that leads nowhere finds nothing."""
    assert found == dig({"a": {"b": [1, {"c": "x"}]}}, path)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ({"a": 1}, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (148009215158000004, "148009215158000004"),
        ("  ab \n", "ab"),
        (["红", None, "蓝", "红"], "红、蓝"),
        ([], ""),
        ("\ud83d半个表情", "?半个表情"),
        ("x" * 6000, "x" * 4000),
    ],
)
def test_values_become_the_text_that_a_person_reads(value: object, text: str) -> None:
    """Holes are nothing, lists are joined, long ids keep their digits, broken letters go."""
    assert text == text_of(value)


@pytest.mark.parametrize(
    ("body", "wanted", "holds"),
    [
        ({"code": 0, "st": "0"}, {"code": [0], "st": [0]}, True),
        ({"code": "-10001"}, {"code": [-10001]}, True),
        ({"code": 0}, {"code": [0], "st": [0]}, False),
        ({"code": False}, {"code": [0]}, False),
        ({"success": True}, {"success": [True]}, True),
        ({"success": 1}, {"success": [True]}, False),
        ({}, {"filter": [""]}, True),
        ({"filter": None}, {"filter": [""]}, True),
        ({"filter": []}, {"filter": [""]}, True),
        ({"filter": "late"}, {"filter": [""]}, False),
        ("no object", {"code": [0]}, False),
        ({}, {}, True),
    ],
)
def test_an_envelope_is_compared_as_text(
    body: object,
    wanted: dict[str, list[str | int]],
    holds: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """`0` and `"0"` are the same answer; a truth value is no number; a hole is the empty text."""
    assert holds == satisfies(body, {path: tuple(values) for path, values in wanted.items()})


@pytest.mark.parametrize(
    ("row", "place", "respond_by"),
    [
        ({"t": NOON_S + 60}, {"unit": "s"}, NOON + timedelta(minutes=1)),
        ({"t": str(NOON_S + 60)}, {"unit": "s"}, NOON + timedelta(minutes=1)),
        ({"t": (NOON_S + 60) * 1000}, {"unit": "ms"}, NOON + timedelta(minutes=1)),
        ({"t": 60}, {"unit": "seconds_left"}, NOON + timedelta(minutes=1)),
        ({"t": NOON_S}, {"unit": "s", "plus": 180}, NOON + timedelta(minutes=3)),
        ({"t": "1分后关闭"}, {"unit": "countdown"}, NOON + timedelta(minutes=1)),
        ({"t": "2026/05/01 20:01:00"}, {"unit": "date"}, NOON + timedelta(minutes=1)),
        ({"t": 0}, {"unit": "s"}, None),
        ({"t": ""}, {"unit": "s"}, None),
        ({"t": None}, {"unit": "s"}, None),
        ({}, {"unit": "s"}, None),
        ({"t": (NOON_S + 60) * 1000}, {"unit": "s"}, None),
        ({"t": NOON_S + 60}, {"unit": "ms"}, None),
        ({"t": 10**11}, {"unit": "seconds_left"}, None),
        ({"t": "9999/12/31 23:59:59"}, {"unit": "date", "plus": 999999}, None),
        ({"t": {"at": NOON_S}}, {"unit": "s"}, None),
    ],
)
def test_a_limit_is_read_in_its_unit(
    row: dict[str, Any], place: dict[str, Any], respond_by: datetime | None
) -> None:
    """Each unit gives the same moment; none, or a moment that makes no sense, gives no limit."""
    assert respond_by == read(row, respond_by={"path": "t"} | place).respond_by


def test_the_first_limit_that_holds_something_counts() -> None:
    """A place that is empty leaves the word to the next one."""
    places = [{"path": "urgent", "unit": "s"}, {"path": "usual", "unit": "s"}]

    sighting = read({"urgent": "", "usual": NOON_S + 60}, respond_by=places)

    assert NOON + timedelta(minutes=1) == sighting.respond_by


def test_a_countdown_brings_consequence_slack_and_the_raw_words() -> None:
    """All that the phrase says is kept."""
    sighting = read({"t": "3小时后自动同意"}, respond_by={"path": "t", "unit": "countdown"})

    assert ("自动同意", "3小时后自动同意") == (sighting.consequence, sighting.raw_deadline)
    assert timedelta(minutes=59, seconds=59) == sighting.slack


@pytest.mark.parametrize(
    ("row", "unit", "amount"),
    [({"m": 12900}, "fen", 12900), ({"m": "¥129.00"}, "yuan", 12900), ({"m": "?"}, "fen", None)],
)
def test_amounts_are_fen(row: dict[str, Any], unit: str, amount: int | None) -> None:
    """Yuan and fen end up in one unit; what can't be read is not known."""
    assert amount == read(row, amount={"path": "m", "unit": unit}).amount


@pytest.mark.parametrize("row", [{"id": ""}, {"id": None}, {"id": {}}, {"id": "  "}])
def test_a_row_without_its_number_is_a_changed_page(row: dict[str, Any]) -> None:
    """A row that can't be told apart is never skipped: the whole page counts as changed."""
    with pytest.raises(CannotRead) as caught:
        read(row)

    assert Outcome.PAGE_CHANGED == caught.value.outcome


@pytest.mark.parametrize("kind", ["", None, {}])
def test_a_row_without_its_kind_is_a_changed_page(kind: object) -> None:
    """A missing kind means that the field moved; it is not taken for an unknown one."""
    with pytest.raises(CannotRead) as caught:
        read({"k": kind}, kind={"path": "k", "map": {"1": "refund_only"}, "otherwise": "other"})

    assert Outcome.PAGE_CHANGED == caught.value.outcome


def test_an_unknown_enum_is_kept_as_other() -> None:
    """A kind that the platform invented since is a case all the same."""
    kind = {"path": "k", "map": {"1": "refund_only"}, "otherwise": "other"}

    assert (Kind.REFUND_ONLY, Kind.OTHER) == (
        read({"k": 1}, kind=kind).kind,
        read({"k": 99}, kind=kind).kind,
    )


def test_a_word_may_stand_anywhere_in_a_text() -> None:
    """Where a page writes several things in one line, the first of the map's texts counts."""
    kinds = {"退货退款": "return_refund", "退款": "refund_only"}
    kind = {"path": "k", "map": kinds, "anywhere": True, "otherwise": "other"}

    assert [Kind.RETURN_REFUND, Kind.REFUND_ONLY, Kind.OTHER] == [
        read({"k": text}, kind=kind).kind
        for text in ("单号 7 退货退款 已催", "单号 7 仅退款", "单号 7")
    ]


def test_an_unknown_enum_without_otherwise_is_a_changed_page() -> None:
    """Where the pack gives no word for it, nothing is guessed."""
    with pytest.raises(CannotRead):
        read({"k": 99}, kind={"path": "k", "map": {"1": "refund_only"}})


def test_the_case_number_can_not_break_out_of_the_address() -> None:
    """What a page calls a case is data, also within a URL."""
    sighting = read({"id": "7/../?x=1&y#z"})

    assert "https://shop.example/?id=7%2F..%2F%3Fx%3D1%26y%23z" == sighting.url


def test_markup_in_texts_stays_text() -> None:
    """A buyer's words are carried as they are."""
    words = "<script>alert(1)</script>{case_id}'; DROP TABLE"

    assert words == read({"r": words}, reason={"path": "r"}).reason


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        (6, Stage.MERCHANT),
        (7, Stage.WAITING),
        (8, Stage.MERCHANT),
        (11, Stage.MERCHANT),
        (12, Stage.ENDED),
        (13, Stage.WAITING),
        (27, Stage.WAITING),
        (28, Stage.ENDED),
        (53, Stage.ENDED),
        (999, Stage.MERCHANT),
    ],
)
def test_the_platforms_status_tells_whose_move_it_is(status: int, stage: Stage) -> None:
    """Official numbers are known; one that nobody knows is ours until proven otherwise."""
    assert stage == read_ticket(a_row(after_sale_status=status)).stage


@pytest.mark.parametrize(
    ("arbitrate", "kind", "stage", "limit_s"),
    [
        (4, Kind.DISPUTE, Stage.MERCHANT, 600),
        (5, Kind.DISPUTE, Stage.MERCHANT, 600),
        (1, Kind.DISPUTE, Stage.WAITING, 600),
        (0, Kind.REFUND_ONLY, Stage.MERCHANT, 3600),
        (255, Kind.REFUND_ONLY, Stage.MERCHANT, 3600),
    ],
)
def test_a_dispute_outranks_the_ticket_it_is_about(
    arbitrate: int, kind: Kind, stage: Stage, limit_s: int
) -> None:
    """While a dispute runs, its state and its own limit count, not those of the ticket."""
    row = a_row(status_deadline=NOON_S + 3600)
    if arbitrate not in {0, 255}:
        row |= a_dispute(arbitrate_status=arbitrate, arbitrate_status_deadline=str(NOON_S + 600))
    else:
        row |= a_dispute(arbitrate_status=arbitrate, arbitrate_status_deadline="")

    sighting = read_ticket(row)

    assert (kind, stage) == (sighting.kind, sighting.stage)
    assert NOON + timedelta(seconds=limit_s) == sighting.respond_by


def test_the_table_adds_what_only_it_shows() -> None:
    """Consequence and the page's own words join what the answer told; nothing is taken away."""
    told = a_sighting(status="待商家处理", respond_by=NOON, raw_deadline=str(NOON_S))
    shown = a_sighting(
        status="待商家处理", respond_by=NOON - timedelta(hours=1), raw_deadline="3小时后自动同意",
        consequence="自动同意", tags=("催",), reason="",
    )  # fmt: skip

    (both,) = supplement([told], [shown])

    assert (NOON, "自动同意", "3小时后自动同意") == (
        both.respond_by,
        both.consequence,
        both.raw_deadline,
    )
    assert (told.reason, ("催",)) == (both.reason, both.tags)


def test_a_table_that_lags_adds_nothing() -> None:
    """A row that still shows the step before must not lend its limit to the step after."""
    told = a_sighting(status="待买家退货", respond_by=None)
    shown = a_sighting(status="待商家处理", respond_by=NOON, consequence="自动同意")

    assert (told,) == supplement([told], [shown])
