"""`geshao channel add`, `list` and `remove`: roads that leave this machine."""

import io

import pytest

from agent.commands.places import Places
from agent.config import read_settings
from agent.journal import ChannelHealth
from agent.vault import RoadKey
from tests.commands.home import Asked, Home
from tests.commands.robot import SECRET, URL, adds
from tests.mothers import NOON
from tests.vault.keyrings import LockedKeyring, system_keyring


@pytest.fixture
def settled(home: Home) -> Home:
    """Give a home with a shop and a journal."""
    home.settles_in()
    return home


def kept(home: Home) -> str:
    """Return what the keyring holds for the robot."""
    return home.keyring.entries["geshao", "password:road:群"]


def test_what_opens_a_road_goes_to_the_keyring_only(settled: Home) -> None:
    """The configuration names the road; address and secret are in no file."""
    code = adds(settled, "--at", "13800138000", "--keyword", "急", "--tier", "urgent")
    config = settled.config.read_text(encoding="utf-8")
    [road] = read_settings(settled.config).roads

    assert 0 == code
    assert RoadKey(URL, SECRET) == RoadKey.read(kept(settled))
    assert ("群", "dingtalk", ("13800138000",), "急") == (
        road.name,
        road.type,
        road.at,
        road.keyword,
    )
    assert URL not in config
    assert SECRET not in config


def test_a_person_types_it_unseen(settled: Home) -> None:
    """Both are asked for without being shown."""
    typed = iter([URL, SECRET])
    settled.breaks("agent.commands.channel.getpass.getpass", lambda _prompt: next(typed))
    said = settled.types("channel", "add", "--name", "群", "--type", "feishu", stdin=Asked())

    assert (0, "✓ 已添加通道 群（飞书群机器人）。\n") == (said.code, said.out)
    assert "geshao channel test 群" in said.err
    assert RoadKey(URL, SECRET) == RoadKey.read(kept(settled))


@pytest.mark.parametrize(
    ("kind", "typed", "problem"),
    [
        ("wecom", "", "标准输入里没有Webhook 网址"),
        ("wecom", "qyapi 网址", "这不是一个网址"),
        ("wecom", "ftp://x/", "这不是一个网址"),
        ("apprise", "bark", "这不是 Apprise 的地址"),
        ("wecom", f"https://x/{'y' * 1400}", "地址太长"),
    ],
)
def test_what_is_no_address_is_refused(settled: Home, kind: str, typed: str, problem: str) -> None:
    """Nothing is left of the attempt, so that it can be repeated."""
    options = ["--name", "群", "--type", kind, "--key-stdin"]
    said = settled.types("channel", "add", *options, stdin=io.StringIO(typed))

    assert said.code
    assert problem in said.err
    assert () == read_settings(settled.config).roads


def test_nobody_there_to_type_it(settled: Home) -> None:
    """Without a terminal the way out is named."""
    said = settled.types("channel", "add", "--name", "群", "--type", "wecom")

    assert (2, True) == (said.code, "--key-stdin" in said.err)


def test_a_program_needs_no_key(settled: Home) -> None:
    """Its command stands in the configuration."""
    said = settled.types(
        *("channel", "add", "--name", "脚本", "--type", "program"), *("--run", "/bin/true")
    )

    assert (0, ("/bin/true",)) == (said.code, read_settings(settled.config).roads[0].run)


def test_removing_wipes_what_opens_it(settled: Home) -> None:
    """Configuration and keyring; a second time there is nothing left."""
    adds(settled)
    first = settled.types("channel", "remove", "群")
    second = settled.types("channel", "remove", "群")

    assert "✓ 已删除 群：网址和密钥、配置。\n" == first.out
    assert (2, True) == (second.code, "没有名为 群 的通道" in second.err)
    assert ("geshao", "password:road:群") not in settled.keyring.entries


@pytest.mark.parametrize(
    "uses",
    [
        "roster: {people: {小王: [群]}}\npolicy:\n",
        "policy:\n  loudness: {urgent: {escalate: [{after: 3m, channels: [群]}]}}\n",
    ],
)
def test_a_road_that_is_still_used_keeps_what_opens_it(settled: Home, uses: str) -> None:
    """What cannot be taken out of the configuration is not taken out of the keyring either."""
    adds(settled)
    text = settled.config.read_text(encoding="utf-8")
    settled.config.write_text(text.replace("\npolicy:\n", f"\n{uses}"), encoding="utf-8")
    code, problem = settled.types("channel", "remove", "群").problem

    assert (2, True) == (code, "还用着通道 群" in problem)
    assert RoadKey(URL, SECRET) == RoadKey.read(kept(settled))
    assert ["群"] == [road.name for road in read_settings(settled.config).roads]


def test_removing_that_broke_off_is_repeated(settled: Home) -> None:
    """What a locked keyring kept is wiped the second time."""
    adds(settled)
    with system_keyring(LockedKeyring()):
        broken = settled.types("channel", "remove", "群")
    repeated = settled.types("channel", "remove", "群")

    assert (4, (0, "✓ 已删除 群：网址和密钥。\n")) == (broken.code, (repeated.code, repeated.out))
    assert ("geshao", "password:road:群") not in settled.keyring.entries


def test_a_list_without_roads(settled: Home) -> None:
    """The next step is to add one."""
    assert "geshao channel add" in settled.types("channel", "list").err


def test_what_is_kept_is_searched_for_in_plain_text(settled: Home) -> None:
    """Address, token and secret are among what may lie nowhere."""
    adds(settled)
    secrets = Places(settled.config, settled.data).vault().secrets([], ["群"])
    found = {one.value.decode() for one in secrets if one.what == "群 的地址或密钥"}

    assert {URL, SECRET, "b7f2a90cc1de44778899"} <= found


def test_a_success_of_old_stays_known_while_it_fails(settled: Home) -> None:
    """When a channel last got through is told beside why it does not now."""
    adds(settled)
    with settled.journal() as journal:
        journal.note_channel(ChannelHealth("群", NOON))
        journal.note_channel(ChannelHealth("群", error="钉钉拒绝了"))
        [health] = journal.channels()

    assert (NOON, "钉钉拒绝了") == (health.delivered_at, health.error)
