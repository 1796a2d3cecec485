"""Ask the person at the terminal while the program goes on with other things."""

import asyncio
import sys
import threading

import typer

from agent.commands.speak import err


async def ask(question: str) -> str:
    """Return what is typed in answer to *question*. Raises typer.Abort at the end of input."""
    err.print(question, end="", markup=False, highlight=False, soft_wrap=True)
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()

    def told(line: str) -> None:
        if not answer.done():
            answer.set_result(line)

    def read() -> None:
        line = sys.stdin.readline()
        if not loop.is_closed():
            loop.call_soon_threadsafe(told, line)

    # Whoever ends the program is not kept waiting for a line that nobody types any more.
    threading.Thread(target=read, daemon=True).start()
    line = await answer
    if not line:
        raise typer.Abort
    return line.rstrip("\r\n")
