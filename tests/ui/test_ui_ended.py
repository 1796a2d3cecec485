"""What is shown of tickets that left the list."""

from dataclasses import replace

from agent.cases import Tier
from tests.ui.samples import FAWN, LAMP, a_row, a_snapshot, ago, an_outage
from ui.ended import ended_view
from ui.ticking import epoch_ms


def test_ended_tickets_say_what_they_were_and_since_when() -> None:
    """The latest first; that a shop is in sight again is no ticket, and a shop may be gone."""
    rows = (a_row(12, shop=FAWN), an_outage(9), a_row(13, shop=LAMP, reason=""))
    gone = tuple(replace(row.case, resolved_at=ago(minutes=5), tier=Tier.URGENT) for row in rows)
    first, second = ended_view(a_snapshot(resolved=gone), "zh")

    assert (12, "小鹿女装旗舰店", "仅退款", "¥128.00", "小**鱼", "urgent", "紧急") == (
        *(first["number"], first["shop"], first["kind_text"], first["amount"]),
        *(first["buyer"], first["tier"], first["tier_text"]),
    )
    assert {"text": "{age}前结束", "at": epoch_ms(ago(minutes=5))} == first["mark"]
    assert (13, "", "加绒牛仔外套 秋冬新款") == (
        *(second["number"], second["shop"]),
        second["reason"],
    )
