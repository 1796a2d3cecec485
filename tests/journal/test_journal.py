"""What is recorded is remembered, found and forgotten."""

from dataclasses import replace

import pytest

from agent.cases import Outcome, QueueHealth
from agent.errors import UnknownCase
from agent.journal import Journal
from tests.journal.samples import (
    SHOP,
    a_key,
    alert_for,
    an_open_case,
    opened,
    recorded,
    resolved,
)
from tests.mothers import NOON, a_case


def test_a_person_cannot_change_what_the_platform_says(journal: Journal) -> None:
    """Acknowledging never resolves: of a person's act only the person's fields are kept."""
    case = an_open_case(journal)

    kept = journal.update(case, replace(case, resolved_at=NOON, missed=5, starred=True), now=NOON)

    assert replace(case, starred=True) == kept


def test_memory_holds_the_queue_and_what_is_mentioned(journal: Journal) -> None:
    """A reading is compared with its queue's open cases and with ended ones that it mentions."""
    here = an_open_case(journal, "here")
    ended, unmentioned = an_open_case(journal, "ended"), an_open_case(journal, "unmentioned")
    recorded(journal, resolved(ended, NOON), resolved(unmentioned, NOON))
    [elsewhere] = recorded(journal, opened(a_case(key=a_key("else", queue="chat"))))
    [stranger] = recorded(journal, opened(a_case(key=a_key("here", shop="other"))))
    mentioned = [ended.key, elsewhere.key, a_key("never met")]

    memory = journal.memory(SHOP, here.key.queue, mentioned)

    assert {here.key, ended.key, elsewhere.key} == set(memory)
    assert stranger.key not in memory
    assert (here, NOON) == (memory[here.key], memory[ended.key].resolved_at)


def test_health_is_kept_per_queue(journal: Journal) -> None:
    """The latest word on a queue replaces the one before and leaves its neighbours alone."""
    chat = QueueHealth("chat", "飞鸽", failures=1, outcome=Outcome.SIGNED_OUT, gate="kicked")
    journal.record([], QueueHealth("aftersale", failures=7), shop=SHOP)
    journal.record([], chat, shop=SHOP)
    well = QueueHealth("aftersale", "售后", confirmed_at=NOON, outcome=Outcome.ROWS, pending=2)
    journal.record([], well, shop=SHOP)

    assert {SHOP: {"aftersale": well, "chat": chat}} == journal.health()


def test_forgetting_a_shop_leaves_nothing_of_it(journal: Journal) -> None:
    """Cases, history, alerts, deliveries and health go; another shop's stay."""
    gone = an_open_case(journal)
    journal.record([], QueueHealth("aftersale"), shop=SHOP)
    [stays] = recorded(journal, opened(a_case(key=a_key(shop="other"))))
    journal.raise_alerts([alert_for(gone), alert_for(stays)])

    journal.forget(SHOP)

    assert ([stays], {stays.key}) == (list(journal.open_cases()), set(journal.last_alerts()))
    assert {stays.key} == {delivery.alert.key for delivery in journal.pending_deliveries()}
    assert ([], {}) == (list(journal.history(gone.key)), journal.health())


def test_acting_on_a_forgotten_case_is_refused(journal: Journal) -> None:
    """A person is told that the case is gone instead of being left in good faith."""
    case = an_open_case(journal)
    journal.forget(SHOP)

    with pytest.raises(UnknownCase, match="geshao inbox"):
        journal.update(case, replace(case, starred=True), now=NOON)


def test_the_revision_grows_with_all_that_is_written(journal: Journal) -> None:
    """Recording, acting, alerting, settling and forgetting each raise it; reading does not."""
    revisions = [journal.revision]
    case = an_open_case(journal)
    revisions.append(journal.revision)
    journal.update(case, replace(case, starred=True), now=NOON)
    revisions.append(journal.revision)
    journal.raise_alert(alert_for(case))
    revisions.append(journal.revision)
    journal.settle(*journal.pending_deliveries(), now=NOON)
    revisions.append(journal.revision)
    journal.forget(SHOP)
    revisions.append(journal.revision)

    assert sorted(set(revisions)) == revisions
    assert revisions[-1] == journal.revision
