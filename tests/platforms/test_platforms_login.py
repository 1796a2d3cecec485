from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page

from agent.clock import SystemClock
from agent.demo.doudian import MakeBelieveDoudian
from agent.platforms.host import BrowserHost
from agent.platforms.login import Account, LoginPatience, SignIn, is_signed_in, sign_in
from agent.platforms.pack import Pack
from tests.platforms.room import EMAIL, OTHER_SHOP, PASSWORD, SHOP
from tests.platforms.waiting import Hurrying
from tests.shipped import PACKS

pytestmark = pytest.mark.asyncio(loop_scope="session")

ALONE = "alone@example.com"
HASTE = LoginPatience(step=20, optional=0.2, done=20, act=20, between_looks=0.05)


@pytest_asyncio.fixture(loop_scope="session")
async def pack(office: MakeBelieveDoudian) -> Pack:
    """Return the platform's pack, at the make-believe office's addresses."""
    office.add_login(ALONE, PASSWORD, phone="10000000008", shops=["南岸茶器"])
    return PACKS["doudian"].at(office.sites)


@pytest_asyncio.fixture(loop_scope="session")
async def page(host: BrowserHost) -> AsyncIterator[Page]:
    """Yield a page that nobody signed in on."""
    context: BrowserContext = await (await host.browser()).new_context()
    yield await context.new_page()
    await context.close()


async def attempt(
    page: Page,
    pack: Pack,
    account: Account,
    patience: LoginPatience = HASTE,
    clock: SystemClock | None = None,
) -> SignIn:
    """Sign in."""
    return await sign_in(page, pack, account, clock or SystemClock(), patience)


def shown(office: MakeBelieveDoudian) -> list[str | None]:
    """Return which shops the sessions of the office show."""
    return [session.shown for session in office._state.sessions.values()]


async def test_one_shop_is_signed_in_to(page: Page, pack: Pack, office: MakeBelieveDoudian) -> None:
    """E-mail, password, the tick, the button: in."""
    ended = await attempt(page, pack, Account(ALONE, PASSWORD, "南岸茶器"))

    assert SignIn.DONE is ended
    assert ["南岸茶器"] == shown(office)
    assert await is_signed_in(page, pack)


@pytest.mark.parametrize("shop", [SHOP, OTHER_SHOP])
async def test_of_several_shops_the_right_one_is_chosen(
    page: Page, pack: Pack, office: MakeBelieveDoudian, shop: str
) -> None:
    """The picker lists all shops of the account; ours is clicked."""
    ended = await attempt(page, pack, Account(EMAIL, PASSWORD, shop))

    assert (SignIn.DONE, [shop]) == (ended, shown(office))


async def test_a_shop_whose_name_begins_like_another_is_not_mistaken(
    page: Page, pack: Pack, office: MakeBelieveDoudian
) -> None:
    """The whole name counts, not what it contains."""
    office.add_login("two@example.com", PASSWORD, phone="10000000007", shops=["山雀二店", "山雀"])

    ended = await attempt(page, pack, Account("two@example.com", PASSWORD, "山雀"))

    assert (SignIn.DONE, ["山雀"]) == (ended, shown(office))


async def test_a_shop_that_the_account_does_not_have_is_for_the_person(
    page: Page, pack: Pack, office: MakeBelieveDoudian
) -> None:
    """No other shop is entered instead."""
    let_in = Hurrying(lambda: shown(office))
    ended = await attempt(page, pack, Account(EMAIL, PASSWORD, "海棠茶社"), clock=let_in)

    assert (SignIn.NEEDS_PERSON, [None]) == (ended, shown(office))


async def test_a_wrong_password_is_refused(
    page: Page, pack: Pack, office: MakeBelieveDoudian
) -> None:
    """The platform's words for it are known."""
    ended = await attempt(page, pack, Account(EMAIL, "wrong horse", SHOP))

    assert (SignIn.REFUSED, []) == (ended, shown(office))


async def test_a_slider_is_for_the_person(
    page: Page, pack: Pack, office: MakeBelieveDoudian
) -> None:
    """It is neither solved nor waited for."""
    office.require_slider_at_login(needed=True)

    ended = await attempt(page, pack, Account(EMAIL, PASSWORD, SHOP))

    assert (SignIn.NEEDS_PERSON, []) == (ended, shown(office))


async def test_a_code_by_mail_is_for_the_person(
    page: Page, pack: Pack, office: MakeBelieveDoudian
) -> None:
    """The platform thinks that the sign-in is risky."""
    office.require_risk_check_at_login(needed=True)

    ended = await attempt(page, pack, Account(EMAIL, PASSWORD, SHOP))

    assert (SignIn.NEEDS_PERSON, []) == (ended, shown(office))


async def test_who_is_signed_in_already_is_done(
    page: Page, pack: Pack, office: MakeBelieveDoudian
) -> None:
    """The login page sends them on; no second session is opened."""
    await attempt(page, pack, Account(ALONE, PASSWORD, "南岸茶器"))

    ended = await attempt(page, pack, Account(ALONE, PASSWORD, "南岸茶器"))

    assert (SignIn.DONE, 1) == (ended, len(shown(office)))


async def test_a_platform_that_is_down_is_a_failure(
    page: Page, pack: Pack, office: MakeBelieveDoudian
) -> None:
    """It may work later."""
    office.go_down()

    assert SignIn.FAILED is await attempt(page, pack, Account(EMAIL, PASSWORD, SHOP))


async def test_a_login_page_that_changed_is_a_failure(
    page: Page, pack: Pack, office: MakeBelieveDoudian
) -> None:
    """A step whose target does not come ends the attempt; nothing else is pressed."""
    steps = pack.login.steps
    gone = steps[0].model_copy(update={"click": steps[0].click.model_copy(update={"text": "扫码"})})  # type: ignore[union-attr] # the first step clicks
    changed = pack.model_copy(
        update={"login": pack.login.model_copy(update={"steps": (gone, *steps[1:])})}
    )

    ended = await attempt(page, changed, Account(EMAIL, PASSWORD, SHOP), replace(HASTE, step=0.4))

    assert (SignIn.FAILED, []) == (ended, shown(office))


async def test_a_login_page_that_hangs_is_a_failure(
    page: Page, pack: Pack, office: MakeBelieveDoudian
) -> None:
    """Signing in has a limit as a whole."""
    office.slow(30)

    ended = await attempt(page, pack, Account(EMAIL, PASSWORD, SHOP), replace(HASTE, whole=0.5))

    assert SignIn.FAILED is ended


async def test_a_mark_may_tell_who_is_signed_in(page: Page, pack: Pack) -> None:
    """Where signing in leads back to the same address, only what is shown tells."""
    marked = pack.model_copy(update={"login": pack.login.model_copy(update={"done": (".logout",)})})

    await page.set_content("<a class=logout hidden>退出</a>")
    before = await is_signed_in(page, marked)
    await page.set_content("<a class=logout>退出</a>")
    after = await is_signed_in(page, marked)

    assert (False, True) == (before, after)


async def test_an_account_does_not_show_its_password() -> None:
    """Neither in logs nor in tracebacks."""
    assert PASSWORD not in repr(Account(EMAIL, PASSWORD, SHOP))
