"""The past of one case: whole where it is short, the last of it where it is long."""

from dataclasses import replace

from agent.cases import DeliveryState
from agent.journal import Act, Entry, Journal, history
from agent.journal.past import MOST_ENTRIES, past_of
from tests.journal.samples import MINUTE, SECOND, alert_for, an_open_case
from tests.mothers import NOON


def test_a_short_past_is_told_whole(journal: Journal) -> None:
    """What was said, what was done, and each message with how it fared."""
    case = an_open_case(journal)
    alert = journal.raise_alert(alert_for(case, channels=("sound", "desktop")))
    sound, _ = journal.pending_deliveries()
    journal.settle(replace(sound, state=DeliveryState.DELIVERED), now=NOON)
    journal.update(case, replace(case, note="已打电话"), now=NOON + MINUTE)
    past = past_of(journal, case.key)

    assert [Act.OPENED, Act.NOTED] == [entry.act for entry in past.history]
    assert [
        (alert.alert_id, "sound", DeliveryState.DELIVERED),
        (alert.alert_id, "desktop", DeliveryState.PENDING),
    ] == [(one.alert.alert_id, one.channel, one.state) for one in past.told]
    assert (None, False) == (past.since, past.older)


def test_of_two_thousand_entries_the_last_hundred_are_told(journal: Journal) -> None:
    """It says that there were more, and has what the first of these is compared with."""
    case = an_open_case(journal)
    entries = [
        (case.number, Entry(NOON + n * SECOND, Act.UPDATED, said=case.latest)) for n in range(2000)
    ]
    with journal._store.writing() as connection:
        history.write(connection, entries)
    past = past_of(journal, case.key)

    assert MOST_ENTRIES == len(past.history)
    assert NOON + 1999 * SECOND == past.history[-1].at
    assert (entries[-MOST_ENTRIES - 1][1], True) == (past.since, past.older)


def test_what_happened_before_the_oldest_message_known_is_left_out(journal: Journal) -> None:
    """A history that says nothing of who was told would look as if nobody had been."""
    case = an_open_case(journal)
    rings = [alert_for(case, raised_at=NOON + n * MINUTE, repeat=n) for n in range(501)]
    journal.raise_alerts(rings)
    journal.update(case, replace(case, note="已打电话"), now=NOON + MINUTE)
    past = past_of(journal, case.key)

    assert (1000, True) == (len(past.told), past.older)
    assert [Act.NOTED] == [entry.act for entry in past.history]
    assert journal.history(case.key)[0] == past.since
