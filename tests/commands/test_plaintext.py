"""Secrets in plain text: found however they are written down, and told without being shown."""

import base64
import io
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from keyring.backends import fail

from agent.clock import SystemClock
from agent.commands.places import Places
from agent.commands.plaintext import no_plain_text
from agent.commands.sieve import Sieve, files_below
from agent.errors import GeshaoError
from agent.vault import Secret, passphrase
from tests.commands.home import SHOP, Home
from tests.mothers import a_case, a_reading, a_sighting
from tests.vault.keyrings import system_keyring

PASSWORD = "correct/马 horse"
COOKIE = "0a1b2c3d-COOKIE-4e5f"
SESSION = {"cookies": [{"name": "sid", "value": COOKIE, "domain": "127.0.0.1", "path": "/"}]}


@pytest.fixture
def places(home: Home) -> Places:
    """Give a home with a shop, its password and its session."""
    home.types("init")
    home.adds("--password-stdin", username="a@b.example", stdin=io.StringIO(PASSWORD + "\n"))
    home.remembers(a_case(reason="山雀"))
    places = Places(home.config, home.data)
    places.vault().save_session(SHOP, SESSION)
    return places


def looked(places: Places, *also: Path) -> str:
    """Return what the search says."""
    try:
        return no_plain_text(places, places.vault(), places.settings(), also)
    except GeshaoError as error:
        return str(error)


def test_nothing_lies_in_the_open(places: Places) -> None:
    """Of what the program wrote itself no file tells a secret: how many were searched is said."""
    assert "4 个文件里没有密码、密钥和登录" == looked(places)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        (PASSWORD.encode(), "shanque 的密码"),
        (json.dumps({"p": PASSWORD}).encode(), "shanque 的密码"),
        (quote(PASSWORD, safe="").encode(), "shanque 的密码"),
        (quote(PASSWORD, safe="").lower().encode(), "shanque 的密码"),
        (b"xx" + base64.b64encode(b"user:" + PASSWORD.encode()), "shanque 的密码"),
        (("a" + PASSWORD).encode("utf-16"), "shanque 的密码"),
        (PASSWORD.encode("gb18030"), "shanque 的密码"),
        (COOKIE.encode(), "shanque 的登录"),
        (b"Cookie: a=1; sid=" + COOKIE.encode() + b"; b", "shanque 的登录"),
        (base64.urlsafe_b64encode(b"?" + COOKIE.encode()), "shanque 的登录"),
    ],
)
def test_secret_is_found_in_every_form(places: Places, written: bytes, what: str) -> None:
    """In the log, escaped, encoded: the file is named and what it is, never the secret itself."""
    (places.data / "geshao.log").write_bytes(b"before " + written + b" after")

    said = looked(places)

    assert f"有文件里写着明文：{places.data / 'geshao.log'}（{what}）。" in said
    assert "店铺的到平台改密码" in said
    assert "通道的重置机器人的网址和密钥，再用 geshao channel remove、add 重新添加" in said
    assert not any(secret in said for secret in (PASSWORD, "horse", COOKIE))


@pytest.mark.parametrize("form", [bytes, lambda key: key.hex().encode(), base64.b64encode])
def test_key_is_found(places: Places, form: Callable[[bytes], bytes]) -> None:
    """Raw, in hexadecimal, in base64."""
    key = next(iter(places.vault().secrets([]))).value
    (places.data / "dump").write_bytes(form(key))

    assert f"{places.data / 'dump'}（密钥）" in looked(places)


def test_journal_that_is_being_written_is_searched(places: Places, home: Home) -> None:
    """What SQLite has only in its log beside the file counts too."""
    with home.journal():
        home.remembers(a_case(reason=f"密码是 {PASSWORD}"))
        said = looked(places)

    assert "journal.sqlite3-wal（shanque 的密码）" in said


def test_what_else_is_given_is_searched(places: Places, tmp_path: Path) -> None:
    """Events may lie anywhere; the configuration and one's own packs are looked at in any case."""
    events = tmp_path / "elsewhere" / "events.jsonl"
    events.parent.mkdir()
    events.write_text(f'{{"detail": "{COOKIE}"}}\n', encoding="utf-8")
    own = places.config.parent / "selectors" / "mine" / "fixture.html"
    own.parent.mkdir(parents=True)
    own.write_text(PASSWORD, encoding="utf-8")

    said = looked(places, events.parent)

    assert f"{own}（shanque 的密码）；{events}（shanque 的登录）" in said


def test_shop_that_left_the_configuration_is_searched_for(places: Places, home: Home) -> None:
    """As long as the journal knows it, something may be kept of it."""
    home.remembers(a_case(), readings=[a_reading(a_sighting())])
    text = places.config.read_text(encoding="utf-8")
    places.config.write_text(text[: text.index("shops:")] + "shops: []\n", encoding="utf-8")
    (places.data / "note").write_text(PASSWORD, encoding="utf-8")

    assert "note（shanque 的密码）" in looked(places)


def test_vault_under_a_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    """Without a keyring the same is searched for; the passphrase's file tells nothing."""
    monkeypatch.setattr(passphrase, "_LOG2_COST", 14)
    monkeypatch.setenv("GESHAO_PASSPHRASE", "飞鸽 传书 哨声")
    with system_keyring(fail.Keyring()):  # type: ignore[no-untyped-call]  # keyring's
        home.types("init")
        home.adds("--password-stdin", username="a@b.example", stdin=io.StringIO(PASSWORD + "\n"))
        places = Places(home.config, home.data)
        before = looked(places)
        (places.data / "note").write_text(PASSWORD, encoding="utf-8")
        after = looked(places)

    assert "没有密码、密钥和登录" in before
    assert "note（shanque 的密码）" in after


def test_vault_that_does_not_open(places: Places) -> None:
    """What could not be searched for is not said to be absent."""
    with pytest.raises(GeshaoError, match="没有查") as told:
        no_plain_text(places, None, places.settings(), [])

    assert "密码和登录状态" in told.value.next_step


def test_file_that_cannot_be_read(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named: silence about it would be a claim."""

    def refuse(*_: object) -> tuple[str, ...]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Sieve, "found_in", refuse)

    assert "有 4 个文件读不了，没有查，例如 " in looked(places)


def test_password_too_short_to_be_searched_for(places: Places) -> None:
    """It is said that it was not, and no 1234 anywhere counts as found."""
    places.vault().set_password(SHOP, "1234")
    (places.data / "note").write_text("1234", encoding="utf-8")

    assert "5 个文件里没有密码、密钥和登录；shanque 的密码太短，没有查" == looked(places)


def test_long_search_shows_itself(
    places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a second it is said once what is going on; a short search says nothing."""
    now = iter(range(1_000))
    monkeypatch.setattr(SystemClock, "monotonic", lambda _: 0.0)
    looked(places)
    quiet = capsys.readouterr().err
    monkeypatch.setattr(SystemClock, "monotonic", lambda _: float(next(now)))
    looked(places)
    said = capsys.readouterr().err

    assert "查找明文" not in quiet
    assert 1 == said.count("查找明文")


@pytest.mark.parametrize("at", [0, 1, 2, 3, 7, 999_980, 999_999, 1_000_001])
def test_place_in_a_file_does_not_matter(tmp_path: Path, at: int) -> None:
    """At every offset, and across the chunks in which files are read."""
    file = tmp_path / "file"
    file.write_bytes(b"." * at + b"0123456789ab" + b"." * 9)
    sieve = Sieve([Secret("x", b"0123456789ab"), Secret("short", b"secret")])

    assert ("x",) == sieve.found_in(file, lambda: None)


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A link in the data folder does not lead the search through the whole disk."""
    (tmp_path / "data" / "deep").mkdir(parents=True)
    (tmp_path / "data" / "deep" / "file").touch()
    (tmp_path / "data" / "link").symlink_to(tmp_path)

    assert [tmp_path / "data" / "deep" / "file"] == list(files_below([tmp_path / "data"]))


def test_no_more_than_five_files_are_named(places: Places) -> None:
    """The rest is a number."""
    for number in range(7):
        (places.data / f"note{number}").write_text(PASSWORD, encoding="utf-8")

    said = looked(places)

    assert 5 == said.count("note")
    assert "等 7 个" in said
