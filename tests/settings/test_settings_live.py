"""The settings of a running program: written, said where, kept secret, and what is in use yet."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from agent.autostart import Entry
from agent.config import read_settings
from agent.errors import ConfigError, GeshaoError
from agent.settings import live as module
from agent.settings.live import LiveSettings
from agent.settings.stand import Home
from agent.settings.starting import Starting
from agent.vault import RoadKey, Vault
from tests.fakes import FakeClock
from tests.shipped import PACKS

TEXT = "language: zh  # 别动这一行\nroster: {people: {小王: []}, stand_in: 小王}\n"
ADDRESS = "https://oapi.dingtalk.example/robot/send?access_token=made-up"


@dataclass
class Place:
    """Where the system would have our entry."""

    line: str = ""

    def entry(self) -> Entry | None:
        """Return what was put there."""
        return Entry(self.line, self.line.split()[0]) if self.line else None

    def put(self, command: Any) -> None:  # noqa: ANN401 (any words)
        """Remember the words."""
        self.line = " ".join(command)

    def remove(self) -> bool:
        """Forget them."""
        was, self.line = self.line, ""
        return bool(was)


@dataclass
class Program:
    """A running program's settings, with all that they change."""

    file: Path
    vault: Vault
    place: Place
    settings: LiveSettings
    renewed: list[str] = field(default_factory=list)
    refused: GeshaoError | None = None

    def text(self) -> str:
        """Return what the file says."""
        return self.file.read_text(encoding="utf-8")


@asynccontextmanager
async def a_program(folder: Path, text: str = TEXT) -> AsyncIterator[Program]:
    """Give a program that runs on a file of that *text*."""
    file, vault, place = folder / "config.yaml", Vault.ephemeral(folder), Place()
    file.write_text(text, encoding="utf-8")
    home = Home(file, folder, vault, PACKS, Starting(place, ["--config", "x"]))

    async def renew() -> None:
        if program.refused is not None:
            raise program.refused
        program.renewed.append(program.text())

    settings = LiveSettings(home, read_settings(file), FakeClock(), renew)
    program = Program(file, vault, place, settings)
    async with asyncio.TaskGroup() as tasks:
        working = tasks.create_task(settings.run())
        yield program
        working.cancel()


async def test_a_shop_is_added_with_its_password_and_watched(tmp_path: Path) -> None:
    """The file has the name, the vault the password, and the work begins anew by itself."""
    async with a_program(tmp_path) as program:
        done = await program.settings.add_shop("doudian", "山雀", "a@b.example", "secret")
        other = await program.settings.add_shop("doudian", "白鹭", "", "")
        stand = await program.settings.look()

    assert ("doudian", "doudian-2") == (done.shop, other.shop)
    assert "doudian" in program.text().splitlines()[done.line - 1]
    assert "secret" == program.vault.password("doudian")
    assert None is program.vault.password("doudian-2")
    assert "secret" not in program.text()
    assert 2 == len(program.renewed)
    assert {"doudian"} == stand.kept_shops
    assert ("shops",) == stand.waiting
    assert program.text().startswith(TEXT)


async def test_a_shop_stays_added_where_the_work_cannot_begin_anew(tmp_path: Path) -> None:
    """Whoever signs in to another one just now is not thrown out; why it waits is told."""
    async with a_program(tmp_path) as program:
        program.refused = GeshaoError("正开着窗口。", "弄好以后再点。")
        done = await program.settings.add_shop("doudian", "山雀", "", "")
        with pytest.raises(GeshaoError, match="正开着窗口"):
            await program.settings.renew()
        program.refused = None
        again = await program.settings.renew()

    assert ("doudian", False, "正开着窗口。 弄好以后再点。") == (done.shop, done.anew, done.not_yet)
    assert ["doudian"] == [shop.id for shop in read_settings(program.file).shops]
    assert again.anew


async def test_a_shop_is_removed_and_its_secrets_go_when_nobody_works(tmp_path: Path) -> None:
    """A program at work would write them down again."""
    async with a_program(tmp_path) as program:
        (tmp_path / "vault.json").touch()
        done = await program.settings.add_shop("doudian", "山雀", "a@b.example", "secret")
        await program.settings.remove_shop(done.shop)
        kept = program.vault.password(done.shop)
        program.settings.tidy()

    assert ("secret", None) == (kept, program.vault.password(done.shop))
    assert () == read_settings(program.file).shops


async def test_a_shop_that_is_put_back_keeps_its_secrets(tmp_path: Path) -> None:
    """Whoever writes it into the file again before the end watches it still."""
    async with a_program(tmp_path) as program:
        (tmp_path / "vault.json").touch()
        done = await program.settings.add_shop("doudian", "山雀", "a@b.example", "secret")
        before = program.text()
        await program.settings.remove_shop(done.shop)
        program.file.write_text(before, encoding="utf-8")
        program.settings.tidy()

    assert "secret" == program.vault.password(done.shop)


async def test_a_road_is_added_with_its_address_in_the_vault_alone(tmp_path: Path) -> None:
    """And removed again with it; the program does not use it before it begins anew."""
    words = {"name": "群", "type": "dingtalk", "tiers": ("urgent", "important")}
    async with a_program(tmp_path) as program:
        done = await program.settings.add_road(words, ADDRESS, "SEC1")
        kept, text = program.vault.road("群"), program.text()
        stand = await program.settings.look()
        await program.settings.remove_road("群")

    assert RoadKey(ADDRESS, "SEC1") == kept
    assert ("roads", True) == (done.key, "dingtalk" not in text.replace("type: dingtalk", ""))
    assert (("roads",), {"群"}) == (stand.waiting, stand.kept_roads)
    assert [] == program.renewed
    assert None is program.vault.road("群")
    assert () == read_settings(program.file).roads


CHANGES: list[tuple[Callable[[LiveSettings], Any], str, tuple[str, ...]]] = [
    (lambda s: s.set(("language",), "en"), "language: en  # 别动这一行", ("language",)),
    (lambda s: s.set_rule("high_value", 800), "policy: {high_value: 800}", ("policy",)),
    (
        lambda s: s.set_rule("outage", 20),
        "policy: {outage_urgent_after: 20m}",
        ("policy",),
    ),
    (
        lambda s: s.set_quiet("23:00", "07:30"),
        'policy: {quiet: {from: "23:00", to: "07:30"}}',
        ("policy",),
    ),
    (
        lambda s: s.set(("channels", "sound", "volume"), "0.5"),
        "channels: {sound: {volume: 0.5}}",
        ("channels",),
    ),
]


@pytest.mark.parametrize(
    ("change", "line", "waiting"), CHANGES, ids=[line for _, line, _ in CHANGES]
)
async def test_a_change_says_where_it_stands(
    tmp_path: Path, change: Callable[[LiveSettings], Any], line: str, waiting: tuple[str, ...]
) -> None:
    """The line that is told is the one that was written; it is honest about what is in use."""
    async with a_program(tmp_path) as program:
        done = await change(program.settings)
        stand = await program.settings.look()

    assert line == program.text().splitlines()[done.line - 1]
    assert waiting == stand.waiting


async def test_quiet_hours_keep_the_tiers_that_ring_through_them(tmp_path: Path) -> None:
    """What the file says besides the two times stays; without times there are none."""
    text = 'policy: {quiet: {from: "22:00", to: "06:00", through: [urgent, important]}}\n'
    async with a_program(tmp_path, text) as program:
        await program.settings.set_quiet("23:00", "07:30")
        changed = program.text()
        await program.settings.set_quiet("", "")

    assert 'quiet: {from: "23:00", to: "07:30", through: [urgent, important]}' in changed
    assert "policy: {quiet: never}\n" == program.text()


REFUSED: list[tuple[str, Callable[[LiveSettings], Any], str]] = [
    ("platform", lambda s: s.add_shop("nowhere", "山雀", "", ""), "platform"),
    ("nobody's password", lambda s: s.add_shop("doudian", "山雀", "", "geheim"), "登录账号"),
    ("address", lambda s: s.add_road({"name": "群", "type": "dingtalk"}, "x", ""), "网址"),
    ("topic", lambda s: s.add_road({"name": "手机", "type": "ntfy"}, "https://a.b/c", ""), "主题"),
    ("name", lambda s: s.add_road({"name": "sound", "type": "wecom"}, ADDRESS, ""), "name"),
    ("no shop", lambda s: s.remove_shop("shanque"), "shanque"),
    ("no road", lambda s: s.remove_road("群"), "群"),
    ("no road to try", lambda s: s.try_road("群"), "群"),
    ("bounds", lambda s: s.set_rule("repeat", 4), "5 到 3600"),
    ("no rule", lambda s: s.set_rule("luck", 4), "luck"),
]


@pytest.mark.parametrize(
    ("change", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
async def test_what_cannot_be_is_refused_and_nothing_is_changed(
    tmp_path: Path, change: Callable[[LiveSettings], Any], words: str
) -> None:
    """The reason is told in Chinese; file and vault are as they were."""
    async with a_program(tmp_path) as program:
        with pytest.raises(ConfigError) as refused:
            await change(program.settings)

    assert words in str(refused.value)
    assert (TEXT, []) == (program.text(), program.renewed)


async def test_autostart_is_switched(tmp_path: Path) -> None:
    """On and off, with the options that lead to the same places."""
    async with a_program(tmp_path) as program:
        before = (await program.settings.look()).entry
        await program.settings.set_autostart(True)
        between = (await program.settings.look()).entry
        await program.settings.set_autostart(False)
        after = (await program.settings.look()).entry

    assert (None, None) == (before, after)
    assert between is not None
    assert between.line.endswith("-P -m agent run --config x")


async def test_what_a_person_writes_by_hand_is_seen(tmp_path: Path) -> None:
    """Another file is what waits; a wrong one says so, and the roster is heeded without this."""
    async with a_program(tmp_path) as program:
        program.file.write_text(TEXT.replace("zh", "en").replace("小王", "小李"), encoding="utf-8")
        changed = await program.settings.look()
        program.file.write_text("shops: 7\n", encoding="utf-8")
        wrong = await program.settings.look()

    assert (("language",), "") == (changed.waiting, changed.fault)
    assert "shops" in wrong.fault


async def test_a_change_that_takes_long_is_told_of_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A keyring may ask its owner; whoever waits hears so, and why it failed in the end."""
    monkeypatch.setattr(module, "_PATIENCE_S", 0)
    async with a_program(tmp_path) as program:
        done = await program.settings.set_rule("high_value", 800)
        failing = await program.settings.remove_shop("shanque")
        while not (failed := (await program.settings.look()).failed):
            await asyncio.to_thread(lambda: None)

    assert (True, True) == (done.waits, failing.waits)
    assert "high_value: 800" in program.text()
    assert "shanque" in failed


async def test_a_bug_in_a_change_does_not_end_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is an answer like others, and what follows is done."""
    async with a_program(tmp_path) as program:
        with monkeypatch.context() as patch:
            patch.setattr(module, "set_value", lambda *_: 1 // 0)
            with pytest.raises(GeshaoError, match="ZeroDivisionError"):
                await program.settings.set(("language",), "en")
        await program.settings.set(("language",), "en")

    assert "language: en" in program.text()
