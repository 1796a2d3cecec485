"""What is said when something goes wrong, and with which code it ends."""

import pytest

from agent import errors
from agent.commands import speak
from agent.commands.late import Commands, LateCommand
from agent.errors import GeshaoError
from tests.commands.home import Home


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        pytest.param(GeshaoError("坏了。", "修好它。"), 1, "✗ 坏了。\n→ 修好它。\n", id="expected"),
        pytest.param(GeshaoError("坏了。"), 1, "✗ 坏了。\n", id="no next step"),
        pytest.param(
            ExceptionGroup("", [ExceptionGroup("", [errors.VaultLocked("锁着。", "解锁。")])]),
            4,
            "✗ 锁着。\n→ 解锁。\n",
            id="out of a task group",
        ),
        pytest.param(
            PermissionError(13, "Permission denied", "/x/y"),
            1,
            "✗ 读写 /x/y 时出错（Permission denied）。\n→ 请检查磁盘空间和文件夹的权限。\n",
            id="a file",
        ),
        pytest.param(
            GeshaoError("[red]\\坏[/red]" + "很长" * 200),
            1,
            "✗ [red]\\坏[/red]" + "很长" * 200 + "\n",
            id="no markup and not folded",
        ),
    ],
)
def test_errors_are_told_in_words(
    capsys: pytest.CaptureFixture[str], error: Exception, code: int, said: str
) -> None:
    """What happened, and what to do next, beside the results."""
    ended = speak.fail(error)
    out, err = capsys.readouterr()

    assert (code, "", said) == (ended, out, err)


def test_bug_is_owned_up_to(capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing was expected the person is told that it is not their fault."""
    ended = speak.fail(ExceptionGroup("two", [ValueError("<boom>"), GeshaoError("later")]))
    _out, err = capsys.readouterr()

    assert 1 == ended
    assert "✗ 鸽哨自己出错了（ValueError：<boom>）。\n→ 请再试一次" in err


def test_each_kind_of_error_that_scripts_ask_for_has_its_code() -> None:
    """The codes are those of the error tree; the rest is 1."""
    codes = {
        name: speak.exit_code(kind.__new__(kind))
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, GeshaoError)
    }

    assert {
        "GeshaoError": 1,
        "ConfigError": 2,
        "PackError": 2,
        "BrowserMissing": 3,
        "RemoteSilent": 3,
        "VaultLocked": 4,
        "JournalFailing": 1,
        "AlreadyRunning": 5,
        "UnknownCase": 6,
        "DrillBroken": 1,
        "ChannelRefused": 1,
        "ChannelHeld": 1,
    } == codes


def test_progress_is_no_result(capsys: pytest.CaptureFixture[str]) -> None:
    """Where lines cannot be redrawn each is said once, beside the results."""
    with speak.progress("正在做…") as say:
        say("一半")
        say("[完]")

    assert ("", "正在做…\n  一半\n  [完]\n") == tuple(capsys.readouterr())


def test_bug_in_a_command_ends_with_a_sentence(home: Home) -> None:
    """Whatever a command raises, nobody sees only a traceback."""
    broken = Commands("geshao", "", LateCommand("x", "tests.commands.test_speak:breaks", ""))
    with pytest.raises(SystemExit) as end:
        broken.main(args=["x"])

    assert 1 == end.value.code


def breaks() -> None:
    """Be a command with a bug."""
    raise RuntimeError("boom")
