"""What is recorded is remembered, found and forgotten."""

from dataclasses import replace
from datetime import datetime

import pytest

from agent.cases import Band, CaseKey, Change, ChangeKind, Outcome, QueueHealth, Tier
from agent.errors import UnknownCase
from agent.journal import Act, Journal
from tests.fakes import NOON
from tests.journal.samples import (
    HOUR,
    MINUTE,
    SHOP,
    a_case,
    a_key,
    a_sighting,
    an_alert,
    an_open_case,
    asked_again,
    opened,
    recorded,
    resolved,
    seen,
)


def acts(journal: Journal, key: CaseKey) -> list[tuple[datetime, Act]]:
    """Return a case's history in short."""
    return [(entry.at, entry.act) for entry in journal.history(key)]


def test_new_cases_get_short_numbers_in_order(journal: Journal) -> None:
    """The numbers that people type are 1, 2, 3 …, and the changes come back with them."""
    changes = [opened(a_case(a_key(case_id))) for case_id in ("c", "a", "b")]

    done = journal.record(changes, None, shop=SHOP)

    assert [("c", 1), ("a", 2), ("b", 3)] == [
        (change.after.key.case_id, change.after.number) for change in done
    ]
    assert [1, 2, 3] == [case.number for case in journal.open_cases()]


def test_a_number_stays_with_its_case(journal: Journal) -> None:
    """A case that ends and comes back keeps its number, and the next new one gets another."""
    first = an_open_case(journal, "a")
    [ended] = recorded(journal, resolved(first, NOON + MINUTE))
    [again] = recorded(journal, opened(replace(first, number=0), before=ended))

    second = an_open_case(journal, "b")

    assert [1, 1, 2] == [ended.number, again.number, second.number]


def test_a_number_is_never_given_twice(journal: Journal) -> None:
    """After a shop is forgotten its numbers stay taken: a note on paper must not lie."""
    an_open_case(journal, "a")
    an_open_case(journal, "b")
    journal.forget(SHOP)

    fresh = an_open_case(journal, "c")

    assert fresh.number == 3


def test_one_case_twice_in_one_reading_is_one_case(journal: Journal) -> None:
    """A page that lists one ticket twice under one key makes one case of it."""
    case = a_case()

    done = recorded(journal, opened(case), opened(replace(case, missed=1)))

    assert [1, 1] == [one.number for one in done]
    assert [replace(case, missed=1, number=1)] == list(journal.open_cases())


def test_seeing_a_case_again_leaves_no_history(journal: Journal) -> None:
    """Only what is worth telling is told, though the time of the last look is kept."""
    case = an_open_case(journal)

    journal.record([seen(case, NOON + MINUTE)], None, shop=SHOP)

    assert [NOON + MINUTE] == [one.last_seen_at for one in journal.open_cases()]
    assert [(NOON, Act.OPENED)] == acts(journal, case.key)


def test_an_empty_reading_writes_nothing(journal: Journal) -> None:
    """Nothing changed and nothing known leaves the revision as it was."""
    before = journal.revision

    done = journal.record([], None, shop=SHOP)

    assert ([], before) == (done, journal.revision)


def test_the_history_tells_the_platforms_words_and_a_persons_acts(journal: Journal) -> None:
    """Each step stands with its time, in the order in which it was written."""
    case = an_open_case(journal)
    now = NOON + MINUTE
    taken = journal.update(case, case.acknowledged(Tier.URGENT, Band.NEAR, now), now=now)
    noted = journal.update(taken, replace(taken, note="已打电话", starred=True), now=now)
    [ended] = recorded(journal, resolved(noted, NOON + HOUR))

    history = journal.history(case.key)

    assert [
        (NOON, Act.OPENED),
        (now, Act.ACKNOWLEDGED),
        (now, Act.STARRED),
        (now, Act.NOTED),
        (NOON + HOUR, Act.RESOLVED),
    ] == [(entry.at, entry.act) for entry in history]
    assert (case.latest, case.tier) == (history[0].said, history[0].tier)
    assert (Tier.URGENT, Band.NEAR) == (history[1].tier, history[1].band)
    assert ["已打电话"] * 2 == [history[3].note, ended.note]


def test_taking_back_is_an_act_too(journal: Journal) -> None:
    """Snoozing, waking, and taking back an acknowledgement or a star are each told apart."""
    case = an_open_case(journal)
    for after in (
        case.snoozed(NOON + HOUR, NOON),
        case,
        replace(case.acknowledged(Tier.NORMAL, Band.FAR, NOON), starred=True),
        case,
    ):
        case = journal.update(case, after, now=NOON)

    assert [
        Act.OPENED,
        Act.SNOOZED,
        Act.WOKEN,
        Act.ACKNOWLEDGED,
        Act.STARRED,
        Act.RELEASED,
        Act.UNSTARRED,
    ] == [act for _, act in acts(journal, case.key)]


def test_an_act_that_changes_nothing_is_none(journal: Journal) -> None:
    """Saying the same again is neither told nor counted."""
    case = an_open_case(journal)
    before = journal.revision

    same = journal.update(case, replace(case), now=NOON)

    assert (case, before) == (same, journal.revision)
    assert [(NOON, Act.OPENED)] == acts(journal, case.key)


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
    [elsewhere] = recorded(journal, opened(a_case(a_key("else", queue="chat"))))
    [stranger] = recorded(journal, opened(a_case(a_key("here", shop="other"))))
    mentioned = [ended.key, elsewhere.key, a_key("never met")]

    memory = journal.memory(SHOP, here.key.queue, mentioned)

    assert {here.key, ended.key, elsewhere.key} == set(memory)
    assert stranger.key not in memory
    assert (here, NOON) == (memory[here.key], memory[ended.key].resolved_at)


def test_memory_finds_very_many_mentioned_cases(journal: Journal) -> None:
    """More mentioned cases than one statement takes are all found."""
    fresh = [opened(a_case(a_key(str(number)))) for number in range(1_200)]
    done = recorded(journal, *fresh)
    recorded(journal, *(resolved(case, NOON) for case in done))

    memory = journal.memory(SHOP, "aftersale", [case.key for case in done])

    assert len(done) == len(memory)


@pytest.mark.parametrize(
    "name", ["2", "#2", " ＃2 ", "２", "xiangyang/aftersale/7302", "7302"], ids=str
)
def test_a_case_is_found_by_any_of_its_names(journal: Journal, name: str) -> None:
    """The short number, the full key and a platform's number that is unique all name a case."""
    an_open_case(journal, "7301")
    wanted = an_open_case(journal, "7302")

    assert wanted == journal.find(name)


@pytest.mark.parametrize(
    "name", ["", "#", "9", "9" * 30, "7399", "a/b", "a/b/c", "' OR 1=1 --", "\ud800\0"]
)
def test_an_unknown_name_is_refused_with_a_next_step(journal: Journal, name: str) -> None:
    """Whatever is typed, the answer is a sentence that says where the numbers are listed."""
    an_open_case(journal)

    with pytest.raises(UnknownCase, match="geshao inbox"):
        journal.find(name)


def test_a_platforms_number_of_two_cases_is_refused(journal: Journal) -> None:
    """Acting on the wrong shop's ticket would be worse than asking."""
    recorded(journal, opened(a_case(a_key("7301"))))
    recorded(journal, opened(a_case(a_key("7301", shop="other"))))

    with pytest.raises(UnknownCase, match="#1、#2"):
        journal.find("7301")


def test_a_platforms_number_with_one_open_case_means_that_one(journal: Journal) -> None:
    """Of several cases with one platform's number a person means the one that still waits."""
    [ended] = recorded(journal, opened(a_case(a_key("7301"))))
    recorded(journal, resolved(ended, NOON))
    [waiting] = recorded(journal, opened(a_case(a_key("7301", shop="other"))))

    assert waiting == journal.find("7301")


def test_the_short_number_wins_over_the_platforms(journal: Journal) -> None:
    """A small number is the one that the list shows; the full key still reaches the other."""
    first = an_open_case(journal, "2")
    second = an_open_case(journal, "b")

    assert [second, first] == [journal.find("2"), journal.find(str(first.key))]


def test_the_latest_resolved_come_first(journal: Journal) -> None:
    """The list of what ended is cut at its beginning in time and at its length."""
    cases = [an_open_case(journal, case_id) for case_id in "abcd"]
    ends = [NOON, NOON + 3 * MINUTE, NOON + 2 * MINUTE, NOON + 3 * MINUTE]
    recorded(journal, *map(resolved, cases, ends))

    assert ["d", "b", "c"] == [
        case.key.case_id for case in journal.recently_resolved(NOON + MINUTE, 9)
    ]
    assert ["d", "b"] == [case.key.case_id for case in journal.recently_resolved(NOON, 2)]
    assert [] == list(journal.open_cases())


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
    [stays] = recorded(journal, opened(a_case(a_key(shop="other"))))
    journal.raise_alerts([an_alert(gone), an_alert(stays)])

    journal.forget(SHOP)

    assert ([stays], {stays.key}) == (list(journal.open_cases()), set(journal.last_alerts()))
    assert {stays.key} == {delivery.alert.key for delivery in journal.due_deliveries(NOON)}
    assert ([], {}) == (list(journal.history(gone.key)), journal.health())


def test_a_forgotten_case_that_is_read_again_counts_as_new(journal: Journal) -> None:
    """A reading that was under way when its shop was forgotten loses no case."""
    case = an_open_case(journal)
    journal.forget(SHOP)

    [again] = recorded(journal, seen(case, NOON + MINUTE))

    assert [again] == list(journal.open_cases())
    assert again.number == 2


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
    journal.raise_alert(an_alert(case))
    revisions.append(journal.revision)
    journal.settle(*journal.due_deliveries(NOON), now=NOON)
    revisions.append(journal.revision)
    journal.forget(SHOP)
    revisions.append(journal.revision)

    assert sorted(set(revisions)) == revisions
    assert revisions[-1] == journal.revision


def test_a_time_without_a_zone_is_a_bug(journal: Journal) -> None:
    """What could mean two moments is never stored."""
    naive = a_case(at=NOON.replace(tzinfo=None))

    with pytest.raises(Exception, match="time zone"):
        journal.record([opened(naive)], None, shop=SHOP)

    assert [] == list(journal.open_cases())


def test_an_error_in_the_middle_leaves_nothing_half_written(journal: Journal) -> None:
    """Of a reading whose last change cannot be stored, the first is not stored either."""
    naive = a_case(a_key("b"), latest=a_sighting(a_key("b")), resolved_at=datetime(2026, 1, 1))  # noqa: DTZ001 (the point)

    with pytest.raises(Exception, match="time zone"):
        journal.record(
            [opened(a_case()), Change(ChangeKind.RESOLVED, None, naive)],
            QueueHealth("aftersale"),
            shop=SHOP,
        )

    assert ([], {}, 0) == (list(journal.open_cases()), journal.health(), journal.revision)


def test_a_reopened_case_keeps_what_belongs_to_the_person(journal: Journal) -> None:
    """A star and a note outlive the end of a case; an acknowledgement does not."""
    case = an_open_case(journal)
    taken = case.acknowledged(Tier.URGENT, Band.EXPIRED, NOON)
    journal.update(case, replace(taken, starred=True, note="老客户"), now=NOON)
    recorded(journal, resolved(journal.find("1"), NOON + MINUTE))

    [again] = recorded(journal, opened(a_case(at=NOON + HOUR)))

    assert (True, "老客户", None) == (again.starred, again.note, again.acknowledged_tier)
    assert again.is_open


def test_a_new_round_is_stored(journal: Journal) -> None:
    """A change that clears an acknowledgement clears it in the file."""
    case = an_open_case(journal)
    taken = journal.update(case, case.acknowledged(Tier.URGENT, Band.NEAR, NOON), now=NOON)

    recorded(journal, asked_again(taken, NOON + HOUR))

    [kept] = journal.open_cases()
    assert (NOON + HOUR, None, None) == (kept.asked_at, kept.acknowledged_tier, kept.snoozed_until)
