import pytest

from agent.platforms.masks import compile_mask, is_masked

ORDER = "999999-999999999999+"


@pytest.mark.parametrize(
    ("mask", "text", "part"),
    [
        (ORDER, "订单编号：260501-123456789012345 复制", "260501-123456789012345"),
        (ORDER, "260501-123456789012", "260501-123456789012"),
        (ORDER, "260501-12345678901", ""),
        (ORDER, "1260501-123456789012", ""),
        (ORDER, "A260501-123456789012", ""),
        (ORDER, "260501-123456789012A", ""),
        (ORDER, "1260501-123456789012 260502-123456789012", "260502-123456789012"),
        ("P9+", "订单P792345678901234567已付款", "P792345678901234567"),
        ("P9+", "p12 SP12 P12", "P12"),
        ("R999+", "R12 R123", "R123"),
        ("9+", "服务单号 1234567890", "1234567890"),
        ("99+", "1 22", "22"),
        ("9+9+", "1 22", "22"),
        ("9999", "12345 1234", "1234"),
        ("9999", "１1234 1234", "1234"),
        ("9999", "138****1234", ""),
        ("9+", "１２３", ""),
        ("A+", "abc1 déf ghi", "ghi"),
        ("A+-99", "AB-12", "AB-12"),
        ("A9+", "订单 a12", "a12"),
        (r"\AS9+", "XS12 AS12", "AS12"),
        (r"\+86 9+", "+86 138001", "+86 138001"),
        ("#9+", "单#12号", "#12"),
        ("#9+", "abc#12", "#12"),
        ("9+件", "共3件", "3件"),
        ("编号9+", "编号 1 编号2", "编号2"),
        ("9.9", "1x2 1.2", "1.2"),
        ("99:99", "", ""),
    ],
)
def test_a_mask_takes_the_first_whole_part_of_its_shape(mask: str, text: str, part: str) -> None:
    """A part fits from end to end, or it is not taken; half a number is never one."""
    assert part == compile_mask(mask).first(text)


@pytest.mark.parametrize(
    ("mask", "said"),
    [
        ("", "empty"),
        ("  ", "empty"),
        (" 99", "space around"),
        ("订单", "at least one 9"),
        (r"\9", "at least one 9"),
        ("+9", r"write \+ for a plus"),
        ("9++", r"write \+ for a plus"),
        ("P+9", r"write \+ for a plus"),
        ("138****9999", "write 9+ or A+"),
        ("99\\", "last backslash"),
        ("9+5", "9+ takes every digit, so no 5 fits"),
        ("9A+P9", "A+ takes every letter, so no P fits"),
        ("9" * 101, "at most 100"),
    ],
)
def test_a_bad_mask_is_explained(mask: str, said: str) -> None:
    """Whoever writes a pack is told what is wrong with the mask."""
    with pytest.raises(ValueError, match=r"mask|write|backslash|takes") as error:
        compile_mask(mask)

    assert said in str(error.value)


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("g**", True),
        ("138****1234", True),
        ("张*", True),
        ("李＊＊", True),
        ("138••••1234", True),
        ("260501-123456789012", False),
        ("张三", False),
        ("", False),
    ],
)
def test_stars_tell_what_the_platform_hides(value: str, masked: bool) -> None:  # noqa: FBT001 (a column of the table)
    """A value with a star in it is not the whole value."""
    assert masked == is_masked(value)


@pytest.mark.parametrize(
    ("mask", "text"),
    [
        ("9+-9+-9+-999", "1-" * 50_000),
        ("A+-A+-9", "a-" * 50_000),
        ("9" * 99 + "+", "1" * 200_000),
        ("A9A9A9A9+", "a1" * 50_000),
        ("P9+", "P" * 200_000),
    ],
)
def test_no_text_makes_a_mask_slow(mask: str, text: str) -> None:
    """A long text that almost fits ends as well: there is nothing to try again."""
    assert compile_mask(mask).first(f"{text}*") == ""
