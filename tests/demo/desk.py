"""A window of a real headless browser in front of a make-believe Doudian."""

import json
from dataclasses import dataclass

from playwright.async_api import BrowserContext, Page, expect

from agent.demo.doudian import MakeBelieveDoudian
from tests.demo.visitor import EMAIL, PASSWORD, SHOP, WORKBENCH

WORKSPACE = "/pc_seller_v2/main/workspace"
HEADERS = "tbody tr[class*='level-0']"
ROWS = "[data-qa-id='qa-conversation-chat-item']"
FRAME = "iframe[src*='rmc.bytedance.com/verifycenter/captcha']"
EVIL = "<img src=x onerror=\"document.title='gotcha'\">"


@dataclass(frozen=True)
class Desk:
    """A browser window in front of a Doudian."""

    office: MakeBelieveDoudian
    context: BrowserContext

    async def sign_in(self, shop: str = SHOP) -> None:
        """Get the window's cookie without the login page."""
        for path, body in [
            ("/passport/web/user/login/", {"email": EMAIL, "password": PASSWORD}),
            ("/ecomauth/loginv1/login", {"shop_name": shop}),
        ]:
            url = self.office.sites["fxg"] + path
            await self.context.request.post(url, data=json.dumps(body))

    async def open(self, path: str, site: str = "fxg") -> Page:
        """Open a page of *site*."""
        page = await self.context.new_page()
        await page.goto(self.office.sites[site] + path)
        return page

    async def workbench(self) -> Page:
        """Sign in and open the after-sales workbench, read to the end of loading."""
        await self.sign_in()
        page = await self.open(WORKBENCH)
        await expect(page.locator("[class*='spin-spinning']")).to_have_count(0)
        return page

    async def feige(self) -> Page:
        """Sign in and open the chat workspace."""
        await self.sign_in()
        page = await self.open(WORKSPACE, "im")
        await expect(page.locator("[data-qa-id='qa-active-chat-tab']")).to_contain_text("(")
        return page
