"""What a pack forbids is asked of nobody, and what it needs cannot be forbidden."""

from typing import Any

import pytest
from aiohttp import web
from pydantic import ValidationError
from rich.console import Console

from agent.cases import Outcome
from agent.clock import SystemClock
from agent.commands.pack_report import report
from agent.platforms.checkup import check_queue
from agent.platforms.forbidden import Asking, Ban, Forbidden
from agent.platforms.guard import Guard, Refusal, Refused
from agent.platforms.pack import Pack
from agent.platforms.points import Part
from tests.platforms.board import a_pack
from tests.platforms.hostile import Siege
from tests.platforms.waiting import until
from tests.shipped import PACKS

BROWSER = pytest.mark.asyncio(loop_scope="session")
SITES = {"main": "https://a.example/base/"}


@pytest.mark.parametrize(
    ("rule", "asked", "caught"),
    [
        ({"url": "main:/agree"}, "https://a.example/base/agree", True),
        ({"url": "main:/agree"}, "https://a.example/base/agree?id=1", True),
        ({"url": "main:/agree"}, "https://a.example/base/agreed", False),
        ({"url": "main:/agree"}, "https://b.example/base/agree", False),
        ({"url": "main:/agree"}, "https://a.example/base/%61gree", True),
        ({"url": "main:/agree*"}, "https://a.example/base/agreed/now", True),
        ({"url": "main:/*/agree"}, "https://a.example/base/x/y/agree", True),
        ({"url": "main:/a.c"}, "https://a.example/base/abc", False),
        ({"url": "*:/agree"}, "http://127.0.0.1:8080/agree", True),
        ({"url": "*:/agree"}, "https://b.example/x/agree", False),
        ({"url": "*:/agree"}, "https://b.example/x?u=https://c.example/agree", False),
        ({"url": "main:/", "query": {"api": ("a", "b")}}, "https://a.example/base/?api=b", True),
        ({"url": "main:/", "query": {"api": ("a",)}}, "https://a.example/base/?api=b", False),
        ({"url": "main:/", "query": {"api": ("a",)}}, "https://a.example/base/", False),
    ],
)
def test_a_forbidden_address(rule: dict[str, Any], asked: str, caught: bool) -> None:  # noqa: FBT001 (a column of the table)
    """The site's whole address, whatever stands behind the ?; a * stands for anything."""
    assert caught == Ban(Forbidden(**rule), SITES).catches(Asking(asked))


@pytest.mark.parametrize(
    ("method", "body", "caught"),
    [
        ("POST", '{"action": "agree", "id": 1}', True),
        ("POST", '{"action":"agree"}', True),
        ("POST", "%7B%22action%22%3A+%22agree%22%7D", True),
        ("POST", '{"action": "\\u0061gree"}', True),
        ("POST", '{"action": "query"}', False),
        ("POST", "", False),
        ("PUT", '{"action": "agree"}', False),
        ("POST", None, True),
        ("GET", None, False),
    ],
)
def test_a_forbidden_body(method: str, body: str | None, caught: bool) -> None:  # noqa: FBT001 (a column of the table)
    """However a form or JSON spells it; one that nobody can read may be what is forbidden."""
    rule = Forbidden(url="main:/act", method="POST", text=('"action": "agree"', "refuse"))

    assert caught == Ban(rule, SITES).catches(Asking("https://a.example/base/act", method, body))


@pytest.mark.parametrize(
    ("request_", "method", "body"),
    [
        ({"method": "GET"}, "GET", ""),
        (
            {"method": "OPTIONS", "headers": {"Access-Control-Request-Method": "PUT"}},
            "PUT",
            "",
        ),
        ({"method": "OPTIONS"}, "OPTIONS", ""),
        ({"method": "POST", "hasPostData": True, "postData": "a"}, "POST", "a"),
        ({"method": "POST", "hasPostData": True}, "POST", None),
        (
            {
                "method": "POST",
                "hasPostData": True,
                "postDataEntries": [{"bytes": "YeQ="}, {"bytes": "Yg=="}],
            },
            "POST",
            "a\ufffdb",
        ),
        (
            {"method": "POST", "hasPostData": True, "postDataEntries": [{"bytes": "YQ=="}, {}]},
            "POST",
            None,
        ),
    ],
)
def test_what_a_request_asks_for(request_: dict[str, Any], method: str, body: str | None) -> None:
    """Who asks whether it may send is after what it would send; part of a body is no body."""
    told = {"url": "https://a.example/", "headers": {}} | request_

    assert Asking("https://a.example/", method, body) == Asking.of(told)


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        (
            {"url": "main:/api/list"},
            r"forbidden\.0: main:/api/list: queues\.tickets\.response\.url",
        ),
        ({"url": "*:/*", "method": "GET"}, r"login\.url has to ask for it"),
        ({"url": "shop:/agree"}, "no site 'shop'"),
        ({"url": "/agree"}, r"forbidden\.0\.url"),
        ({"url": "main:/agree", "method": "SEND"}, r"forbidden\.0\.method"),
        ({"url": "main:/agree", "text": [" "]}, "an empty text"),
        ({"url": "main:/agree", "text": ["a"], "method": "GET"}, "a GET has no body"),
        ({"url": "main:/agree", "body": "a"}, r"forbidden\.0\.body"),
        ({}, r"forbidden\.0\.url"),
    ],
)
def test_a_wrong_rule_is_refused_at_the_spot(rule: dict[str, Any], complaint: str) -> None:
    """What the pack needs for reading cannot be forbidden either."""
    said = a_pack("https://a.example").model_dump(exclude_unset=True, by_alias=True)

    with pytest.raises(ValidationError, match=complaint):
        Pack.model_validate(said | {"forbidden": [rule]})


@pytest.mark.parametrize(
    "rule",
    [
        {"url": "main:/api/list", "method": "POST"},
        {"url": "main:/api/list", "text": ["agree"]},
        {"url": "main:/api/list", "query": {"act": ["agree"]}},
    ],
)
def test_what_tells_a_write_from_reading_is_enough(rule: dict[str, Any]) -> None:
    """Many a gateway has one address for both."""
    said = a_pack("https://a.example").model_dump(exclude_unset=True, by_alias=True)

    assert 1 == len(Pack.model_validate(said | {"forbidden": [rule]}).forbidden)


@pytest.mark.parametrize(
    ("platform", "asked"),
    [
        ("doudian", "https://fxg.jinritemai.com/shopuser/aftersale/export_list?x=1"),
        ("pinduoduo", "https://mms.pinduoduo.com/mercury/mms/afterSales/applyExcelReport"),
    ],
)
def test_what_shipped_packs_forbid(platform: str, asked: str) -> None:
    """What is known of the platforms to make something of their own accord."""
    guard = Guard(PACKS[platform])

    let = guard.lets(Asking(asked, "POST"), None, is_top=False)

    assert (False, [Refused.FORBIDDEN]) == (let, [one.kind for one in guard.refusals])


def test_refusals_are_counted_by_their_sort() -> None:
    """Without what a page wanted to carry; new sorts without end are not kept."""
    guard = Guard(a_pack("https://a.example"))
    for number in (1, 2):
        guard.lets(Asking(f"https://user:key@b.example/x/{number}?k=1", "POST"), None, is_top=False)
    for number in range(100):
        guard.lets(Asking(f"https://b{number}.example/", "POST"), None, is_top=False)

    first, *others = guard.refusals

    assert Refusal(Refused.SENDING, "POST https://b.example", 2) == first
    assert len(others) < 50


RULES = (
    Forbidden(url="main:/api/agree*", method="POST"),
    Forbidden(url="*:/api/mark_read"),
    Forbidden(url="main:/api/gateway", text=("同意 退款",)),
    Forbidden(url="main:/api/one", query={"api": ("refund.agree",)}),
)


@pytest.mark.parametrize(
    "script",
    [
        "fetch('/api/agreeRefund?id=1', {method: 'POST', body: 'x'})",
        "fetch(`http://localhost:${location.port}/api/mark_read`, {mode: 'no-cors'})",
        "new Image().src = '/api/mark_read?id=1'",
        "fetch('/api/mark%5Fread?id=1')",
        r"""fetch('/api/gateway', {method: 'POST', body: '{"act":"\\u540c\\u610f退款"}'})""",
        "fetch('/api/gateway', {method: 'POST', body: new URLSearchParams({a: '同意退款'})})",
        "navigator.sendBeacon('/api/gateway', new Blob(['同意退款']))",
        "fetch('/api/one?v=1&api=list&api=refund.agree').catch(() => undefined)",
        "document.querySelector('#into').submit()",
    ],
)
@BROWSER
async def test_what_the_pack_forbids_is_not_asked(siege: Siege, script: str) -> None:
    """On its own hosts too; the list is still good, and the reading says what was tried."""
    arrived: list[str] = []

    async def arrive(request: web.Request) -> web.StreamResponse:
        arrived.append(request.path)
        return web.Response()

    for path in ("agreeRefund", "mark_read", "gateway", "one", "agree"):
        siege.visit.board.says(arrive, path=path)
    form = "<form id=into method=post action=/api/agree target=i></form><iframe name=i></iframe>"

    reading = await siege.reading(script, html=form, forbidden=RULES)
    await siege.refused(Refused.FORBIDDEN, 1)

    assert (Outcome.ROWS, []) == (reading.outcome, arrived)
    assert reading.detail.startswith("页面想发出规则禁止的请求，已拦下：")


@BROWSER
async def test_what_is_not_forbidden_is_asked(siege: Siege) -> None:
    """Other words in the body, another method, another question at the same address."""
    arrived: list[str] = []

    async def arrive(request: web.Request) -> web.StreamResponse:
        arrived.append(f"{request.method} {request.path}")
        return web.Response()

    for path in ("agreeRefund", "gateway", "one"):
        siege.visit.board.says(arrive, path=path)

    reading = await siege.reading(
        """
        fetch('/api/agreeRefund');
        fetch('/api/gateway', {method: 'POST', body: '查询退款'});
        fetch('/api/one?api=refund.list', {method: 'POST'});
        """,
        forbidden=RULES,
    )
    await until(lambda: len(arrived) >= 3, "arrives three times")

    assert (Outcome.ROWS, "") == (reading.outcome, reading.detail)
    assert 0 == siege.times(Refused.FORBIDDEN)


@BROWSER
async def test_the_checkup_names_what_was_refused(siege: Siege) -> None:
    """Who writes a pack sees it beside everything else, with how often."""
    await siege.reading("fetch('/api/mark_read').catch(() => undefined)", forbidden=RULES)
    await siege.refused(Refused.FORBIDDEN, 1)
    assert siege.visit.reader is not None

    checked = await check_queue(siege.visit.reader, SystemClock())
    with (console := Console(width=200)).capture() as shown:
        console.print(report(checked, "-"))

    assert Part.REFUSED is checked.points[-1].part
    assert "页面想发出规则禁止的请求，已拦下：GET *:/api/mark_read（2 次）" in shown.get()
