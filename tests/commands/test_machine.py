"""What the doctor finds out of this machine: whether it is silent, and whether it goes to sleep."""

import pytest

from agent.commands.machine import check_sleep, check_volume
from agent.errors import GeshaoError
from tests.commands.machines import Machine

ON = "fl: 26214 / 40% / x"
PACTL, WPCTL = "pactl get-sink-", "wpctl get-volume"
GNOME = "gsettings get org.gnome.settings-daemon.plugins.power sleep-inactive-ac-"
LOGIN = (
    "busctl get-property org.freedesktop.login1 /org/freedesktop/login1"
    " org.freedesktop.login1.Manager IdleAction"
)
MAC = "output volume:{}, input volume:75, alert volume:100, output muted:{}"
POWERCFG = """电源设置 GUID: 29f6c1db-86da-48c5-9fdb-f2b67b1f44da  (在此时间后睡眠)
  最小可能的设置: 0x00000000
  最大可能的设置: 0xffffffff
  可能的设置增量: 0x00000001
当前交流电源设置索引: {}
当前直流电源设置索引: 0x00000384
"""
PMSET = "Battery Power:\n sleep       1\nAC Power:\n displaysleep 10\n sleep       {}\n"
CHANGING = ("set", "-setacvalueindex", "/change", "/setacvalueindex", "set-property")


@pytest.mark.parametrize(
    ("machine", "said"),
    [
        (
            Machine(said={f"{PACTL}mute": "Mute: no", f"{PACTL}volume": ON}),
            "40%",
        ),
        (Machine(said={WPCTL: "Volume: 0.55"}), "55%"),
        (Machine("darwin", {"osascript": MAC.format(50, "false")}), "50%"),
        (Machine("darwin", {"osascript": MAC.format("missing value", "missing value")}), ""),
        (Machine(), ""),
        (Machine("win32"), ""),
    ],
)
async def test_how_loud_it_is(machine: Machine, said: str) -> None:
    """As far as it says."""
    assert said == (await check_volume(machine)).removeprefix("系统音量 ")


@pytest.mark.parametrize(
    ("machine", "fault"),
    [
        (Machine(said={f"{PACTL}mute": "Mute: yes", f"{PACTL}volume": "40%"}), "系统静音了"),
        (Machine(said={f"{PACTL}mute": "Mute: no", f"{PACTL}volume": "0%"}), "系统音量是 0"),
        (Machine(said={WPCTL: "Volume: 0.55 [MUTED]"}), "系统静音了"),
        (Machine(said={WPCTL: "Volume: 0.00"}), "系统音量是 0"),
        (Machine("darwin", {"osascript": MAC.format(50, "true")}), "系统静音了"),
        (Machine("darwin", {"osascript": MAC.format(0, "false")}), "系统音量是 0"),
    ],
)
async def test_a_silent_machine(machine: Machine, fault: str) -> None:
    """What plays unheard is a fault, with what helps."""
    with pytest.raises(GeshaoError, match=fault) as found:
        await check_volume(machine)

    assert "取消静音" in found.value.next_step


AWAKE = [
    Machine(said={f"{GNOME}type": "'nothing'", f"{GNOME}timeout": "1200"}),
    Machine(said={f"{GNOME}type": "'suspend'", f"{GNOME}timeout": "0"}),
    Machine(said={LOGIN: 's "ignore"'}),
    Machine("win32", {"powercfg /query": POWERCFG.format("0x00000000")}),
    Machine("darwin", {"pmset -g": PMSET.format(0)}),
]
SLEEPY = [
    (Machine(said={f"{GNOME}type": "'suspend'", f"{GNOME}timeout": "1200"}), "20 分没有人用"),
    (Machine(said={f"{LOGIN}USec": "t 1800000000", LOGIN: 's "suspend"'}), "30 分没有人用"),
    (Machine("win32", {"powercfg /query": POWERCFG.format("0x00000708")}), "30 分没有人用"),
    (Machine("darwin", {"pmset -g": PMSET.format(10)}), "10 分没有人用"),
]


@pytest.mark.parametrize("machine", AWAKE)
async def test_a_machine_that_stays_awake(machine: Machine) -> None:
    """On mains; what it does on its battery is another matter."""
    assert "插着电时不会自己休眠" == await check_sleep(machine)


@pytest.mark.parametrize(("machine", "fault"), SLEEPY)
async def test_a_machine_that_goes_to_sleep(machine: Machine, fault: str) -> None:
    """After how long is said, and what to change; nothing is changed."""
    with pytest.raises(GeshaoError, match=fault) as found:
        await check_sleep(machine)

    assert "从不" in found.value.next_step
    assert [] == [command for command in machine.asked if {*command.split()} & {*CHANGING}]


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin", "freebsd14"])
async def test_a_machine_that_does_not_say(platform: str) -> None:
    """Nothing is made up."""
    assert (await check_sleep(Machine(platform))).startswith("查不到")
