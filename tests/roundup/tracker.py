"""Roundup itself: installed by its own tools into a folder, served, and worked on by its people."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer

from tests.ports import free_port

NAME = "山雀工单"
PRIVATE_NAME = "山雀内部 - 工单"
_ADMIN = (sys.executable, "-m", "roundup.scripts.roundup_admin", "-i")
_SERVER = (sys.executable, "-m", "roundup.scripts.roundup_server")
_PROMPT = "roundup> "
_PATIENCE_S = 60
_OPEN_TO_STRANGERS = "db.security.addPermissionToRole('Anonymous', 'Web Access')"
_GUESTS = """
db.security.addRole(name='Guest', description='may sign in, and see nothing')
db.security.addPermissionToRole('Guest', 'Web Access')
"""


@dataclass
class Tracker:
    """One tracker, and what its people do in it: through `roundup-admin`, kept open."""

    home: Path
    name: str
    address: str
    admin: subprocess.Popen[str]
    open_issues: list[str] = field(default_factory=list)

    def add_user(self, name: str, password: str, roles: str = "User") -> None:
        """Let somebody in."""
        address = f"{name}@example.com"
        self.do("create", "user", username=name, password=password, roles=roles, address=address)
        self.do("commit")

    def write(self, *titles: str, **fields: str) -> list[str]:
        """Write an issue for each of *titles*; return their numbers."""
        said = {"status": "unread", "priority": "bug", **fields}
        numbers = [self.do("create", "issue", title=title, **said) for title in titles]
        self.do("commit")
        self.open_issues += numbers
        return numbers

    def resolve(self, *numbers: str) -> None:
        """Give issues the status that ends them."""
        for number in numbers:
            self.do("set", f"issue{number}", status="resolved")
            self.open_issues.remove(number)
        self.do("commit")

    def end_sessions(self) -> None:
        """Forget who is signed in, and how often who tried: what happens when time goes by."""
        for file in ("db-session", "db-otk"):
            with closing(sqlite3.connect(self.home / "db" / file)) as database, database:
                # Roundup makes the table for the first who signs in.
                tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                for (table,) in tables.fetchall():
                    database.execute(f"DELETE FROM {table}")  # noqa: S608 (Roundup's own name)

    def do(self, *words: str, **fields: str) -> str:
        """Give `roundup-admin` a command; return what it answers."""
        assert self.admin.stdin is not None

        given = [*words, *(f"{name}={_quoted(value)}" for name, value in fields.items())]
        self.admin.stdin.write(" ".join(given) + "\n")
        self.admin.stdin.flush()
        return _read_to(_PROMPT, self.admin)


@dataclass
class Roundup:
    """A server with two trackers.

    *tracker* is as it comes: strangers may read. *private* is as an owner may have made it: its
    statuses have other numbers, strangers are turned away, and guests may sign in for nothing.
    """

    port: int
    tracker: Tracker
    private: Tracker
    server: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Serve; return when it answers."""
        homes = (f"{one.home.name}={one.home}" for one in (self.tracker, self.private))
        # Root has to tell it to be root; for anybody else it overhears that.
        where = ("-n", "127.0.0.1", "-p", str(self.port), "-u", "0", "-t", "thread", "-L")
        self.server = _started([*_SERVER, *where, *homes], self.tracker.home.parent)
        assert "started on" in _read_to("\n", self.server)

    def stop(self) -> None:
        """Serve no longer."""
        if self.server is not None:
            _end(self.server)
        self.server = None


@contextmanager
def installed(folder: Path) -> Iterator[Roundup]:
    """Install and initialise both trackers in *folder* and serve them until the end."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    _install(folder / "tracker", NAME, f"{base}/tracker/")
    _make_private(folder / "tracker", folder / "private", base)
    with ExitStack() as stack:
        tracker, private = (
            Tracker(
                folder / path, name, f"{base}/{path}", stack.enter_context(_admin(folder / path))
            )
            for path, name in (("tracker", NAME), ("private", PRIVATE_NAME))
        )
        roundup = Roundup(port, tracker, private)
        stack.callback(roundup.stop)
        roundup.start()
        for admin in (tracker.admin, private.admin):
            _read_to(_PROMPT, admin)
        private.do("set", "status8", name="archived")
        private.do("set", "status7", name="resolved")
        private.do("commit")
        yield roundup


def _install(home: Path, name: str, address: str) -> None:
    settings = {
        "tracker_name": name,
        "tracker_web": address,
        "mail_domain": "example.com",
        "mail_host": "localhost",
        "mail_debug": str(home.parent / "mail"),  # a file in place of a mail server
        "password_pbkdf2_default_rounds": "10000",  # signing in is not what costs the time here
    }
    said = ",".join(f"{key}={value}" for key, value in settings.items())
    for words in (("install", "classic", "sqlite", said), ("initialise", "admin's password")):
        process = _started([*_ADMIN, str(home), *words], home.parent)
        answer, _ = process.communicate(timeout=_PATIENCE_S)
        assert 0 == process.returncode, answer


def _make_private(tracker: Path, home: Path, base: str) -> None:
    shutil.copytree(tracker, home)
    config, schema = home / "config.ini", home / "schema.py"
    _replace(config, f"name = {NAME}", f"name = {PRIVATE_NAME}")
    _replace(config, f"{base}/tracker/", f"{base}/private/")
    _replace(schema, _OPEN_TO_STRANGERS, _GUESTS)


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert 1 == text.count(old), f"{file.name}: {old}"

    file.write_text(text.replace(old, new), encoding="utf-8")


@contextmanager
def _admin(home: Path) -> Iterator[subprocess.Popen[str]]:
    admin = _started([*_ADMIN, str(home)], home.parent)
    try:
        yield admin
    finally:
        _end(admin)


def _started(command: Sequence[str], folder: Path) -> subprocess.Popen[str]:
    """Start a program that takes *folder* for its home, so that it leaves nothing in ours."""
    home = {"HOME": str(folder), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **home},
        encoding="utf-8",
    )


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.communicate()


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _read_to(end: str, process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None

    said, limit = "", Timer(_PATIENCE_S, process.kill)
    limit.start()
    try:
        while not said.endswith(end):
            letter = process.stdout.read(1)
            assert letter, f"it ended, and said: {said}"

            said += letter
    finally:
        limit.cancel()
    return said.removesuffix(end).strip()
