"""Find things on a page to act on, as a person would: visible, first candidate first."""

import re

from playwright.async_api import Locator, Page

from agent.platforms.pack import Target


async def find_on(page: Page, target: Target) -> Locator | None:
    """Return the first visible element on *page* that *target* names, or None."""
    for css in target.css:
        found = candidates(page, css, target)
        if await found.count():
            return found.first
    return None


def candidates(page: Page, css: str, target: Target) -> Locator:
    """Return what is visible on *page* of *css*, as far as it says *target*'s text."""
    if target.text is None:
        found = page.locator(f"css={css}")
    elif css == "*":
        found = page.get_by_text(_phrase(target.text, exact=target.exact))
    else:
        found = page.locator(f"css={css}").filter(has_text=_phrase(target.text, exact=target.exact))
    return found.filter(visible=True)


def _phrase(text: str, *, exact: bool) -> re.Pattern[str]:
    """Return *text* as a pattern that overlooks spaces: libraries put one into 登 录."""
    pattern = r"\s*".join(re.escape(letter) for letter in text if not letter.isspace())
    return re.compile(rf"^\s*{pattern}\s*$" if exact else pattern)
