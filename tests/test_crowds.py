"""A batch defect and a buyer with many tickets, as they come in with readings: one alarm each."""

from agent.cases import Kind
from tests.several import a_ticket, several

DEFECT = {"reason": "杯口开裂，质量问题", "product": "帆布包", "kind": Kind.EXCHANGE}


async def test_a_batch_is_one_alarm_beside_its_tickets() -> None:
    """At the third ticket one alarm for all of them; it goes when they are dealt with."""
    with several("a") as home:
        async with home.at_work():
            home.shows("a", *(a_ticket(str(n), **DEFECT) for n in range(2)))
            await home.clock.advance(60)
            before = home.rung()
            home.shows("a", *(a_ticket(str(n), **DEFECT) for n in range(3)))
            await home.clock.advance(60)
            (batch,) = [c for c in home.journal.open_cases() if c.latest.kind is Kind.BATCH]
            home.shows("a")
            await home.clock.advance(120)

        assert ["重要 · 2 件要处理"] == before
        assert ["紧急 · 2 件要处理"] == home.rung()[1:2]
        assert "批量质量问题" in home.desktop.heard[1][1].lines[0]
        assert "3 单质量问题：帆布包" == batch.latest.reason
        assert [] == list(home.journal.open_cases())


async def test_tickets_that_were_dealt_with_still_count() -> None:
    """A quick merchant learns of a bad batch too: three in a day, never three at once."""
    with several("a") as home:
        async with home.at_work():
            for number in range(3):
                home.shows("a", a_ticket(str(number), **DEFECT))
                await home.clock.advance(100)

        found = [c.latest.reason for c in home.journal.open_cases() if c.latest.kind is Kind.BATCH]
        assert ["3 单质量问题：帆布包"] == found
