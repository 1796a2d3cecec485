"""How the pack of data gets into Roundup, and how it tells why it is not in."""

from pathlib import Path

import pytest

from agent.cases import Outcome
from agent.platforms.host import BrowserHost
from tests.roundup.tracker import Roundup, Tracker
from tests.roundup.visit import PASSWORD, visit

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_pack_signs_in(tracker: Tracker, host: BrowserHost, tmp_path: Path) -> None:
    """A stranger sees the list too, so the login form alone says that nobody is signed in."""
    tracker.end_sessions()
    tracker.write("第一件", "第二件", "第三件")
    shop = visit(tracker, host, tmp_path, "shop")

    before = await shop.read()
    after = await shop.sign_in(before)

    assert (Outcome.SIGNED_OUT, "login_form", ()) == (before.outcome, before.gate, before.sightings)
    assert (Outcome.ROWS, 3) == (after.outcome, len(after.sightings))


async def test_a_wrong_password_is_refused(
    tracker: Tracker, host: BrowserHost, tmp_path: Path
) -> None:
    """Roundup says so, and the same password is not tried again."""
    tracker.end_sessions()
    shop = visit(tracker, host, tmp_path, "shop", password="guessed")
    door = shop.door()
    reading = await shop.read()

    tries = [await door.sign_in(reading), await door.sign_in(reading)]

    said = "平台不接受保存的账号或密码"
    assert [(Outcome.SIGNED_OUT, said)] * 2 == [(r.outcome, r.detail) for r in tries if r]


async def test_an_account_that_may_not_enter(
    roundup: Roundup, host: BrowserHost, tmp_path: Path
) -> None:
    """Whoever lost the right to sign in is told so by Roundup, and it counts as a refusal."""
    roundup.private.add_user("former", PASSWORD, roles="Anonymous")

    reading = await visit(roundup.private, host, tmp_path, "former").sign_in()

    assert (Outcome.SIGNED_OUT, "平台不接受保存的账号或密码") == (reading.outcome, reading.detail)


async def test_a_session_that_ended(tracker: Tracker, host: BrowserHost, tmp_path: Path) -> None:
    """It is no empty list, although Roundup shows its page as ever; signing in mends it."""
    tracker.end_sessions()
    shop = visit(tracker, host, tmp_path, "shop")
    readings = [await shop.sign_in()]
    tracker.end_sessions()

    readings += [await shop.read(), await shop.sign_in()]

    assert [
        Outcome.VERIFIED_EMPTY,
        Outcome.SIGNED_OUT,
        Outcome.VERIFIED_EMPTY,
    ] == [reading.outcome for reading in readings]


async def test_a_server_that_is_down(roundup: Roundup, host: BrowserHost, tmp_path: Path) -> None:
    """A server that does not answer is not an empty list; once it is back, it is read as before."""
    roundup.tracker.end_sessions()
    shop = visit(roundup.tracker, host, tmp_path, "shop")
    before = await shop.sign_in()
    roundup.stop()

    down = await shop.read()
    roundup.start()
    back = await shop.read()

    assert (Outcome.UNREACHABLE, "连不上后台") == (down.outcome, down.detail)
    assert before.outcome.complete
    assert (before.outcome, before.expected) == (back.outcome, back.expected)


async def test_a_stranger_who_is_turned_away(
    roundup: Roundup, host: BrowserHost, tmp_path: Path
) -> None:
    """Roundup's "403" carries the login form, which says more than the number."""
    roundup.private.end_sessions()
    shop = visit(roundup.private, host, tmp_path, "shop")

    before = await shop.read()
    after = await shop.sign_in(before)

    assert (Outcome.SIGNED_OUT, "login_form") == (before.outcome, before.gate)
    assert after.outcome.complete


async def test_a_user_without_the_right(
    roundup: Roundup, host: BrowserHost, tmp_path: Path
) -> None:
    """Whoever may sign in but not look at issues is told so, and it is no empty list."""
    roundup.private.add_user("guest", PASSWORD, roles="Guest")

    reading = await visit(roundup.private, host, tmp_path, "guest").sign_in()

    assert (Outcome.NO_PERMISSION, "no_right") == (reading.outcome, reading.gate)


async def test_another_tracker(tracker: Tracker, host: BrowserHost, tmp_path: Path) -> None:
    """The name in the window's title tells that an address leads to somebody else's issues."""
    tracker.end_sessions()

    reading = await visit(tracker, host, tmp_path, "shop", name="云雀工单").sign_in()

    assert (Outcome.WRONG_SHOP, ()) == (reading.outcome, reading.sightings)
    assert tracker.name in reading.detail
