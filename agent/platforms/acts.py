"""Find things on a page to act on, as a person would: visible, first candidate first."""

import re
from collections.abc import Sequence

from playwright.async_api import Frame, Locator, Page

from agent.platforms.steps import Target


async def find_on(page: Page, target: Target) -> Locator | None:
    """Return the first visible element on *page* that *target* names, or None."""
    for frame in frames_of(page, target):
        for css in target.css:
            found = candidates(frame, css, target)
            if await found.count():
                return found.first
    return None


def frames_of(page: Page, target: Target) -> Sequence[Frame]:
    """Return where *target* may be: the page itself, or its frames of that address."""
    if target.frame is None:
        return [page.main_frame]
    framed = [
        frame for frame in page.frames if frame is not page.main_frame and target.frame in frame.url
    ]
    return [*framed, page.main_frame] if target.unframed else framed


def candidates(frame: Frame, css: str, target: Target) -> Locator:
    """Return what is visible in *frame* of *css*, as far as it says *target*'s text."""
    if target.text is None:
        found = frame.locator(f"css={css}")
    elif css == "*":
        found = frame.get_by_text(_phrase(target.text, exact=target.exact))
    else:
        found = frame.locator(f"css={css}").filter(
            has_text=_phrase(target.text, exact=target.exact)
        )
    return found.filter(visible=True)


def _phrase(text: str, *, exact: bool) -> re.Pattern[str]:
    """Return *text* as a pattern that overlooks spaces: libraries put one into 登 录."""
    pattern = r"\s*".join(re.escape(letter) for letter in text if not letter.isspace())
    return re.compile(rf"^\s*{pattern}\s*$" if exact else pattern)
