from collections.abc import Callable
from urllib.parse import quote

import pytest

from agent.cases import Outcome
from agent.fixtures.fixture import Answer, Expected, Fixture, Frame
from agent.fixtures.html import anonymise_html
from agent.fixtures.residue import Finding, Trace, residue
from agent.fixtures.stand_ins import StandIns
from tests.fixtures_room.made_up_page import (
    JWT,
    KEEP,
    MAIL,
    NAMES,
    NOON,
    ORDER,
    PHONE,
    SHOP,
    TOKEN,
    a_page,
)

Spell = Callable[[str], str]


def a_fixture(html: str = "", body: object = None, url: str = "https://shop.test/") -> Fixture:
    """Return a fixture of one page and one answer."""
    return Fixture(
        platform="made_up",
        queue="aftersale",
        shop="甲乙丙",
        captured_at=NOON,
        url=url,
        html=html,
        frames=(Frame(url="about:blank", html="<p>登录</p>"),),
        answers=(Answer(url="https://shop.test/list", body=body),),
        expected=Expected(outcome=Outcome.VERIFIED_EMPTY),
    )


def test_a_page_with_stand_ins_leaves_nothing() -> None:
    """The look-out has nothing to say about what the stand-ins made of the made-up page."""
    stand_ins = StandIns(NOON, keep=KEEP, named=[SHOP])
    body = {"items": [{"id": int(ORDER), "nick": NAMES[0], "msg": f"打 {PHONE}", "at": 1777644000}]}
    clean = a_fixture(anonymise_html(a_page(), stand_ins), stand_ins.json(body))

    assert [] == residue(clean, [a_page(), str(body)], named=[SHOP, *NAMES], harmless=KEEP)


@pytest.mark.parametrize("spell", [str, quote, lambda s: "".join(f"&#{ord(c)};" for c in s)])
@pytest.mark.parametrize(
    ("text", "trace"),
    [
        (PHONE, Trace.PHONE),
        ("139-1234-5678", Trace.PHONE),
        (MAIL, Trace.MAIL),
        (JWT, Trace.TOKEN),
        (TOKEN, Trace.TOKEN),
        (ORDER, Trace.NUMBER),
        (SHOP, Trace.NAMED),
    ],
)
def test_what_came_through_is_found(text: str, trace: Trace, spell: Spell) -> None:
    """Phones, mails, tokens, the original's numbers and known names, also when encoded."""
    for fixture, where in (
        (a_fixture(html=f"<p>{spell(text)}</p>"), "html"),
        (a_fixture(body={"a": [spell(text)]}), "answers.1"),
        (a_fixture(url=f"https://shop.test/{spell(text)}"), "url"),
    ):
        found = residue(fixture, [f"{ORDER} {TOKEN}"], named=[SHOP])

        assert Finding(where, trace, text) in found


@pytest.mark.parametrize(
    "html",
    ["13800001234", "ab@example.com", "1777644000", "2026/04/30 18:03:21", "8123456789012345678"],
)
def test_stand_ins_and_moments_raise_no_alarm(html: str) -> None:
    """An alarm that always rings is heard by nobody."""
    assert [] == residue(a_fixture(html=html), [f"{ORDER} 1777644000 2026/04/30 18:03:21"])


def test_the_packs_own_texts_raise_no_alarm() -> None:
    """A name that the pack itself holds is published already."""
    fixture = a_fixture(html="<p>仅退款</p>")

    assert [] == residue(fixture, [], named=["仅退款"], harmless=["仅退款"])
    assert [Finding("html", Trace.NAMED, "仅退款")] == residue(fixture, [], named=["仅退款"])
