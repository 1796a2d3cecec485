"""`geshao channel test` and `preview`: whether a road gets through, and what it carries."""

import json

import pytest

from agent.cases import CaseKey
from agent.commands import doctor
from agent.commands.places import Places
from agent.config import read_settings
from agent.errors import GeshaoError
from agent.words import say
from tests.commands.home import SHOP, Home
from tests.commands.robot import adds, robot
from tests.mothers import NOON, a_case


@pytest.fixture
def settled(home: Home) -> Home:
    """Give a home with a shop and a journal."""
    home.settles_in()
    return home


def test_a_test_that_gets_through_is_remembered(settled: Home) -> None:
    """The robot took it; the list says when, and so does the doctor, without sending anything."""
    with robot({"errcode": 0, "errmsg": "ok"}) as (url, told):
        adds(settled, url=url)
        said = settled.types("channel", "test", "群")
        listed = settled.types("channel", "list")
        [road] = read_settings(settled.config).roads
        places = Places(settled.config, settled.data)
        found = doctor._gets_through(road, places, places.vault())

    assert (0, "✓ 群 收下了测试消息。\n") == (said.code, said.out)
    assert ["【鸽哨】试发\n这是一条测试，不用处理。"] == [one["text"]["content"] for one in told]
    assert "送达" in listed.out
    assert found.endswith("送达")


def test_a_test_that_is_refused_is_remembered_too(settled: Home) -> None:
    """The service's own words are told at once, in the list and by the doctor, not the address."""
    with robot({"errcode": 300001, "errmsg": "token is not exist: made-up-token"}) as (url, _):
        adds(settled, url=url)
        said = settled.types("channel", "test", "群")
        listed = settled.types("channel", "list")
        [road] = read_settings(settled.config).roads
        places = Places(settled.config, settled.data)
        with pytest.raises(GeshaoError) as fault:
            doctor._gets_through(road, places, places.vault())

    assert 1 == said.code
    assert "✗ 钉钉拒绝了（300001）：token is not exist: ***\n→ 机器人已停用" in said.err
    assert "送不到" in listed.out
    assert "made-up-token" not in said.err + listed.out
    assert "geshao channel test 群" in fault.value.next_step


def test_the_preview_shows_what_is_open_and_sends_nothing(settled: Home) -> None:
    """To the letter, masked, and of the shops that are watched."""
    settled.remembers(a_case(asked_at=NOON, buyer="木木西"))
    with robot({"errcode": 0}) as (url, told):
        adds(settled, url=url)
        shown = settled.types("channel", "preview", "群").out
    head, _, body = shown.partition("\n")

    assert head.startswith("POST http://127.0.0.1:")
    assert "made-up-token" not in head
    assert f"{SHOP} · 仅退款" in json.loads(body)["text"]["content"]
    assert "木" not in body
    assert [] == told


def test_the_preview_names_whose_kind_it_is(settled: Home) -> None:
    """As the message would."""
    settled.remembers(a_case(asked_at=NOON))
    adds(settled)
    with settled.config.open("a", encoding="utf-8") as file:
        file.write("\nroster: {people: {小王: []}, assign: {refund_only: 小王}}\n")
    body = settled.types("channel", "preview", "群").out.partition("\n")[2]

    assert "请 小王 处理" in json.loads(body)["text"]["content"]


def test_the_buttons_speak_the_users_language(settled: Home) -> None:
    """Like those of a run, which the command is there to try."""
    settled.remembers(a_case(asked_at=NOON))
    adds(settled, url="https://ntfy.example/geshao-made-up-topic-for-tests", kind="ntfy")
    text = settled.config.read_text(encoding="utf-8")
    settled.config.write_text(text.replace("language: zh", "language: en"), encoding="utf-8")
    shown = json.loads(settled.types("channel", "preview", "群").out.partition("\n")[2])

    assert "en" == read_settings(settled.config).language
    assert [say("answer.acknowledge", "en"), say("answer.snooze", "en")] == [
        action["label"] for action in shown["actions"]
    ]


def test_what_a_page_says_commands_no_terminal(settled: Home) -> None:
    """What is to be sent whole is shown whole, without what a terminal would obey."""
    long = "长" * 30
    settled.remembers(a_case(asked_at=NOON, buyer="", reason=f"\x1b[31m{long}", amount=None))
    adds(settled, "--details", url="bark://b7f2a90cc1de44778899@bark.example/", kind="apprise")
    shown = settled.types("channel", "preview", "群").out

    assert (1, 3) == (shown.count(f"[31m{long}"), len(shown.splitlines()))
    assert "\x1b" not in shown


def test_the_preview_knows_the_users_own_shop(settled: Home) -> None:
    """Also one that has the short name of the made-up one."""
    settled.adds(id="dian", name="点点茶器")
    settled.remembers(a_case(key=CaseKey("dian", "aftersale", "1"), asked_at=NOON))
    adds(settled, "--details")

    assert "点点茶器" in settled.types("channel", "preview", "群").out


def test_the_preview_of_a_quiet_day(settled: Home) -> None:
    """Where nothing waits, something made up shows the same."""
    adds(settled, kind="wecom")
    said = settled.types("channel", "preview", "群")

    assert "编出来的" in said.err
    assert "dian · 仅退款" in json.loads(said.out.partition("\n")[2])["text"]["content"]


def test_a_road_whose_key_is_lost(settled: Home) -> None:
    """It refuses, and says how to mend it."""
    adds(settled)
    del settled.keyring.entries["geshao", "password:road:群"]
    said = settled.types("channel", "test", "群")

    assert 1 == said.code
    assert "钥匙串里没有“群”的地址" in said.err


def test_names_that_are_not_there(settled: Home) -> None:
    """Each command names those that are."""
    adds(settled)
    said = [settled.types("channel", command, "手机").err for command in ("test", "preview")]

    assert all("没有名为 手机 的通道。\n→ 现有：群。" in one for one in said)


def test_what_the_doctor_says_before_any_alert(settled: Home) -> None:
    """One that was never used is to be tried, one that is off is left alone, no key is a fault.

    Behind a keyring that does not open nobody knows whether there is one.
    """
    adds(settled)
    [road] = read_settings(settled.config).roads
    places = Places(settled.config, settled.data)
    with pytest.raises(GeshaoError, match="先处理好上面的「密码和登录状态」"):
        doctor._gets_through(road, places, None)
    unused = doctor._gets_through(road, places, places.vault())
    off = doctor._gets_through(road.model_copy(update={"enabled": False}), places, None)
    del settled.keyring.entries["geshao", "password:road:群"]
    with pytest.raises(GeshaoError, match="钥匙串里没有它的网址"):
        doctor._gets_through(road, places, places.vault())

    assert "还没用过；试发一条：geshao channel test 群" == unused
    assert "已在配置里停用" == off
