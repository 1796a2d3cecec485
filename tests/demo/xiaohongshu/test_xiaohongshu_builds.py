"""How the two builds of the make-believe Xiaohongshu say that all is well."""

import pytest
from aiohttp import ClientSession

from agent.demo.xiaohongshu import MakeBelieveXiaohongshu
from agent.demo.xiaohongshu.manners import LIST
from tests.demo.session import cookies_of
from tests.fakes import FakeClock

SHOP = "山雀户外旗舰店"


@pytest.mark.parametrize(("build", "code"), [("a", 0), ("b", 200)])
async def test_each_build_has_its_own_code_of_success(
    clock: FakeClock, http: ClientSession, build: str, code: int
) -> None:
    """Both are known; a refusal has neither."""
    async with MakeBelieveXiaohongshu(clock, build=build) as office:
        office.add_login("owner", "right", shops=[SHOP])
        url, headers = office.sites["ark"] + LIST, {"x-s": "XYW_", "x-t": "1"}
        cookies = cookies_of(office, "owner", SHOP)
        told = []
        for states in ("1,3,12", ""):
            query = {"status_in": states}
            async with http.get(url, params=query, headers=headers, cookies=cookies) as answer:
                told.append(await answer.json())

    assert [(code, True), (-2, False)] == [(one["code"], one["success"]) for one in told]
