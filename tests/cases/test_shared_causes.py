"""What the latest tries say of what shops share, and what that does to their outages."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from agent.cases import Case, CaseKey, ChangeKind, Kind, Outcome, QueueHealth
from agent.cases.line import (
    BROWSER,
    BROWSER_KEY,
    COMPUTER_KEY,
    NO_ANSWER,
    OFFLINE,
    OWN_REMOTE,
    REMOTE,
    Browser,
    Line,
    Platform,
    browser_of,
    line_of,
    platform_key,
)
from agent.cases.parents import Causes, holds, parent_changes, parent_keys
from tests.fakes import NOON
from tests.mothers import a_case
from tests.several import READ, a_try

FRESH = timedelta(minutes=2)
P = "p"
DOWN, ONCE = a_try(BROWSER), a_try(BROWSER, failures=1)
WELL = Causes(Line.UP, Platform.ANSWERS, Browser.WORKS)


@pytest.mark.parametrize(
    ("shops", "browser"),
    [
        pytest.param([DOWN, DOWN], Browser.DOWN, id="nobody has one"),
        pytest.param([DOWN, a_try(**READ, ago=20)], Browser.DOWN, id="one had, before"),
        pytest.param([a_try(BROWSER, ago=5), a_try(**READ)], Browser.WORKS, id="one has, since"),
        pytest.param([a_try(BROWSER, ago=5), a_try(OFFLINE)], Browser.WORKS, id="it finds no net"),
        pytest.param([ONCE, ONCE], Browser.UNSURE, id="it is started again"),
        pytest.param([DOWN], Browser.UNSURE, id="the only shop"),
        pytest.param([DOWN, a_try(**READ, ago=999)], Browser.UNSURE, id="long ago"),
        pytest.param([DOWN, a_try(**READ)], Browser.WORKS, id="at one moment"),
        pytest.param([], Browser.UNSURE, id="nothing was tried"),
        pytest.param([a_try(REMOTE)] * 2, Browser.UNREACHED, id="none elsewhere"),
        pytest.param([a_try(REMOTE, ago=5), a_try(**READ)], Browser.WORKS, id="one elsewhere"),
        pytest.param([a_try(REMOTE)], Browser.UNSURE, id="the only shop elsewhere"),
        pytest.param([a_try(OWN_REMOTE), a_try(OWN_REMOTE)], Browser.UNSURE, id="their own only"),
        pytest.param(
            [a_try(OWN_REMOTE), a_try(**READ, ago=9)], Browser.WORKS, id="its own, others work"
        ),
        pytest.param(
            [a_try(OWN_REMOTE), a_try(REMOTE), a_try(REMOTE)], Browser.UNREACHED, id="all of them"
        ),
    ],
)
def test_what_the_last_tries_say_of_the_browser(shops: list[QueueHealth], browser: Browser) -> None:
    """There is one for all: the latest try decides, a failure alone tells nobody."""
    known = {str(number): [[one]] for number, one in enumerate(shops)}

    assert browser is browser_of(known, NOON, FRESH)


def test_what_had_no_browser_says_nothing_of_the_line() -> None:
    """Neither that it is up, nor that it is cut."""
    dead = a_try(NO_ANSWER, ago=9)

    assert Line.UNSURE is line_of({P: [[DOWN]]}, NOON, FRESH)
    assert Line.CUT is line_of({P: [[dead]], "q": [[a_try(OFFLINE, ago=5)], [DOWN]]}, NOON, FRESH)


def an_outage(key: CaseKey) -> Case:
    """Return an outage of several shops that is open."""
    return a_case(key=key, kind=Kind.OUTAGE, status=Outcome.UNREACHABLE.value)


def opened(causes: Causes, known: Mapping[CaseKey, Case], *, fair: bool) -> list[CaseKey]:
    """Return the outages that *causes* open."""
    changes = parent_changes(known, P, causes, "", NOON, fair=fair)
    return [one.after.key for one in changes if one.kind is ChangeKind.OPENED]


@pytest.mark.parametrize(
    ("causes", "key"),
    [
        (Causes(Line.CUT, Platform.UNSURE, Browser.WORKS), COMPUTER_KEY),
        (Causes(Line.UP, Platform.SILENT, Browser.WORKS), platform_key(P)),
        (Causes(Line.UNSURE, Platform.UNSURE, Browser.DOWN), BROWSER_KEY),
    ],
)
def test_each_cause_is_one_outage_that_holds_the_shops_own(causes: Causes, key: CaseKey) -> None:
    """As long as it is open and nothing proves it over; none is opened right after a sleep."""
    known = {key: an_outage(key)}
    unsure = Causes(Line.UNSURE, Platform.UNSURE, Browser.UNSURE)

    assert ([key], []) == (opened(causes, {}, fair=True), opened(causes, {}, fair=False))
    assert [True, True, True] == [
        holds({}, P, causes),
        holds(known, P, causes),
        holds(known, P, unsure),
    ]
    assert [False, False] == [holds(known, P, WELL), holds({}, P, unsure)]


@pytest.mark.parametrize("key", parent_keys(P))
def test_what_is_over_is_closed_at_any_time(key: CaseKey) -> None:
    """Also right after a sleep: it was told before."""
    (change,) = parent_changes({key: an_outage(key)}, P, WELL, "", NOON, fair=False)

    assert (ChangeKind.RESOLVED, key) == (change.kind, change.after.key)
