"""A mail server of our own on loopback, which takes what it is told to take."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(eq=False)
class Mail:
    """It *refuses* recipients with a reason, or *cuts* the line in the middle of a message."""

    url: str = ""
    refuses: str = ""
    cuts: bool = False
    took: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk with one client."""
        writer.write(b"220 made-up\r\n")
        while line := (await reader.readline()).decode().strip():
            verb = line.partition(" ")[0].upper()
            if verb == "DATA" and self.cuts:
                break
            if verb == "DATA":
                writer.write(b"354 go on\r\n")
                self.took.append((await reader.readuntil(b"\r\n.\r\n")).decode())
            writer.write(f"{self._answer(verb)}\r\n".encode())
            if verb == "QUIT":
                break
        writer.close()

    def _answer(self, verb: str) -> str:
        if verb == "RCPT" and self.refuses:
            return self.refuses
        return "221 bye" if verb == "QUIT" else "250 fine"


@asynccontextmanager
async def mail_server() -> AsyncIterator[Mail]:
    """Open the server."""
    mail = Mail()
    server = await asyncio.start_server(mail.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    mail.url = (
        f"mailto://127.0.0.1:{port}?from=geshao@a.example&to=owner@b.example"
        f"&mode=insecure&smtp=127.0.0.1"
    )
    async with server:
        yield mail
