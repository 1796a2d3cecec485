"""Which browsers on other computers are used: names, addresses, and which shop is in which."""

from pathlib import Path

import pytest

from agent.config import RemoteSettings, Settings, check_address, parse_settings
from agent.errors import ConfigError
from tests.test_readme import section

SHOP = "shops: [{id: a, platform: doudian, name: 山雀, browser: 二楼}]\n"
TWO = "browser: {connect: [{name: 二楼, url: 'ws://10.0.0.5:3000/'}, {name: 云, type: cdp}]}\n"


def read(text: str) -> Settings:
    """Return the settings that *text* says."""
    return parse_settings(text, Path("geshao.yaml"), {"doudian"})


def test_it_is_as_it_is_written() -> None:
    """An address may be left to the keyring, the type to the address, and a shop to any of them."""
    first, second = read(TWO + SHOP).browser.connect

    assert ("二楼", "ws://10.0.0.5:3000/", None) == (first.name, first.url, first.type)
    assert ("云", None, "cdp") == (second.name, second.url, second.type)
    assert "二楼" == read(TWO + SHOP).shops[0].browser
    assert () == read("browser: {connect: []}").browser.connect == read("").browser.connect


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("browser: {connect: ws://a}", r"browser\.connect：.*列表"),
        ("browser: {connect: [ws://a]}", r"browser\.connect\[0\]：.*键: 值"),
        ("browser: {connect: [{url: 'ws://a'}]}", r"connect\[0\]\.name：缺少这一项.*二楼"),
        ("browser: {connect: [{name: a b}]}", r"connect\[0\]\.name：.*最多 32"),
        ("browser: {connect: [{name: a, url: 10.0.0.5}]}", r"url：.*ws://.*geshao browser key"),
        ("browser: {connect: [{name: a, url: 'ftp://a'}]}", r"url：.*ws://"),
        ("browser: {connect: [{name: a, url: 'ws://me:secret@a'}]}", r"url：.*ws://…@a"),
        ("browser: {connect: [{name: a, type: firefox}]}", r"type：.*playwright（.*cdp（"),
        ("browser: {connect: [{name: a}, {name: a}]}", r"connect\[1\]\.name：.*没有用过"),
        ("browser: {connect: [{name: a, key: b}]}", r"key：没有这个键，可选：name（.*url、type"),
        (f"browser: {{connect: [{{name: 云}}]}}\n{SHOP}", r"shops\[0\]\.browser：.*可选：云"),
        (SHOP, r"shops\[0\]\.browser：.*browser\.connect 里还没有"),
    ],
)
def test_what_is_wrong_is_refused(text: str, told: str) -> None:
    """With the place, and what is allowed there."""
    with pytest.raises(ConfigError, match=told):
        read(text)


def test_a_refusal_does_not_repeat_what_opens_it() -> None:
    """Whoever pastes the error into a chat gives nothing away."""
    with pytest.raises(ConfigError) as caught:
        read("browser: {connect: [{name: a, url: 'ftp://a/x?token=hunter22'}]}")

    assert "hunter22" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "a", "ws://", "ws://a:0/", "ws://a b", "ws://a\nws://b"])
def test_no_address_of_a_browser(text: str) -> None:
    """What is typed is looked at before it is kept."""
    with pytest.raises(ValueError, match=r"address|Port|port"):
        check_address(text)


def test_a_kept_address_may_hold_a_name_and_a_password() -> None:
    """In the keyring it is well; spaces around it are the terminal's."""
    assert "wss://me:secret@a/x" == check_address(" wss://me:secret@a/x\n")


def test_the_readme_shows_every_key() -> None:
    """Whoever copies its example has a configuration that is understood."""
    settings = read(section("remotes").removeprefix("```yaml\n").removesuffix("```"))
    used = set[str]().union(*(one.model_fields_set for one in settings.browser.connect))

    assert set(RemoteSettings.model_fields) == used
    assert "二楼" == settings.shops[0].browser
