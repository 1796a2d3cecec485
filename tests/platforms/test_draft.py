"""From clicks and answers to a first pack, which always is one that can be read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent.platforms.draft import About, Draft, draft
from agent.platforms.draft_table import mask_of
from agent.platforms.finding import Heard
from agent.platforms.masks import compile_mask
from agent.platforms.pack import Pack
from agent.platforms.picks import Picks, numbers_in
from agent.platforms.pointing import Node, Picked

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
LATER = int((NOW + timedelta(hours=3)).timestamp())
SITE = "https://shop.example.com"
ABOUT = About("example", "虚构平台", f"{SITE}/tickets?token=x#/list", f"{SITE}/login")
ROW = {"id": "AS77001234", "due": LATER, "type": "仅退款", "money": 1290}
ANSWER = {"code": 0, "data": {"items": [ROW], "total": 1}}


def node(tag: str, css: str = "", **more: Any) -> Node:  # noqa: ANN401 (an element's own fields)
    """Return an element with classes."""
    return Node(tag=tag, classes=tuple(css.split()), **more)


def click(text: str, *line: Node, **more: Any) -> Picked:  # noqa: ANN401 (a click's own fields)
    """Return a click on the last of *line*, which is told from the body inwards."""
    return Picked(line=tuple(reversed((node("body"), *line))), text=text, **more)


TABLE = (node("div", "orders"), node("table", "grid"), node("tbody"))
TR = node("tr", "row-x7Ab3c", alike=3, place=2)


def cell(text: str, place: int, header: str = "") -> Picked:
    """Return a click on a cell of the usual row."""
    td = node("td", alike=3, place=place)
    return click(text, *TABLE, TR, td, header=header, cell=place)


def picks(**others: Any) -> Picks:  # noqa: ANN401 (what was clicked)
    """Return the usual clicks, with *others* in their places or besides."""
    usual: dict[str, Any] = {
        "row": cell("", 5),
        "number": cell("AS77001234", 1, "单号"),
        "case": "AS77001234",
        "seen_at": NOW,
        "deadline": cell("2小时59分后自动退款", 2, "剩余时间"),
    }
    return Picks(**(usual | others))


def heard(body: object = ANSWER, asked: object = None) -> Heard:
    """Return what the page fetched."""
    return Heard("https://api.example.com/tickets", "POST", asked, body, NOW)


def drafted(chosen: Picks | None = None, *answers: Heard, about: About = ABOUT) -> Draft:
    """Return a draft, after making sure that it is a pack."""
    made = draft(chosen or picks(), answers, about)
    Pack.model_validate(made.pack)
    return made


def queue(made: Draft) -> dict[str, Any]:
    """Return its one list without the marks of confidence."""
    found = _unmarked(made.pack["queues"]["list"])
    assert isinstance(found, dict)
    return found


def _unmarked(words: object) -> object:
    if isinstance(words, dict):
        return {key: _unmarked(value) for key, value in words.items() if key != "confidence"}
    return [_unmarked(one) for one in words] if isinstance(words, list) else words


def test_answer_that_holds_the_row_is_the_source() -> None:
    """With its envelope, rows, total, page, and each field under its path and unit."""
    chosen = picks(kind=cell("仅退款", 3, "类型"), amount=cell("¥12.90", 4, "金额"))
    response = queue(drafted(chosen, heard(asked={"page": 1, "size": 20})))["response"]
    kind = response["fields"].pop("kind")

    assert {
        "url": "site2:/tickets",
        "method": "POST",
        "ok": {"code": [0]},
        "rows": "data.items",
        "total": "data.total",
        "asked_page": "page",
        "fields": {
            "case_id": {"path": "id"},
            "respond_by": {"path": "due", "unit": "s"},
            "amount": {"path": "money", "unit": "fen"},
        },
    } == response
    assert ("type", "refund_only", "other") == (
        kind["path"],
        kind["map"]["仅退款"],
        kind["otherwise"],
    )


def test_answer_without_a_total_is_never_taken_for_the_whole() -> None:
    """As many rows as there are now make a full page: more may follow, until a person says."""
    response = queue(drafted(None, heard({"data": [ROW]})))["response"]
    asked = queue(drafted(None, heard({"data": [ROW]}, {"pageSize": 20})))["response"]

    assert (1, None) == (response["page_size"], response.get("asked_size"))
    assert (20, "pageSize") == (asked["page_size"], asked["asked_size"])


def test_answer_that_says_whether_more_comes_is_believed() -> None:
    """Where no total is told, that is the next best."""
    response = queue(drafted(None, heard({"data": [ROW], "has_more": True})))["response"]

    assert {"has_more": [False]} == response["last"]
    assert "page_size" not in response


def test_table_is_read_by_the_names_of_its_columns() -> None:
    """Rows by what lasts of their class, items by column, the countdown as one."""
    assert {
        "rows": ["tr[class*='row-']"],
        "headers": ["table.grid thead th"],
        "items": {"case_id": {"column": "单号"}, "respond_by": {"column": "剩余时间"}},
        "fields": {
            "kind": "other",
            "case_id": {"path": "case_id"},
            "respond_by": {"path": "respond_by", "unit": "countdown"},
        },
    } == queue(drafted())["dom"]


@pytest.mark.parametrize(
    ("number", "item", "field"),
    [
        (cell("AS77001234", 1), {"cell": 1}, {"path": "case_id"}),
        (
            click("AS77001234", *TABLE, TR, node("td"), node("b", "no")),
            {"css": ["b.no"]},
            {"path": "case_id"},
        ),
        (
            click("售后编号：AS77001234 已发货", *TABLE, TR, node("td"), node("b", "no")),
            {"css": ["b.no"], "after": "售后编号"},
            {"path": "case_id", "mask": r"\AS999999+"},
        ),
        (
            click("售后编号：AS77001234", *TABLE, TR, node("td"), node("b")),
            {"after": "售后编号"},
            {"path": "case_id", "mask": r"\AS999999+"},
        ),
        (
            click("AS77001234 ¥12.90", *TABLE, TR),
            {"line": 0},
            {"path": "case_id", "mask": r"\AS999999+"},
        ),
    ],
)
def test_number_is_read_from_where_it_was_clicked(
    number: Picked, item: dict[str, object], field: dict[str, object]
) -> None:
    """From a column, an element, after its label, or out of the row's whole text by its shape."""
    dom = queue(drafted(picks(number=number)))["dom"]

    assert item == dom["items"]["case_id"]
    assert field == dom["fields"]["case_id"]


def test_row_of_several_elements_begins_with_its_number() -> None:
    """A ticket of two `tr` is one row."""
    head = node("tr", "head", alike=3, place=1)
    number = click("售后编号 AS77001234", *TABLE, head, node("td"))
    dom = queue(drafted(picks(number=number, row=number)))["dom"]

    assert "售后编号" == dom["start_text"]
    assert {"case_id", "respond_by"} == set(dom["items"])


def test_clicks_outside_the_row_are_left_out() -> None:
    """A time limit of some other row is none of this one's."""
    elsewhere = click("3小时2分", node("aside"), node("b"))

    assert {"case_id"} == set(queue(drafted(picks(deadline=elsewhere)))["dom"]["items"])


def test_pages_are_turned_only_where_the_end_can_be_told() -> None:
    """By the answer's total, or the page's own; without one a guess keeps it from being whole."""
    following = click("下一页", node("button", "next"))
    total = click("共 25 条", node("span", "sum"))
    by_answer = queue(drafted(picks(following=following), heard()))
    by_page = queue(drafted(picks(following=following, total=total)))
    by_nothing = queue(drafted(picks(following=following)))

    assert {"next": {"css": ["button.next"]}} == by_answer["more"] == by_page["more"]
    assert by_page["more"] == by_nothing["more"]
    assert "dom" not in by_answer
    assert ["span.sum"] == by_page["dom"]["total"]
    assert "共#条" == by_nothing["dom"]["total_text"]
    assert "total_text" not in by_page["dom"]


@pytest.mark.parametrize(
    ("shop", "identity", "name"),
    [
        (None, {"cannot_be_shown": "新建时没有点选店铺名"}, ""),
        (click("山雀百货", node("b", "shop")), {"css": ["b.shop"]}, "山雀百货"),
        (
            click("\n山雀百货\n企业店", node("b", "shop")),
            {"css": ["b.shop"], "line": 1},
            "山雀百货",
        ),
    ],
)
def test_shop_is_told_by_what_was_clicked(
    shop: Picked | None, identity: dict[str, object], name: str
) -> None:
    """Its name is the first line there; without a click the pack says that it can't be shown."""
    chosen = picks(shop=shop)

    assert [identity] == queue(drafted(chosen))["identity"]
    assert name == chosen.shop_name


def test_everything_is_marked_as_a_guess() -> None:
    """Nobody has compared the pack with the real pages yet."""
    pack = Pack.model_validate(drafted(None, heard()).pack)

    assert "never" == pack.verified_on
    assert pack.guesses() > 8


def test_addresses_are_kept_without_what_they_ask() -> None:
    """A query may hold secrets of a session; the way within a page of one address stays."""
    made = drafted()

    assert "main:/tickets#/list" == made.pack["queues"]["list"]["url"]
    assert ("main:/login", "/login") == (
        made.pack["login"]["url"],
        made.pack["gates"][0]["url"],
    )


def test_login_that_nobody_saw_is_no_gate_of_the_list() -> None:
    """A gate that every page trips would hide the list for ever."""
    about = About("example", "虚构平台", f"{SITE}/login/tickets", "")

    assert [] == drafted(about=about).pack["gates"]


def test_mark_of_emptiness_is_kept_if_it_is_short() -> None:
    """A whole page's text is no mark."""
    empty = click("暂无数据", node("p"))

    assert ["暂无数据"] == queue(drafted(picks(empty=empty)))["dom"]["empty_text"]
    assert "empty_text" not in queue(drafted(picks(empty=click("无" * 99, node("p")))))["dom"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("售后编号：148000000000000002 2026-05-01 12:00:00", ("148000000000000002",)),
        ("订单 692000000001 售后 AS-77001-2", ("692000000001", "AS-77001-2")),
        ("77001234", ("77001234",)),
        ("¥129.00 张三", ()),
        ("第12条", ()),
    ],
)
def test_numbers_are_long_and_no_dates(text: str, numbers: tuple[str, ...]) -> None:
    """Amounts, counts and dates are no case numbers."""
    assert numbers == numbers_in(text)


@pytest.mark.parametrize("number", ["148000000000000002", "AS-77001-2", "A9_12345", "X123456Y"])
def test_shape_fits_its_number(number: str) -> None:
    """What was made from a number takes that number out of a text."""
    assert number == compile_mask(mask_of(number)).first(f"单号 {number} 完")
