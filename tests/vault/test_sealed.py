import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.vault.sealed import KEY_BYTES, new_key, seal, unseal, write_private

KEY = bytes(range(KEY_BYTES))
POWER_CUT = """
import os, sys
from pathlib import Path
from agent.vault.sealed import write_private

os.replace = os.rename = lambda *_: os._exit(9)
write_private(Path(sys.argv[1]), b"new")
"""


@given(content=st.binary(max_size=2_000), purpose=st.text(st.characters(codec="utf-8")))
def test_round_trip(content: bytes, purpose: str) -> None:
    """What was sealed comes back, whatever it was."""
    assert content == unseal(KEY, purpose, seal(KEY, purpose, content))


@given(data=st.data())
def test_any_change_is_noticed(data: st.DataObject) -> None:
    """Change, drop or add any byte, and nothing comes back."""
    sealed = seal(KEY, "purpose", b"content")
    at = data.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:at] + bytes([sealed[at] ^ data.draw(st.integers(1, 255))]) + sealed[at + 1 :]

    for damaged in (changed, sealed[:at], sealed[:at] + b"\0" + sealed[at:]):
        assert unseal(KEY, "purpose", damaged) is None


def test_other_key_or_purpose() -> None:
    """Another key opens nothing, and neither does the same key for another purpose."""
    sealed = seal(KEY, "session of a", b"content")

    assert unseal(new_key(), "session of a", sealed) is None
    assert unseal(KEY, "session of b", sealed) is None


def test_never_the_same_twice() -> None:
    """Equal contents cannot be told to be equal, and no nonce comes twice."""
    assert 100 == len({seal(KEY, "purpose", b"content") for _ in range(100)})


def test_replaces_in_one_step(tmp_path: Path) -> None:
    """A file is replaced, private, with no draft left beside it."""
    file = tmp_path / "file"
    file.write_bytes(b"old")

    write_private(file, b"new")

    assert b"new" == file.read_bytes()
    assert 0o600 == file.stat().st_mode & 0o777
    assert [file] == list(tmp_path.iterdir())


def test_disk_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the last step fails, the old file is whole, and no draft stays."""
    file = tmp_path / "file"
    file.write_bytes(b"old")

    def refuse(*_names: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(os, "rename", refuse)

    with pytest.raises(OSError, match="No space"):
        write_private(file, b"new")

    assert b"old" == file.read_bytes()
    assert [file] == list(tmp_path.iterdir())


def test_power_cut_before_the_last_step(tmp_path: Path) -> None:
    """A process that dies before the last step leaves the old file, and the next one succeeds."""
    file = tmp_path / "file"
    file.write_bytes(b"old")

    died = subprocess.run([sys.executable, "-c", POWER_CUT, str(file)], check=False)
    survived = file.read_bytes()
    write_private(file, b"newer")

    assert (9, b"old") == (died.returncode, survived)
    assert b"newer" == file.read_bytes()
    assert [file] == list(tmp_path.iterdir())


def test_does_not_follow_links(tmp_path: Path) -> None:
    """A link laid where the draft goes is taken away, not written through."""
    target = tmp_path / "precious"
    target.write_bytes(b"precious")
    (tmp_path / "file.tmp").symlink_to(target)

    write_private(tmp_path / "file", b"new")

    assert b"precious" == target.read_bytes()
