"""What alarms need to remember is in the file: words found, steps climbed, whom they called."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from agent.cases import EVERY_SHOP, Mute, Reason
from agent.journal import Journal
from tests.journal.samples import alert_for, opened, recorded
from tests.mothers import KEY, NOON, a_case

HOUR = timedelta(hours=1)


def test_the_owners_words_are_kept(file: Path) -> None:
    """With quotes, commas and half characters in them as well as any."""
    words = frozenset({"过敏", 'a "b", c', "半\ud83d"})
    with Journal.open(file) as journal:
        recorded(journal, opened(a_case(keywords=words)))
    with Journal.open(file) as journal:
        [case] = journal.open_cases()

    assert {"过敏", 'a "b", c', "半\N{REPLACEMENT CHARACTER}"} == case.keywords


def test_how_far_the_ladder_was_climbed_is_kept(file: Path) -> None:
    """A restart calls nobody a second time."""
    with Journal.open(file) as journal:
        [case] = recorded(journal, opened(a_case()))
        alert = replace(
            alert_for(case, reason=Reason.ESCALATED, channels=()),
            level=2,
            people=("王姐", "李哥"),
            since=NOON - HOUR,
        )
        raised = journal.raise_alert(alert)
    with Journal.open(file) as journal:
        last = journal.last_alerts()[KEY]

    assert raised == last
    assert (2, ("王姐", "李哥"), NOON - HOUR) == (last.level, last.people, last.unanswered_since)


def test_each_shop_has_one_mute_and_everybody_another(file: Path) -> None:
    """The later word replaces the earlier; everybody's end ends all."""
    one, two = Mute(NOON, NOON + HOUR), Mute(NOON, NOON + 2 * HOUR, whole=True)
    with Journal.open(file) as journal:
        for shop, mute in (("shanque", one), ("shanque", two), (EVERY_SHOP, one)):
            journal.mute(shop, mute)
    with Journal.open(file) as journal:
        kept = journal.mutes()
        journal.unmute("shanque")
        left = journal.mutes()
        journal.mute("huamei", one)
        journal.unmute(EVERY_SHOP)

        assert {"shanque": two, EVERY_SHOP: one} == kept
        assert {EVERY_SHOP: one} == left
        assert {} == journal.mutes()
