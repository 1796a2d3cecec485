"""Texts and rows by the thousand: what they mean is known, or that they mean nothing.

A run tries 50 examples of each property; for a long one:

    GESHAO_FUZZ_EXAMPLES=20000 .venv/bin/python -m pytest -q tests/platforms/test_fuzz_fields.py
"""

import os
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agent.platforms.fields import Fields
from agent.platforms.hours import CHINA
from agent.platforms.interpret import RowReader, text_of
from agent.platforms.masks import compile_mask
from agent.platforms.moments import read_date
from agent.platforms.phrases import read_countdown
from agent.platforms.unread import CannotRead

fuzz = settings(max_examples=int(os.environ.get("GESHAO_FUZZ_EXAMPLES", "50")))
NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "0123456789:"}
UNITS = (
    (timedelta(days=1), ("天", " 天 ", "d ", " days "), 30),
    (timedelta(hours=1), ("小时", "时", " 小时 ", "h ", " hours "), 99),
    (timedelta(minutes=1), ("分", "分钟", " 分 ", "m ", " mins "), 99),
    (timedelta(seconds=1), ("秒", "秒钟", "s", " seconds"), 99),
)
BEFORE = st.sampled_from((
    "", "还剩", "剩", "待商家处理 还剩", "（", "剩余：", "距超时还有 ", "expires in ",
    "已超时，剩余",
))  # fmt: skip
NOTHING_SAID = st.lists(
    st.one_of(
        st.from_regex(r"[0-9]{6}-[0-9]{12,15}", fullmatch=True),
        st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
        st.from_regex(r"1[3-9][0-9]\*{4}[0-9]{4}", fullmatch=True),
        st.from_regex(r"[PR][0-9]{10,18}", fullmatch=True),
        st.from_regex(r"¥[0-9]{1,4}\.[0-9]{2}", fullmatch=True),
        st.from_regex(r"[0-9]{1,2}:[0-9]", fullmatch=True),
        st.from_regex(r"[0-9]{1,2}-[0-9]{1,2}", fullmatch=True),
        st.from_regex(r"共[0-9]{1,3}件", fullmatch=True),
        st.from_regex(r"已(超时|逾期)[1-9][0-9]?(小时|天|分)", fullmatch=True),
        st.sampled_from(
            ["待商家处理", "g**", "张*", "XL", "5*10cm", "Refund", "七天无理由", "周到"]
        ),
    ),
    max_size=5,
)
MOMENT_UNITS = st.sampled_from(["countdown", "date", "s", "ms", "seconds_left"])
GLUE = st.sampled_from([" ", "，", "\n", " | "])
CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.floats(), st.text(max_size=40),
    st.lists(st.text(max_size=5), max_size=3), st.dictionaries(st.text(max_size=3), st.text()),
    st.text("0123456789天小时分秒后前:-/年月日今明昨周三 .,¥元*（）dhms", max_size=25),
)  # fmt: skip


def a_reader(**changes: Any) -> RowReader:  # noqa: ANN401 (any field, as a pack would say it)
    """Return what reads the rows of a made-up list."""
    said: dict[str, Any] = {"case_id": {"path": "id"}, "kind": "refund_only"}
    return RowReader("shop", "list", Fields.model_validate(said | changes))


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, timedelta, timedelta]:
    """Draw a length of time as a page writes it, what it is, and its last unit."""
    chosen = draw(st.sets(st.integers(0, 3), min_size=1))
    text, span, last = "", timedelta(0), timedelta(0)
    for unit, names, most in (UNITS[n] for n in sorted(chosen)):
        number = draw(st.integers(0, most))
        text += f"{number}{draw(st.sampled_from(names))}"
        span, last = span + number * unit, unit
    return (text.translate(WIDE) if draw(st.booleans()) else text), span, last


@fuzz
@given(
    before=BEFORE,
    span=spans(),
    after=st.sampled_from(["", "后自动同意", "未处理，自动退款）", " left"]),
)
def test_a_rest_means_what_it_says(
    before: str, span: tuple[str, timedelta, timedelta], after: str
) -> None:
    """However a rest is spelt, its limit and its slack are exact, and its bracket is gone."""
    text, left, last = span
    reader = a_reader(respond_by={"path": "t", "unit": "countdown"})
    (sighting,) = reader.read([{"id": "7001", "t": before + text + after}], NOON)

    assert (NOON + left, last - timedelta(seconds=1)) == (sighting.respond_by, sighting.slack)
    assert sighting.consequence in {"", "自动同意", "自动退款"}


@fuzz
@given(seconds=st.integers(0, 99 * 3600), before=st.sampled_from(["剩余 ", "还剩", "倒计时：", ""]))
def test_a_clock_is_a_rest_beside_a_word_for_it(seconds: int, before: str) -> None:
    """Figures with colons count down only where a word says so."""
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    countdown = read_countdown(f"{before}{text}")

    assert (timedelta(seconds=seconds) if before else None) == (countdown and countdown.left)
    assert None is read_countdown(f"2026-11-21 {text}")


@fuzz
@given(span=spans(), way=st.sampled_from(["已超时{}", "已逾期 {}", "逾期{}", "{}前", "{} ago"]))
def test_a_time_that_has_passed_is_no_rest(
    span: tuple[str, timedelta, timedelta], way: str
) -> None:
    """Overdue by so much, or so long ago, sets no limit."""
    assert None is read_countdown(way.format(span[0].strip()))


@fuzz
@given(unit=st.sampled_from(["countdown", "date"]), pieces=NOTHING_SAID, glue=GLUE)
def test_what_says_no_moment_sets_no_limit(unit: str, pieces: list[str], glue: str) -> None:
    """Order numbers, phones, prices, scores and names, side by side, are never a deadline."""
    text = glue.join(pieces)
    reader = a_reader(respond_by={"path": "t", "unit": unit})
    (sighting,) = reader.read([{"id": "7001", "t": text}], NOON)

    assert None is sighting.respond_by
    assert None is read_date(text, NOON)


@fuzz
@given(
    text=st.text(
        "0123456789天小时分秒后前:-/年月日今明昨周三 .,下午agodhmsleft剩余（）", max_size=30
    )
)
def test_a_limit_has_its_figures_in_the_text(text: str) -> None:
    """From any jumble of the right letters, a limit is made only of a number and its unit."""
    written = re.search(r"[0-9]\s*(?:天|小时|时|分|秒|周|[dhms])|:[0-9]{2}:[0-9]{2}", text)

    assert read_countdown(text) is None or written
    assert read_date(text, NOON) is None or re.search(r"[0-9]|[今明昨前后]天|[今明昨]日|周", text)


SPELLINGS = (
    "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y.%m.%d %H:%M:%S", "%Y年%m月%d日 %H时%M分%S秒",
    "%Y-%m-%dT%H:%M:%S", "%Y年%m月%d日%H:%M:%S", "%d %b %Y %H:%M:%S", "%b %d, %Y %I:%M:%S %p",
    "%Y-%m-%dT%H:%M:%S+08:00", "%a, %d %b %Y %H:%M:%S GMT+8", "%a %b %d %H:%M:%S CST %Y",
)  # fmt: skip
NEAR = ("%m-%d %H:%M:%S", "%m/%d %H:%M:%S", "%m月%d日 %H:%M:%S", "%b %d %H:%M:%S")
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31))  # noqa: DTZ001 (a zone is put to it below)


@fuzz
@given(
    moment=MOMENTS,
    now=MOMENTS,
    spelling=st.sampled_from(SPELLINGS),
    before=st.sampled_from(["", "申请时间：", "截止"]),
)
def test_a_full_date_means_itself(
    moment: datetime, now: datetime, spelling: str, before: str
) -> None:
    """Whenever it is read, a date with its year is that moment to the second."""
    there = moment.replace(microsecond=0, tzinfo=CHINA)

    assert there == read_date(before + there.strftime(spelling), now.replace(tzinfo=UTC))


@fuzz
@given(
    now=MOMENTS,
    away=st.timedeltas(timedelta(days=-180), timedelta(days=180)),
    spelling=st.sampled_from(NEAR),
)
def test_a_date_without_its_year_is_the_nearest(
    now: datetime, away: timedelta, spelling: str
) -> None:
    """Within half a year to both sides, the year that is not written is found."""
    there = (now.replace(tzinfo=CHINA) + away).replace(microsecond=0)

    assert there == read_date(there.strftime(spelling), now.replace(tzinfo=CHINA))


@fuzz
@given(
    year=st.integers(2000, 2099),
    month=st.integers(0, 99),
    day=st.integers(0, 99),
    hour=st.integers(0, 99),
    minute=st.integers(0, 99),
)
def test_an_impossible_date_is_none(
    year: int, month: int, day: int, hour: int, minute: int
) -> None:
    """What no calendar and no clock has is not bent into what they have."""
    try:
        datetime(year, month, day, hour, minute, tzinfo=CHINA)
    except ValueError:
        assume((hour, minute) != (24, 0))
    else:
        assume(False)  # noqa: FBT003 (that is how it is said)

    assert None is read_date(f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}", NOON)
    assert None is read_date(f"{year}年{month}月{day}日 {hour:02}:{minute:02}", NOON)


@fuzz
@given(
    fen=st.integers(-(10**9), 10**12),
    spelling=st.sampled_from(["¥{plain}", "￥ {grouped}", "{plain}元", "{grouped}"]),
)
def test_amounts_are_exact(fen: int, spelling: str) -> None:
    """Not a hundredth is lost between the page and the case, in yuan, in fen or as a float."""
    yuan = a_reader(amount={"path": "m", "unit": "yuan"})
    hundredths = a_reader(amount={"path": "m", "unit": "fen"})
    sign, rest = ("-" if fen < 0 else ""), f".{abs(fen) % 100:02}"
    plainly, grouped = (f"{sign}{abs(fen) // 100:{style}}{rest}" for style in ("", ","))
    text = spelling.format(plain=plainly, grouped=grouped)
    cells = [(yuan, text), (yuan, float(plainly)), (hundredths, fen), (hundredths, str(fen))]

    for reader, cell in cells:
        (sighting,) = reader.read([{"id": "7001", "m": cell}], NOON)
        assert fen == sighting.amount


@fuzz
@given(
    parts=st.lists(
        st.sampled_from(["9", "99", "9+", "A", "A+", "-", "号", "P", "7", "."]),
        min_size=1,
        max_size=6,
    ),
    text=st.text("0123AbP7-.号 *", max_size=30),
)
def test_a_mask_finds_what_trying_everything_finds(parts: list[str], text: str) -> None:
    """The fast way takes the same as the slow way that tries each run at each length."""
    written = "".join(parts)
    try:
        mask = compile_mask(written)
    except ValueError:
        return
    letters = {"9": "[0-9]", "A": "[A-Za-z]", "+": "+"}
    slow = "".join(letters.get(letter) or re.escape(letter) for letter in written)
    before = "" if written[0] in "-.号" else "(?<![0-9A-Za-z*])"
    after = "" if written[-1] in "-.号" else "(?![0-9A-Za-z*])"
    found = re.search(before + slow + after, text)

    assert (found.group() if found else "") == mask.first(text)


@fuzz
@given(written=st.text(max_size=20), text=st.text(max_size=40))
def test_any_text_is_a_mask_or_is_refused(written: str, text: str) -> None:
    """Whatever stands in a pack: a mask that takes a part of the text, or a ValueError."""
    try:
        mask = compile_mask(written)
    except ValueError:
        return

    assert mask.first(text) in text


@fuzz
@given(
    unit=MOMENT_UNITS,
    row=st.dictionaries(st.sampled_from(["id", "k", "t", "d", "m", "o", "r"]), CELLS),
)
def test_a_row_with_missing_cells_is_read_or_refused(unit: str, row: dict[str, Any]) -> None:
    """A missing cell leaves its field empty; only a missing number or kind refuses the row."""
    reader = a_reader(
        case_id={"path": "id", "mask": "9+"},
        kind={"path": "k", "map": {"1": "refund_only"}, "otherwise": "other"},
        respond_by={"path": "t", "unit": unit},
        opened_at={"path": "d", "unit": "date"},
        amount={"path": "m", "unit": "yuan"},
        order_id={"path": "o", "mask": "999999-999999999999+"},
        reason={"path": "r"},
    )
    try:
        (sighting,) = reader.read([row], NOON)
    except CannotRead:
        number = compile_mask("9+").first(text_of(row.get("id")))
        assert not (number and text_of(row.get("k")))
        return

    assert re.fullmatch("[0-9]+", sighting.key.case_id)
    assert sighting.respond_by is None or row.get("t") not in (None, "")
    assert sighting.opened_at is None or row.get("d") not in (None, "")
    assert sighting.amount is None or row.get("m") not in (None, "")
    assert sighting.order_id in str(row.get("o", ""))
