"""What goes to an ntfy server: the words, the buttons, and what it says to that."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from agent.cases import Band, Tier
from agent.channels.channel import Notice, Words
from agent.channels.letter import letter_for
from agent.channels.ntfy import Ntfy, ThroughNtfy
from agent.channels.road import Road
from agent.channels.slip import MOST_CASES, Verb, read_slip
from tests.channels.fake_ntfy import KEY, TOKEN, TOPIC, FakeNtfy, fake_ntfy
from tests.channels.sending import ARRIVED, BUYER, LATER, MENTION, NEVER, NOTICE, tried
from tests.fakes import NOON, FakeClock

NUMBERED = replace(MENTION, band=Band.NEAR, asked_at=NOON)
NUMBERLESS = replace(NUMBERED, number=0)
TOLD = replace(NOTICE, cases=(NUMBERED,))
NTFY = Ntfy(f"https://ntfy.example/{TOPIC}", TOKEN, KEY)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[FakeNtfy]:
    """Give the server."""
    async with fake_ntfy(FakeClock()) as server:
        yield server


def a_road(service: Ntfy, clock: FakeClock) -> Road:
    """Return a road through *service*."""
    return Road("手机", ThroughNtfy(service, clock), clock)


def body_of(notice: Notice, service: Ntfy = NTFY) -> dict[str, Any]:
    """Return what is sent for *notice*."""
    letter = letter_for(notice, NOON, whole=False)
    return dict(json.loads(service.request(letter, service.buttons(letter)).body))


async def test_a_notice_goes_out_with_two_buttons(server: FakeNtfy) -> None:
    """Masked; each button publishes a slip of its own on the topic for answers, and clears."""
    end = await tried(a_road(server.service(), server.clock), TOLD)
    [told] = server.said()
    slips = [read_slip(action["body"], KEY) for action in told["actions"]]

    assert (ARRIVED, "") == end
    assert ("【鸽哨】紧急 · shanque · 仅退款", "新 · 剩 21 分 0 秒 · #12", 5) == (
        told["title"],
        told["message"],
        told["priority"],
    )
    assert ["知道了", "30 分钟后再说"] == [action["label"] for action in told["actions"]]
    assert {(f"{server.url}/{TOPIC}-answers", "POST", "http", True)} == {
        (action["url"], action["method"], action["action"], action["clear"])
        for action in told["actions"]
    }
    assert [Verb.ACKNOWLEDGE, Verb.SNOOZE] == [slip.verb for slip in slips if slip]
    assert all(slip and [12] == [case.number for case in slip.cases] for slip in slips)
    assert BUYER not in str(told)


@pytest.mark.parametrize(
    ("cases", "key", "labels"),
    [
        ((NUMBERLESS,), KEY, []),
        ((), KEY, []),
        ((NUMBERED,), "", []),
        ((NUMBERED, NUMBERLESS), KEY, ["知道了", "30 分钟后再说"]),
        ((NUMBERED,) * 3, KEY, ["知道了（3 件）", "30 分钟后再说（3 件）"]),
        (
            (NUMBERED,) * 99,
            KEY,
            [f"知道了（{MOST_CASES} 件）", f"30 分钟后再说（{MOST_CASES} 件）"],
        ),
    ],
)
def test_the_labels_say_for_how_many(cases: tuple[Any, ...], key: str, labels: list[str]) -> None:
    """What nobody can answer has no buttons: no number, or no key of ours."""
    body = body_of(replace(NOTICE, cases=cases), Ntfy(NTFY.url, "", key))

    assert labels == [action["label"] for action in body.get("actions", ())]


def test_in_english() -> None:
    """The buttons speak the language of the notices."""
    body = body_of(TOLD, Ntfy(NTFY.url, "", KEY, "en"))

    assert ["Got it", "In 30 minutes"] == [action["label"] for action in body["actions"]]


def test_the_longest_notice_fits() -> None:
    """With two buttons for as many cases as they take it is what a push service carries."""
    words = Words("紧急" * 40, ("超时" * 99,) * 99)
    letter = letter_for(replace(TOLD, masked=words, cases=(NUMBERED,) * 99), NOON, whole=False)

    assert len(NTFY.request(letter, NTFY.buttons(letter)).body) < 4_000


@pytest.mark.parametrize(
    ("tier", "priority"), [(Tier.URGENT, 5), (Tier.IMPORTANT, 4), (Tier.NORMAL, 3)]
)
def test_the_phone_is_as_loud_as_the_tier(tier: Tier, priority: int) -> None:
    """What is urgent wakes the phone, what is normal does not."""
    assert priority == body_of(replace(NOTICE, tier=tier))["priority"]


def test_what_is_shown_holds_no_secret() -> None:
    """All but the topic, the token and what would be pressed; the labels are there."""
    shown = a_road(NTFY, FakeClock()).shown(TOLD)

    assert shown.startswith("POST https://ntfy.example（")
    assert "知道了" in shown
    assert "#12" in shown
    assert not any(secret in shown for secret in (TOPIC, TOKEN, KEY, "-answers"))
    assert not any(secret in repr(NTFY) for secret in (TOPIC, TOKEN, KEY))


async def test_who_may_publish_there(server: FakeNtfy) -> None:
    """The token goes as a bearer and never into a message; without it that is for a person."""
    server.token = TOKEN
    refused = await tried(a_road(server.service(), server.clock), TOLD)
    taken = await tried(a_road(server.service(TOKEN), server.clock), TOLD)

    assert (NEVER, True) == (refused[0], "forbidden" in refused[1])
    assert (ARRIVED, "") == taken
    assert TOKEN not in str(server.kept)


@pytest.mark.parametrize(
    ("status", "end"),
    [(400, NEVER), (401, NEVER), (413, NEVER), (429, LATER), (500, LATER), (507, LATER)],
)
async def test_its_refusals(server: FakeNtfy, status: int, end: str) -> None:
    """Too many today is for later, what is wrong in itself for a person."""
    server.refuses = status

    assert end == (await tried(a_road(server.service(), server.clock), TOLD))[0]
    assert [] == server.kept
