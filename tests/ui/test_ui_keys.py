"""The list of keys: it says what the scripts heed, all of it and nothing else."""

import json
import re
from typing import Any

import pytest

from tests.ui.overlay import Overlay
from tests.ui.samples import a_row, a_snapshot
from ui.page import PAGE
from ui.view import present
from ui.words import page_words

SCRIPTS = sorted(PAGE.parent.glob("*.js"))
TABLE = "keys.js"
KEY = re.compile(
    r"\b(Key[A-Z]|Digit\d|Arrow(?:Up|Down|Left|Right)|Escape|Enter|Slash|Comma|F\d+)\b"
)
WRITTEN = {
    "Comma": ",",
    "Slash": "/",
    "Shift+Slash": "?",
    "Escape": "Esc",
    "ArrowDown": "↓",
    "ArrowUp": "↑",
}
on_page = pytest.mark.asyncio(loop_scope="session")
OPEN = "!document.getElementById('keys').hidden"


def rows() -> list[dict[str, Any]]:
    """Return the table's rows that name keys."""
    text = (PAGE.parent / TABLE).read_text(encoding="utf-8")
    found = re.findall(r"\{ keys: (\[.*?\]), shown: (\[.*?\]), word: (\".*?\")", text)
    return [
        {"keys": json.loads(keys), "shown": json.loads(shown), "word": json.loads(word)}
        for keys, shown, word in found
    ]


def test_table_has_each_key_that_a_script_heeds_and_no_other() -> None:
    """A new key without a line, or a line that outlives its key, is found here."""
    heeded = {
        key
        for script in SCRIPTS
        if script.name != TABLE
        for key in KEY.findall(script.read_text(encoding="utf-8"))
    }
    listed = {key.rpartition("+")[2] for row in rows() for key in row["keys"]}

    assert heeded == listed


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row["word"]))
def test_line_shows_the_keys_that_it_means(row: dict[str, Any]) -> None:
    """The sign on the key is the key's."""
    expected = [
        WRITTEN.get(key)
        or " ".join(WRITTEN.get(part, part.removeprefix("Key")) for part in key.split("+"))
        for key in row["keys"]
    ]

    assert expected == row["shown"]


def test_buttons_name_only_keys_of_the_table() -> None:
    """What the page tells a screen reader is the same."""
    html = PAGE.read_text(encoding="utf-8")
    named = set(re.findall(r'aria-keyshortcuts="([^"]+)"', html))
    listed = {sign for row in rows() for sign in row["shown"]}
    written = {name.replace("Control+", "Ctrl ").replace("Escape", "Esc") for name in named}

    assert written <= listed


@on_page
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_list_comes_and_goes_beside_the_work(overlay: Overlay, language: Any) -> None:  # noqa: ANN401 (a column)
    """It takes no key away from the list; Escape closes it first, and nothing beneath."""
    page, words = overlay.page, page_words(language)
    await overlay.open(dict(present(a_snapshot(a_row(12)), language)))
    await page.locator("#drill").focus()
    await page.keyboard.press("?")
    opened, focus = await page.evaluate(OPEN), await page.evaluate("document.activeElement.id")
    listed = await page.locator("#keys-table .key:visible dd").all_inner_texts()
    headings = await page.locator("#keys-table .heading:visible").count()
    await page.keyboard.press("h")
    await page.keyboard.press("Escape")
    closed = await page.evaluate(OPEN), await page.locator("#pages").is_visible()
    await page.keyboard.press("Escape")
    await page.click("#to-keys")
    await page.click("#keys-close")

    assert (True, "keys", 4) == (opened, focus, headings)
    assert [words[row["word"]] for row in rows() if row["word"] != "key_fade"] == listed
    assert (False, True) == closed
    assert not await page.locator("#pages").is_visible()
    assert not await page.evaluate(OPEN)


@on_page
async def test_question_mark_that_is_typed_is_text(overlay: Overlay) -> None:
    """Whoever searches for it gets it; in the strip the window grows for the list."""
    page = overlay.page
    await overlay.open(dict(present(a_snapshot(a_row(12)), "zh")))
    await page.keyboard.press("/")
    await page.keyboard.press("?")
    typed, opened = await page.locator("#search").input_value(), await page.evaluate(OPEN)
    await page.keyboard.press("Escape")
    await page.locator("#drill").focus()
    await page.keyboard.press("w")
    await page.keyboard.press("?")

    assert ("?", False) == (typed, opened)
    assert await page.evaluate(OPEN)
    assert "inbox" == await page.evaluate("document.documentElement.dataset.size")


@on_page
@pytest.mark.parametrize("width", [320, 420])
async def test_list_of_keys_fits(overlay: Overlay, width: int) -> None:
    """Nothing is cut off at the side, in the longer language either."""
    page = overlay.page
    await overlay.open(dict(present(a_snapshot(a_row(12)), "en")))
    await page.set_viewport_size({"width": width, "height": 640})
    await page.keyboard.press("?")
    wide = await page.evaluate("document.getElementById('keys').scrollWidth")

    assert wide == await page.evaluate("document.getElementById('keys').clientWidth")
    assert await page.locator("#headline").is_visible()
