"""`geshao autostart`: on, off, and what it is just now."""

import sys
from pathlib import Path
from typing import NoReturn

import pytest

from agent.autostart.xdg import XdgAutostart
from agent.commands.autostart import check_autostart
from agent.errors import GeshaoError
from agent.vault import Vault, passphrase
from tests.autostart.desktops import command
from tests.commands.home import Home
from tests.commands.machines import Machine
from tests.vault.keyrings import LockedKeyring, system_keyring

STARTS = [sys.executable, "-P", "-m", "agent", "run"]


@pytest.fixture
def settled(home: Home) -> Home:
    """Give a person who has a configuration."""
    home.settles_in()
    return home


def entry(home: Home) -> Path:
    """Return where the entry stands."""
    return home.folder / "config" / "autostart" / "geshao.desktop"


def state(home: Home) -> tuple[int, str]:
    """Return what `status` says, and how it ends."""
    said = home.types("autostart", "status")
    return said.code, (said.out or said.err).partition("：")[0].strip()


def test_on_and_off(settled: Home) -> None:
    """What it starts is said; off takes the entry away, and twice is no fault."""
    before = state(settled)
    on = settled.types("autostart", "on")
    started, between = command(entry(settled)), state(settled)
    off = [settled.types("autostart", "off").out for _ in range(2)]

    assert STARTS == started
    assert f"鸽哨就开始监看：{sys.executable}" in on.out
    assert [(0, "没有开"), (0, f"开着，登录时运行 {' '.join(STARTS)}")] == [before, between]
    assert ["不再自动开始" in off[0], "本来就没有开" in off[1]] == [True, True]
    assert not entry(settled).exists()


def test_it_goes_to_the_places_that_were_named(
    settled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the session begins: a path that was typed short is written in full."""
    monkeypatch.chdir(settled.config.parent)
    settled.types("autostart", "on", "--config", "config.yaml", "--data", "我的 数据 50%")

    data = str(settled.config.parent / "我的 数据 50%")
    assert [*STARTS, "--config", str(settled.config), "--data", data] == command(entry(settled))


def test_without_a_configuration_it_is_not_switched_on(home: Home) -> None:
    """What would fail at every log-in is said now."""
    said = home.types("autostart", "on")

    assert (2, True) == (said.code, "geshao init" in said.err)
    assert not entry(home).exists()


def test_a_program_that_is_gone_is_a_fault(settled: Home) -> None:
    """Moved or removed since: what helps is said, and it does."""
    settled.types("autostart", "on")
    text = entry(settled).read_text(encoding="utf-8")
    entry(settled).write_text(text.replace(sys.executable, "/gone/python"), encoding="utf-8")
    stale = settled.types("autostart", "status")
    settled.types("autostart", "on")

    assert (1, True, True) == (
        stale.code,
        "已经不在了：/gone/python -P" in stale.err,
        "geshao autostart on" in stale.err,
    )
    assert 0 == state(settled)[0]


def test_what_the_user_switched_off_elsewhere_is_no_fault(settled: Home) -> None:
    """It is said, with the way back."""
    settled.types("autostart", "on")
    text = entry(settled).read_text(encoding="utf-8")
    entry(settled).write_text(text.replace("enabled=true", "enabled=false"), encoding="utf-8")
    off = settled.types("autostart", "status")
    settled.types("autostart", "on")

    assert (0, True) == (off.code, off.out.startswith("写好了，但在系统的设置里关掉了"))
    assert state(settled)[1].startswith("开着")


def test_a_passphrase_that_nobody_will_type(settled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a keyring a session has nobody to ask, unless it is told in advance."""
    monkeypatch.setattr(passphrase, "_LOG2_COST", 14)
    (settled.data / "vault.json").unlink(missing_ok=True)
    with system_keyring(LockedKeyring()):
        Vault.open(settled.data, lambda: "made-up words")
    said = settled.types("autostart", "on")
    with pytest.raises(GeshaoError, match="没有人能输入口令"):
        check_autostart(Machine(), settled.data)
    settled.sets("GESHAO_PASSPHRASE", "made-up words")

    assert "⚠" in said.err
    assert check_autostart(Machine(), settled.data).startswith("开着")
    assert "⚠" not in settled.types("autostart", "on").err


@pytest.mark.parametrize("word", ["on", "off"])
def test_an_entry_that_cannot_be_written(
    settled: Home, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    """Windows names no file when it refuses: it is explained all the same."""

    def refuse(*_: object) -> NoReturn:
        raise PermissionError(13, "Access is denied")

    for name in ("put", "remove"):
        monkeypatch.setattr(XdgAutostart, name, refuse)

    assert (
        1,
        "✗ 写不了自动启动的设置（Access is denied）。\n→ 请检查权限。\n",
    ) == settled.types("autostart", word).problem


def test_an_entry_that_cannot_be_read(settled: Home) -> None:
    """What stands in its place is no file."""
    entry(settled).mkdir(parents=True)

    assert (1, "✗ 读不了自动启动的设置（Is a directory）。\n→ 请检查权限。\n") == settled.types(
        "autostart", "status"
    ).problem
    assert [] == [*entry(settled).iterdir()]
