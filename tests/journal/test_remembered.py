"""What is kept in memory of the file costs no transaction, and is never stale."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import event

from agent.cases import Outcome, QueueHealth
from agent.journal import Journal
from tests.journal.samples import SHOP, a_key, alert_for, an_open_case, opened, recorded, resolved
from tests.mothers import NOON, a_case

WELL = QueueHealth("aftersale", "售后", confirmed_at=NOON, outcome=Outcome.ROWS, pending=2)


def transactions(journal: Journal) -> list[object]:
    """Return a list that grows with each transaction of *journal*."""
    begun = list[object]()
    event.listen(journal._store._engine, "begin", begun.append)
    return begun


def test_what_was_asked_once_costs_nothing_again(journal: Journal) -> None:
    """Of a case that is open, one that ended and one never met, the file is asked once."""
    here = an_open_case(journal, "here")
    [ended] = recorded(journal, resolved(an_open_case(journal, "ended"), NOON))
    mentioned = [here.key, ended.key, a_key("never met")]
    first = journal.memory(SHOP, here.key.queue, mentioned)
    begun = transactions(journal)

    again = journal.memory(SHOP, here.key.queue, mentioned)

    assert {here.key: here, ended.key: ended} == first == again
    assert [] == begun


def test_a_case_that_was_unknown_is_known_once_it_is_there(tmp_path: Path) -> None:
    """That a case was not there is remembered only until somebody, here or beside, writes it."""
    file = tmp_path / "journal"
    with Journal.open(file) as journal, Journal.open(file) as beside:
        nothing = journal.known([a_key("a"), a_key("b")])
        [mine] = recorded(journal, opened(a_case(key=a_key("a"))))
        [theirs] = recorded(beside, opened(a_case(key=a_key("b"))))

        assert {} == nothing
        assert {a_key("a"): mine, a_key("b"): theirs} == journal.known([a_key("a"), a_key("b")])


def test_an_ended_case_is_read_anew_once_it_opens_again(journal: Journal) -> None:
    """What was remembered of its end does not outlive it."""
    [ended] = recorded(journal, resolved(an_open_case(journal, "a"), NOON))
    before = journal.known([ended.key])
    again = replace(ended, resolved_at=None)
    recorded(journal, opened(again))

    assert {ended.key: ended} == before
    assert journal.known([ended.key])[ended.key].is_open


def test_the_health_is_read_once_for_many_readings(journal: Journal) -> None:
    """A burst of readings and the alerts after them read no list's health back."""
    case = an_open_case(journal)
    journal.health()
    begun = transactions(journal)
    journal.record([], WELL, shop=SHOP)
    journal.raise_alerts([alert_for(case)])
    journal.record([], replace(WELL, pending=3), shop=SHOP)

    assert {SHOP: {"aftersale": replace(WELL, pending=3)}} == journal.health()
    assert 3 == len(begun)


def test_the_health_that_others_wrote_is_seen(tmp_path: Path) -> None:
    """What another process stores, or a shop's being forgotten, is not hidden by what is kept."""
    file = tmp_path / "journal"
    with Journal.open(file) as journal, Journal.open(file) as beside:
        journal.record([], WELL, shop=SHOP)
        first = journal.health()
        beside.record([], replace(WELL, pending=7), shop=SHOP)
        journal.record([], replace(WELL, queue="chat"), shop=SHOP)
        second = journal.health()
        journal.forget(SHOP)

        assert {SHOP: {"aftersale": WELL}} == first
        assert {"aftersale": 7, "chat": 2} == {q: one.pending for q, one in second[SHOP].items()}
        assert {} == journal.health()


def test_handing_out_the_health_gives_nothing_away(journal: Journal) -> None:
    """Whoever empties the mapping that was handed out empties only that."""
    journal.record([], WELL, shop=SHOP)

    journal.health()[SHOP].clear()

    assert {SHOP: {"aftersale": WELL}} == journal.health()
