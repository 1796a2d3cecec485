"""The entry on Linux desktops: what is written is what a desktop reads, and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from agent.autostart import XdgAutostart, starting
from agent.errors import GeshaoError
from tests.autostart.again import put_again
from tests.autostart.desktops import command, keys

THROUGH = ["/bin/sh", "-c", 'exec "$0" "$@"']
PLAIN = ("/usr/bin/python3", "-P", "-m", "agent", "run")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the entries stand; it is not there yet."""
    return tmp_path / "config" / "autostart"


@pytest.fixture
def autostart(folder: Path) -> XdgAutostart:
    """Return the way to our own entry."""
    return XdgAutostart(folder)


def ours(folder: Path) -> Path:
    """Return the file that is ours."""
    return folder / "geshao.desktop"


def a_program(file: Path) -> str:
    """Make a program; return its path."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("#!/bin/sh\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


@pytest.mark.parametrize(
    "word",
    [
        "/home/小王/鸽 哨/config.yaml",
        "it's",
        '"quoted"',
        "back\\slash",
        "\\\\server\\share\\",
        "100%",
        "%f %U %%",
        "$HOME ${X} `id` $(id)",
        "a;b&c|d<e>f(g)h*?#~",
        "tab\tline\nreturn\r",
        "\\s\\n",
        "=",
        "[Desktop Entry]",
        "",
    ],
)
def test_every_word_arrives_as_it_is(autostart: XdgAutostart, folder: Path, word: str) -> None:
    """By the rules of the specification: quotes, escapes, percent signs, line ends."""
    autostart.put([*PLAIN, "--config", word])

    assert [*PLAIN, "--config", word] == command(ours(folder))
    assert "\n[Desktop Entry]" not in ours(folder).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["50% off", "a=b", "鸽 哨", "it's"])
def test_a_program_with_an_odd_path(autostart: XdgAutostart, folder: Path, name: str) -> None:
    """Desktops take no percent and no equals sign in a program's path, so another runs it."""
    program = a_program(folder.parent / name / "python")
    autostart.put([program, "run"])
    entry = autostart.entry()

    odd = "%" in name or "=" in name
    assert [*(THROUGH if odd else []), program, "run"] == command(ours(folder))
    assert entry is not None
    assert (program, True) == (entry.program, entry.program_is_there())
    assert 0 == subprocess.run(command(ours(folder)), check=False).returncode


def test_what_is_written_starts_the_program(
    autostart: XdgAutostart, folder: Path, tmp_path: Path
) -> None:
    """The real one, by this interpreter, from a folder in which something else has its name."""
    (tmp_path / "agent.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    autostart.put(starting("linux", sys.executable, "--help"))
    ran = subprocess.run(command(ours(folder)), cwd=tmp_path, capture_output=True, check=False)

    assert (0, True) == (ran.returncode, "autostart" in ran.stdout.decode())


def test_desktops_are_told_what_it_is(autostart: XdgAutostart, folder: Path) -> None:
    """An application with a name, in no terminal, switched on."""
    autostart.put(PLAIN)
    said = keys(ours(folder))

    assert {"Type": "Application", "Name": "Geshao", "Name[zh_CN]": "鸽哨"}.items() <= said.items()
    assert ("false", "true") == (said["Terminal"], said["X-GNOME-Autostart-enabled"])


@pytest.mark.parametrize(
    ("more", "off"),
    [
        ("", False),
        ("Hidden=true\n", True),
        ("Hidden=false\n", False),
        ("X-GNOME-Autostart-enabled=false\n", True),
        ("X-GNOME-Autostart-enabled=False\n", True),
        ("X-MATE-Autostart-enabled=false\n", True),
        ("X-GNOME-Autostart-Delay=5\nOnlyShowIn=KDE;\n", False),
        ("[Desktop Action new]\nHidden=true\n", False),
    ],
)
def test_the_users_own_word_in_the_systems_settings(
    autostart: XdgAutostart,
    folder: Path,
    more: str,
    off: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """Desktops write it into the entry; the next `put` is the user's newer word."""
    autostart.put(PLAIN)
    with ours(folder).open("a", encoding="utf-8") as file:
        file.write(more)

    assert (off, False) == put_again(autostart, PLAIN)


@pytest.mark.parametrize("page", ["", "no entry at all", "[Desktop Entry]\nType=Application\n"])
def test_an_entry_that_makes_no_sense(autostart: XdgAutostart, folder: Path, page: str) -> None:
    """It is there, and starts nothing."""
    folder.mkdir(parents=True)
    ours(folder).write_text(page, encoding="utf-8")
    entry = autostart.entry()

    assert entry is not None
    assert ("", False) == (entry.program, entry.program_is_there())


def test_a_program_that_is_gone(autostart: XdgAutostart, tmp_path: Path) -> None:
    """It was there when the entry was written."""
    program = a_program(tmp_path / "python")
    autostart.put([program])
    entry = autostart.entry()
    assert entry is not None
    before = entry.program_is_there()
    Path(program).unlink()

    assert (True, False) == (before, entry.program_is_there())


def test_nothing_else_is_touched(autostart: XdgAutostart, folder: Path) -> None:
    """Other entries of the folder stay, and no file is left behind by writing ours twice."""
    folder.mkdir(parents=True)
    (folder / "other.desktop").write_text("[Desktop Entry]\nExec=other\n", encoding="utf-8")
    autostart.put(PLAIN)
    autostart.put(["/usr/bin/other-python"])
    there = {file.name for file in folder.iterdir()}
    gone = [autostart.remove(), autostart.remove()]

    assert {"other.desktop", "geshao.desktop"} == there
    assert ([True, False], ["other.desktop"]) == (gone, [file.name for file in folder.iterdir()])
    assert autostart.entry() is None


def test_a_path_that_is_no_text(autostart: XdgAutostart, folder: Path) -> None:
    """It cannot stand in such a file: said, and nothing is written."""
    with pytest.raises(GeshaoError, match="不是文字"):
        autostart.put(["/bin/\udcff"])

    assert not folder.exists()
