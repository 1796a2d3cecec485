"""A group robot for whoever types commands, and the command that adds it."""

import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from tests.commands.home import Home

URL = "https://oapi.example/robot/send?access_token=b7f2a90cc1de44778899"
SECRET = "SECmade-up-for-the-tests"


@contextmanager
def robot(answer: dict[str, object]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Give the address of a robot that gives *answer*, and what it was told."""
    told: list[dict[str, Any]] = []

    class Robot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep still."""

    with HTTPServer(("127.0.0.1", 0), Robot) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/robot/send?access_token=made-up-token", told
        server.shutdown()


def adds(
    home: Home, *more: str, url: str = URL, secret: str = SECRET, kind: str = "dingtalk"
) -> int:
    """Add a robot, with what opens it on standard input; return the exit code."""
    stdin = io.StringIO(f"{url}\n{secret}\n")
    options = ["--name", "群", "--type", kind, "--key-stdin", *more]
    return home.types("channel", "add", *options, stdin=stdin).code
