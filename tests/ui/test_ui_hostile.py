"""Texts of strangers, in every field of every page: they are shown, and that is all they do."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agent.cases import Holiday, Shop, Source, Why
from agent.cases.handing import Lost
from agent.cases.link import Link, LinkState
from agent.inbox import Snapshot
from agent.journal import Act, ChannelHealth, Entry
from agent.journal.past import Past
from agent.snapshot import Dossier, Duty, ShownDrill
from tests.days import a_book, a_line, opened
from tests.days import ago as then
from tests.fakes import NOON
from tests.mothers import KEY
from tests.ui.overlay import Overlay
from tests.ui.samples import (
    a_blind_shop,
    a_case,
    a_dossier,
    a_row,
    a_shop,
    a_snapshot,
    ago,
    an_outage,
)
from tests.ui.settings_states import settings
from ui.case import case_view
from ui.day import day_view
from ui.view import present

pytestmark = pytest.mark.asyncio(loop_scope="session")

HERE = Path(__file__).parent
HOSTILE = [json.loads(line) for line in (HERE / "hostile.txt").read_text().splitlines()[1:]]
TAME = ["普通的话", "普通的话，只是长一些" * 40, " "]
"""What these need is the page's own."""

MARK = "\ue000"
"""Where a text goes in what the page is told; a character that nobody writes."""

FIELDS = (
    *("reason", "buyer", "product", "status", "order_id", "raw_deadline", "consequence"),
    "url",
)


def shop(text: str, shop_id: str) -> Shop:
    """Return a shop of that name."""
    return Shop("doudian", shop_id, text)


def dossier(text: str) -> Dossier:
    """Return a case of which nothing is known but *text*."""
    fields: dict[str, Any] = dict.fromkeys(FIELDS, text)
    seen = a_row(12, **fields).case.latest
    history = (
        Entry(ago(minutes=9), Act.OPENED, said=replace(seen, status="", reason="")),
        Entry(ago(minutes=5), Act.UPDATED, said=seen),
        Entry(ago(minutes=2), Act.NOTED, note=text),
        Entry(ago(minutes=1), Act.ASSIGNED, note=text),
    )
    more: dict[str, Any] = {
        "tags": (text,),
        "case": {"note": text, "person": text},
        "lost": Lost.LEFT,
    }
    return a_dossier(12, Past(history, ()), shop=shop(text, "a"), assigned=text, **more, **fields)


def snapshot(text: str) -> Snapshot:
    """Return a moment at which *text* is everything that anybody ever wrote."""
    blind = a_blind_shop(
        shop(text, "b"),
        **dict.fromkeys(("detail", "failed", "platform_title", "gate"), text),
        unseen=(text,),
        unproven=True,
        coverage=tuple(a_line((20, Why.COVERED), (4, Why.SIGNED_OUT))),
    )
    calm = replace(a_shop(shop(text, "a"), busy=text), sources={"aftersale": Source.DOM})
    over = replace(a_case(21, shop(text, "a"), reason=text), resolved_at=ago(minutes=5))
    failed = Link(text, LinkState.FAILED, 1.0, text, text)
    people = Duty(
        (text,),
        None,
        (text, "小李"),
        text,
        Holiday(date(2026, 5, 1), NOON.date(), text),
        NOON.date(),
    )
    return a_snapshot(
        dossier(text).row,
        a_row(13, shop=shop(text, "b"), assigned="小李"),
        an_outage(9, shop(text, "b")),
        shops=(blind, calm),
        channels=(ChannelHealth(text, None, text), ChannelHealth(f"{text} ", ago(hours=1))),
        away=text,
        trouble=text,
        resolved=(over,),
        trial=ShownDrill((text, "sound"), (failed,), over=True, broken=text),
        duty=people,
    )


def days(text: str) -> dict[str, Any]:
    """Return how the agent tells the days of shops of that name."""
    told = [opened(then(hours=2), respond_by=then(hours=1))]
    return {"day": {"ok": True, "day": day_view(a_book(told, shops={KEY.shop: text}), "zh")}}


def set_to(text: str) -> dict[str, Any]:
    """Return settings in which that is the name of everything."""
    told = settings()("zh")["settings"]["settings"]
    shops = [{**each, "name": text, "said": text} for each in told["shops"]]
    roads = [{**each, "name": text, "said": text} for each in told["roads"]]
    said = dict.fromkeys(("file", "fault", "pending", "failed"), text)
    box = [{"value": text, "title": text}]
    boxes = dict.fromkeys(("roads", "kinds", "robots"), box)
    person = {"name": text, "said": text, "roads": [text], "kinds": [text]}
    person |= {"stands_in": True, "numbers": {text: text}}
    more = {"shops": shops, "roads": roads, "staff": {"people": [person], **boxes}}
    return {"settings": {"ok": True, "settings": {**told, **more, **said}}}


def everywhere(text: str) -> dict[str, Any]:
    """Return all that the page is told while *text* is everywhere."""
    answers = {
        "case": {"ok": True, "case": case_view(dossier(text), "zh")},
        "begin_drill": {"ok": False, "error": text, "next_step": text},
        **days(text),
        **set_to(text),
    }
    return {"view": {**present(snapshot(text), "zh"), "words": {}}, "answers": answers}


async def test_no_text_is_more_than_text(overlay: Overlay) -> None:
    """Of hundreds none runs, loads, adds or changes anything; each is shown as it was written."""
    asked: list[str] = []
    calm = dict(present(a_snapshot(), "zh"))
    await overlay.open(calm)
    overlay.page.on("request", lambda request: asked.append(request.url))
    script = (HERE / "hostile.js").read_text(encoding="utf-8")
    # As it stands in ASCII nothing on the way can mend what is broken on purpose.
    sent = json.dumps([TAME, HOSTILE, MARK, calm["words"], everywhere(MARK), days(MARK)])
    found = await overlay.page.evaluate(f"(sent) => ({script})(JSON.parse(sent))", sent)

    assert 200 <= len(set(HOSTILE))
    assert ([], []) == (found, asked)
