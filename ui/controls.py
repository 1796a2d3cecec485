"""What the overlay's switches beside the shops show: silence, and a rehearsal."""

from typing import Literal, TypedDict

from agent.cases import EVERY_SHOP
from agent.cases.link import Link, LinkState
from agent.drill import ANSWERED, JUDGED, WRITTEN
from agent.snapshot import ShownDrill, Snapshot
from agent.words import Language
from ui.ticking import epoch_ms
from ui.words import channel_title, say

HUSH_MINUTES = (10, 30, 60)

_LINKS = {JUDGED: "link.judged", WRITTEN: "link.written", ANSWERED: "link.answered"}
_SIGNS = {
    LinkState.PASSED: "link.passed",
    LinkState.FAILED: "link.failed",
    LinkState.NOT_TRIED: "link.not_tried",
}


class LinkView(TypedDict):
    """One link of a drill's road; *took* is how long it needed, "" if it was not reached."""

    title: str
    state: str
    sign: str
    took: str
    said: str
    next_step: str


class DrillView(TypedDict):
    """A drill that a person began here; *text* says how far it is or how it ended."""

    state: Literal["running", "asks", "passed", "failed"]
    text: str
    short: str
    links: list[LinkView]


def hushed_until(snapshot: Snapshot) -> int | None:
    """Return until when nothing at all rings, epoch milliseconds, None if things do."""
    mute = snapshot.mutes.get(EVERY_SHOP)
    return epoch_ms(mute.until) if mute is not None and mute.whole else None


def trial_view(drill: ShownDrill | None, language: Language) -> DrillView | None:
    """Return the drill of a person who follows it here, None if there was none."""
    if drill is None:
        return None
    failed = sum(link.state is LinkState.FAILED for link in drill.links)
    state = _state(drill, failed)
    said = {"done": len(drill.links), "all": len(drill.names), "failed": failed}
    term = "trial.asks.some" if state == "asks" and failed else f"trial.{state}"
    text = drill.broken or say(term, language, **said)
    short = "" if drill.over else say(f"trial.{state}.short", language, **said)
    done = {link.name: link for link in drill.links}
    links = [_link(name, done.get(name), language, over=drill.over) for name in drill.names]
    return DrillView(state=state, text=text, short=short, links=links)


def _state(drill: ShownDrill, failed: int) -> Literal["running", "asks", "passed", "failed"]:
    if drill.over:
        return "failed" if failed or drill.broken else "passed"
    return "asks" if drill.asks else "running"


def _link(name: str, link: Link | None, language: Language, *, over: bool) -> LinkView:
    title = say(_LINKS[name], language) if name in _LINKS else channel_title(name, language)
    if link is None and not over:
        sign = say("link.waiting", language)
        return LinkView(title=title, state="waiting", sign=sign, took="", said="", next_step="")
    link = link or Link(name, LinkState.NOT_TRIED)
    took = "" if link.seconds is None else say("link.took", language, seconds=f"{link.seconds:.1f}")
    return LinkView(
        title=title,
        state=link.state.value,
        sign=say(_SIGNS[link.state], language),
        took=took,
        said=link.said,
        next_step=link.next_step,
    )
