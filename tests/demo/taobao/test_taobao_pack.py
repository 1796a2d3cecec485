"""What the Taobao pack makes of its office where the matrix does not look."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from agent.cases import Kind, Outcome, Reading, Source, Stage
from agent.clock import SystemClock
from agent.demo.taobao import Claim, Judge, MakeBelieveTaobao, Status
from agent.platforms.capture import Captured
from agent.platforms.host import BrowserHost
from agent.platforms.lists import rows_in
from agent.platforms.login import Account, LoginPatience, SignIn, sign_in
from agent.platforms.shelf import load_pack, pack_folders
from agent.platforms.sources import ResponseSource
from agent.platforms.unread import CannotRead
from tests.matrix.stand import PASSWORD, SHOP, USERNAME, Stand, put_up

UNFILTERED = {"refundStatusSelect": '["-1"]', "quickQuerySelect": "", "pageNo": 1}
PATIENT = LoginPatience(step=20, optional=0.5, done=20, act=20, look=20)
SLY = "没有符合条件的宝贝"
pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session", params=["a", "b"])
async def stand(
    request: pytest.FixtureRequest, host: BrowserHost, tmp_path: Path
) -> AsyncIterator[Stand]:
    """Yield a signed-in shop in front of each build of the pages."""
    async with put_up(
        MakeBelieveTaobao, "aftersale", host, tmp_path, build=request.param, enter=True
    ) as stand:
        yield stand


def office_of(stand: Stand) -> MakeBelieveTaobao:
    """Return the office with its own verbs."""
    assert isinstance(stand.office, MakeBelieveTaobao)
    return stand.office


def told(reading: Reading) -> dict[str, tuple[Kind, str, Stage, str, int | None]]:
    """Return of each case what both sources tell."""
    return {
        one.key.case_id: (one.kind, one.status, one.stage, one.order_id, one.amount)
        for one in reading.sightings
    }


async def test_answer_and_table_tell_the_same(stand: Stand) -> None:
    """Every state and every claim reads alike in the answer and in the words of the two rows."""
    office = office_of(stand)
    for status in Status:
        for judge in Judge:
            office.add_case(SHOP, status=status, judge=judge, product=SLY, reason="共99条")
    for claim in Claim:
        office.add_case(SHOP, claim=claim, amount_fen=128050)
    by_answer = await stand.read()
    office.rename_classes(hard=True)
    by_table = await stand.read()

    assert (Source.RESPONSE, Source.DOM) == (by_answer.source, by_table.source)
    assert (Outcome.ROWS, Outcome.ROWS) == (by_answer.outcome, by_table.outcome)
    assert 17 == len(told(by_answer))
    assert told(by_answer) == told(by_table)
    assert {None} == {one.respond_by for one in by_answer.sightings}


@pytest.mark.parametrize("stand", ["b"], indirect=True)
async def test_every_page_of_the_list_is_turned(stand: Stand) -> None:
    """What lies over the pager is closed first."""
    added = set(office_of(stand).add_cases(SHOP, 45))
    reading = await stand.read()

    assert Outcome.ROWS is reading.outcome
    assert added == set(told(reading))


async def test_the_slider_in_the_forms_frame_is_left_to_a_person(
    host: BrowserHost, tmp_path: Path
) -> None:
    """Signing in stops where the form's frame shows the slider."""
    async with put_up(
        MakeBelieveTaobao, "aftersale", host, tmp_path, build="a", enter=False
    ) as stand:
        stand.office.show_captcha(SHOP)
        page = await stand.session.new_page()
        account = Account(USERNAME, PASSWORD, SHOP)
        ended = await sign_in(page, stand.pack, account, SystemClock(), PATIENT)

        assert SignIn.NEEDS_PERSON is ended


async def test_a_wrong_password_is_told_in_the_forms_frame(
    host: BrowserHost, tmp_path: Path
) -> None:
    """What the frame says is heard, so that the stored password is not tried again."""
    async with put_up(
        MakeBelieveTaobao, "aftersale", host, tmp_path, build="a", enter=False
    ) as stand:
        page = await stand.session.new_page()
        account = Account(USERNAME, "no horse", SHOP)
        ended = await sign_in(page, stand.pack, account, SystemClock(), PATIENT)

        assert SignIn.REFUSED is ended


def empty_list(**asked: str) -> tuple[Captured, ResponseSource]:
    """Return an answer without rows to a question with *asked* in it, and what the pack wants."""
    spec = load_pack(pack_folders()[0] / "taobao" / "pack.yaml").queues["aftersale"].response
    assert spec is not None
    wants = {"data": json.dumps({"params": json.dumps({**UNFILTERED, **asked})})}
    result = {"disputeGridVOList": [], "total": 0}
    body = {"ret": ["SUCCESS::调用成功"], "data": {"resultData": result}}
    at = datetime(2026, 11, 22, tzinfo=UTC)
    return Captured(order=1, wants=wants, at=at, heard=0.0, body=body), spec


@pytest.mark.parametrize("statuses", ['["-1"]', '["-9999"]'])
async def test_the_question_is_read_through_its_form(statuses: str) -> None:
    """What is under way is the whole list, and so is everything."""
    assert [] == list(rows_in(*empty_list(refundStatusSelect=statuses)))


@pytest.mark.parametrize(
    "asked",
    [
        {"refundStatusSelect": '["5"]'},
        {"quickQuerySelect": "soon"},
        {"unionSearch": "407319"},
        {"applyDatetimePickerStartTime": "1790000000000"},
    ],
)
async def test_a_filtered_list_is_not_the_whole(asked: dict[str, str]) -> None:
    """No rows with a filter on are no proof that there are none."""
    with pytest.raises(CannotRead, match="一部分"):
        rows_in(*empty_list(**asked))
