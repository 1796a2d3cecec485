"""`geshao doctor`: each finding with its next step."""

import io
from dataclasses import dataclass, field

import pytest

from agent.channels.channel import Notice
from agent.commands import doctor
from agent.commands.places import Places
from agent.errors import BrowserMissing, ChannelRefused
from agent.platforms.browser import FoundBrowser
from tests.commands.home import Home
from tests.commands.machines import Machine as MadeUp
from tests.vault.keyrings import LockedKeyring, system_keyring

REFUSED = ChannelRefused("没有可用的声音设备。", "请接上音箱。")


@dataclass
class Road:
    """A channel that takes notes, or refuses."""

    refuses: ChannelRefused | None = None
    told: list[Notice] = field(default_factory=list)
    closed: bool = False

    async def deliver(self, notice: Notice) -> None:
        """Remember *notice*."""
        if self.refuses:
            raise self.refuses
        self.told.append(notice)

    async def aclose(self) -> None:
        """Remember that it was closed."""
        self.closed = True


@dataclass
class Machine:
    """What the examination meets."""

    home: Home
    sound: Road = field(default_factory=Road)
    desktop: Road = field(default_factory=Road)
    system: MadeUp = field(default_factory=MadeUp)

    def findings(self) -> dict[str, doctor.Finding]:
        """Return what was found, by what was looked at."""
        places = Places(self.home.config, self.home.data)
        return {finding.what: finding for finding in doctor.examine(places)}

    def faults(self) -> list[str]:
        """Return what is not well."""
        found = self.findings().values()
        assert all(finding.well or finding.next_step for finding in found)
        return [finding.what for finding in found if not finding.well]

    def sets(self, old: str, new: str) -> None:
        """Change the configuration."""
        text = self.home.config.read_text(encoding="utf-8")
        assert old in text
        self.home.config.write_text(text.replace(old, new, 1), encoding="utf-8")


async def no_search(*_: object) -> str:
    """Be content with the browser, where the test is about something else."""
    return "/usr/bin/browser"


@pytest.fixture
def furnished(home: Home, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Give a machine on which everything is well: one shop, a keyring, sound, a desktop."""
    home.settles_in()
    machine = Machine(home)
    monkeypatch.setattr(doctor, "own_sound", lambda _settings: machine.sound)
    monkeypatch.setattr(doctor, "Desktop", lambda: machine.desktop)
    monkeypatch.setattr(doctor, "ThisSystem", lambda: machine.system)
    return machine


@pytest.fixture
def machine(furnished: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Give the same machine, and do not search for its browser each time."""
    monkeypatch.setattr(doctor, "_browser", no_search)
    return furnished


def test_everything_is_well(furnished: Machine) -> None:
    """With a real browser, sound and notifications nothing is left to do."""
    machine = furnished
    said = machine.home.types("doctor")
    lines = said.out.splitlines()

    assert (0, "✗" in said.out) == (said.code, False)
    assert ["配置", "页面规则", "浏览器", "密码和登录状态", "记录"] == [
        line.split()[1] for line in lines[:5]
    ]
    assert ["明文", "声音", "桌面通知", "提醒", "休眠", "自动启动", "小窗"] == [
        line.split()[1] for line in lines[5:]
    ]
    assert (1, 1, True) == (
        len(machine.sound.told),
        len(machine.desktop.told),
        machine.desktop.closed,
    )


def test_one_road_to_the_person_is_enough(machine: Machine) -> None:
    """Without sound every tier still reaches the person by notification, if it is told there."""
    machine.sound.refuses = REFUSED
    machine.sets("# loudness:", "loudness: {normal: {channels: [desktop]}}")

    findings = machine.findings()
    assert ["声音"] == machine.faults()
    assert (False, "没有可用的声音设备。", "请接上音箱。") == (
        findings["声音"].well,
        findings["声音"].found,
        findings["声音"].next_step,
    )
    assert findings["提醒"].well


def test_tier_without_a_road_is_a_fault(machine: Machine) -> None:
    """A tier that is told by sound alone is silent where there is none."""
    machine.sound.refuses = REFUSED

    assert ["声音", "提醒"] == machine.faults()
    assert "普通的待办没有能用的提醒" in machine.findings()["提醒"].found


def test_no_road_at_all(machine: Machine) -> None:
    """All three tiers are named."""
    machine.sound.refuses = machine.desktop.refuses = REFUSED

    assert ["声音", "桌面通知", "提醒"] == machine.faults()
    assert "紧急、重要、普通的待办" in machine.findings()["提醒"].found


def test_what_is_switched_off_is_no_fault_but_counts_as_no_road(machine: Machine) -> None:
    """A channel that the person does not want is not tried."""
    machine.sets("enabled: true", "enabled: false")

    assert ["提醒"] == machine.faults()
    assert "已在配置里关闭" == machine.findings()["声音"].found
    assert [] == machine.sound.told


@pytest.mark.parametrize(("volume", "fault"), [("0.8", "系统静音了"), ("0", "配置里的音量是 0")])
def test_a_tone_that_nobody_hears(machine: Machine, volume: str, fault: str) -> None:
    """Muted here or there: a device that plays it is not enough, and it is no road."""
    machine.system = MadeUp(said={"wpctl": "Volume: 0.40 [MUTED]"})
    machine.sets("volume: 0.8", f"volume: {volume}")

    assert ["声音", "提醒"] == machine.faults()
    assert fault in machine.findings()["声音"].found


def test_a_sound_file_that_is_not_there_is_a_fault_of_its_own(machine: Machine) -> None:
    """The sound itself is well, since the built-in tone is heard."""
    machine.sets("    # tones: {}", "    tones: {urgent: {file: /media/gone/alarm.wav}}")
    found = machine.findings()

    assert ["声音文件"] == machine.faults()
    assert "紧急 /media/gone/alarm.wav 用不了（没有这个文件）" == found["声音文件"].found


def test_a_machine_that_goes_to_sleep(machine: Machine) -> None:
    """It sees nothing then."""
    machine.system = MadeUp("darwin", {"pmset -g custom": "AC Power:\n sleep 10\n"})

    assert ["休眠"] == machine.faults()


def test_whether_it_starts_with_the_session(machine: Machine) -> None:
    """It need not; what is switched on and cannot start is a fault."""
    off = machine.findings()["自动启动"]
    machine.home.types("autostart", "on")
    on = machine.findings()["自动启动"]
    entry = machine.home.folder / "config" / "autostart" / "geshao.desktop"
    entry.write_text("[Desktop Entry]\nExec=/gone/python -m agent run\n", encoding="utf-8")

    assert (True, True, "") == (off.well, "geshao autostart on" in off.found, off.next_step)
    assert (True, True) == (on.well, on.found.startswith("开着"))
    assert ["自动启动"] == machine.faults()


def test_people_whom_nothing_reaches(machine: Machine) -> None:
    """By what was found of the roads a moment ago; a warning, and no fault."""
    machine.desktop.refuses = REFUSED
    config = machine.home.config.read_text(encoding="utf-8")
    assert "\nroster:" not in config
    people = "{小王: [sound], 小李: [desktop]}"
    machine.home.config.write_text(f"{config}\nroster: {{people: {people}}}\n", encoding="utf-8")
    found = machine.findings()

    assert ["桌面通知"] == machine.faults()
    assert "叫不到：小李（桌面通知送不到）" == found["值班的人"].found
    assert "  → 请在 roster.people 里" in machine.home.types("doctor").out


def test_packs_are_listed_with_how_far_they_can_be_trusted(machine: Machine) -> None:
    """In the words of `geshao shops`: whether anybody tried them, and how much is guessed."""
    found = machine.findings()["页面规则"].found

    assert "旺商聊（未在真实后台验证，整份都是推测）" in found
    assert "Roundup 工单（2026-" in found


def test_setting_that_would_do_nothing_is_a_fault(machine: Machine) -> None:
    """A shop that wants details of a pack without any is told before the first run."""
    machine.sets("platform: doudian", "platform: doudian\n    details: true")
    configuration = machine.findings()["配置"]

    assert not configuration.well
    assert "details: true 不起作用" in configuration.found
    assert "去掉" in configuration.next_step


def test_browser_that_is_not_there(furnished: Machine) -> None:
    """The path that was configured is named, and what to do; the rest is looked at too."""
    machine = furnished
    machine.sets("# path: /usr/bin/chromium", "path: /nowhere/chromium")

    assert ["浏览器"] == machine.faults()
    assert "/nowhere/chromium" in machine.findings()["浏览器"].found


def test_browser_that_does_not_start(furnished: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is started for real."""
    machine = furnished

    async def find(*_: object) -> FoundBrowser:
        path = machine.home.folder / "broken"
        path.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
        path.chmod(0o755)
        return FoundBrowser(path, None, "设置")

    monkeypatch.setattr(doctor, "find_browser", find)

    assert ["浏览器"] == machine.faults()


def test_what_the_browser_needs_is_said(
    furnished: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is none the sentence of the search is shown."""
    machine = furnished

    async def find(*_: object) -> FoundBrowser:
        raise BrowserMissing("没有找到可用的浏览器。", "请安装 Chromium。")

    monkeypatch.setattr(doctor, "find_browser", find)
    said = machine.home.types("doctor")

    assert 1 == said.code
    assert "✗ 浏览器  没有找到可用的浏览器。\n  → 请安装 Chromium。\n" in said.out
    assert "→ 有 1 项要处理" in said.err


def test_locked_keyring(machine: Machine) -> None:
    """Without a keyring and without somebody to ask, the way out is named."""
    (machine.home.data / "vault.json").unlink(missing_ok=True)
    with system_keyring(LockedKeyring()):
        faults = machine.faults()

    assert ["密码和登录状态", "明文"] == faults


def test_damaged_journal(machine: Machine) -> None:
    """It is left as it is, and said to be damaged."""
    (machine.home.data / "journal.sqlite3").write_bytes(b"not a database" * 1000)

    assert ["记录"] == machine.faults()


def test_machine_where_nothing_was_set_up(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first step comes first, and no journal is made by looking for one."""
    monkeypatch.setattr(doctor, "own_sound", lambda _settings: Road())
    monkeypatch.setattr(doctor, "Desktop", Road)
    monkeypatch.setattr(doctor, "ThisSystem", MadeUp)
    monkeypatch.setattr(doctor, "_browser", no_search)
    found = Machine(home).findings()

    assert ("请先运行 geshao init 建一份。", "还没有（第一次运行时建立）") == (
        found["配置"].next_step,
        found["记录"].found,
    )
    assert not (home.data / "journal.sqlite3").exists()


def test_configuration_without_shops(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing would be watched, so it is not well."""
    monkeypatch.setattr(doctor, "own_sound", lambda _settings: Road())
    monkeypatch.setattr(doctor, "Desktop", Road)
    monkeypatch.setattr(doctor, "ThisSystem", MadeUp)
    monkeypatch.setattr(doctor, "_browser", no_search)
    home.types("init", stdin=io.StringIO())

    assert ["配置"] == Machine(home).faults()
