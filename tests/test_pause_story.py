"""A pause in real Chromium: the pages go, what comes meanwhile is not seen, and then at once."""

from pathlib import Path

from agent.inbox import ShopState
from tests.stage import FIRST, on_stage


async def test_a_pause_from_the_first_page_to_the_next(tmp_path: Path) -> None:
    """The shop's context is closed with its pages, its session stays; after it all is read anew."""
    async with on_stage(tmp_path, "first") as stage:
        await stage.hears("reading", queue="aftersale", outcome="verified_empty")
        session = stage.desk.only_shop().session
        await stage.desk.pause("", 0)
        await stage.until(lambda: session._context is None, 60, "its pages are closed")
        paused = await stage.health("first")
        case = stage.office.add_case(FIRST)
        readings = len(stage.events("reading"))

        await stage.desk.resume("")
        await stage.hears("case_opened", case=case)
        resumed = await stage.health("first")

    assert (ShopState.PAUSED, None) == (paused.state, paused.pending)
    assert "signed_out" not in {one["outcome"] for one in stage.events("reading")[readings:]}
    assert resumed.paused is None
