"""The road through a program of the owner's own: JSON on its standard input, no shell."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

from agent.channels.letter import Letter, as_json
from agent.channels.verdict import own_words
from agent.clock import Clock
from agent.errors import ChannelRefused

LIMIT_S = 20.0
_OURS = ("GESHAO_PASSPHRASE",)
"""What opens the vault is nobody else's business."""
_MEND = "请检查配置里的 run；改好后用 geshao channel test 试一次。"


class Program:
    """Runs *command*; exit code 0 says that it took the letter."""

    def __init__(self, command: Sequence[str], clock: Clock) -> None:
        self._command = command
        self._clock = clock

    async def carry(self, letter: Letter) -> None:
        """Return once the program has ended well.

        Raises ChannelRefused if it cannot be started, fails, or takes longer than 20 seconds.
        """
        process = await self._started()
        over = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as tasks:
                asked = tasks.create_task(_talk(process, as_json(letter), over))
                if not await self._clock.wait(over, LIMIT_S):
                    asked.cancel()
        finally:
            await _end(process)
        if asked.cancelled():
            raise ChannelRefused(f"程序 {LIMIT_S:.0f} 秒没有结束。", f"已经停掉它。{_MEND}")
        complaint = asked.result()
        if process.returncode:
            raise ChannelRefused(
                f"程序没有成功（退出码 {process.returncode}）：{own_words(complaint)}", _MEND
            )

    def shown(self, letter: Letter) -> str:
        """Return the command and what it reads."""
        told = json.dumps(json.loads(as_json(letter)), ensure_ascii=False, indent=2)
        return f"run: {json.dumps(list(self._command), ensure_ascii=False)}\n{told}"

    async def _started(self) -> asyncio.subprocess.Process:
        environment = {name: value for name, value in os.environ.items() if name not in _OURS}
        try:
            return await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                env=environment,
                start_new_session=True,  # what it starts is ended with it
            )
        except (FileNotFoundError, PermissionError, NotADirectoryError) as error:
            raise ChannelRefused(
                f"程序启动不了（{error.strerror}）。", _MEND, permanent=True
            ) from error
        except OSError as error:
            raise ChannelRefused(f"程序启动不了（{error.strerror}）。", _MEND) from error


async def _talk(process: asyncio.subprocess.Process, told: bytes, over: asyncio.Event) -> str:
    """Hand *told* to *process*; return what it complained of, once it has ended."""
    try:
        _, complaint = await process.communicate(told)
        return complaint.decode(errors="replace")
    finally:
        over.set()


async def _end(process: asyncio.subprocess.Process) -> None:
    """End *process* and all that it started, if it is still there."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
