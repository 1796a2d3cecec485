"""`geshao browser key`, and what the doctor says of browsers on other computers."""

import io
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from agent.commands import doctor, remotes
from agent.commands.places import Places
from agent.config import parse_settings
from agent.errors import GeshaoError
from agent.platforms.browser import NONE_HERE, FoundBrowser
from agent.platforms.remote import Remote, silent
from agent.vault import Vault
from tests.commands.home import Asked, Home

TOKEN = "q7Zk2mWx9TpLa8"
ADDRESS = f"wss://grid.example/?token={TOKEN}"
SETTINGS = parse_settings(
    """
browser: {connect: [{name: 二楼, url: 'ws://10.0.0.5:3000/'}, {name: 云}]}
shops: [{id: a, platform: doudian, name: 山雀, browser: 二楼}]
""",
    Path("geshao.yaml"),
    {"doudian"},
)


@pytest.fixture
def settled(home: Home) -> Home:
    """Give a home with a shop and a browser elsewhere."""
    home.settles_in()
    text = home.config.read_text(encoding="utf-8")
    config = text.replace("browser:\n", "browser:\n  connect: [{name: 云}]\n", 1)
    home.config.write_text(config, encoding="utf-8")
    return home


def test_an_address_goes_to_the_keyring_only(settled: Home) -> None:
    """From standard input, or typed unseen; it can be forgotten."""
    said = settled.types("browser", "key", "云", "--key-stdin", stdin=io.StringIO(f"{ADDRESS}\n"))
    kept = Places(settled.config, settled.data).vault().remote("云")
    settled.breaks("agent.commands.remotes.getpass.getpass", lambda _prompt: "ws://10.0.0.9:1/")
    typed = settled.types("browser", "key", "新", stdin=Asked())
    forgotten = [settled.types("browser", "key", "云", "--forget") for _ in range(2)]

    assert (0, "✓ 已保存 云 的地址。\n", ADDRESS) == (said.code, said.out, kept)
    assert "browser.connect 里写上 - name: 新" in typed.err
    assert [0, 2] == [one.code for one in forgotten]
    assert TOKEN not in said.err + settled.config.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("stdin", "told"),
    [(io.StringIO("10.0.0.5\n"), "不是远程浏览器的地址"), (io.StringIO(), "不是远程")],
    ids=["no scheme", "nothing"],
)
def test_what_is_no_address_is_not_kept(settled: Home, stdin: io.StringIO, told: str) -> None:
    """Nor shown again."""
    said = settled.types("browser", "key", "云", "--key-stdin", stdin=stdin)

    assert (2, True) == (said.code, told in said.err)
    assert Places(settled.config, settled.data).vault().remote("云") is None


def test_nobody_there_to_type_it(settled: Home) -> None:
    """A script is told how to give it."""
    assert "--key-stdin" in settled.types("browser", "key", "云").err


def test_the_doctor_asks_each(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What it is and how many shops are in no other, or why it does not answer; no token."""
    vault = Vault.ephemeral(tmp_path)
    vault.set_remote("云", ADDRESS)

    async def opened(remote: Remote) -> str:
        if remote.name == "云":
            raise silent(remote, f"connect ECONNREFUSED {remote.address}")
        return "156.0"

    monkeypatch.setattr(remotes, "_opened", opened)
    first, second = remotes.check_remotes(SETTINGS, vault)

    assert first.well
    assert "10.0.0.5:3000，Playwright 服务，Chromium 156.0，1 家店只用它" == first.found
    assert not second.well
    assert second.found.startswith("连不上远程浏览器 云（grid.example）：")
    assert TOKEN not in second.found + second.next_step


def test_the_doctor_looks_at_them_in_its_round(
    settled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the keyring, which may hold the address; here nobody has kept it yet."""

    async def find(*_: object, **_words: bool) -> FoundBrowser:
        return NONE_HERE

    monkeypatch.setattr(remotes, "find_browser", find)
    looked = doctor.examine(Places(settled.config, settled.data))
    found = {one.what: one for one in islice(looked, 5)}
    away = found["远程浏览器 云"]

    assert "用远程浏览器看店" in found["浏览器"].found
    assert not away.well
    assert "geshao browser key 云" in away.next_step


def test_without_the_keyring_the_doctor_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the file is asked all the same."""

    async def opened(_remote: Remote) -> str:
        return "156.0"

    monkeypatch.setattr(remotes, "_opened", opened)

    assert [True, False] == [one.well for one in remotes.check_remotes(SETTINGS, None)]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (NONE_HERE, "只能扫码登录"),
        (FoundBrowser(Path("/s"), None, ""), "只能扫码登录"),
        (FoundBrowser(Path("/s"), Path("/usr/bin/edge"), ""), "登录窗口用 /usr/bin/edge"),
    ],
)
async def test_the_doctor_says_where_people_sign_in(
    monkeypatch: pytest.MonkeyPatch, found: FoundBrowser, told: str
) -> None:
    """In a window of this computer, if one can be had; nothing is fetched for it."""
    needed = []

    async def find(*_: object, **words: bool) -> FoundBrowser:
        needed.append(words["needed"])
        return found

    monkeypatch.setattr(remotes, "find_browser", find)

    assert told in await remotes.find_window(SETTINGS)
    assert [False] == needed


async def test_one_that_answers_but_opens_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is of no use, and is left as it was found."""
    closed = []

    class Engine:
        version = "156.0"

        async def new_context(self) -> None:
            raise TimeoutError

        async def close(self) -> None:
            closed.append(True)

    async def connected(*_: object) -> Any:  # noqa: ANN401 (a stand-in for the library's)
        return Engine()

    monkeypatch.setattr(remotes, "connected", connected)
    monkeypatch.setattr(remotes, "async_playwright", nullcontext)
    with pytest.raises(GeshaoError, match="连上了，但打不开页面"):
        await remotes._opened(Remote("a", "ws://10.0.0.5:3000/"))

    assert [True] == closed
