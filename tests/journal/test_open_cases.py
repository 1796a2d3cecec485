"""What is kept decoded in memory is never stale, and little is decoded anew."""

from dataclasses import replace
from operator import attrgetter
from pathlib import Path

from agent.cases import DeliveryState, Kind
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


def refreshed(memory: OpenCases, journal: Journal) -> OpenCases:
    """Return *memory*, caught up with the file of *journal*."""
    with journal._store.reading() as connection:
        memory.refresh(connection)
    return memory


def test_only_changed_cases_are_decoded_anew(journal: Journal) -> None:
    """A look each second at thousands of open cases costs nothing while they rest."""
    memory = OpenCases()
    first = an_open_case(journal, "a")
    an_open_case(journal, "b")
    before = refreshed(memory, journal).in_order()
    recorded(journal, seen(first, NOON + MINUTE))

    after = refreshed(memory, journal).in_order()

    assert NOON + MINUTE == after[0].last_seen_at
    assert before[1] is after[1]


def test_nothing_is_made_anew_while_nothing_changes(journal: Journal) -> None:
    """The very list is handed out again."""
    an_open_case(journal)
    memory = OpenCases()

    assert refreshed(memory, journal).in_order() is refreshed(memory, journal).in_order()


def test_every_kind_of_change_is_seen(journal: Journal) -> None:
    """Opened, alerted, ended, opened again, forgotten: the memory follows each."""
    memory = OpenCases()
    looks = []
    case = an_open_case(journal)
    looks.append(look(memory, journal))
    raised = journal.raise_alert(alert_for(case))
    looks.append(look(memory, journal))
    recorded(journal, resolved(case, NOON))
    looks.append(look(memory, journal))
    recorded(journal, opened(a_case()))
    looks.append(look(memory, journal))
    journal.forget(SHOP)
    looks.append(look(memory, journal))

    number, alert = case.number, raised.alert_id
    assert [([number], []), ([number], [alert]), ([], []), ([number], [alert]), ([], [])] == looks


def look(memory: OpenCases, journal: Journal) -> tuple[list[int], list[int]]:
    """Return the numbers of the open cases and of their alerts, however they are asked for."""
    refreshed(memory, journal)
    tickets, outages = memory.of([SHOP])
    assert [*memory.in_order()] == sorted(tickets + outages, key=attrgetter("number"))
    return (
        [case.number for case in memory.in_order()],
        [alert.alert_id for alert in memory.last_alerts().values()],
    )


def test_each_shop_has_its_own_and_what_is_out_of_sight_is_apart(journal: Journal) -> None:
    """Nothing of a shop that is not asked for is given."""
    mine = an_open_case(journal, "a")
    recorded(journal, opened(a_case(key=a_key("b", shop="other"))))
    blind = a_case(key=a_key("outage"), kind=Kind.OUTAGE)
    recorded(journal, opened(blind))
    tickets, outages = refreshed(OpenCases(), journal).of([SHOP, "never seen"])

    assert ([mine.key], [blind.key]) == (
        [case.key for case in tickets],
        [case.key for case in outages],
    )


def test_handing_out_the_alerts_gives_nothing_away(journal: Journal) -> None:
    """Whoever empties the mapping that was handed out empties only that."""
    journal.raise_alert(alert_for(an_open_case(journal)))

    journal.last_alerts().clear()

    assert 1 == len(journal.last_alerts())


def test_ended_cases_are_fetched_when_asked_for(journal: Journal) -> None:
    """An open case comes from memory, an ended one from the file, an unknown one from nowhere."""
    an_open_case(journal, "open")
    [ended] = recorded(journal, resolved(an_open_case(journal, "ended"), NOON))
    memory = refreshed(OpenCases(), journal)

    with journal._store.reading() as connection:
        known = memory.and_ended(connection, [a_key("open"), a_key("ended"), a_key("unknown")])

    assert {a_key("open"), a_key("ended")} == set(known)
    assert ended == known[a_key("ended")]
    assert memory.in_order()[0] is known[a_key("open")]


def test_the_file_is_read_only_when_somebody_wrote(tmp_path: Path) -> None:
    """Asked each second by every channel, it begins no transaction; what others wrote is seen."""
    with (
        Journal.open(tmp_path / "journal") as journal,
        Journal.open(tmp_path / "journal") as beside,
    ):
        alert = journal.raise_alert(alert_for(an_open_case(journal)))
        pending = journal.pending_deliveries()
        quiet = journal.pending_deliveries() is pending
        beside.settle(replace(pending[0], state=DeliveryState.DELIVERED), now=NOON)
        left = journal.pending_deliveries()

        assert quiet
        assert [*alert.channels] == [delivery.channel for delivery in pending]
        assert list(pending[1:]) == list(left)


def test_what_is_written_while_it_is_read_is_not_overlooked(tmp_path: Path) -> None:
    """A look that another process cuts across is followed by another."""
    with (
        Journal.open(tmp_path / "journal") as journal,
        Journal.open(tmp_path / "journal") as beside,
    ):
        case = an_open_case(journal)
        journal.open_cases()
        looked = journal._store.mark
        beside.raise_alert(alert_for(case))

        assert looked != journal._store.mark
        assert [case.key] == list(journal.last_alerts())
