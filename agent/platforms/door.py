"""Decide whether a signed-out shop may be signed in without its person, and do it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from loguru import logger
from playwright.async_api import Error as PlaywrightError

from agent.cases import Outcome, Reading
from agent.clock import Clock
from agent.platforms.login import Account, SignIn, sign_in
from agent.platforms.session import ShopSession

KICKED = "kicked"
"""The gate's name for "signed in elsewhere": answering it would kick out the person there."""

_FIRST_REST_S = 60.0
_LONGEST_REST_S = 1800.0


class StoredDoor:
    """Signs a shop in with its stored name and password, seldom and never against a person.

    *account* returns what is stored, None if there is nothing; it may block, as keyrings do.
    After a refusal (a wrong password) nothing is tried again until a queue was read well; after
    other failures the rest between two tries doubles.
    """

    def __init__(
        self, session: ShopSession, account: Callable[[], Account | None], clock: Clock
    ) -> None:
        self._session = session
        self._account = account
        self._clock = clock
        self._rest_s = _FIRST_REST_S
        self._not_before = 0.0
        self._refused: Account | None = None
        self._signed_in_at = float("-inf")

    async def sign_in(self, reading: Reading) -> Reading | None:
        """Try to mend *reading*, which found the shop signed out.

        Returns None when it is worth reading again, else the reading with what was learnt.
        """
        async with self._session.signing_in:
            if self._clock.monotonic() - self._signed_in_at < reading.seconds + 1:
                return None  # another queue of this shop has just done it
            if reading.gate == KICKED:
                return replace(reading, detail="账号在别处登录，没有自动抢回")
            account = await asyncio.to_thread(self._account)
            if account is None or not self._session.pack.login.steps:
                return replace(reading, detail=reading.detail or "需要您登录")
            if account == self._refused:
                return replace(reading, detail="平台不接受保存的账号或密码")
            if self._clock.monotonic() < self._not_before:
                return replace(reading, detail="自动登录没有成功，稍后再试")
            return self._learnt(reading, account, await self._try(account))

    async def read_well(self) -> None:
        """Take note that a queue was read: the session is good, and worth keeping."""
        self._rest_s, self._not_before, self._refused = _FIRST_REST_S, 0.0, None
        try:
            await self._session.save()
        except PlaywrightError as error:
            logger.debug("the session was not saved this time: {}", error.message)

    async def _try(self, account: Account) -> SignIn:
        try:
            page = await self._session.new_page()
        except PlaywrightError:
            return SignIn.FAILED
        try:
            ended = await sign_in(page, self._session.pack, account, self._clock)
            if ended is SignIn.DONE:
                await self._session.save(at_once=True)
            return ended
        finally:
            await page.close()

    def _learnt(self, reading: Reading, account: Account, ended: SignIn) -> Reading | None:
        logger.bind(shop=reading.shop).info("signing in by itself: {}", ended.value)
        # Even a success is not repeated at once: a session that ends again wants a person.
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
