"""Decide whether a signed-out shop may be signed in without its person, and do it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from loguru import logger
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from agent.cases import Outcome, Reading
from agent.clock import Clock
from agent.errors import BrowserMissing, GeshaoError
from agent.platforms.closing import closed
from agent.platforms.login import Account, SignIn, sign_in
from agent.platforms.pack import Pack
from agent.platforms.session import ShopSession
from agent.platforms.unread import KICKED

_FIRST_REST_S = 60.0
_LONGEST_REST_S = 1800.0
_SHORTEST_LIFE_S = 1800.0
"""Sessions live for days: one that we opened and that ends within this was ended by somebody."""
_CLOSE_LIMIT_S = 2

Way = Callable[[Page, Pack, Account, Clock], Awaitable[SignIn]]
"""How to go through a login form (`agent.platforms.login.sign_in`)."""


class StoredDoor:
    """Signs a shop in with its stored name and password, seldom and never against a person.

    *account* returns what is stored, None if there is nothing; it may block, as keyrings do.
    After a refusal (a wrong password) nothing is tried again until a queue was read well; after
    other failures the rest between two tries doubles; a session that we opened and that soon
    ended is left to the person, who may be signed in elsewhere.
    """

    def __init__(
        self,
        session: ShopSession,
        account: Callable[[], Account | None],
        clock: Clock,
        way: Way = sign_in,
    ) -> None:
        self._session = session
        self._account = account
        self._clock = clock
        self._sign_in = way
        self._rest_s = _FIRST_REST_S
        self._not_before = 0.0
        self._refused: Account | None = None
        self._kicked = False
        self._signed_in_at = float("-inf")

    async def sign_in(self, reading: Reading) -> Reading | None:
        """Try to mend *reading*, which found the shop signed out.

        Returns None when it is worth reading again, else the reading with what was learnt.
        """
        self._session.disprove()
        began = self._clock.monotonic() - reading.seconds
        async with self._session.signing_in:
            if began < self._signed_in_at:
                return None  # another queue of this shop has done it since
            self._kicked = self._kicked or reading.gate == KICKED
            if self._kicked:
                # The next page only asks to sign in; who did it elsewhere is there all the same.
                return replace(reading, gate=KICKED, detail="账号在别处登录，没有自动抢回")
            if self._session.pack.single_session and await self._session.stored() is not None:
                return replace(reading, detail="只容一处登录，可能在别处登录了，没有自动抢回")
            if self._clock.monotonic() - self._signed_in_at < _SHORTEST_LIFE_S:
                return replace(reading, detail="登录不久又失效，可能在别处登录，没有自动抢回")
            account = await asyncio.to_thread(self._account)
            login = self._session.pack.login
            if account is None or login is None or not login.steps:
                return replace(reading, detail=reading.detail or "需要您登录")
            return await self._mended(reading, account)

    async def read_well(self) -> None:
        """Take note that a queue was read: the session is good, and worth keeping.

        Raises OSError or GeshaoError if it cannot be stored.
        """
        self._rest_s, self._not_before = _FIRST_REST_S, 0.0
        self._refused, self._kicked = None, False
        self._session.prove()
        await self._session.keep()

    async def _mended(self, reading: Reading, account: Account) -> Reading | None:
        if account == self._refused:
            return replace(reading, detail="平台不接受保存的账号或密码")
        if self._clock.monotonic() < self._not_before:
            return replace(reading, detail="自动登录没有成功，稍后再试")
        return self._learnt(reading, account, await self._try(account))

    async def _try(self, account: Account) -> SignIn:
        try:
            page = await self._session.new_page()
        except (PlaywrightError, BrowserMissing):
            return SignIn.FAILED
        try:
            ended = await self._sign_in(page, self._session.pack, account, self._clock)
            if ended is SignIn.DONE:
                await self._keep()
            return ended
        finally:
            await closed(page.close, _CLOSE_LIMIT_S, "the login page")

    async def _keep(self) -> None:
        try:
            await self._session.save(at_once=True)
        except (PlaywrightError, TimeoutError, OSError, GeshaoError) as error:
            logger.warning("signed in, but the session was not kept: {}", error)

    def _learnt(self, reading: Reading, account: Account, ended: SignIn) -> Reading | None:
        logger.bind(shop=reading.shop).info("signing in by itself: {}", ended.value)
        self._not_before = self._clock.monotonic() + self._rest_s
        self._rest_s = min(self._rest_s * 2, _LONGEST_REST_S)
        if ended is SignIn.DONE:
            self._signed_in_at = self._clock.monotonic()
            return None
        if ended is SignIn.REFUSED:
            self._refused = account
            return replace(reading, detail="平台不接受保存的账号或密码")
        if ended is SignIn.NEEDS_PERSON:
            return replace(reading, outcome=Outcome.CHALLENGED, detail="登录时要求验证")
        return replace(reading, detail="自动登录没有成功，稍后再试")
