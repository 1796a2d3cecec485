"""Find things on a page to act on, as a person would: visible, first candidate first."""

from playwright.async_api import Locator, Page

from agent.platforms.pack import Target

_MOST_CANDIDATES = 20


async def find_on(page: Page, target: Target) -> Locator | None:
    """Return the first visible element on *page* that *target* names, or None."""
    for css in target.css:
        if target.text is None:
            found = page.locator(css)
        elif css == "*":
            found = page.get_by_text(target.text, exact=target.exact)
        else:
            found = page.locator(css).filter(has_text=target.text)
        for candidate in (await found.all())[:_MOST_CANDIDATES]:
            if await candidate.is_visible():
                return candidate
    return None
