"""`geshao run`, as far as it comes without a browser; the rest is in `test_lifetimes`."""

import io
import threading
from collections.abc import Callable, Iterator

import pytest

from agent.folder import held, is_calling, was_called
from tests.channels.fake_notifier import FakeNotifier, on
from tests.commands.home import Asked, Home
from tests.vault.keyrings import LockedKeyring, system_keyring


@pytest.fixture
def settled(home: Home) -> Iterator[Home]:
    """Give a home with one shop and its password, where no browser is to be found."""
    home.types("init")
    home.adds("--password-stdin", username="a@b.example", stdin=io.StringIO("secret\n"))
    home.sets("GESHAO_BROWSER", "/nowhere/chromium")
    return home


@pytest.mark.parametrize("command", [("run",), ("login", "shanque")], ids=" ".join)
def test_without_shops_there_is_nothing_to_do(home: Home, command: tuple[str, ...]) -> None:
    """The next step is to add one; no log is begun."""
    home.types("init")
    code, problem = home.types(*command).problem

    assert 2 == code
    assert "→ 请运行 geshao shop add 添加。\n" in problem
    assert not home.data.exists()


def test_unknown_shop_cannot_be_signed_in_to(settled: Home) -> None:
    """Those that exist are named."""
    problem = settled.types("login", "shan").problem

    assert (2, "✗ 没有名为 shan 的店铺。\n→ 现有：shanque。\n") == problem


@pytest.mark.parametrize("command", [("run",), ("login", "shanque")], ids=" ".join)
def test_folder_in_use_is_told_before_anything_is_asked(
    settled: Home, command: tuple[str, ...]
) -> None:
    """Neither the keyring nor a browser is looked for."""
    with held(settled.data), system_keyring(LockedKeyring()):
        code, problem = settled.types(*command).problem

    assert 5 == code
    assert problem.startswith("✗ 另一个鸽哨正在使用这个数据目录。\n→ ")


@pytest.mark.parametrize("heard", [True, False])
def test_second_start_calls_the_window_of_the_first(settled: Home, *, heard: bool) -> None:
    """It is shown, and nothing else begins; where nobody has a window it is told as ever."""
    settled.sets("QT_QPA_PLATFORM", "offscreen")
    over = threading.Event()

    def listen() -> None:
        while not over.wait(0.01):
            if heard:
                was_called(settled.data)

    listening = threading.Thread(target=listen)
    listening.start()
    with held(settled.data):
        said = settled.types("run")
    over.set()
    listening.join()

    assert (0 if heard else 5) == said.code
    assert ("小窗已经显示出来" in said.out) is heard
    assert ("✗ 另一个鸽哨" in said.err) is not heard
    assert not is_calling(settled.data)


def test_locked_keyring_is_told_before_a_browser_is_looked_for(settled: Home) -> None:
    """A person who has to unlock something need not wait for it."""
    with system_keyring(LockedKeyring()):
        code, problem = settled.types("run").problem

    assert 4 == code
    assert "浏览器" not in problem
    assert "\n→ " in problem


def test_without_a_browser(settled: Home) -> None:
    """What was looked for is named; the folder is free again."""
    code, problem = settled.types("run", "--no-window").problem

    assert 3 == code
    assert "✗ 环境变量 GESHAO_BROWSER" in problem
    with held(settled.data):
        pass


@pytest.mark.parametrize(("somebody", "shown"), [(io.StringIO, 1), (Asked, 0)])
def test_what_keeps_a_run_from_starting_at_log_in_is_shown_on_the_desktop(
    settled: Home,
    monkeypatch: pytest.MonkeyPatch,
    somebody: Callable[[], io.StringIO],
    shown: int,
) -> None:
    """Nobody reads what it says there; who typed the command does."""
    notifier = FakeNotifier()
    monkeypatch.setattr("agent.commands.run.Desktop", lambda: on(notifier))
    settled.config.write_text("shops: 7\n", encoding="utf-8")
    code, problem = settled.types("run", stdin=somebody()).problem
    told = [(title, body) for title, body, _ in notifier.sent]

    assert 2 == code
    assert ["鸽哨退出了"] * shown == [title for title, _ in told]
    assert all(line.strip("✗→ ") in problem for _, body in told for line in body.splitlines())
    assert all("config.yaml" in body and "\n" in body for _, body in told)


def test_a_bug_that_ends_a_run_at_log_in_is_shown_as_well(
    settled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its name alone: what it says may be a buyer's words."""

    def breaks(*_: object, **__: object) -> None:
        raise ExceptionGroup("two", [LookupError("买家的话"), ValueError("later")])

    notifier = FakeNotifier()
    monkeypatch.setattr("agent.commands.run.Desktop", lambda: on(notifier))
    monkeypatch.setattr("agent.commands.run.plan_for", breaks)
    said = settled.types("run")
    [(title, body, _)] = notifier.sent

    assert (1, "鸽哨退出了") == (said.code, title)
    assert body.startswith("鸽哨自己出错了（LookupError）。\n请重新运行")
    assert "买家" not in body


def test_log_begins_with_the_run(settled: Home) -> None:
    """From here on what happens is written down."""
    settled.types("run", "--no-window")

    assert (settled.data / "geshao.log").exists()


def test_with_a_window_nothing_has_to_be_written_first(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A configuration that explains itself is made, and all can be set in the window."""
    shown: list[object] = []
    monkeypatch.setattr("agent.commands.face.window.show", lambda *_, **how: shown.append(how))
    home.sets("DISPLAY", ":99")
    home.sets("GESHAO_BROWSER", "/nowhere/chromium")
    said = home.types("run")

    assert (0, 1) == (said.code, len(shown))
    assert "店铺" not in said.err
    assert home.config.read_text(encoding="utf-8").startswith("# 鸽哨的配置文件")


def test_a_configuration_that_was_named_has_to_be_there(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is not mounted yet is no reason to watch nothing in silence."""
    monkeypatch.setattr("agent.commands.face.window.show", lambda *_, **__: pytest.fail("shown"))
    home.sets("DISPLAY", ":99")
    named = home.data / "gone" / "config.yaml"
    said = home.types("run", "--config", str(named))

    assert 2 == said.code
    assert str(named) in said.err.replace("\n", "")
    assert not named.exists()
