"""Keys that are taken out of a file: their line or their place in braces, and nothing else."""

import pytest

from agent.config.without import without_value


@pytest.mark.parametrize(
    ("text", "spot", "expected"),
    [
        ("a: 1\nb: 2\n", "a", "b: 2\n"),
        ("a: 1\nb: 2", "b", "a: 1\n"),
        ("a: {b: 1}\n", "a.b", "a: {}\n"),
        ("a: {b: 1, c: 2, d: 3}  # 三\n", "a.b", "a: {c: 2, d: 3}  # 三\n"),
        ("a: {b: 1, c: 2, d: 3}\n", "a.c", "a: {b: 1, d: 3}\n"),
        ("a: {b: 1, c: 2, d: [3, 4]}\n", "a.d", "a: {b: 1, c: 2}\n"),
        ("a: {b: 1, c: }\n", "a.b", "a: {c: }\n"),
        (
            "# 甲\na:\n  # 乙\n  b: 1  # 一\n  # 丙\n  c: 2\n# 丁\n",
            "a.b",
            "# 甲\na:\n  # 乙\n  # 丙\n  c: 2\n# 丁\n",
        ),
        ("a:\n  b: 1\nc: 2\n", "a.b", "a:\nc: 2\n"),
        ("a:\n  b:\n    - 1\n    - 2\n  c: 2\n", "a.b", "a:\n  c: 2\n"),
        ("a:\n  b:\n  c: 2\n", "a.b", "a:\n  c: 2\n"),
        ('a:\r\n  "b c": 1\r\n  d: 2\r\n', "a.b c", "a:\r\n  d: 2\r\n"),
        ("a: {\n  b: 1,\n  c: 2}\n", "a.b", "a: {\n  c: 2}\n"),
        ("a: 1\n", "b", "a: 1\n"),
        ("a: 1\n", "a.b", "a: 1\n"),
        ("", "a", ""),
    ],
)
def test_a_key_goes_and_all_else_stays(text: str, spot: str, expected: str) -> None:
    """A comment on its line goes with it, others and the ends of lines stay; what is not there."""
    assert expected == without_value(text, spot.split("."))


def test_a_key_of_an_item_goes() -> None:
    """In braces, or on lines; where there is no such item nothing can be done."""
    text = "a:\n  - {b: 1, c: 2}  # 一\n  - b: 1\n    c: 2  # 二\n"

    assert "a:\n  - {b: 1}  # 一\n  - b: 1\n    c: 2  # 二\n" == without_value(text, ("a", 0, "c"))
    assert "a:\n  - {b: 1, c: 2}  # 一\n  - b: 1\n" == without_value(text, ("a", 1, "c"))
    with pytest.raises(ValueError, match="2"):
        without_value(text, ("a", 2, "c"))


@pytest.mark.parametrize(
    ("text", "spot"),
    [("a: {b: 1,  # 一\n  c: 2}\n", "a.b"), ("? {a: 1}\n: 2\n", "b"), ("- a: 1\n", "a")],
    ids=["a comment between braces", "a key of several", "a list"],
)
def test_a_layout_of_ones_own_loses_nothing(text: str, spot: str) -> None:
    """It is left alone, or refused."""
    try:
        kept = without_value(text, spot.split("."))
    except ValueError:
        kept = text

    assert text == kept
