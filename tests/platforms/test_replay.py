"""A kept page is read as the live one was, and a pack that is broken is told by the field."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.cases import Kind, Outcome, Source
from agent.clock import SystemClock
from agent.fixtures.fixture import FIXTURE_FILE, Answer, Expected, ExpectedRow, Fixture, Frame
from agent.platforms.agreement import Difference, differences
from agent.platforms.host import BrowserHost
from agent.platforms.pack import Attach, Pack
from agent.platforms.replay import first_sheet, fixtures_below, replay, try_fixture
from tests.platforms.board import DOM, RESPONSE, SHOP, Visit, a_pack, item, listing, rows

SITE = "https://made-up.example"
NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)
PAGE = "<!DOCTYPE html><meta charset=utf-8><title>工单</title>"
ROWS = tuple(ExpectedRow(case_id=n, kind=Kind.OTHER, reason="有事") for n in "12")
LISTED = Expected(outcome=Outcome.ROWS, source=Source.RESPONSE, total=2, rows=ROWS)
SHOWN = LISTED.model_copy(update={"source": Source.DOM})
BODY = PAGE + (
    f'<h1 id="shop">{SHOP}</h1><ul id="rows">{item(1, "有事")}{item(2, "有事")}</ul>'
    '<p id="total">共 2 条</p>'
)


def a_fixture(**changed: Any) -> Fixture:  # noqa: ANN401 (fields of a fixture)
    """Return a look at a list of two tickets."""
    usual: dict[str, Any] = {
        "platform": "made_up",
        "queue": "tickets",
        "shop": SHOP,
        "captured_at": NOON,
        "url": f"{SITE}/list?tab=1#/all",
        "html": BODY,
        "answers": (Answer(url=f"{SITE}/api/list?filter=", body=rows(1, 2)),),
        "expected": LISTED,
        "shown": SHOWN,
    }
    return Fixture(**(usual | changed))


def with_field(spec: Mapping[str, Any], **fields: object) -> dict[str, Any]:
    """Return a source with other *fields*."""
    return {**spec, "fields": {**spec["fields"], **fields}}


async def tried(
    fixture: Fixture, folder: Path, host: BrowserHost, pack: Pack | None = None
) -> list[Difference]:
    """Write *fixture*, and return what *pack* reads differently in it."""
    fixture.write(folder)
    packs = {"made_up": pack or a_pack(SITE)}
    trial = await try_fixture(folder, packs, host, SystemClock())

    assert "" == trial.trouble
    return list(trial.differences)


@pytest.mark.asyncio(loop_scope="session")
async def test_a_good_pack_reads_it_as_expected(host: BrowserHost, tmp_path: Path) -> None:
    """From the answers, and from the table alone."""
    assert [] == await tried(a_fixture(), tmp_path, host)


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    ("queue", "wanted"),
    [
        pytest.param(
            {"response": {**RESPONSE, "rows": "data.gone"}},
            Difference("source", "response", "dom（列表数据里找不到行）"),
            id="rows of the answer",
        ),
        pytest.param(
            {"response": with_field(RESPONSE, reason={"path": "gone"})},
            Difference("reason", "有事", "", 1),
            id="a path in the answer",
        ),
        pytest.param(
            {"response": with_field(RESPONSE, kind="refund_only")},
            Difference("kind", "other", "refund_only", 1),
            id="a kind",
        ),
        pytest.param(
            {"response": with_field(RESPONSE, stage="waiting")},
            Difference("stage", "merchant", "waiting", 1),
            id="a stage",
        ),
        pytest.param(
            {"dom": {**DOM, "items": {**DOM["items"], "says": {"css": [".gone"]}}}},
            Difference("reason", "有事", "", 1, by_table=True),
            id="a selector in the table",
        ),
        pytest.param(
            {"identity": [{"css": ["#gone"]}]},
            Difference("outcome", "rows", "page_changed（页面上找不到店铺名）"),
            id="the shop's name",
        ),
    ],
)
async def test_a_broken_pack_is_told_by_the_field(
    host: BrowserHost, tmp_path: Path, queue: dict[str, Any], wanted: Difference
) -> None:
    """The first difference names the field, what it should be and what was read."""
    found = await tried(a_fixture(), tmp_path, host, a_pack(SITE, **queue))

    assert wanted == found[0]


@pytest.mark.asyncio(loop_scope="session")
async def test_where_nothing_can_be_read_the_reason_is_told(
    host: BrowserHost, tmp_path: Path
) -> None:
    """The reason names the field that was missing."""
    answers = with_field(RESPONSE, case_id={"path": "gone"})
    fixture = a_fixture(html=PAGE + listing(), shown=None)

    found = await tried(fixture, tmp_path, host, a_pack(SITE, response=answers))

    assert [Difference("outcome", "rows", "page_changed（第 1 行找不到单号）")] == found


@pytest.mark.asyncio(loop_scope="session")
async def test_time_stands_still_at_the_capture(host: BrowserHost) -> None:
    """A countdown means what it meant then, however old the fixture is."""
    dom = {
        **with_field(DOM, respond_by={"path": "says", "unit": "countdown"}),
        "items": DOM["items"],
    }
    body = BODY.replace("有事", "2小时后自动同意")
    pack = a_pack(SITE, response=None, dom=dom)

    reading = await replay(a_fixture(html=body, answers=()), pack, host, SystemClock())

    assert {NOON + timedelta(hours=2)} == {s.respond_by for s in reading.sightings}
    assert NOON == reading.taken_at


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    ("answer", "outcome", "gate"),
    [
        (Answer(url=f"{SITE}/api/list", status=500), Outcome.UNREACHABLE, ""),
        (Answer(url=f"{SITE}/api/list", body={"code": 10008}), Outcome.SIGNED_OUT, "dead"),
        (
            Answer(url=f"{SITE}/api/list?filter=", body=rows()),
            Outcome.VERIFIED_EMPTY,
            "",
        ),
    ],
)
async def test_answers_of_every_sort_come_again(
    host: BrowserHost, answer: Answer, outcome: Outcome, gate: str
) -> None:
    """Failures, refusals and empty lists are read as such."""
    fixture = a_fixture(answers=(answer,), html=PAGE + listing())

    reading = await replay(fixture, a_pack(SITE), host, SystemClock())

    assert (outcome, gate) == (reading.outcome, reading.gate)


@pytest.mark.asyncio(loop_scope="session")
async def test_questions_that_carry_json_are_asked_again(host: BrowserHost) -> None:
    """What a POST carried is carried again, so that the pack sees that it was the whole list."""
    response = {**RESPONSE, "method": "POST"}
    pack = a_pack(SITE, response=response, dom=None, more=None)
    asked = {"url": f"{SITE}/api/list", "method": "POST", "body": rows(1)}

    whole = a_fixture(answers=(Answer(**asked, asked={"filter": ""}),))
    part = a_fixture(answers=(Answer(**asked, asked={"filter": "late"}),))

    assert Outcome.ROWS is (await replay(whole, pack, host, SystemClock())).outcome
    assert Outcome.PAGE_CHANGED is (await replay(part, pack, host, SystemClock())).outcome


@pytest.mark.asyncio(loop_scope="session")
async def test_frames_are_served_too(host: BrowserHost) -> None:
    """A table in a frame is read, whose address has its part of the pack."""
    html = (
        PAGE + f'<h1 id="shop">{SHOP}</h1><iframe src="{SITE}/inner/a%20b?x=1" width=400></iframe>'
    )
    fixture = a_fixture(
        html=html, answers=(), frames=(Frame(url=f"{SITE}/inner/a b?x=1", html=BODY),)
    )
    pack = a_pack(SITE, response=None, dom={**DOM, "frame": "/inner/"})

    reading = await replay(fixture, pack, host, SystemClock())

    assert [*differences(SHOWN, reading)] == []


@pytest.mark.asyncio(loop_scope="session")
async def test_a_client_that_is_attached_to_is_read_without_it(host: BrowserHost) -> None:
    """Its page comes from the fixture; nothing is asked of this machine's ports."""
    usual = a_pack("http://127.0.0.1:9", more=None, response=None)
    queue = usual.queues["tickets"].model_copy(update={"url": None})
    attach = Attach(site="main", page="list")
    pack = usual.model_copy(update={"login": None, "attach": attach, "queues": {"tickets": queue}})

    reading = await replay(a_fixture(url="about:blank", answers=()), pack, host, SystemClock())

    assert [*differences(SHOWN, reading)] == []


@pytest.mark.asyncio(loop_scope="session")
async def test_nothing_else_is_reached(visit: Visit, host: BrowserHost) -> None:
    """Whatever a page would load, no request leaves the browser."""
    visit.board.says({})
    site = visit.board.site
    html = BODY + (
        f'<img src="{site}/ticket/1"><link rel="stylesheet" href="{site}/ticket/2">'
        f'<iframe src="{site}/ticket/3"></iframe>'
        f"<script>fetch('{site}/ticket/4').catch(() => 0)</script>"
    )

    reading = await replay(a_fixture(html=html), a_pack(SITE), host, SystemClock())

    assert Outcome.ROWS is reading.outcome
    assert [] == visit.board.opened


def torn(folder: Path) -> None:
    """Cut the fixture's file in the middle."""
    file = folder / FIXTURE_FILE
    file.write_text(file.read_text(encoding="utf-8")[:200], encoding="utf-8")


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    ("fixture", "harm", "told"),
    [
        (a_fixture(), torn, "这里不是正确的 JSON"),
        (a_fixture(), lambda folder: (folder / "page.html").unlink(), "page.html：读不出来"),
        (a_fixture(platform="elsewhere"), lambda _: None, "没有这个平台的规则"),
        (a_fixture(queue="other"), lambda _: None, "规则里没有列表 other"),
    ],
)
async def test_what_cannot_be_tried_is_told(
    host: BrowserHost, tmp_path: Path, fixture: Fixture, harm: Callable[[Path], None], told: str
) -> None:
    """A torn file or a missing pack is no crash, and no success."""
    fixture.write(tmp_path / "a")
    harm(tmp_path / "a")
    assert [tmp_path / "a"] == fixtures_below(tmp_path)

    trial = await try_fixture(tmp_path / "a", {"made_up": a_pack(SITE)}, host, SystemClock())

    assert not trial.passed
    assert told in trial.trouble


def test_only_the_first_sheet_is_kept() -> None:
    """Nothing is turned for a fixture; the pack is the same otherwise."""
    pack = a_pack(SITE)
    once = first_sheet(pack, "tickets")

    assert once.queues["tickets"].more is None
    assert once == pack.model_copy(update={"queues": once.queues})
    assert pack.queues["tickets"].more is not None
