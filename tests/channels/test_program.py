"""Programs of the owner's own: what they are told, and when they count as having taken it."""

import asyncio
import json
from pathlib import Path

import psutil
import pytest

from agent.channels.program import LIMIT_S, Program
from agent.channels.road import Road
from tests.channels.sending import ARRIVED, LATER, NEVER, NOTICE, tried
from tests.commands.program import survivors
from tests.fakes import FakeClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder whose name a shell would take apart."""
    folder = tmp_path / "a b; echo $(id)"
    folder.mkdir()
    return folder


def a_program(folder: Path, lines: str) -> Path:
    """Write a script of *lines*; return it."""
    script = folder / "alarm"
    script.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    script.chmod(0o700)
    return script


def a_road(*command: str, clock: FakeClock | None = None) -> Road:
    """Return the road through *command*."""
    clock = clock or FakeClock()
    return Road("脚本", Program(command, clock), clock)


async def test_a_program_reads_json(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is started as it is written, without a shell, and never told what opens the vault."""
    monkeypatch.setenv("GESHAO_PASSPHRASE", "opens the vault")
    script = a_program(folder, 'cat > "$1"; echo "${GESHAO_PASSPHRASE-none}" >> "$1"')
    kept = folder / "$HOME 甲"
    end = await tried(a_road(str(script), str(kept)))
    told, passphrase = kept.read_text(encoding="utf-8").split("}none")

    assert (ARRIVED, "\n") == (end[0], passphrase)
    assert {
        "version": 1,
        "title": "紧急 · shanque · 仅退款",
        "lines": ["新 · 剩 21 分 0 秒 · #12"],
        "tier": "urgent",
        "repeat": False,
        "people": [],
        "sent_at": "2026-05-01T12:00:00.000Z",
        "cases": [
            {
                "number": 12,
                "shop": "shanque",
                "kind": "refund_only",
                "tier": "urgent",
                "reason": "new",
                "respond_by": "2026-05-01T12:21:00.000Z",
            }
        ],
    } == json.loads(told + "}")


async def test_a_program_that_fails_says_why(folder: Path) -> None:
    """Its exit code and its complaint are told, masked; it is tried again."""
    script = a_program(folder, "echo 'no modem for 13812345678' >&2; exit 3")

    assert (
        LATER,
        (
            "程序没有成功（退出码 3）：no modem for 138****5678 "
            "请检查配置里的 run；改好后用 geshao channel test 试一次。"
        ),
    ) == await tried(a_road(str(script)))


async def test_a_program_that_does_not_listen(folder: Path) -> None:
    """Who does not read what it is told may all the same end well."""
    assert ARRIVED == (await tried(a_road(str(a_program(folder, "exit 0")))))[0]


async def test_a_program_that_is_not_there(folder: Path) -> None:
    """A wrong path does not mend itself, nor does a file that may not be run."""
    script = a_program(folder, "exit 0")
    script.chmod(0o600)
    ends = [await tried(a_road(str(one))) for one in (folder / "nothing", folder / "alarm" / "x")]

    assert [NEVER, NEVER] == [end for end, _ in ends]
    assert NEVER == (await tried(a_road(str(folder))))[0]


async def test_a_program_that_does_not_end_is_ended(folder: Path) -> None:
    """After twenty seconds it is stopped, with all that it started; others go on meanwhile."""
    begun, clock = folder / "begun", FakeClock()
    script = a_program(folder, 'sleep 1000 & echo $! > "$1.new"; mv "$1.new" "$1"; wait')
    road = a_road(str(script), str(begun), clock=clock)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(tried(road))
        while not begun.exists():
            await clock.sleep(0)
        child = psutil.Process(int(begun.read_text(encoding="utf-8")))
        await clock.advance(LIMIT_S)

    assert (LATER, True) == (task.result()[0], task.result()[1].startswith("程序 20 秒没有结束。"))
    assert [] == await survivors([child])


def test_what_is_shown_before_is_what_is_read() -> None:
    """The preview has the command and the JSON."""
    command, _, told = a_road("/bin/alarm", "甲 乙").shown(NOTICE).partition("\n")

    assert 'run: ["/bin/alarm", "甲 乙"]' == command
    assert 12 == json.loads(told)["cases"][0]["number"]
