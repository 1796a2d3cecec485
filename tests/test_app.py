"""How everything is opened, wired and closed, with a real browser."""

import asyncio
import subprocess
import sys
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import psutil
import pytest

from agent import app, signing
from agent.app import Plan, opened, own_channels
from agent.cases import Change, ChangeKind, Policy, Tier
from agent.cases.drill import drill_case
from agent.channels.desktop import Desktop
from agent.channels.sound import Sound
from agent.clock import SystemClock
from agent.config import (
    ChannelsSettings,
    DesktopSettings,
    Settings,
    ShopSettings,
    SoundSettings,
)
from agent.errors import AlreadyRunning, BrowserMissing, GeshaoError, PackError
from agent.folder import held, is_held, journal_file, mark_of
from agent.journal import Journal
from agent.platforms.browser import FoundBrowser, find_browser
from agent.platforms.family import children, mark_argument
from agent.platforms.fleet import Fleet
from agent.platforms.remote import Remote
from agent.vault import Vault
from tests.commands.program import survivors
from tests.fakes import FakeClock
from tests.shipped import PACKS

SHOP = ShopSettings(id="shanque", platform="doudian", name="山雀百货", username="me")
SLEEP = "import sys; print(1, flush=True); sys.stdin.read()"


@pytest.fixture(scope="module")
def found() -> FoundBrowser:
    """Return the browser of this machine."""
    return asyncio.run(find_browser(None, lambda _: None))


def a_plan(folder: Path, found: FoundBrowser, **changes: Any) -> Plan:  # noqa: ANN401 (any field)
    """Return a plan for one shop, which nobody is told of."""
    fields: dict[str, Any] = {
        "settings": Settings(shops=(SHOP,)),
        "packs": PACKS,
        "vault": Vault.ephemeral(folder),
        "folder": folder,
        "found": found,
        "channels": [],
    }
    return Plan(**{**fields, **changes})


def marked(folder: Path) -> list[psutil.Process]:
    """Return the living processes that belong to the data *folder*."""
    mark = mark_argument(mark_of(folder))
    found = psutil.process_iter(["cmdline", "status"])
    return [
        one
        for one in found
        if mark in (one.info["cmdline"] or ()) and one.info["status"] != psutil.STATUS_ZOMBIE
    ]


async def test_all_that_was_opened_is_closed(tmp_path: Path, found: FoundBrowser) -> None:
    """The folder is held and a browser runs; afterwards neither."""
    async with opened(a_plan(tmp_path, found), SystemClock(), Random(1)) as desk:
        during = is_held(tmp_path), bool(marked(tmp_path))
        shops = (await desk.snapshot()).shops

    assert (True, True) == during
    assert ["shanque"] == [health.shop.shop_id for health in shops]
    assert (False, []) == (is_held(tmp_path), await survivors(marked(tmp_path)))


async def test_what_a_killed_program_left_is_ended_first(
    tmp_path: Path, found: FoundBrowser
) -> None:
    """A browser with this folder's mark is nobody's any more; another one's is left alone.

    Nor is a drill that was under way ever heard of again.
    """
    drill = drill_case(Tier.URGENT, ("sound",), Policy(), SystemClock().now())
    with Journal.open(journal_file(tmp_path)) as journal:
        journal.record([Change(ChangeKind.OPENED, None, drill)], None, shop=drill.key.shop)
    with Left(mark_of(tmp_path)) as ours, Left(mark_of(tmp_path / "other")) as other:
        async with opened(a_plan(tmp_path, found), SystemClock(), Random(1)):
            codes = ours.poll(), other.poll()
    with Journal.open(journal_file(tmp_path)) as journal:
        left = journal.open_cases()

    assert [] == list(left)
    assert codes[0] is not None
    assert codes[1] is None


class Left(subprocess.Popen[str]):
    """A process with a browser's mark, that has begun to run; it is gone after the `with`."""

    def __init__(self, mark: str) -> None:
        command = [sys.executable, "-c", SLEEP, mark_argument(mark)]
        super().__init__(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.stdout is not None
        self.stdout.readline()

    def __exit__(self, *details: object) -> None:
        """End it."""
        self.kill()
        super().__exit__(None, None, None)


async def test_folder_of_another_program_is_not_touched(
    tmp_path: Path, found: FoundBrowser
) -> None:
    """Its browsers go on, and nothing is written."""
    with Left(mark_of(tmp_path)) as theirs, held(tmp_path):
        with pytest.raises(AlreadyRunning):
            async with opened(a_plan(tmp_path, found), SystemClock(), Random(1)):
                pass
        code = theirs.poll()

    assert code is None
    assert ["geshao.lock"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        pytest.param({"packs": {}}, PackError, id="no pack"),
        pytest.param(
            {"found": FoundBrowser(Path(sys.executable), None, "")}, BrowserMissing, id="no browser"
        ),
        pytest.param({"events": "/nowhere/events"}, GeshaoError, id="no place for the events"),
    ],
)
async def test_what_fails_half_way_leaves_nothing_open(
    tmp_path: Path, found: FoundBrowser, changes: dict[str, Any], error: type[GeshaoError]
) -> None:
    """The error is told, the folder is free, and no browser runs."""
    before = children(psutil.Process())
    plan = a_plan(tmp_path, **{"found": found, **changes})
    with pytest.raises(error):
        async with opened(plan, SystemClock(), Random(1)):
            pass

    began = [one for one in children(psutil.Process()) if one not in before]

    assert not is_held(tmp_path)
    assert [] == await survivors(began)


@pytest.mark.parametrize(
    ("sound", "desktop", "mute", "kinds"),
    [
        (True, True, False, [Sound, Desktop]),
        (True, True, True, [Desktop]),
        (True, False, False, [Sound]),
        (False, False, False, []),
    ],
)
def test_roads_are_those_that_are_switched_on(
    *, sound: bool, desktop: bool, mute: bool, kinds: list[type]
) -> None:
    """The settings say which; `--mute` takes the sound away for once."""
    channels = ChannelsSettings(
        sound=SoundSettings(enabled=sound), desktop=DesktopSettings(enabled=desktop)
    )

    assert kinds == [type(one) for one in own_channels(Settings(channels=channels), mute=mute)]


class Session:
    """A session that is kept, or cannot be, or hangs."""

    def __init__(self, kept: list[str], name: str) -> None:
        self.name = name
        self.kept = kept

    async def save(self, *, at_once: bool) -> None:
        """Do what the name says."""
        if self.name == "fails":
            raise RuntimeError
        if self.name == "hangs":
            await asyncio.Event().wait()
        self.kept.append(f"{self.name} {at_once}")


async def test_sessions_are_kept_at_the_end_however_one_fares(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One that fails costs no other, and one that hangs costs little time."""
    monkeypatch.setattr(signing, "_KEEP_LIMIT_S", 0.01)
    kept: list[str] = []
    sessions: Any = [Session(kept, name) for name in ("fails", "good", "hangs", "too")]
    await signing.keep_sessions(sessions)

    assert ["good True", "too True"] == kept


@pytest.mark.parametrize(("said", "limit"), [(3000, 3000), (None, 1000)])
def test_the_browser_may_take_what_the_person_says(
    monkeypatch: pytest.MonkeyPatch, said: int | None, limit: float
) -> None:
    """Without a word of theirs it is what the shops need, and half of the machine at most."""
    monkeypatch.setattr(app, "machine_mb", lambda: 8000.0)
    nobody = cast("Any", None)
    upkeep = app._upkeep(nobody, [], nobody, FakeClock(), said)

    assert limit == upkeep._scale._limit_mb


async def test_with_remote_browsers_shops_live_there(tmp_path: Path) -> None:
    """Nothing is started here; what they say of themselves is said to the person."""
    nobody, told = cast("Any", None), list[str]()
    settings = Settings(shops=(SHOP,))
    plan = a_plan(tmp_path, nobody, settings=settings, remotes=[Remote("a", "ws://127.0.0.1:9/")])
    host = app._browsers(plan, nobody, FakeClock())
    heard: Any = SimpleNamespace(say=told.append, announce=lambda one: told.append(one.title))
    app._sayer(plan, host, heard, heard)

    assert isinstance(host, Fleet)
    assert host.seat_of(SHOP.id) is host.servers[0]
    host.tells("又连上了")
    assert {"又连上了"} == set(told)
