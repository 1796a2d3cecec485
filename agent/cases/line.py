"""One cause is one alarm: no network, a platform that does not answer, a browser that is down."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from agent.cases.case import Case, CaseKey, Change, Kind, Outcome, Shop
from agent.cases.outage import OUTAGE_QUEUE, QueueHealth, outage_change

OFFLINE = "line:offline"
"""The gate's name, as no pack can have it, where the computer itself has no network."""
UNRESOLVED = "line:unresolved"
"""The gate's name where a host's name leads nowhere: no network, or a wrong address."""
BARRED = "line:barred"
"""The gate's name where a proxy, or a network that wants a sign-in, stands in the way."""
NO_ANSWER = "line:no_answer"
"""The gate's name where nothing came back: the line, or what stands at its other end."""
REFUSED = "line:refused"
"""The gate's name where the other end turns everybody away, or is broken: the line is well."""
SILENT = "line:platform"
"""The gate's name where none of a platform's shops is answered, though the line is well."""

BROWSER = "line:browser"
"""The gate's name where no page could be opened at all, for the browser itself is down."""
REMOTE = "line:remote"
"""The same where browsers on other computers are used, and none of them is to be had."""
OWN_REMOTE = "line:remote_own"
"""The gate's name where the one remote browser that the shop names is not to be had."""

_LINE_FAULTS = {OFFLINE, UNRESOLVED, BARRED, NO_ANSWER}
_CLEAR = {OFFLINE, UNRESOLVED, BARRED}
_BROWSERLESS = {BROWSER, REMOTE, OWN_REMOTE}

THIS_COMPUTER = Shop(platform="", shop_id="@computer", name="这台电脑")
"""Stands where a case has its shop; no shop of a user's can have this id."""
COMPUTER_KEY = CaseKey(THIS_COMPUTER.shop_id, OUTAGE_QUEUE, OUTAGE_QUEUE)
BROWSER_KEY = CaseKey(THIS_COMPUTER.shop_id, OUTAGE_QUEUE, "browser")
_PLATFORM = "@platform:"

Tries = Mapping[str, Collection[Collection[QueueHealth]]]
"""What is known of the lists of each shop, by platform."""


def whole_platform(platform: str, title: str) -> Shop:
    """Return what stands where a case of all shops of *platform* has its shop."""
    return Shop(platform, f"{_PLATFORM}{platform}", title)


def platform_key(platform: str) -> CaseKey:
    """Return the key of the outage of all shops of *platform*."""
    return CaseKey(whole_platform(platform, "").shop_id, OUTAGE_QUEUE, OUTAGE_QUEUE)


class Platform(StrEnum):
    """What the latest tries say about one platform."""

    ANSWERS = "answers"
    UNSURE = "unsure"
    """Some shops had no answer; others had, or the line may be at fault."""
    SILENT = "silent"
    """Several shops had no answer, none had one, and the line is well."""


class Line(StrEnum):
    """What the latest tries say about the computer's network."""

    UP = "up"
    """Something answered."""
    UNSURE = "unsure"
    """Some shops had no answer; others were not tried since, or there are none."""
    LIKELY_CUT = "likely_cut"
    """The only shop that is tried had no answer, and the fault is nobody's but the line's."""
    CUT = "cut"
    """No shop has an answer."""


class Browser(StrEnum):
    """What the latest tries say about the browser that reads for all shops."""

    WORKS = "works"
    UNSURE = "unsure"
    """A shop had none just now, which one that is started again mends; or none was tried."""
    DOWN = "down"
    """A shop found none twice, and none has found one since."""
    UNREACHED = "unreached"
    """The same, of browsers on other computers."""

    @property
    def is_down(self) -> bool:
        """Whether no shop has a browser."""
        return self in {Browser.DOWN, Browser.UNREACHED}


def is_line_fault(queue: QueueHealth) -> bool:
    """Tell whether the last try of *queue* got no answer at all."""
    return queue.outcome is Outcome.UNREACHABLE and queue.gate in _LINE_FAULTS


def is_unanswered(queue: QueueHealth) -> bool:
    """Tell whether the last try of *queue* was not served by the platform, whyever."""
    refused = queue.outcome is Outcome.UNREACHABLE and queue.gate == REFUSED
    return refused or is_line_fault(queue)


def is_browserless(queue: QueueHealth) -> bool:
    """Tell whether the last try of *queue* came to nothing for want of a browser."""
    return queue.outcome is Outcome.UNREACHABLE and queue.gate in _BROWSERLESS


def browser_of(known: Tries, now: datetime, fresh: timedelta) -> Browser:
    """Return what the last tries of all shops say of the browser; older than *fresh*, nothing.

    There is one for all, or any will do, so that the latest try decides; the only shop that is
    tried says it itself, and so does one that may be in no browser but its own.
    """
    tries = [queue for shops in known.values() for queue in _tried(shops, now, fresh)]
    tries = [queue for queue in tries if queue.gate != OWN_REMOTE]
    if not tries or not is_browserless(latest := max(tries, key=_worked)):
        return Browser.WORKS if tries else Browser.UNSURE
    lasts = any(is_browserless(queue) and queue.alarming for queue in tries)
    if not lasts or len(tries) == 1:
        return Browser.UNSURE
    return Browser.UNREACHED if latest.gate == REMOTE else Browser.DOWN


def _worked(queue: QueueHealth) -> tuple[datetime, bool]:
    return _read_at(queue), not is_browserless(queue)


def line_of(known: Tries, now: datetime, fresh: timedelta) -> Line:
    """Return what the last tries of all shops say; those older than *fresh* say nothing.

    Where only shops of one platform are tried, their silence alone may be the platform's.
    """
    platforms = {name: tried for name in known if (tried := _last(known[name], now, fresh))}
    tries = [queue for tried in platforms.values() for queue in tried]
    if not tries or not is_line_fault(_newest(tries)):
        return Line.UP if tries else Line.UNSURE
    if not all(map(is_line_fault, tries)) or not any(queue.alarming for queue in tries):
        return Line.UNSURE
    if len(platforms) == 1 and not any(queue.gate in _CLEAR for queue in tries):
        return Line.UNSURE
    return Line.CUT if len(tries) > 1 else Line.LIKELY_CUT


def platform_of(name: str, known: Tries, now: datetime, fresh: timedelta) -> Platform:
    """Return what the last tries of all shops say about the platform called *name*."""
    own = _last(known.get(name, ()), now, fresh)
    if not own or not is_unanswered(_newest(own)):
        return Platform.ANSWERS if own else Platform.UNSURE
    several = len(own) > 1 and any(queue.alarming for queue in own)
    if not several or not all(map(is_unanswered, own)):
        return Platform.UNSURE
    others = [
        queue for other in known if other != name for queue in _last(known[other], now, fresh)
    ]
    if others:
        line_is_well = not all(map(is_line_fault, others))
    else:
        line_is_well = not any(queue.gate in _CLEAR for queue in own)
    return Platform.SILENT if line_is_well else Platform.UNSURE


def _last(
    shops: Collection[Collection[QueueHealth]], now: datetime, fresh: timedelta
) -> list[QueueHealth]:
    """Return of each of *shops* the last try, if it says anything of what is outside."""
    return [queue for queue in _tried(shops, now, fresh) if not is_browserless(queue)]


def _tried(
    shops: Collection[Collection[QueueHealth]], now: datetime, fresh: timedelta
) -> list[QueueHealth]:
    """Return the last try of each of *shops*, but those that are older than *fresh*."""
    tried = [max(queues, key=_read_at) for queues in shops if queues]
    return [queue for queue in tried if abs(now - _read_at(queue)) <= fresh]


def _newest(tries: Collection[QueueHealth]) -> QueueHealth:
    """Return the latest of *tries*; of several at one moment, one that was answered."""
    return max(tries, key=lambda queue: (_read_at(queue), not is_unanswered(queue)))


def _read_at(queue: QueueHealth) -> datetime:
    return queue.read_at or datetime.min.replace(tzinfo=UTC)


def computer_change(before: Case | None, line: Line, detail: str, now: datetime) -> Change | None:
    """Return what *line* does to the computer's own outage, if anything; *detail* says more."""
    if line is Line.CUT:
        cut = QueueHealth(
            OUTAGE_QUEUE, outcome=Outcome.UNREACHABLE, gate=OFFLINE, detail=detail, failures=2
        )
        return outage_change(THIS_COMPUTER.shop_id, before, [cut], now)
    if line is Line.UP:
        up = QueueHealth(OUTAGE_QUEUE, outcome=Outcome.ROWS)
        return outage_change(THIS_COMPUTER.shop_id, before, [up], now)
    return None


def platform_change(
    before: Case | None, platform: str, answers: Platform, detail: str, now: datetime
) -> Change | None:
    """Return what *answers* does to the outage of all of *platform*, if anything."""
    shop = platform_key(platform).shop
    if answers is Platform.SILENT:
        silent = QueueHealth(
            OUTAGE_QUEUE, outcome=Outcome.UNREACHABLE, gate=SILENT, detail=detail, failures=2
        )
        return outage_change(shop, before, [silent], now)
    if answers is Platform.ANSWERS:
        well = QueueHealth(OUTAGE_QUEUE, outcome=Outcome.ROWS)
        return outage_change(shop, before, [well], now)
    return None


def browser_change(
    before: Case | None, browser: Browser, detail: str, now: datetime
) -> Change | None:
    """Return what *browser* does to the outage of the browser itself, if anything."""
    if browser is Browser.UNSURE:
        return None
    health = QueueHealth(OUTAGE_QUEUE, outcome=Outcome.ROWS)
    if browser.is_down:
        gate = BROWSER if browser is Browser.DOWN else REMOTE
        health = QueueHealth(
            OUTAGE_QUEUE, outcome=Outcome.UNREACHABLE, gate=gate, detail=detail, failures=2
        )
    return outage_change(BROWSER_KEY.shop, before, [health], now, case_id=BROWSER_KEY.case_id)


def is_down(open_cases: Collection[Case]) -> bool:
    """Tell whether the outage of the browser itself is among *open_cases*."""
    return any(case.key == BROWSER_KEY for case in open_cases)


def is_cut(open_cases: Collection[Case]) -> bool:
    """Tell whether the computer's own outage is among *open_cases*."""
    return any(case.key == COMPUTER_KEY for case in open_cases)


def is_silent(platform: str, open_cases: Collection[Case]) -> bool:
    """Tell whether the outage of all of *platform* is among *open_cases*."""
    return any(case.key == platform_key(platform) for case in open_cases)


def blamed(queue: QueueHealth, platform: str, open_cases: Collection[Case]) -> QueueHealth:
    """Return *queue* with what keeps all from answering as its cause, where that has an alarm."""
    if is_line_fault(queue) and is_cut(open_cases):
        return replace(queue, gate=OFFLINE)
    if is_unanswered(queue) and is_silent(platform, open_cases):
        return replace(queue, gate=SILENT)
    return queue


def waits_for_the_line(case: Case) -> bool:
    """Tell whether *case* is a shop out of sight for want of an answer: no matter of its own."""
    latest = case.latest
    return (
        latest.kind is Kind.OUTAGE
        and latest.status == Outcome.UNREACHABLE.value
        and case.key not in {COMPUTER_KEY, BROWSER_KEY}
    )
