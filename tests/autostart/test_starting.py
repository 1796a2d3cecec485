"""The command that starts the program, and where each system keeps it."""

import sys
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

from agent.autostart import LaunchAgent, RunKey, XdgAutostart, autostart_on, starting
from agent.errors import GeshaoError


def test_the_interpreter_is_the_one_that_runs(tmp_path: Path) -> None:
    """As it was called: behind the link of an environment its packages would be lost."""
    link = tmp_path / "python"
    link.symlink_to(sys.executable)

    assert (str(link), "-P", "-m", "agent", "run", "--data", "x") == starting(
        "linux", str(link), "run", "--data", "x"
    )


@pytest.mark.parametrize(
    ("platform", "there", "used"),
    [
        ("win32", ["python.exe", "pythonw.exe"], "pythonw.exe"),
        ("win32", ["python.exe"], "python.exe"),
        ("linux", ["python.exe", "pythonw.exe"], "python.exe"),
    ],
)
def test_no_console_opens(tmp_path: Path, platform: str, there: list[str], used: str) -> None:
    """Windows has an interpreter for that, in most environments."""
    for name in there:
        (tmp_path / name).touch()

    assert str(tmp_path / used) == starting(platform, str(tmp_path / "python.exe"), "run")[0]


def test_a_program_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found only from its own folder, where no session begins: what helps is said."""

    def missing(name: str) -> object:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)

    with pytest.raises(GeshaoError) as found:
        starting("linux", "/usr/bin/python3", "run")
    assert "uv run geshao autostart on" in found.value.next_step


def test_each_system_has_its_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is neither Windows nor macOS has desktops of the freedesktop kind."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "winreg", ModuleType("winreg"))
    kinds = {
        platform: type(autostart_on(platform, lambda *_: ""))
        for platform in ("linux", "freebsd14", "win32", "darwin")
    }
    autostart_on("linux", lambda *_: "").put(["/bin/true"])

    assert [XdgAutostart, XdgAutostart, RunKey, LaunchAgent] == [*kinds.values()]
    assert (tmp_path / "autostart" / "geshao.desktop").exists()
