"""`geshao mute`, `unmute`, `hush` and `star`: what is kept, and what is refused."""

from datetime import timedelta

import pytest

from agent.cases import EVERY_SHOP
from tests.commands.home import SHOP, Home
from tests.mothers import a_case


@pytest.fixture
def settled(home: Home) -> Home:
    """Give a home with one shop and an empty journal."""
    home.settles_in()
    return home


@pytest.mark.parametrize(
    ("typed", "shop", "minutes", "whole", "words"),
    [
        (["mute"], EVERY_SHOP, 60, False, ("全部店铺安静到", "geshao unmute。")),
        (["mute", SHOP], SHOP, 60, False, (f"{SHOP}安静到", f"geshao unmute {SHOP}。")),
        (["mute", "--for", "1d"], EVERY_SHOP, 1440, False, ("最后一步的仍会响",)),
        (["hush"], EVERY_SHOP, 10, True, ("快到时限的也不响", "geshao unmute。")),
        (["hush", "--for", "1h"], EVERY_SHOP, 60, True, ("全部安静到",)),
    ],
)
def test_what_is_typed_is_kept(
    settled: Home,
    typed: list[str],
    shop: str,
    minutes: int,
    whole: bool,  # noqa: FBT001 (a table's column)
    words: tuple[str, ...],
) -> None:
    """For as long as was said, an hour or ten minutes by default; and it is told how to end it."""
    said = settled.types(*typed)
    with settled.journal() as journal:
        ((who, mute),) = journal.mutes().items()

    assert 0 == said.code
    assert all(word in said.out for word in words)
    assert (shop, timedelta(minutes=minutes), whole) == (who, mute.until - mute.since, mute.whole)


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        (["mute", "nobody"], 1, "没有名为 nobody 的店铺。"),
        (["mute", "--for", "25h"], 2, "可以安静 1m 到 1d。"),
        (["hush", "--for", "61m"], 2, "可以安静 1m 到 1h。"),
        (["hush", "--for", "soon"], 2, "请写成 30m、1h 或 1h30m。"),
        (["unmute", "nobody"], 1, "没有名为 nobody 的店铺。"),
    ],
)
def test_what_cannot_be_is_refused(settled: Home, typed: list[str], code: int, words: str) -> None:
    """No silence without an end, and none for a shop that is not there."""
    found, problem = settled.types(*typed).problem

    assert code == found
    assert words in problem


def test_unmute_ends_it(settled: Home) -> None:
    """One shop's, or all; as long as all are silent nobody is told that one is not."""
    settled.types("mute", SHOP)
    settled.types("hush")
    one = settled.types("unmute", SHOP)
    with settled.journal() as journal:
        left = set(journal.mutes())
    every = settled.types("unmute")
    with settled.journal() as journal:
        none = set(journal.mutes())

    assert f"✓ {SHOP}不再单独安静。\n" == one.out
    assert "⚠ 全部店铺的安静还没结束。\n→ 要结束就运行 geshao unmute。\n" == one.err
    assert "✓ 全部店铺照常提醒。\n" == every.out
    assert ({EVERY_SHOP}, set()) == (left, none)


def test_unmute_of_the_only_silence(settled: Home) -> None:
    """Then the shop rings again."""
    settled.types("mute", SHOP)
    said = settled.types("unmute", SHOP)

    assert (f"✓ {SHOP}照常提醒。\n", "") == (said.out, said.err)


def test_star_marks_a_case(settled: Home) -> None:
    """And takes the mark away again."""
    (case,) = settled.remembers(a_case())
    on = settled.types("star", "1").out
    starred = settled.case(case.key).starred
    off = settled.types("star", "1", "--off").out

    assert ("✓ #1 已加星标。\n", "✓ #1 去掉了星标。\n") == (on, off)
    assert (True, False) == (starred, settled.case(case.key).starred)
