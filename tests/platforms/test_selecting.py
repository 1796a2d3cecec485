"""Selectors that outlast the next build of a page, from what somebody clicked."""

import pytest

from agent.platforms.pointing import Node, Picked
from agent.platforms.selecting import belongs, css_of, item_css, lasting_class, row_of, rows_css

BODY = Node(tag="body")


def node(tag: str, css: str = "", *, alike: int = 0, place: int = 1, **attributes: str) -> Node:
    """Return an element with classes."""
    return Node(
        tag=tag, classes=tuple(css.split()), alike=alike, place=place, attributes=attributes
    )


@pytest.mark.parametrize(
    ("name", "lasting"),
    [
        ("ant-table-row", ".ant-table-row"),
        ("headerShopName", ".headerShopName"),
        ("list_row__x7Ab3", "[class*='list_row__']"),
        ("name-KjXbPq", "[class*='name-']"),
        ("_row_1x9ab_12", "[class*='_row_']"),
        ("css-1ab2c", ""),
        ("sc-bdVaJa", ""),
        ("x7Ab3c", ""),
        ("ant-table-row-selected", ""),
        ("is-active", ""),
        ("a:hover", ""),
        ("单", ""),
    ],
)
def test_hashes_and_states_are_left_out(name: str, lasting: str) -> None:
    """Of a class with a hash the beginning stays; what says how things are just now goes."""
    assert lasting == lasting_class(name)


@pytest.mark.parametrize(
    ("element", "css"),
    [
        (Node(tag="ul", id="rows"), "#rows"),
        (Node(tag="ul", id="rc-tabs-3"), "ul"),
        (node("tr", "x7Ab3c ant-table-row"), "tr.ant-table-row"),
        (node("div", "item-a8F3k"), "div[class*='item-']"),
        (node("div", "item-a8F3k item"), "div.item"),
        (node("div", role="row"), "div[role='row']"),
        (node("div", role="'] *"), "div"),
        (node('x"]', "row"), "*.row"),
    ],
)
def test_element_is_named_by_what_lasts(element: Node, css: str) -> None:
    """An id without a number, a whole class, the beginning of one, a role, at last the tag."""
    assert css == css_of(element)


def test_rows_without_a_name_are_named_by_what_holds_them() -> None:
    """`li` alone would be every list of the page."""
    line = (node("li", "css-1ab2c"), Node(tag="ul", id="rows"), BODY)

    assert "#rows > li" == rows_css(line)
    assert "tr.row" == rows_css((node("tr", "row"), *line[1:]))


def test_items_are_named_by_their_data_too() -> None:
    """An attribute's name lasts longer than most; one that is no word is left alone."""
    named = Node(tag="b", classes=("no",), attributes={"data-a]": "1", "data-id": "7"})

    assert ("b.no", "b[data-id]") == item_css(named)


def picked(*line: Node) -> Picked:
    """Return what is clicked at the inner end of *line*, which is told from the body inwards."""
    return Picked(line=tuple(reversed((BODY, *line))))


TABLE = (node("table"), node("tbody"))


@pytest.mark.parametrize(
    ("row", "number", "level"),
    [
        (
            picked(*TABLE, node("tr", place=2), node("td", place=3)),
            picked(*TABLE, node("tr", place=2), node("td"), node("b")),
            2,
        ),
        (
            picked(*TABLE, node("tr", place=3), node("td")),
            picked(*TABLE, node("tr", place=2), node("td")),
            1,
        ),
        (
            picked(node("div"), node("div", alike=4, place=2)),
            picked(node("div"), node("div", alike=4, place=2), node("span", alike=3)),
            1,
        ),
        (picked(node("div", place=5)), picked(node("div", place=5), node("i")), 1),
    ],
)
def test_row_is_what_both_clicks_are_in(row: Picked, number: Picked, level: int) -> None:
    """A table's row, one of two that make a row, a card among cards, or just what they share."""
    assert level == row_of(row, number)


def test_parts_of_one_row_belong_together() -> None:
    """What is right below belongs to the row, what is above or far away does not."""
    row = (1, 1, 1, 4)

    def at(place: int) -> Picked:
        return picked(*TABLE, node("tr", place=place), node("td"))

    assert [False, True, True, False] == [belongs(at(place), row) for place in (3, 4, 5, 9)]
