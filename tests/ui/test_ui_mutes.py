"""Silence that a person asked for is told on every face, so that it never looks like calm."""

from dataclasses import replace
from datetime import timedelta

from agent.cases import EVERY_SHOP, Mute
from tests.fakes import NOON
from tests.ui.samples import FAWN, a_shop, a_snapshot
from ui.ticking import clock_text, epoch_ms
from ui.view import present

HOUR = timedelta(hours=1)
UNTIL = clock_text(epoch_ms(NOON + HOUR), epoch_ms(NOON))


def test_each_silence_is_a_warning_of_its_own() -> None:
    """Whose it is, until when, and what rings all the same."""
    mutes = {FAWN.shop_id: Mute(NOON, NOON + HOUR), EVERY_SHOP: Mute(NOON, NOON + HOUR, whole=True)}
    snapshot = replace(a_snapshot(shops=(a_shop(),)), mutes=mutes)

    assert [
        {"kind": "muted", "text": f"{FAWN.name}静音到 {UNTIL}，平台时限的最后一步仍会响"},
        {"kind": "hushed", "text": f"全部店铺静音到 {UNTIL}，快到时限的也不响"},
    ] == present(snapshot, "zh")["warnings"]
