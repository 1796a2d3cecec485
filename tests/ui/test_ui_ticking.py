"""Ages, countdowns and times of day: the same words in the terminal and in the page."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from playwright.async_api import Browser

from agent.words import Language
from ui.page import PAGE
from ui.ticking import age_text, clock_text, due_text, epoch_ms, fill, left_text
from ui.words import page_words

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
CHINA = timezone(timedelta(hours=8))
NOON_IN_CHINA = 1_777_608_000_000
SPANS = sorted(
    {
        edge * unit + step
        for edge, unit in [(0, DAY), (1, MINUTE), (1, HOUR), (10, HOUR), (1, DAY), (30, DAY)]
        for step in (-SECOND, -1, 0, 1, SECOND, 59 * SECOND, 61 * MINUTE)
    }
)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (-5 * SECOND, "0 秒"),
        (999, "0 秒"),
        (40 * SECOND, "40 秒"),
        (MINUTE - 1, "59 秒"),
        (12 * MINUTE + 59 * SECOND, "12 分钟"),
        (HOUR, "1 小时"),
        (DAY - 1, "23 小时"),
        (3 * DAY, "3 天"),
    ],
)
def test_age_is_rounded_down(span: int, expected: str) -> None:
    """An age is never older than it is, and never negative."""
    assert expected == age_text(span, page_words("zh"))


@pytest.mark.parametrize(
    ("span", "expected", "to_the_second"),
    [
        (-SECOND, "0:00", "0:00"),
        (45 * SECOND, "0:45", "0:45"),
        (21 * MINUTE + 30 * SECOND, "21:30", "21:30"),
        (5 * HOUR + 12 * MINUTE + 8 * SECOND, "5 小时 12 分", "5:12:08"),
        (DAY - 1, "23 小时 59 分", "23:59:59"),
        (2 * DAY + 4 * HOUR, "2 天 4 小时", "2 天 4 小时"),
    ],
)
def test_countdown_gets_finer_as_it_runs_out(span: int, expected: str, to_the_second: str) -> None:
    """Days, then hours, then every second."""
    words = page_words("zh")

    assert expected == left_text(span, words)
    assert to_the_second == left_text(span, words, to_the_second=True)


@pytest.mark.parametrize(
    ("due_in", "expected"),
    [(90 * SECOND, "剩 1:30"), (0, "已超时 0 秒"), (-3 * MINUTE, "已超时 3 分钟")],
)
def test_deadline_turns_at_zero(due_in: int, expected: str) -> None:
    """Before it is left, after it is overdue."""
    assert expected == due_text(NOON_IN_CHINA + due_in, NOON_IN_CHINA, page_words("zh"))


@pytest.mark.parametrize(
    ("span", "expected"),
    [(0, "12:00"), (-3 * HOUR, "09:00"), (13 * HOUR, "05-02 01:00"), (-DAY, "04-30 12:00")],
)
def test_time_of_day_has_its_date_on_another_day(span: int, expected: str) -> None:
    """Today needs no date."""
    assert expected == clock_text(NOON_IN_CHINA + span, NOON_IN_CHINA, CHINA)


@pytest.mark.parametrize("hours", [-12, 0, 8, 14])
def test_never_is_shown_by_every_clock(hours: int) -> None:
    """The last moment that time can hold is in another year where the sun rises earlier."""
    never = epoch_ms(datetime.max.replace(tzinfo=UTC))
    said = clock_text(never, NOON_IN_CHINA, timezone(timedelta(hours=hours)))

    assert said.startswith("12-")


def test_sentence_without_a_moment_is_left_alone() -> None:
    """Text that only looks like a template is shown as it is."""
    sentence = {"text": "{age} {left} {clock}", "at": None}

    assert "{age} {left} {clock}" == fill(sentence, NOON_IN_CHINA, page_words("zh"))


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_page_says_it_in_the_same_words(browser: Browser, language: Language) -> None:
    """JavaScript and Python agree on every span, and on every place in a sentence."""
    context = await browser.new_context(timezone_id="Asia/Shanghai")
    page = await context.new_page()
    await page.goto(PAGE.as_uri())
    words = page_words(language)
    text = "{age} | {left} | {clock}"
    in_page = await page.evaluate(
        """([spans, now, words, text]) => spans.map((span) => [
          Ticking.age(span, words), Ticking.left(span, words), Ticking.left(span, words, true),
          Ticking.due(now + span, now, words), Ticking.due(now - span, now, words),
          Ticking.fill({ text, at: now - span }, now, words),
        ])""",
        [SPANS, NOON_IN_CHINA, words, text],
    )
    await context.close()
    now = NOON_IN_CHINA

    assert in_page == [
        [
            age_text(span, words),
            left_text(span, words),
            left_text(span, words, to_the_second=True),
            due_text(now + span, now, words),
            due_text(now - span, now, words),
            fill({"text": text, "at": now - span}, now, words, CHINA),
        ]
        for span in SPANS
    ]
