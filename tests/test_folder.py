"""The data folder: held by one program at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from agent import folder
from agent.errors import AlreadyRunning, GeshaoError
from tests.house import ROOT

HOLD = """\
import sys
from pathlib import Path
from agent.folder import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_second_holder_is_refused_and_comes_in_later(tmp_path: Path) -> None:
    """While one works there, another is told so; after it, not."""
    with folder.held(tmp_path):
        during = folder.is_held(tmp_path)
        with pytest.raises(AlreadyRunning) as error, folder.held(tmp_path):
            pass
    after = folder.is_held(tmp_path)
    with folder.held(tmp_path):
        pass

    assert (True, False) == (during, after)
    assert "先结束它" in error.value.next_step


def test_a_call_for_the_window_is_heard_once(tmp_path: Path) -> None:
    """Called twice before anybody looks it is one call; a folder that is gone has none."""
    folder.call(tmp_path)
    folder.call(tmp_path)
    calling = folder.is_calling(tmp_path)
    heard = [folder.was_called(tmp_path) for _ in range(2)]

    assert (True, [True, False]) == (calling, heard)
    assert not folder.is_calling(tmp_path)
    assert not folder.was_called(tmp_path / "gone")


def test_killed_program_holds_nothing(tmp_path: Path) -> None:
    """No file that is left behind keeps the next one out."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        program.stdout.readline()
        during = folder.is_held(tmp_path)
        program.kill()

    assert (True, False) == (during, folder.is_held(tmp_path))


def test_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    """What is kept there is nobody else's business."""
    new = tmp_path / "a" / "b"
    with folder.held(new):
        mode = new.stat().st_mode & 0o777

    assert 0o700 == mode


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Where there is a file in its place the person learns what to do."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(GeshaoError, match="写不了数据目录") as error,
        folder.held(tmp_path / "file"),
    ):
        pass

    assert "--data" in error.value.next_step


def test_mark_belongs_to_the_folder_however_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same folder always has the same mark, another one another."""
    monkeypatch.chdir(tmp_path)

    assert folder.mark_of(tmp_path) == folder.mark_of(Path())
    assert folder.mark_of(tmp_path) != folder.mark_of(tmp_path / "x")
