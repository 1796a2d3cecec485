"""What is kept in memory of the file costs no transaction, and is never stale."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from agent.cases import Change, Outcome, QueueHealth
from agent.journal import Journal
from agent.journal.open_cases import OpenCases
from tests.journal.samples import (
    MINUTE,
    SHOP,
    a_key,
    alert_for,
    an_open_case,
    opened,
    recorded,
    resolved,
    seen,
)
from tests.mothers import NOON, a_case

WELL = QueueHealth("aftersale", "售后", confirmed_at=NOON, outcome=Outcome.ROWS, pending=2)


UNTIDY = {"reason": "坏\x00了\ud800", "tags": ("急\x00",), "respond_by": NOON + MINUTE}


def opens(journal: Journal, case_id: str = "a") -> None:
    """Have a case come whose words and times the file keeps in another shape."""
    known = journal.known([a_key(case_id)])
    east = NOON.astimezone(timezone(timedelta(hours=8)))
    case = a_case(key=a_key(case_id), first_seen_at=east, **UNTIDY)
    recorded(journal, opened(known.get(case.key, case)))


def ends(journal: Journal) -> None:
    """Have all cases end."""
    for case in journal.open_cases():
        recorded(journal, resolved(case, NOON))


def again(journal: Journal) -> None:
    """Have what is known of the case open once more, though it ended."""
    for case in journal.known([a_key("a")]).values():
        recorded(journal, opened(replace(case, resolved_at=None)))


def alerts(journal: Journal) -> None:
    """Raise two alerts for each open case, over an untidy road."""
    for case in journal.open_cases():
        roads = ("sound", "x\x00", "sound")
        journal.raise_alerts([alert_for(case), alert_for(case, channels=roads, people=("甲\x00",))])


def settles(journal: Journal) -> None:
    """Have what is on its way be given up."""
    journal.settle(*journal.pending_deliveries(), now=NOON)


def sees(journal: Journal) -> None:
    """See each open case end and be there again in one reading."""
    there = journal.open_cases()
    gone: list[Change] = [resolved(case, NOON) for case in there]
    journal.record([*gone, *(seen(case, NOON + MINUTE) for case in there)], WELL, shop=SHOP)


def stars(journal: Journal) -> None:
    """Have a person mark each open case."""
    for case in journal.open_cases():
        journal.update(case, replace(case, starred=not case.starred), now=NOON)


DEEDS: Mapping[str, Callable[[Journal], object]] = {
    "opens": opens,
    "opens another": lambda journal: opens(journal, "b\x00"),
    "ends": ends,
    "again": again,
    "alerts": alerts,
    "settles": settles,
    "sees": sees,
    "stars": stars,
    "forgets": lambda journal: journal.forget(SHOP),
    "beside": lambda journal: (opens(journal, "c"), alerts(journal)),
}


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


def test_a_case_and_its_alert_are_read_back_by_nobody_who_wrote_them(journal: Journal) -> None:
    """From the ticket to the sound they are in memory; each write is one transaction."""
    journal.open_cases()
    begun = transactions(journal)
    [case] = recorded(journal, opened(a_case(key=a_key("a"))))
    alert = journal.raise_alert(alert_for(case))

    assert ([case], {case.key: alert}) == ([*journal.open_cases()], journal.last_alerts())
    assert 2 == len(begun)


@example(["opens", "alerts", "ends", "again"])
@example(["opens", "alerts", "forgets", "opens", "settles"])
@example(["opens", "ends", "beside", "again", "alerts"])
@settings(max_examples=60)
@given(st.lists(st.sampled_from([*DEEDS]), min_size=1, max_size=8))
def test_what_is_in_memory_is_what_is_in_the_file(names: list[str]) -> None:
    """Whatever was done in whatever order, here or by another process."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "journal"
        with Journal.open(file) as journal, Journal.open(file) as beside:
            for name in names:
                DEEDS[name](beside if name == "beside" else journal)
                fresh = OpenCases()
                with beside._store.reading() as connection:
                    fresh.refresh(connection)

                assert fresh.in_order() == journal.open_cases(), name
                assert fresh.last_alerts() == journal.last_alerts(), name
                assert {*fresh.in_order()} == {*journal.open_of([SHOP]).tickets}, name
