"""What a reading that came to its end comes to: rows, none, or not all of them."""

from collections.abc import Sequence

from agent.cases import Outcome, Reading, Stage
from agent.platforms.collect import Haul


def verdict(
    shop: str, queue: str, haul: Haul, strange: Sequence[str], tried: Sequence[str]
) -> Reading:
    """Return the reading of *queue* that *haul* is.

    *strange* are the platform's words that the pack has no word for, *tried* says what forbidden
    things the page was kept from.
    """
    outcome, detail = Outcome.ROWS, ""
    listed = sum(sighting.stage is not Stage.ENDED for sighting in haul.sightings)
    if not haul.whole:
        outcome, detail = Outcome.TRUNCATED, haul.gap
    elif haul.counted is not None and haul.counted > listed:
        outcome = Outcome.TRUNCATED
        detail = f"平台计数 {haul.counted}，列表里只有 {listed}"
    elif not haul.sightings:
        outcome = Outcome.VERIFIED_EMPTY
    elif strange:
        detail = f"没见过的值：{'，'.join(strange[:5])}"
    return Reading(
        shop=shop,
        queue=queue,
        taken_at=haul.taken_at,
        outcome=outcome,
        sightings=haul.sightings,
        expected=haul.total,
        source=haul.source,
        detail="；".join(filter(None, (detail, *tried[:1]))),
    )
