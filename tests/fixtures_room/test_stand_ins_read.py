from dataclasses import replace
from datetime import timedelta
from typing import Any

from agent.cases import CaseKey, Sighting
from agent.fixtures.known import kept_words
from agent.fixtures.stand_ins import StandIns
from agent.platforms.interpret import RowReader
from tests.fixtures_room.made_up_page import CHAT, NOON, ORDER
from tests.platforms.rows import a_dispute, a_row
from tests.shipped import PACKS

PACK = PACKS["doudian"]
NOON_S = int(NOON.timestamp())


def rows() -> list[Any]:
    """Return an answer's rows: one that waits, one that ended, one in dispute."""
    waiting = a_row(status_deadline=NOON_S + 3600, apply_time=NOON_S - 86_400)
    waiting["text_part"] |= {"reason_text": CHAT, "after_sale_status_text": "待商家审核"}
    waiting["order_info"]["shop_order_id"] = ORDER
    ended = a_row("148000000000000002", after_sale_status=12, after_sale_type=0)
    due = {"arbitrate_status": 4, "arbitrate_status_deadline": str(NOON_S + 7200)}
    return [waiting, ended, a_row("148000000000000003") | a_dispute() | {"arbitrate_info": due}]


def read(answer: Any) -> tuple[Sighting, ...]:  # noqa: ANN401 (JSON)
    """Return what the pack reads in *answer*."""
    source = PACK.queues["aftersale"].response
    assert source is not None
    return RowReader("shop", "aftersale", source.fields).read(answer, NOON)


def test_the_pack_reads_the_same_in_the_stand_ins() -> None:
    """Kinds, stages, limits, states and amounts agree; numbers and words are their stand-ins."""
    keep = kept_words(PACK.model_dump(mode="json", by_alias=True))
    stand_ins = StandIns(NOON, keep=keep)
    text = stand_ins.text
    expected = [
        replace(
            sighting,
            key=CaseKey("shop", "aftersale", text(sighting.key.case_id)),
            order_id=text(sighting.order_id),
            reason=text(sighting.reason),
            product=text(sighting.product),
        )
        for sighting in read(rows())
    ]

    assert expected == list(read(stand_ins.json(rows())))
    assert NOON + timedelta(hours=1) == expected[0].respond_by
    assert CHAT != expected[0].reason
