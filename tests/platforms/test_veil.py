"""What a page says is shown without names and whole numbers."""

import pytest

from agent.log import masked_name
from agent.platforms.veil import Veil, veiled_number


@pytest.mark.parametrize(("name", "shown"), [("王小明", "王**"), ("a", "a**"), ("", "")])
def test_of_a_name_the_first_character_stays(name: str, shown: str) -> None:
    """How long a name is does not show."""
    assert shown == masked_name(name)


@pytest.mark.parametrize(
    ("number", "shown"),
    [("148000000000000002", "****0002"), ("AS-20260501-7781", "****7781"), ("12", "12")],
)
def test_of_a_number_the_end_stays(number: str, shown: str) -> None:
    """Enough to find the case again."""
    assert shown == veiled_number(number)


def test_names_and_numbers_are_covered_within_longer_texts() -> None:
    """A row's whole text holds what other fields showed alone; phones are covered too."""
    veil = Veil.of(["王小明", ""], ["66123", "661234"])

    assert "王** 电话 138****5678 单号 ****1234" == veil.over("王小明 电话 13812345678 单号 661234")
