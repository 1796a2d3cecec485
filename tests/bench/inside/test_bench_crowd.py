"""The make-believe cases of the benchmarks: the same each time, and remembered alike by all."""

import json
from pathlib import Path
from random import Random

from agent.journal import Journal
from tests.bench.inside.archive import store, tell
from tests.bench.inside.crowd import QUEUES, SHOPS, ended, open_cases
from tests.bench.inside.office import TICKETS, office
from tests.bench.inside.plain import note, notebook, what_is_open


def test_the_cases_are_the_same_in_every_run() -> None:
    """Whoever compares two runs compares the same work; no two cases are one."""
    cases = open_cases(40)

    assert cases == open_cases(40)
    assert 40 == len({case.key for case in cases})
    assert {case.key.shop for case in cases} <= {shop.shop_id for shop in SHOPS}
    assert {case.key.queue for case in cases} == set(QUEUES)


def test_what_ended_came_before_it_went() -> None:
    """A case of last month has its time, and is over."""
    over = ended(open_cases(1)[0], Random(1))

    assert not over.is_open
    assert over.first_seen_at < (over.resolved_at or over.first_seen_at)


def test_journal_and_notebook_remember_the_same(tmp_path: Path) -> None:
    """What is open in one is open in the other; all of it was told, most is in hand."""
    cases = open_cases(12)
    over = [ended(case, Random(1)) for case in cases[8:]]
    with Journal.open(None) as journal, notebook(tmp_path / "plain.sqlite3") as plain:
        store(journal, [*cases[:8], *over])
        tell(journal)
        note(plain, [*cases[:8], *over])
        still, told = journal.open_cases(), journal.last_alerts()

        assert sorted(case.latest.order_id for case in still) == sorted(
            row["order"] for row in what_is_open(plain)
        )
        assert 8 == len(still) == len(told)
        assert [] == list(journal.pending_deliveries())
        assert any(case.acknowledged_at for case in still)


def test_the_long_answer_has_a_ticket_of_its_own_in_each_row() -> None:
    """The fixture's rows, over and over, under other numbers."""
    items = json.loads(office().long_answer)["data"]["items"]

    assert TICKETS == len(items)
    assert TICKETS == len({item["after_sale_info"]["after_sale_id"] for item in items})
