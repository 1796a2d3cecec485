"""The page of the settings as data, and what it may ask."""

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from agent.autostart import Entry
from agent.cases import Tier
from agent.config import Settings, parse_settings
from agent.errors import GeshaoError
from agent.settings.platforms import Offer, offers
from agent.settings.stand import Done, Stand, Trial
from agent.words import Language
from tests.shipped import PACKS
from ui.settings import settings_view, written_view
from ui.wishes import come_true

TEXT = """\
policy: {quiet: {from: "23:00", to: "07:30", through: [urgent, important]}, high_value: 800}
channels: {sound: {volume: 0.6, tones: {urgent: {volume: 1, file: /a/alarm.wav}}}}
roads:
  - {name: 群, type: dingtalk, tiers: [urgent, important]}
  - {name: 手机, type: ntfy, tiers: [], enabled: false}
roster: {people: {小王: [], 小李: []}, stand_in: 小李}
holiday: {from: 2026-10-01, to: 2026-10-07}
shops:
  - {id: shanque, platform: doudian, name: 山雀, username: a@b.example}
  - {id: bailu, platform: doudian, name: 白鹭}
"""
UNSAVED = "钥匙串里没有它的网址：请删掉，再添加一次"
SAID = parse_settings(TEXT, Path("config.yaml"))


def a_stand(said: Settings = SAID, **changes: Any) -> Stand:  # noqa: ANN401 (any field)
    """Return how everything stands, with *changes*."""
    usual = {
        "platforms": offers(PACKS),
        "kept_shops": frozenset({"shanque"}),
        "kept_roads": frozenset({"群"}),
    }
    return Stand(Path("/home/me/config.yaml"), said, **{**usual, **changes})


def test_everything_is_shown_as_it_stands() -> None:
    """Numbers in their units, tiers by name, and of secrets only that they are kept."""
    view = settings_view(a_stand(), "zh")

    assert [("shanque", "密码已保存"), ("bailu", "由您登录")] == [
        (shop["shop_id"], shop["said"]) for shop in view["shops"]
    ]
    assert [
        ("群", "钉钉群机器人 · 网址已保存", True),
        (
            "手机",
            f"ntfy 手机推送，能直接应答 · 只在点名时发 · {UNSAVED} · 已停用",
            False,
        ),
    ] == [(road["name"], road["said"], road["good"]) for road in view["roads"]]
    assert [
        ("urgent", 100, "自己的声音：alarm.wav"),
        ("important", 60, ""),
        ("normal", 60, ""),
    ] == [(one["tier"], one["percent"], one["said"]) for one in view["sounds"]]
    assert ("23:00", "07:30") == (view["quiet"]["begins"], view["quiet"]["ends"])
    assert "只响紧急、重要，" in view["quiet"]["means"]
    assert ("金额到 ", 800, " 元，升一级。") == (
        view["rules"][0]["before"],
        view["rules"][0]["number"],
        view["rules"][0]["after"],
    )
    assert ("2026-10-01", "2026-10-07", "小李") == tuple(view["holiday"].values())[:3]
    assert json.loads(json.dumps(view)) == view


@pytest.mark.parametrize("language", ["zh", "en"])
def test_defaults_are_shown_too(language: Language) -> None:
    """A file that says nothing is no empty page."""
    view = settings_view(Stand(Path("config.yaml"), Settings()), language)

    assert ("", "") == (view["quiet"]["begins"], view["pending"])
    assert 500 == view["rules"][0]["number"]
    assert all(rule["before"] or rule["after"] for rule in view["rules"])
    assert "program" not in {kind["type"] for kind in view["road_types"]}


@pytest.mark.parametrize(
    ("changes", "on", "said"),
    [
        ({}, False, "没有开：每次登录电脑后要自己打开。"),
        ({"entry": Entry("/bin/sh -m agent", "/bin/sh")}, True, "开着。"),
        ({"entry": Entry("/gone x", "/gone")}, True, "要启动的程序已经不在了：关掉再打开一次。"),
        (
            {"entry": Entry("/bin/sh x", "/bin/sh", switched_off=True)},
            False,
            "写好了，但在系统的设置里关掉了：再打开一次。",
        ),
        ({"autostart_fault": "读不了"}, False, "读不了"),
    ],
    ids=["off", "on", "gone", "switched off", "unreadable"],
)
def test_autostart_is_told(changes: dict[str, Any], on: bool, said: str) -> None:  # noqa: FBT001 (a column)
    """What the system would really do at the next sign-in."""
    view = settings_view(a_stand(**changes), "zh")

    assert (on, said) == (view["autostart"], view["autostart_said"])


@pytest.mark.parametrize(
    ("trial", "said"),
    [
        (None, ""),
        (Trial("running"), "正在试…"),
        (Trial("passed"), "发出去了，请看一眼：真的看到了才算通。"),
        (Trial("failed", "拒绝了"), "拒绝了"),
    ],
    ids=["never", "running", "passed", "failed"],
)
def test_trials_are_told(trial: Trial | None, said: str) -> None:
    """Sent is not seen: that is asked of the person."""
    view = settings_view(a_stand(trials={"群": trial} if trial else {}), "zh")

    assert said == view["roads"][0]["trial"]["said"]


def test_what_waits_is_told_by_groups() -> None:
    """Each group of keys has a name."""
    waiting = tuple(set(Settings.model_fields) - {"roster", "holiday"})
    view = settings_view(a_stand(waiting=waiting), "zh")
    few = settings_view(a_stand(waiting=("shops", "policy")), "zh")

    assert len(waiting) - 1 == view["pending"].count("、")
    assert few["pending"].startswith("改了还没生效：店铺、规则。")


@pytest.mark.parametrize(
    ("offer", "hint"),
    [
        (Offer("x", "甲", password=True, code=True, client=False, unproven=False), "自动登录"),
        (Offer("x", "甲", password=False, code=True, client=False, unproven=False), "扫码"),
        (Offer("x", "甲", password=False, code=False, client=False, unproven=False), "窗口"),
        (Offer("x", "甲", password=False, code=False, client=True, unproven=False), "客户端"),
        (Offer("x", "甲", password=True, code=True, client=False, unproven=True), "核对过"),
    ],
    ids=["password", "code", "window", "client", "unproven"],
)
def test_how_one_signs_in_is_said_before(offer: Offer, hint: str) -> None:
    """Whoever chooses a platform knows what comes next."""
    assert hint in settings_view(a_stand(platforms=[offer]), "zh")["platforms"][0]["hint"]


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (Done("policy.quiet", 12), "已保存到配置第 12 行（policy.quiet）。"),
        (Done("roads"), "已从配置里删除（roads）。"),
        (Done(), "好了。"),
        (Done(anew=True), "正在重新开始监看，要几秒钟…"),
        (Done("shops", 9, not_yet="等一等。"), "已保存到配置第 9 行（shops）。等一等。"),
        (Done(waits=True), "还没做完，可能在等系统钥匙串解锁；做完会显示在这里。"),
    ],
)
def test_what_was_written_is_said(done: Done, said: str) -> None:
    """The key and the line, for whoever wants to look."""
    assert said == written_view(done, "zh")["said"]


class Listener:
    """Remembers what is asked of the settings."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (any method)
        async def asked(*values: object, **named: object) -> Done:
            self.asked.append((name, *values, *named.values()))
            return Done()

        return asked


WISHES: list[tuple[dict[str, Any], tuple[object, ...]]] = [
    (
        {"act": "add_shop", "platform": "x", "name": "甲", "username": "", "password": ""},
        ("add_shop", "x", "甲", "", ""),
    ),
    ({"act": "remove_shop", "shop": "x"}, ("remove_shop", "x")),
    (
        {
            "act": "add_road",
            "type": "wecom",
            "name": "群",
            "url": "u",
            "secret": "",
            "keyword": "",
            "tiers": ["urgent"],
        },
        ("add_road", {"type": "wecom", "name": "群", "tiers": ("urgent",)}, "u", ""),
    ),
    ({"act": "remove_road", "road": "群"}, ("remove_road", "群")),
    ({"act": "try_road", "road": "群"}, ("try_road", "群")),
    ({"act": "try_sound", "tier": "urgent"}, ("try_sound", "urgent")),
    (
        {"act": "volume", "tier": "", "percent": 55},
        ("set", ("channels", "sound", "volume"), "0.55"),
    ),
    (
        {"act": "volume", "tier": "normal", "percent": 100},
        ("set", ("channels", "sound", "tones", "normal", "volume"), "1"),
    ),
    (
        {"act": "switch", "channel": "desktop", "on": False},
        ("set", ("channels", "desktop", "enabled"), "false"),
    ),
    ({"act": "quiet", "begins": "23:00", "ends": "07:30"}, ("set_quiet", "23:00", "07:30")),
    ({"act": "quiet", "begins": "", "ends": ""}, ("set_quiet", "", "")),
    ({"act": "rule", "rule": "outage", "number": 9}, ("set_rule", "outage", 9)),
    ({"act": "language", "language": "en"}, ("set", ("language",), "en")),
    ({"act": "autostart", "on": True}, ("set_autostart", True)),
    ({"act": "renew"}, ("renew",)),
]


@pytest.mark.parametrize(("wish", "asked"), WISHES, ids=[f"{w[0]['act']}" for w in WISHES])
async def test_a_wish_comes_true(wish: dict[str, Any], asked: tuple[object, ...]) -> None:
    """Each act asks one thing."""
    listener: Any = Listener()
    await come_true(wish, listener, "zh")

    assert [asked] == listener.asked


@pytest.mark.parametrize(
    "wish",
    [
        None,
        {},
        {"act": "nothing"},
        {"act": "renew", "more": 1},
        {"act": "volume", "tier": "", "percent": 101},
        {"act": "volume", "tier": "", "percent": "50"},
        {"act": "quiet", "begins": "24:00", "ends": "07:30"},
        {"act": "quiet", "begins": '1", x: "', "ends": "07:30"},
        {"act": "language", "language": "fr"},
        {"act": "add_shop", "platform": "x", "name": "", "username": "", "password": "geheim"},
        {"act": "autostart", "on": 1},
    ],
    ids=str,
)
async def test_what_is_no_wish_is_refused(wish: object) -> None:
    """Nothing is asked, and what was typed is not repeated: it may be a password."""
    listener: Any = Listener()
    with pytest.raises(GeshaoError) as refused:
        await come_true(wish, listener, "zh")

    assert [] == listener.asked
    assert "geheim" not in str(refused.value)


async def test_where_no_file_keeps_them_there_are_no_settings() -> None:
    """In the demo, for one."""
    with pytest.raises(GeshaoError, match="没有配置文件"):
        await come_true({"act": "renew"}, None, "zh")


def test_the_samples_are_what_the_file_says() -> None:
    """What the table above shows is in the settings that it is made of."""
    quiet, holiday = SAID.policy.quiet, SAID.holiday

    assert quiet is not None
    assert (time(23), (Tier.URGENT, Tier.IMPORTANT)) == (quiet.begins, quiet.through)
    assert holiday is not None
    assert date(2026, 10, 1) == holiday.first
