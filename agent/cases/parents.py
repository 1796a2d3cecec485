"""What shops share and what becomes of it: the outages above theirs, each an alarm for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from agent.cases.case import Case, CaseKey, Change
from agent.cases.line import (
    BROWSER_KEY,
    COMPUTER_KEY,
    Browser,
    Line,
    Platform,
    Tries,
    browser_change,
    browser_of,
    computer_change,
    line_of,
    platform_change,
    platform_key,
    platform_of,
)

Known = Mapping[CaseKey, Case]


@dataclass(frozen=True, slots=True)
class Causes:
    """What the latest tries say of what the shops of one platform share."""

    line: Line
    platform: Platform
    browser: Browser

    @classmethod
    def of(cls, platform: str, tries: Tries, now: datetime, fresh: timedelta) -> Self:
        """Return what *tries* say; those older than *fresh* say nothing."""
        return cls(
            line_of(tries, now, fresh),
            platform_of(platform, tries, now, fresh),
            browser_of(tries, now, fresh),
        )


def parent_keys(platform: str) -> tuple[CaseKey, ...]:
    """Return the keys of the outages that may be behind that of a shop of *platform*."""
    return COMPUTER_KEY, platform_key(platform), BROWSER_KEY


def parent_changes(
    known: Known, platform: str, causes: Causes, detail: str, now: datetime, *, fair: bool
) -> list[Change]:
    """Return what *causes* do to the outages above a shop of *platform*, of which some are *known*.

    None is opened before it is *fair* to say so, as after a sleep.
    """
    computer, whole, browser = (known.get(key) for key in parent_keys(platform))
    found = (
        computer_change(computer, causes.line, detail, now),
        platform_change(whole, platform, causes.platform, detail, now),
        browser_change(browser, causes.browser, detail, now),
    )
    return [one for one in found if one is not None and (fair or _is_open(one.before))]


def holds(known: Known, platform: str, causes: Causes) -> bool:
    """Tell whether an outage above is to blame, so that a shop without an answer has none."""
    was_cut, was_silent, was_down = (_is_open(known.get(key)) for key in parent_keys(platform))
    return (
        causes.line is Line.CUT
        or (was_cut and causes.line is not Line.UP)
        or causes.platform is Platform.SILENT
        or (was_silent and causes.platform is not Platform.ANSWERS)
        or causes.browser.is_down
        or (was_down and causes.browser is not Browser.WORKS)
    )


def _is_open(case: Case | None) -> bool:
    return case is not None and case.is_open
