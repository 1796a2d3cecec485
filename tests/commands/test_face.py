"""What is shown while the agent works: the terminal here, the window in `test_lifetimes`."""

import asyncio
import io
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from loguru import logger
from rich.console import Console

from agent import log
from agent.clock import SystemClock
from agent.commands import background
from agent.commands import face as faces
from agent.commands.face import Face
from agent.errors import GeshaoError
from agent.log import writing
from tests.commands.actor import Actor, HurriedClock, fails
from ui.frame import Keeping
from ui.opening import Opening, PatientBridge

START = {"state": "connecting", "headline": ""}
BOOM = GeshaoError("坏了。", "修好它。")


@pytest.fixture(autouse=True)
def all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an agent that answers, or ends, take as long as a busy machine needs."""
    monkeypatch.setattr("ui.crossing._SECONDS", 60)
    monkeypatch.setattr(background, "_END_LIMIT_S", 60)


def on_paper(picture: Path | None = None, *, live: bool = False) -> tuple[Face, io.StringIO]:
    """Return a face on a console, and what it writes."""
    paper = io.StringIO()
    console = Console(file=paper, width=80, height=20, force_terminal=live, color_system=None)
    return Face(window=False, console=console, language="zh", picture=picture), paper


def shown(face: Face, actor: Actor, **settings: Any) -> None:  # noqa: ANN401 (what `show` takes)
    """Show *actor* in *face* for no time at all."""
    opened: Any = actor.opened
    clock: Any = HurriedClock()
    face.show(opened, clock, **{"minutes": 1, **settings})


def test_terminal_shows_what_the_agent_says_and_ends_with_it() -> None:
    """The shops are there, and the end comes by itself."""
    face, paper = on_paper()
    actor = Actor()
    actor.steps["working"] = actor.seen.wait
    shown(face, actor, minutes=None)

    assert "小鹿女装旗舰店" in paper.getvalue()
    assert "closed" == actor.played[-1]


def test_face_ends_with_the_agent_and_says_why() -> None:
    """What broke the agent off is raised once the face is gone."""
    face, _paper = on_paper()

    with pytest.raises(ExceptionGroup) as error:
        shown(face, Actor(working=fails(BOOM)), minutes=None)

    assert (BOOM,) == error.value.exceptions


def test_agent_that_does_not_start_shows_no_face() -> None:
    """Only the error is told."""
    face, paper = on_paper()

    with pytest.raises(GeshaoError) as error:
        shown(face, Actor(opening=fails(BOOM)))

    assert BOOM is error.value
    assert "" == paper.getvalue()


def test_picture_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asked for it learns that it is not there; the agent was closed all the same."""

    async def refuse(*_: object) -> None:
        raise TimeoutError

    class WithBrowser(Actor):
        host: Any = type("Host", (), {"browser": staticmethod(refuse)})

    monkeypatch.setattr(faces, "screenshot", refuse)
    face, _paper = on_paper(tmp_path / "x.png")
    actor = WithBrowser()
    with pytest.raises(GeshaoError, match=r"画面没有存成 .*x\.png（来不及）"):
        shown(face, actor)

    assert "closed" == actor.played[-1]


@pytest.mark.parametrize(("live", "on_console"), [(True, ""), (False, "careful\n")])
def test_log_stays_off_a_table_that_renews_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, live: bool, on_console: str
) -> None:
    """Warnings go to the file alone while the screen is in use, and to both where lines are."""
    console = io.StringIO()
    monkeypatch.setattr(sys, "stderr", console)
    monkeypatch.setattr(writing, "_line", lambda _record: "{message}\n")
    log.set_up(tmp_path, verbose=False)
    face, _paper = on_paper(live=live)

    async def work() -> bool:
        await actor.seen.wait()
        logger.warning("careful")
        return True

    actor = Actor(working=work)
    shown(face, actor, minutes=None)
    logger.warning("after")
    logger.remove()

    said = console.getvalue().replace("正在打开…\n", "")
    assert f"{on_console}after\n" == said
    assert "careful\nafter\n" == (tmp_path / "geshao.log").read_text(encoding="utf-8")


def in_a_window(
    monkeypatch: pytest.MonkeyPatch, actor: Actor, folder: Path | None = None
) -> tuple[list[dict[str, Any]], Keeping | None]:
    """Show *actor* in a window that is closed once it shows an end; return what it showed."""
    seen, closed, kept = list[dict[str, Any]](), threading.Event(), list[Keeping | None]()

    def show(bridge: PatientBridge, *, keeping: Keeping | None, **_: object) -> None:
        kept.append(keeping)
        while not closed.wait(0.01):
            seen.append(bridge.snapshot())
            if seen[-1].get("start", {}).get("state") == "stopped":
                closed.set()

    monkeypatch.setattr(faces.window, "show", show)
    monkeypatch.setattr(faces.window, "close", closed.set)
    face = Face(window=True, console=Console(), language="zh", folder=folder)
    with suppress(GeshaoError, ExceptionGroup):
        shown(face, actor, minutes=None, opening=face.opening(SystemClock()))
    return seen, kept[0]


def test_window_is_there_before_the_agent_and_goes_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """First how far it is, then the inbox; a demo's window cannot be put away."""
    was_looked_at = threading.Event()
    actor = Actor(opening=lambda: asyncio.to_thread(was_looked_at.wait, 60))
    actor.steps["working"] = actor.seen.wait
    monkeypatch.setattr(Opening, "view", lambda _opening: was_looked_at.set() or START)
    seen, keeping = in_a_window(monkeypatch, actor)

    assert "start" in seen[0]
    assert actor.seen.is_set()
    assert "closed" == actor.played[-1]
    assert keeping is None


@pytest.mark.parametrize(
    ("step", "headline"), [("opening", "没能开始监看"), ("working", "已停止监看")]
)
def test_window_stays_with_the_reason_when_the_agent_breaks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str, headline: str
) -> None:
    """Nobody reads a terminal under autostart: the end and its next step stay on the screen."""
    seen, keeping = in_a_window(monkeypatch, Actor(**{step: fails(BOOM)}), tmp_path)

    last = seen[-1]["start"]
    assert (headline, ["坏了。", "修好它。"]) == (
        last["headline"],
        last["subline"].splitlines()[:2],
    )
    assert keeping is not None
    assert tmp_path / "window.json" == keeping.file
    assert (True, False, True) == (keeping.alarmed(), keeping.alarmed(), keeping.over())


@pytest.mark.parametrize(
    ("screen", "no_window", "window"),
    [(":0", False, True), (":0", True, False), ("", False, False)],
)
def test_window_where_there_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, screen: str, *, no_window: bool, window: bool
) -> None:
    """Without a screen, or if it is not wanted, the terminal takes its place."""
    monkeypatch.setattr(sys, "platform", "linux")
    for variable in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("DISPLAY", screen)
    face = Face.wanted(no_window=no_window, events=None, verbose=False, language="zh", picture=None)

    assert window is face.window


def test_standard_output_belongs_to_the_events() -> None:
    """Where events go to standard output the terminal's face goes beside it."""
    beside = [
        Face.wanted(no_window=True, events=events, verbose=False, language="zh", picture=None)
        for events in (None, "events.jsonl", "-")
    ]

    assert [False, False, True] == [face.console.stderr for face in beside]


def test_talkative_log_and_table_do_not_share_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--verbose` each change becomes a line, on a terminal too."""
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich takes this for a terminal
    redraws = [
        Face.wanted(
            no_window=True, events=None, verbose=verbose, language="zh", picture=None
        ).console.is_terminal
        for verbose in (False, True)
    ]

    assert [True, False] == redraws
