"""Canaries: a password, a cookie, a phone and an address, and where they are found afterwards."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM
from typing import Any

import pytest
import pytest_asyncio

from agent.__main__ import COMMANDS
from agent.commands import doctor
from agent.commands.beside import opened_beside
from agent.commands.places import Places
from agent.commands.sieve import Sieve, files_below
from agent.folder import journal_file
from agent.platforms.host import BrowserHost
from agent.vault import Secret
from tests.commands.household import NAME, PASSWORD, SHOP, Household, a_household
from tests.commands.program import PASSPHRASE, Program
from ui.page import PAGE
from ui.screenshot import _STUB
from ui.view import present

pytestmark = pytest.mark.asyncio(loop_scope="session")

COOKIE = "canary-0a1b2c3d-4e5f-cookie"
BUYER, PHONE, ADDRESS = "竹影清风", "13812341234", "浙江省杭州市余杭区文一西路969号3栋2单元501室"
REASON = f"质量问题，我叫{BUYER}，电话 {PHONE}，寄到{ADDRESS}"
OF_A_BUYER = (PHONE, BUYER, "文一西路", "余杭区")

BREAKS_ONCE = f'''
"""Loaded by Python itself before the program: the first notification breaks, all are noted."""
import json, os
from agent.channels.desktop import Desktop

async def deliver(self, notice):
    with open(os.environ["NOTICES"], "a", encoding="utf-8") as file:
        first = not file.tell()
        file.write(json.dumps([notice.title, *notice.lines], ensure_ascii=False) + "\\n")
    if first:
        cause = ValueError("typed {PASSWORD} for {PHONE}")
        raise ExceptionGroup("Cookie: sid={COOKIE}; a=b", [OSError("{ADDRESS}")]) from cause

Desktop.deliver = deliver
'''


@dataclass
class Left:
    """What the story left behind, to be searched."""

    program: Program
    household: Household
    said: Mapping[str, str]
    overlay: str

    @property
    def log(self) -> str:
        """What the log says."""
        return (self.household.data / "geshao.log").read_text(encoding="utf-8")

    @property
    def notices(self) -> str:
        """Every notice that went out."""
        return (self.household.folder / "notices").read_text(encoding="utf-8")

    @property
    def events(self) -> str:
        """Every event that was told."""
        return (self.program.folder / "events.jsonl").read_text(encoding="utf-8")


def a_session() -> dict[str, Any]:
    """Return a session with one cookie, which the office's pages send along."""
    cookie = {"name": "canary", "value": COOKIE, "domain": "127.0.0.1", "path": "/"}
    more = {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
    return {"cookies": [cookie | more], "origins": []}


async def types(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what `geshao` says to *arguments*, in this process: a start takes seconds."""
    capsys.readouterr()
    with pytest.raises(SystemExit):
        await asyncio.to_thread(COMMANDS.main, args=list(arguments), prog_name="geshao")
    said = capsys.readouterr()
    return said.out + said.err


async def overlay_of(household: Household, host: BrowserHost) -> str:
    """Return the text of the overlay's page."""
    config, data = household.folder / "config.yaml", household.data
    with opened_beside(Places(config, data)) as beside:
        view = present(beside.inbox.snapshot(), "zh")
    async with await (await host.browser()).new_context() as context:
        page = await context.new_page()
        await page.add_init_script(_STUB % json.dumps(view))
        await page.goto(PAGE.as_uri())
        await page.locator("li.row").first.wait_for()
        return await page.locator("body").inner_text()


@pytest_asyncio.fixture(loop_scope="session")
async def left(
    tmp_path: Path,
    host: BrowserHost,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Left]:
    """Let the program run, read, alert, fail once and end; ask it everything meanwhile."""
    monkeypatch.setenv("GESHAO_PASSPHRASE", PASSPHRASE)

    async def no_search(*_: object) -> str:
        return ""

    monkeypatch.setattr(doctor, "_browser", no_search)
    async with a_household(tmp_path) as household:
        (tmp_path / "breaks").mkdir()
        (tmp_path / "breaks" / "sitecustomize.py").write_text(BREAKS_ONCE, encoding="utf-8")
        household.vault().save_session(SHOP, a_session())
        case = household.office.add_case(NAME, reason=REASON, buyer=BUYER)
        notices = tmp_path / "notices"
        events = tmp_path / "1" / "events.jsonl"
        async with household.runs(
            *("run", "--no-window", "--mute", "--verbose", "--events", str(events)),
            PYTHONPATH=str(tmp_path / "breaks"),
            PYTHONDONTWRITEBYTECODE="1",  # what is planted there is planted once
            NOTICES=str(notices),
        ) as program:
            await program.tells("alert", case=case)
            await program.tells("delivery", state="delivered")
            commands = {
                "inbox": ("inbox",),
                "json": ("inbox", "--json"),
                "shops": ("shops",),
                "doctor": ("doctor", "--also", str(tmp_path / "1"), "--also", str(notices)),
            }
            said = {
                name: await types(*words, *household.places, capsys=capsys)
                for name, words in commands.items()
            }
            overlay = await overlay_of(household, host)
            end = await program.ends_after(SIGTERM)
            assert 0 == end.code, program.err
            yield Left(program, household, said, overlay)


def leaks(left: Left, secrets: Iterable[Secret]) -> dict[str, tuple[str, ...]]:
    """Return which files hold any of *secrets*, of all that was left and said."""
    (left.household.folder / "overlay").write_text(left.overlay, encoding="utf-8")
    for name, said in left.said.items():
        (left.household.folder / name).write_text(said, encoding="utf-8")
    sieve = Sieve(secrets)
    places = [left.household.folder, left.program.temporary]
    files = [file for file in files_below(places) if file.parent.name != "breaks"]
    assert left.household.data / "geshao.log" in files
    found = {str(file): sieve.found_in(file, lambda: None) for file in files}
    return {file: what for file, what in found.items() if what}


async def test_secrets_lie_nowhere_and_persons_only_on_their_own_screen(left: Left) -> None:
    """Password, key and cookies are in no file, output, event or notice.

    The buyer's phone and address are where the user looks at the ticket itself, and only there:
    the journal (the user's own list, readable by its owner alone), `geshao inbox`, the overlay,
    and what `geshao run` shows in the terminal in their place. Log, standard error, events,
    notices, `geshao shops` and `geshao doctor` tell neither.
    """
    journal = journal_file(left.household.data)
    secrets = list(left.household.vault().secrets([SHOP]))
    more = [Secret("passphrase", PASSPHRASE.encode()), Secret("planted", COOKIE.encode())]
    told = {
        **{name: left.said[name] for name in ("shops", "doctor")},
        "log": left.log,
        "events": left.events,
        "notices": left.notices,
        "err": left.program.err,
    }
    failure = left.log[left.log.index("desktop broke") :]
    kept = b"".join(file.read_bytes() for file in journal.parent.glob(f"{journal.name}*"))

    assert {PASSWORD.encode(), COOKIE.encode()} < {secret.value for secret in secrets}
    assert {} == leaks(left, [*secrets, *more])
    assert [] == [(name, word) for name in told for word in OF_A_BUYER if word in told[name]]
    for shown in (kept.decode(errors="ignore"), left.said["json"], left.overlay):
        assert PHONE in shown
    assert 0o600 == journal.stat().st_mode & 0o777
    assert "typed *** for 138****1234" in failure
    assert "Cookie: ***" in failure
    assert "OSError: ***" in failure
    assert "质量问题，我叫竹**，电话 138****1234，寄到***" in left.notices
    assert "✓ 明文" in left.said["doctor"]
