import pytest
from playwright.async_api import BrowserContext

from agent.platforms.acts import find_on
from agent.platforms.steps import Target

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGE = """
<p class=a hidden>藏着</p><p class=b id=one>确 定</p><p class=b id=two>确定删除</p>
<div id=three><span id=four>登录</span></div>
"""


@pytest.mark.parametrize(
    ("target", "found"),
    [
        (Target(css=(".a", ".b")), "one"),
        (Target(css=(".none",)), None),
        (Target(css=(".a",)), None),
        (Target(css=(".b",), text="确定"), "one"),
        (Target(css=(".b",), text="定删"), "two"),
        (Target(css=(".b",), text="定删", exact=True), None),
        (Target(css=(".b",), text="确定删除", exact=True), "two"),
        (Target(text="登录"), "four"),
        (Target(text="登 录", exact=True), "four"),
        (Target(text="登"), "four"),
        (Target(text="登", exact=True), None),
        (Target(text="藏着"), None),
        (Target(text="确定.*"), None),
    ],
)
async def test_what_a_person_would_act_on_is_found(
    context: BrowserContext, target: Target, found: str | None
) -> None:
    """Visible things only, candidates in order; spaces in a text don't matter, signs are signs."""
    page = await context.new_page()
    await page.set_content(PAGE)

    locator = await find_on(page, target)
    name = None if locator is None else await locator.get_attribute("id")
    await page.close()

    assert found == name
