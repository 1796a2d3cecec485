"""What leaves the machine as text and as JSON."""

import json

import pytest

from agent.cases import Tier
from agent.channels.channel import Notice, Words
from agent.channels.letter import as_json, letter_for
from tests.channels.sending import NOTICE
from tests.fakes import NOON
from tests.house import ROOT

LONG = Notice(
    Tier.URGENT,
    "",
    masked=Words("紧急 · 900 件要处理", tuple(f"shanque · 仅退款 · #{n}" for n in range(900))),
)


@pytest.mark.parametrize("most", [60, 80, 300])
def test_no_text_is_longer_than_it_may_be(most: int) -> None:
    """Bytes count, not characters; the head and the calls at the end are always there."""
    text = letter_for(LONG, NOON, whole=False).text(most, ends=" @1")

    assert len(text.encode()) <= most
    assert text.startswith("【鸽哨】紧急")
    assert text.endswith("… @1")


@pytest.mark.parametrize("keyword", [",", "急单", "仅退款"])
def test_the_keyword_is_in_every_text(keyword: str) -> None:
    """Also where it stands only in lines that are left out."""
    text = letter_for(LONG, NOON, whole=False).text(64, keyword=keyword)

    assert text.startswith(f"{keyword} 【鸽哨】紧急")


def test_json_is_what_the_readme_promises() -> None:
    """Programs rely on it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    promised = readme.partition("<!-- tested: webhook -->\n```json\n")[2].partition("```")[0]

    assert json.loads(promised) == json.loads(as_json(letter_for(NOTICE, NOON, whole=False)))
