"""An ntfy road as people meet it: adding it, whether it can be answered, trying the way back."""

import asyncio
import io
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from agent.answering import hearing
from agent.channels.ntfy import ThroughNtfy
from agent.channels.slip import Slip, Verb
from agent.commands import doctor, phone
from agent.commands.places import Places
from agent.config import RoadSettings, read_settings
from agent.errors import ConfigError
from agent.folder import held
from agent.journal import ChannelHealth
from agent.log import mask
from agent.settings.roads import key_of
from agent.vault import RoadKey
from tests.channels.fake_ntfy import KEY, TOKEN, TOPIC, FakeNtfy, fake_ntfy, until
from tests.channels.sending import NOTICE
from tests.commands.home import Home
from tests.commands.robot import robot
from tests.fakes import FakeClock
from tests.mothers import NOON, a_case

URL = f"https://ntfy.example/{TOPIC}"
ROAD = RoadSettings(name="手机", type="ntfy")


@pytest.fixture
def settled(home: Home) -> Home:
    """Give a home with a shop and a journal."""
    home.settles_in()
    return home


def adds(home: Home, url: str = URL, token: str = TOKEN) -> str:
    """Add the road; return what was said."""
    stdin = io.StringIO(f"{url}\n{token}\n")
    options = ("--name", "手机", "--type", "ntfy", "--key-stdin")
    return home.types("channel", "add", *options, stdin=stdin).err


def test_topic_and_token_go_to_the_keyring_only(settled: Home) -> None:
    """With a key of our own, and all three are hidden wherever something is told."""
    adds(settled, f"{URL}/")
    key = RoadKey.read(settled.keyring.entries["geshao", "password:road:手机"])
    config = settled.config.read_text(encoding="utf-8")

    assert key is not None
    assert (URL, TOKEN) == (key.url, key.secret)
    assert len(key.seal) >= 43
    assert not any(one in config for one in (TOPIC, TOKEN, key.seal))
    assert "***-answers ***" == mask(f"{URL}-answers {key.seal}")


def test_each_road_has_a_key_of_its_own(settled: Home) -> None:
    """What was sealed for one that was removed counts for nothing on its successor."""
    seals = {key_of(ROAD, URL, "").seal for _ in range(2)}

    assert 2 == len(seals)


def test_a_public_topic_needs_no_token(settled: Home) -> None:
    """The second line may be missing."""
    adds(settled, token="")
    [road] = read_settings(settled.config).roads

    assert "ntfy" == road.type


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ntfy",
        "ntfy.sh/geshao-made-up-topic",
        "https://ntfy.example",
        "https://ntfy.example/shop",
        f"https://ntfy.example/a/{TOPIC}",
        f"https://ntfy.example/{TOPIC}?auth=x",
        f"https://ntfy.example/{TOPIC}?",
        f"https://ntfy.example/{TOPIC}#x",
        f"https://keeper:made-up@ntfy.example/{TOPIC}",
        f"https://ntfy.example/{TOPIC},other",
        f"https://ntfy.example/{'x' * 57}",
        f"ftp://ntfy.example/{TOPIC}",
    ],
)
def test_what_is_no_topic_or_one_to_guess(url: str) -> None:
    """The topic is the password: a random one is offered that would do."""
    with pytest.raises(ConfigError, match="它就是密码") as refused:
        key_of(ROAD, url, "")
    offered = refused.value.next_step.partition("（")[0].removeprefix("例如 ")

    assert offered == key_of(ROAD, offered, "").url


def test_a_refused_topic_leaves_nothing(settled: Home) -> None:
    """The attempt can be repeated."""
    said = adds(settled, "https://ntfy.example/shop")

    assert "它就是密码" in said
    assert () == read_settings(settled.config).roads


@pytest.mark.parametrize(
    ("known", "runs", "words"),
    [
        (None, False, "鸽哨没有运行，开着时才能从手机应答"),
        (ChannelHealth("", NOON), False, "鸽哨没有运行"),
        (None, True, "还没有连上过应答的主题"),
        (ChannelHealth(""), True, "能从手机应答"),
        (ChannelHealth("", NOON), True, "能从手机应答"),
        (
            ChannelHealth("", NOON, "连不上对方的服务器。"),
            True,
            f"{NOON.astimezone():%m-%d %H:%M} 起不能从手机应答：连不上",
        ),
        (ChannelHealth("", error="连不上"), True, "不能从手机应答：连不上"),
    ],
)
def test_whether_it_can_be_answered(
    tmp_path: Path, known: ChannelHealth | None, *, runs: bool, words: str
) -> None:
    """Since when not, and why; and only a Geshao that runs can hear anybody."""
    road = RoadSettings(name="手机", type="ntfy")
    with held(tmp_path) if runs else nullcontext():
        found = phone.heard(Places(tmp_path / "config.yaml", tmp_path), road, known)

    assert phone.heard_words(found).startswith(words)


def test_the_list_and_the_doctor_say_so(settled: Home) -> None:
    """From what the running Geshao noted."""
    adds(settled)
    with settled.journal() as journal:
        journal.note_channel(ChannelHealth(hearing("手机"), NOON))
    [road] = read_settings(settled.config).roads
    places = Places(settled.config, settled.data)
    with held(settled.data):
        listed = settled.types("channel", "list").out
        found = doctor._gets_through(road, places, places.vault())

    assert found.endswith("；能从手机应答")
    assert set("能从手机应答") <= set(listed)  # a narrow table folds it anywhere


def test_the_preview_shows_the_labels(settled: Home) -> None:
    """And no secret."""
    adds(settled)
    settled.remembers(a_case(asked_at=NOON))
    shown = settled.types("channel", "preview", "手机").out

    assert '"label": "知道了"' in shown
    assert not any(one in shown for one in (TOPIC, TOKEN))


@pytest.mark.parametrize(
    ("why", "code", "words"),
    [
        ("", 0, "✓ 从手机收到了应答"),
        ("60 秒里没有人点。", 1, "没有等到手机的应答：60 秒里没有人点。"),
    ],
)
def test_a_test_asks_for_an_answer(settled: Home, why: str, code: int, words: str) -> None:
    """What was taken is told at once, then whether the way back works too."""
    waited: list[Slip] = []

    async def hears(_carrier: ThroughNtfy, slip: Slip, _clock: object) -> str:
        waited.append(slip)
        return why

    settled.breaks("agent.commands.channel_try.hear_the_phone", hears)
    with robot({"id": "made-up", "event": "message"}) as (url, told):
        adds(settled, url.replace(url.partition("//")[2].partition("/")[2], TOPIC))
        said = settled.types("channel", "test", "手机")
    [message] = told

    assert code == said.code
    assert "✓ 手机 收下了测试消息。" in said.out
    assert words in said.out + said.err
    assert ["收到"] == [action["label"] for action in message["actions"]]
    assert [Verb.TEST] == [slip.verb for slip in waited]


async def test_the_way_back() -> None:
    """Only the button of this very message proves it."""
    async with fake_ntfy(FakeClock()) as server:
        carrier = ThroughNtfy(server.service(), server.clock)
        slip = await phone.ask_the_phone(carrier, NOTICE, server.clock)
        another = Slip.new(Verb.TEST, (), NOON).written(KEY)
        async with asyncio.TaskGroup() as tasks:
            task = tasks.create_task(phone.hear_the_phone(carrier, slip, server.clock))
            await until(server.clock, lambda: server.streams)
            for message in ("收到", another):
                server.publish(f"{TOPIC}-answers", message=message)
            await until(server.clock, lambda: not server.streams[0].qsize())
            was_done = task.done()
            server.presses(0)

    assert not was_done
    assert "" == task.result()


async def says_no(*_: object) -> str:
    """Refuse to be listened to."""
    return "ntfy拒绝了（HTTP 403）"


async def says_nothing(*_: object) -> str:
    """Keep the line open."""
    return str(await asyncio.Event().wait())


@pytest.mark.parametrize(
    ("follow", "why"),
    [(says_no, "ntfy拒绝了（HTTP 403）"), (says_nothing, "60 秒里没有人点。")],
)
async def test_why_the_way_back_is_barred(
    monkeypatch: pytest.MonkeyPatch, follow: Callable[..., object], why: str
) -> None:
    """A server that lets nobody listen says so in its own words; patience ends."""
    monkeypatch.setattr("agent.commands.phone.follow", follow)
    clock = FakeClock()
    carrier = ThroughNtfy(FakeNtfy(clock, "http://127.0.0.1:1").service(), clock)
    async with asyncio.TaskGroup() as tasks:
        slip = Slip.new(Verb.TEST, (), NOON)
        task = tasks.create_task(phone.hear_the_phone(carrier, slip, clock))
        await clock.advance(phone.PATIENCE_S)

    assert why == task.result()
