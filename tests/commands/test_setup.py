"""`geshao init`, `geshao shop add` and `geshao shop list`."""

import io

import pytest

from agent.config import read_settings
from tests.commands.home import NAME, SHOP, Asked, Home
from tests.vault.keyrings import LockedKeyring, system_keyring

PASSWORD = "correct horse 正确"


def stored_passwords(home: Home) -> dict[str, str]:
    """Return what the keyring holds but for the key itself."""
    return {name: value for (_, name), value in home.keyring.entries.items() if name != "key"}


def test_init_writes_a_file_that_loads_and_tells_the_next_step(home: Home) -> None:
    """The first configuration is usable as it is, and the person is told how to go on."""
    said = home.types("init")

    assert (0, f"✓ 已写好配置文件：{home.config}\n") == (said.code, said.out)
    assert "geshao shop add" in said.err
    assert "zh" == read_settings(home.config).language


def test_init_in_english(home: Home) -> None:
    """The interface's language can be chosen from the start."""
    home.types("init", "--english")

    assert "en" == read_settings(home.config).language


def test_init_leaves_what_is_there_alone(home: Home) -> None:
    """A second init changes nothing and says what to do instead."""
    home.types("init")
    home.config.write_text("language: en\n", encoding="utf-8")

    code, problem = home.types("init").problem

    assert 2 == code
    assert f"✗ {home.config} 已经存在，没有动它。\n→ 请直接编辑它" in problem
    assert "language: en\n" == home.config.read_text(encoding="utf-8")


def test_config_may_lie_elsewhere(home: Home) -> None:
    """`--config` names the file, for init and for what reads it."""
    elsewhere = home.folder / "elsewhere" / "mine.yaml"
    home.types("init", "--config", str(elsewhere))
    said = home.types("shop", "list", "--config", str(elsewhere))

    assert (0, "") == (said.code, said.out)
    assert not home.config.exists()


def test_add_without_a_name_to_sign_in_with(home: Home) -> None:
    """A shop that its person signs in to needs no password; the next step is to sign in."""
    home.types("init")
    said = home.adds()

    (shop,) = read_settings(home.config).shops
    assert (SHOP, "doudian", NAME, None) == (shop.id, shop.platform, shop.name, shop.username)
    assert (0, f"✓ 已添加 {NAME}。\n") == (said.code, said.out)
    assert "→ 第一次登录：geshao login shanque\n" == said.err
    assert {} == stored_passwords(home)


def test_password_from_standard_input_goes_to_the_keyring_only(home: Home) -> None:
    """Nothing of the password is printed, nor written to any file."""
    home.types("init")
    said = home.adds(
        "--password-stdin", username="a@b.example", stdin=io.StringIO(f"{PASSWORD}\nnoise")
    )

    files = [path.read_bytes() for path in home.folder.rglob("*") if path.is_file()]
    assert 0 == said.code
    assert "→ 开始监看：geshao run\n" == said.err
    assert {f"password:{SHOP}": PASSWORD} == stored_passwords(home)
    assert PASSWORD not in said.out + said.err
    assert files
    assert not any(PASSWORD.encode() in content for content in files)


def test_password_typed_by_a_person(home: Home) -> None:
    """Somebody at a terminal is asked for it."""
    home.types("init")
    home.breaks("agent.commands.setup.getpass.getpass", lambda _prompt: PASSWORD)
    home.adds(username="a@b.example", stdin=Asked())

    assert {f"password:{SHOP}": PASSWORD} == stored_passwords(home)


def test_no_password_is_fine(home: Home) -> None:
    """Who types none signs in by hand."""
    home.types("init")
    home.breaks("agent.commands.setup.getpass.getpass", lambda _prompt: "")
    said = home.adds(username="a@b.example", stdin=Asked())

    assert (0, {}) == (said.code, stored_passwords(home))
    assert "geshao login shanque" in said.err


@pytest.mark.parametrize(
    ("more", "words", "told"),
    [
        pytest.param((), {"platform": "doudia"}, "是不是想写 doudian", id="unknown platform"),
        pytest.param((), {"id": "山雀"}, "id：写的是「山雀」，应为小写字母或数字", id="wrong id"),
        pytest.param((), {"name": ""}, "name：现在是空的", id="no name"),
        pytest.param(("--site", "nowhere=http://x/"), {}, "可以写的站点", id="unknown site"),
        pytest.param(("--site", "fxg=ftp://x"), {}, "http:// 或 https:// 开头", id="bad address"),
        pytest.param(("--site", "fxg"), {}, "--site 要写成 名字=网址", id="no address"),
        pytest.param(("--password-stdin",), {}, "请加上 --username", id="password without a name"),
        pytest.param(
            ("--password-stdin",), {"username": "a@b.example"}, "没有密码", id="no password given"
        ),
    ],
)
def test_what_cannot_be_added_changes_nothing(
    home: Home, more: tuple[str, ...], words: dict[str, str], told: str
) -> None:
    """A wrong word is refused with what is allowed; the file stays as it is."""
    home.types("init")
    before = home.config.read_bytes()
    code, problem = home.adds(*more, **words).problem

    assert 2 == code
    assert told in problem
    assert "\n→ " in problem
    assert before == home.config.read_bytes()
    assert {} == stored_passwords(home)


def test_id_that_is_taken_keeps_its_password(home: Home) -> None:
    """A second shop under the same id is refused before its password could replace the first."""
    home.types("init")
    home.adds("--password-stdin", username="a@b.example", stdin=io.StringIO("first\n"))
    code, problem = home.adds(
        "--password-stdin", username="a@b.example", stdin=io.StringIO("second\n")
    ).problem

    assert 2 == code
    assert "已经有 id 为 shanque 的店铺" in problem
    assert {f"password:{SHOP}": "first"} == stored_passwords(home)


def test_shop_whose_password_cannot_be_kept_is_not_added(home: Home) -> None:
    """Without a keyring or a passphrase nothing is half done, so that it can be repeated."""
    home.types("init")
    with system_keyring(LockedKeyring()):
        code, problem = home.adds(
            "--password-stdin", username="a@b.example", stdin=io.StringIO("secret\n")
        ).problem

    assert 4 == code
    assert "GESHAO_PASSPHRASE" in problem
    assert () == read_settings(home.config).shops


def test_new_passphrase_is_typed_twice(home: Home) -> None:
    """Where there is no keyring a slip in the new passphrase is noticed at once."""
    home.types("init")
    typed = iter(["secret", "one", "other"])
    home.breaks("getpass.getpass", lambda _prompt: next(typed))
    with system_keyring(LockedKeyring()):
        code, problem = home.adds(username="a@b.example", stdin=Asked()).problem

    assert (4, "✗ 两次输入的口令不一样。\n→ 请再试一次。\n") == (code, problem)
    assert () == read_settings(home.config).shops


def test_who_types_nothing_is_left_in_peace(home: Home) -> None:
    """The end of the input, where a password is asked for, ends the command."""

    def ends(_prompt: str) -> str:
        raise EOFError

    home.types("init")
    home.breaks("getpass.getpass", ends)
    said = home.adds(username="a@b.example", stdin=Asked())

    assert 1 == said.code
    assert "✗ 没有输入，什么也没有做。\n" in said.err
    assert () == read_settings(home.config).shops


def test_list_without_shops_says_how_to_add_one(home: Home) -> None:
    """An empty list is no result but a next step."""
    home.types("init")
    said = home.types("shop", "list")

    assert (0, "", "还没有店铺。\n→ 运行 geshao shop add 添加。\n") == (
        said.code,
        said.out,
        said.err,
    )


def test_list_shows_each_shop_whole(home: Home) -> None:
    """Long names are folded, not cut, and brackets in a name are no markup."""
    home.types("init")
    home.adds()
    long = "很长的店名" * 12
    home.adds(id="long", name=long, username="[bold]a@b.example")
    said = home.types("shop", "list")
    lines = [line.split("│") for line in said.out.splitlines() if "│" in line]
    columns = ["".join(cell.strip() for cell in cells) for cells in zip(*lines, strict=True)]

    assert 0 == said.code
    assert [
        "",
        f"{SHOP}long",
        "doudiandoudian",
        f"{NAME}{long}",
        "由您在窗口里登录[bold]a@b.example",
        "",
    ] == columns


def test_list_without_a_configuration(home: Home) -> None:
    """The first step is named."""
    code, problem = home.types("shop", "list").problem

    assert 2 == code
    assert "请先运行 geshao init" in problem
