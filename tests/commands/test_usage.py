"""Help pages, and what is said to a command line that cannot be understood."""

import subprocess
import sys

import pytest

from agent.__main__ import COMMANDS
from agent.commands.late import Commands, LateCommand
from tests.commands.home import Home
from tests.house import ROOT

HEAVY = {"sqlalchemy", "playwright", "aiohttp", "webview", "PySide6", "keyring", "miniaudio"}


def leaves(group: Commands, *before: str) -> list[tuple[str, ...]]:
    """Return the words by which each command of *group* is called."""
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        words = (*before, name)
        found += leaves(command, *words) if isinstance(command, Commands) else [words]
    return found


@pytest.mark.parametrize("words", [(), ("shop",)])
def test_group_without_a_command_shows_its_help(home: Home, words: tuple[str, ...]) -> None:
    """Who types too little sees what there is; a script sees that nothing was done."""
    said = home.types(*words)
    group = COMMANDS.commands["shop"] if words else COMMANDS

    assert 2 == said.code
    assert "" == said.err
    assert isinstance(group, Commands)
    assert all(f" {name} " in said.out for name in group.commands)


@pytest.mark.parametrize("words", leaves(COMMANDS), ids=" ".join)
def test_help_of_each_command_is_chinese(home: Home, words: tuple[str, ...]) -> None:
    """Nothing of typer's English is left on a help page."""
    said = home.types(*words, "--help")
    line = " ".join(words)

    assert 0 == said.code
    assert f"用法： geshao {line} " in said.out
    assert "显示这段说明。" in said.out
    assert not [
        word
        for word in (
            "Usage",
            "Options",
            "Arguments",
            "OPTIONS",
            "Show this",
            "[default",
            "required",
        )
        if word in said.out
    ]


@pytest.mark.parametrize(
    ("typed", "problem", "next_step"),
    [
        ("run --foo", "没有选项 --foo。", "geshao run --help"),
        ("--foo", "没有选项 --foo。", "geshao --help"),
        ("ack", "只写一样。", "geshao ack 12"),
        ("shop add --id x", "缺少 --platform。", "geshao shop add --help"),
        ("snooze 1 --for", "选项 --for 后面缺一个值。", "--help"),
        ("ack 1 2", "多写了 2。", "geshao ack --help"),
        ("inbo", "没有命令 inbo。是不是想写 inbox？", "geshao --help"),
        ("shop zzz", "没有命令 zzz。", "geshao shop --help"),
        ("demo --minutes soon", "--minutes 的值不对：写的是 soon，应为大于 0 的数", "geshao demo"),
        ("demo --minutes 0", "写的是 0，应为大于 0 的数", "geshao demo --help"),
        ("demo --minutes nan", "写的是 nan，应为大于 0 的数", "geshao demo --help"),
        ("demo --minutes inf", "写的是 inf，应为大于 0 的数", "geshao demo --help"),
    ],
)
def test_wrong_command_lines(home: Home, typed: str, problem: str, next_step: str) -> None:
    """What is wrong and where to read how it is written, in Chinese, with exit code 2."""
    code, said = home.types(*typed.split()).problem
    first, second = said.splitlines()

    assert 2 == code
    assert first.startswith("✗ ")
    assert problem in first
    assert second.startswith("→ 运行 ")
    assert next_step in second


def test_help_texts_are_no_markup(home: Home) -> None:
    """What a person typed is printed as it is."""
    _code, said = home.types("[bold]x[/bold]").problem

    assert "没有命令 [bold]x[/bold]。" in said


@pytest.mark.parametrize(
    ("typed", "without"),
    [
        pytest.param("--help", HEAVY, id="help"),
        pytest.param("shop list", HEAVY - {"keyring"}, id="shop list"),
        pytest.param("inbox", HEAVY - {"keyring", "sqlalchemy"}, id="inbox"),
    ],
)
def test_nothing_is_loaded_that_a_command_does_not_need(typed: str, without: set[str]) -> None:
    """Quick commands stay quick: no browser's driver, no window, no server."""
    program = (
        "import sys\n"
        "from agent.__main__ import COMMANDS\n"
        "try:\n"
        f"    COMMANDS.main(args={typed.split()!r})\n"
        "finally:\n"
        "    print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    loaded = set(ran.stderr.splitlines()[-1].split())
    assert "agent" in loaded
    assert set() == without & loaded


def test_every_command_can_be_loaded() -> None:
    """What the table of commands names is there."""
    groups = [COMMANDS, *(c for c in COMMANDS.commands.values() if isinstance(c, Commands))]
    late = [c for g in groups for c in g.commands.values() if isinstance(c, LateCommand)]

    assert len(leaves(COMMANDS)) == len(late)
    assert [command.name for command in late] == [command.load().name for command in late]
