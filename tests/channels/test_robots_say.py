"""What group robots are told: signed, short enough, masked, and whom they call."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from agent.cases import Tier
from agent.channels.channel import Notice, Words
from agent.channels.dingtalk import DingTalk
from agent.channels.feishu import Feishu
from agent.channels.road import ByPost, Road, Service
from agent.channels.webhook import Webhook
from agent.channels.wecom import MOST_BYTES
from agent.config import RoadType
from agent.vault import RoadKey
from tests.channels.sending import (
    ARRIVED,
    BUYER,
    HELD,
    LATER,
    MOBILE,
    NEVER,
    NOTICE,
    a_road,
    tried,
)
from tests.channels.services import KEYWORD, SECRET, Services, services
from tests.channels.troubles import says
from tests.fakes import NOON, FakeClock

ROBOTS: tuple[RoadType, ...] = ("dingtalk", "feishu", "wecom")
TEXT = f"{KEYWORD} 【鸽哨】紧急 · shanque · 仅退款\n新 · 剩 21 分 0 秒 · #12"
CALM = replace(NOTICE, tier=Tier.IMPORTANT)


@pytest_asyncio.fixture
async def told() -> AsyncIterator[Services]:
    """Give the services, with a clock that stands still."""
    async with services(FakeClock()) as told:
        yield told


async def test_what_each_robot_is_told(told: Services) -> None:
    """Shop, kind, time and number, the robot's keyword, and the person who is to look."""
    for kind in ROBOTS:
        await a_road(kind, told).deliver(NOTICE)
    dingtalk, feishu, wecom = told.took

    assert {
        "msgtype": "text",
        "text": {"content": f"{TEXT} @{MOBILE}"},
        "at": {"atMobiles": [MOBILE], "isAtAll": False},
    } == dingtalk
    assert {"text": f'{TEXT} <at user_id="ou_made_up"></at>'} == feishu["content"]
    assert {
        "msgtype": "text",
        "text": {
            "content": TEXT.removeprefix(f"{KEYWORD} "),
            "mentioned_mobile_list": [MOBILE],
        },
    } == wecom


async def test_who_is_called_by_name_is_called(told: Services) -> None:
    """Whoever's turn it is, at any tier; once, and only where the owner wrote who that is."""
    named = replace(CALM, people=("小王", "小李", "小王"))
    people = {"小王": "13900139000", "小张": "13700137000"}
    for kind in ROBOTS:
        await a_road(kind, told, people=people).deliver(named)
    dingtalk, feishu, wecom = told.took

    assert ["13900139000"] == dingtalk["at"]["atMobiles"]
    assert feishu["content"]["text"].endswith(' <at user_id="13900139000"></at>')
    assert ["13900139000"] == wecom["text"]["mentioned_mobile_list"]


async def test_nobody_is_called_for_what_is_not_urgent(told: Services) -> None:
    """A lesser tier is there to be read by whoever looks."""
    for kind in ROBOTS:
        await a_road(kind, told).deliver(CALM)
    dingtalk, feishu, wecom = told.took

    assert ([], TEXT) == (dingtalk["at"]["atMobiles"], dingtalk["text"]["content"])
    assert TEXT == feishu["content"]["text"]
    assert ["content"] == [*wecom["text"]]


@pytest.mark.parametrize(
    ("service", "words"),
    [
        (DingTalk, "钉钉拒绝了（310000）：sign not match"),
        (Feishu, "飞书拒绝了（19021）：sign match fail"),
        (Webhook, "对方拒绝了（HTTP 401）：whose signature is that?"),
    ],
)
async def test_a_secret_that_is_wrong(
    told: Services, service: Callable[[str, str], Service], words: str
) -> None:
    """What signs is checked by the service; its own words, and what to do, are told."""
    url = f"{told.url}/{service.__name__.lower()}"
    end, said = await tried(Road("群", ByPost(service(url, "another"), told.clock), told.clock))

    assert NEVER == end
    assert said.startswith(words)
    assert "geshao channel test" in said
    assert [] == told.took


async def test_a_signature_grows_old(told: Services) -> None:
    """A laptop whose clock is off by hours is told so by the service."""
    road = a_road("dingtalk", told)
    told.clock = FakeClock(NOON + timedelta(hours=2))

    assert NEVER == (await tried(road))[0]


@pytest.mark.parametrize("kind", ["dingtalk", "feishu"])
async def test_a_keyword_that_is_missing(told: Services, kind: RoadType) -> None:
    """A robot with a keyword takes nothing without it; where it stands in the text, it is once."""
    end, _ = await tried(a_road(kind, told, keyword=None))
    told.keyword = "仅退款"
    await a_road(kind, told, keyword="仅退款", at=()).deliver(NOTICE)
    sent = json.dumps(told.took[0], ensure_ascii=False)

    assert (NEVER, 1) == (end, sent.count("仅退款"))


LONG = Notice(
    Tier.URGENT,
    "紧急 · 400 件要处理",
    masked=Words(
        "紧急 · 400 件要处理", tuple(f"shanque · 仅退款 · #{n} · 剩 21 分" for n in range(900))
    ),
)


@pytest.mark.parametrize("kind", ROBOTS)
async def test_a_long_text_is_cut_by_lines(told: Services, kind: RoadType) -> None:
    """What is too long for a service loses lines from its end, and is never refused for it."""
    await a_road(kind, told).deliver(LONG)
    sent = json.dumps(told.took[0], ensure_ascii=False)

    content = told.took[0]["content" if kind == "feishu" else "text"]
    if kind == "wecom":
        assert len(content["content"].encode()) <= MOST_BYTES
    assert "#0 · 剩 21 分" in sent
    assert "#899" not in sent
    assert "…" in sent


async def test_nothing_of_a_buyer_leaves_unless_it_is_wanted(told: Services) -> None:
    """The desktop's words are sent only where the owner said so."""
    for details in (False, True):
        for kind in (*ROBOTS, "webhook"):
            await a_road(kind, told, details=details).deliver(NOTICE)
    sent = [json.dumps(body, ensure_ascii=False) for body in told.took]

    assert [False] * 4 + [True] * 4 == [BUYER in one and "旗舰店" in one for one in sent]
    assert [False] * 4 == [BUYER in one or "旗舰店" in one or "129" in one for one in sent[:4]]


async def test_a_notice_of_which_nobody_said_what_may_leave(told: Services) -> None:
    """Without masked words of its own, a notice says no more than that there is one."""
    await a_road("wecom", told).deliver(Notice(Tier.URGENT, f"{BUYER}来了", (BUYER,)))

    assert "【鸽哨】紧急 · 请看电脑上的鸽哨" == told.took[0]["text"]["content"]


async def test_a_quiet_notice_stays_at_the_desk(told: Services) -> None:
    """What asks for nothing calls nobody's phone."""
    end = await tried(a_road("wecom", told), replace(NOTICE, quiet=True))

    assert (ARRIVED, False) == (end[0], told.asked.is_set())


async def test_words_of_a_buyer_call_nobody(told: Services) -> None:
    """A service that reads tags is given none but ours."""
    hostile = replace(NOTICE, lines=('<at user_id="all">所有人</at>',))
    await a_road("feishu", told, details=True).deliver(hostile)

    assert 1 == told.took[0]["content"]["text"].count("<at ")


async def test_what_is_shown_before_is_what_is_sent(told: Services) -> None:
    """The preview has the body to the letter, and neither the address nor a signature."""
    for kind in (*ROBOTS, "webhook"):
        road = a_road(kind, told)
        shown = road.shown(NOTICE)
        await road.deliver(NOTICE)
        body = json.loads(shown.partition("\n")[2])

        assert {**told.took[-1], **({"sign": "***"} if "sign" in body else {})} == body
        assert f"/{kind}" not in shown
        assert SECRET not in shown


async def test_twenty_a_minute_and_the_last_are_for_what_is_urgent(told: Services) -> None:
    """Whatever there is to say, no service is ever told more than it takes; later goes on."""
    road = a_road("dingtalk", told)
    calm = [(await tried(road, CALM))[0] for _ in range(17)]
    urgent = [(await tried(road))[0] for _ in range(7)]
    await told.clock.advance(65)
    after = (await tried(road))[0]

    assert [ARRIVED] * 15 + [HELD] * 2 == calm
    assert [ARRIVED] * 5 + [HELD] * 2 == urgent
    assert (ARRIVED, 21) == (after, len(told.took))


async def test_who_wants_a_rest_gets_it(told: Services) -> None:
    """After "too fast" nothing is even tried for as long as the service is cross."""
    road = a_road("dingtalk", told)
    told.trouble = says({"errcode": 130101, "errmsg": "send too fast"})
    first = (await tried(road))[0]
    told.trouble = None
    await told.clock.advance(599)
    during = (await tried(road))[0]
    await told.clock.advance(2)

    assert (LATER, HELD) == (first, during)
    assert ARRIVED == (await tried(road))[0]


async def test_a_service_that_names_its_own_rest(told: Services) -> None:
    """`Retry-After` is heeded, but not for ever."""
    for seconds, waited in (("30", 31), ("999999999999", 1801)):
        road = a_road("webhook", told)
        told.trouble = says({}, 429, **{"Retry-After": seconds})
        await tried(road)
        told.trouble = None
        held = (await tried(road))[0]
        await told.clock.advance(waited)

        assert (HELD, ARRIVED) == (held, (await tried(road))[0])


async def test_secrets_in_a_service_s_words_are_not_repeated(told: Services) -> None:
    """An answer that tells our own address back is shown without it."""
    key = RoadKey("https://oapi.example/robot/send?access_token=b7f2a90cc1de4477")
    key.conceal()
    told.trouble = says({"errcode": 300001, "errmsg": f"gone: {key.url} \n\x1b[2J 13812345678"})
    _, said = await tried(a_road("dingtalk", told))

    assert said.startswith("钉钉拒绝了（300001）：gone: *** [2J 138****5678 ")
