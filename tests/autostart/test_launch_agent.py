"""The entry on macOS: a property list for launchd, who keeps the user's own word elsewhere."""

import os
import plistlib
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.autostart import LaunchAgent

PLAIN = ["/Users/王/鸽 哨/.venv/bin/python", "-P", "-m", "agent", "run"]
DOMAIN = f"gui/{os.getuid()}"
DISABLED = 'disabled services = {{\n\t"com.other" => disabled\n\t"local.geshao" => {}\n}}'


class Launchctl:
    """The system's program, which says what it is told to."""

    def __init__(self) -> None:
        self.says = ""
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, *words: str) -> str:
        """Remember *words*."""
        self.asked.append(words)
        return self.says


@pytest.fixture
def launchctl() -> Launchctl:
    """Give a `launchctl` that knows of nothing."""
    return Launchctl()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the entries stand; it is not there yet."""
    return tmp_path / "LaunchAgents"


@pytest.fixture
def autostart(folder: Path, launchctl: Launchctl) -> LaunchAgent:
    """Return the way to our own entry."""
    return LaunchAgent(folder, launchctl)


def test_every_word_arrives_as_it_is(autostart: LaunchAgent, folder: Path) -> None:
    """It is run once at log-in, in the session that has a screen."""
    command = [*PLAIN, "--config", "a & <b> \"c\" 'd' 50% $HOME \\ \n"]
    autostart.put(command)
    page = plistlib.loads((folder / "local.geshao.plist").read_bytes())

    assert {"Label": "local.geshao", "ProgramArguments": command, "RunAtLoad": True} == {
        key: page[key] for key in ("Label", "ProgramArguments", "RunAtLoad")
    }
    assert ("Aqua", False) == (page["LimitLoadToSessionType"], "KeepAlive" in page)


@pytest.mark.parametrize(
    ("said", "off"),
    [
        ("", False),
        (DISABLED.format("disabled"), True),
        (DISABLED.format("true"), True),
        (DISABLED.format("enabled"), False),
        (DISABLED.format("false"), False),
    ],
)
def test_the_users_own_word_outweighs_the_file(
    autostart: LaunchAgent,
    launchctl: Launchctl,
    said: str,
    off: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """It is asked for, and taken back by the next `put`; no running program is loaded or ended."""
    autostart.put(PLAIN)
    launchctl.says = said
    entry = autostart.entry()

    assert entry is not None
    assert off == entry.switched_off
    assert [
        ("launchctl", "enable", f"{DOMAIN}/local.geshao"),
        ("launchctl", "print-disabled", DOMAIN),
    ] == launchctl.asked


def test_a_file_that_says_itself_that_it_is_off(autostart: LaunchAgent, folder: Path) -> None:
    """As older systems have it."""
    autostart.put(PLAIN)
    file = folder / "local.geshao.plist"
    file.write_bytes(plistlib.dumps({**plistlib.loads(file.read_bytes()), "Disabled": True}))
    entry = autostart.entry()

    assert entry is not None
    assert (True, PLAIN[0]) == (entry.switched_off, entry.program)


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"not a list",
        lambda page: page[: len(page) // 2],
        lambda _: plistlib.dumps({"Label": "local.geshao"}),
        lambda _: plistlib.dumps([]),
        lambda _: plistlib.dumps({"ProgramArguments": 7}),
        lambda _: b"<plist><dict><key>Label</key><date>soon</date></dict></plist>",
    ],
)
def test_an_entry_that_makes_no_sense(
    autostart: LaunchAgent, folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    """It is there, and starts nothing."""
    autostart.put(PLAIN)
    file = folder / "local.geshao.plist"
    file.write_bytes(damage(file.read_bytes()))
    entry = autostart.entry()

    assert entry is not None
    assert ("", False) == (entry.program, entry.program_is_there())


def test_nothing_else_is_touched(autostart: LaunchAgent, folder: Path) -> None:
    """Other agents stay, and no file is left behind."""
    folder.mkdir()
    (folder / "com.other.plist").write_bytes(plistlib.dumps({"Label": "com.other"}))
    autostart.put(PLAIN)
    autostart.put(["/bin/other"])
    there = {file.name for file in folder.iterdir()}
    gone = [autostart.remove(), autostart.remove()]

    assert {"com.other.plist", "local.geshao.plist"} == there
    assert ([True, False], ["com.other.plist"]) == (gone, [file.name for file in folder.iterdir()])
    assert autostart.entry() is None
