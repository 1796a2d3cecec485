"""What opens a road: kept where passwords are, and hidden wherever it would be told."""

from pathlib import Path

import pytest

from agent.errors import GeshaoError
from agent.log import mask
from agent.vault import RoadKey, Vault

KEY = RoadKey(
    "https://u53r-name:pa55-word@robot.example/open/hook/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9?token=t0k3n-made-up",
    "5ign-made-up",
)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Return an empty vault."""
    return Vault.ephemeral(tmp_path)


def test_a_key_is_kept_and_forgotten(vault: Vault) -> None:
    """Under the road's name, apart from the shops' passwords."""
    before = vault.road("群")
    vault.set_password("群", "another thing")
    vault.set_road("群", KEY)
    kept, gone, again = vault.road("群"), vault.forget_road("群"), vault.forget_road("群")

    assert (None, KEY, True, False) == (before, kept, gone, again)
    assert (None, "another thing") == (vault.road("群"), vault.password("群"))


def test_a_key_of_our_own_for_what_comes_back(vault: Vault) -> None:
    """It is kept and hidden like the rest, and is not missed where there is none."""
    key = RoadKey("https://ntfy.example/a-topic-of-ours", "", "s3al-made-up")
    vault.set_road("手机", key)

    assert (key, KEY) == (vault.road("手机"), RoadKey.read(KEY.written()))
    assert "seal" not in KEY.written()
    assert "***" == mask(key.seal)


def test_what_is_damaged_is_none() -> None:
    """Whatever else lies in the keyring under that name opens nothing."""
    assert [None] * 5 == [RoadKey.read(one) for one in (None, "", "[]", '{"url": 1}', "x")]


def test_a_key_that_no_keyring_takes(vault: Vault) -> None:
    """It is refused before half of it is stored."""
    with pytest.raises(GeshaoError, match="太长"):
        vault.set_road("群", RoadKey("https://x/" + "y" * 1_300))

    assert vault.road("群") is None


def test_every_part_is_hidden_from_then_on(vault: Vault) -> None:
    """The whole address, what signs in, the hook's number, the token and the secret."""
    vault.set_road("群", KEY)
    parts = KEY.parts()
    told = mask("·".join(f"（{part}）" for part in parts))

    assert 6 == len(parts)
    assert [] == [part for part in parts if part in told]


def test_a_topic_or_device_is_hidden_too() -> None:
    """In an address for Apprise any piece may be what opens it; words of web addresses are not."""
    RoadKey("ntfy://ntfy.example/my-own-topic").conceal()
    RoadKey("https://web.example/webhooks/send").conceal()

    assert "*** · webhooks" == mask("my-own-topic · webhooks")


def test_what_was_written_encoded_is_hidden_decoded() -> None:
    """A service that refuses a password says it as it is, not as an address has it."""
    RoadKey("mailto://owner:p%40ssw-made-up@mail.example").conceal()

    assert "*** ***" == mask("p%40ssw-made-up p@ssw-made-up")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("tgram://123456789:AAE-made-up-token-of-a-bot/987654/", "AAE-made-up-token-of-a-bot"),
        ("ntfy://push.notify.example/my-own-long-topic", "my-own-long-topic"),
        ("schan://SCT123456made0up", "SCT123456made0up"),
    ],
)
def test_a_key_within_an_address_of_its_own_kind_is_looked_for(url: str, key: str) -> None:
    """Wherever such an address has it; the name of a host is no secret."""
    assert {url, key} == set(RoadKey(url).parts())


def test_nothing_is_told_by_accident() -> None:
    """A key that gets into a message shows neither address nor secret."""
    assert "RoadKey()" == repr(KEY)


def test_every_part_is_looked_for_in_plain_text(vault: Vault) -> None:
    """`geshao doctor` searches for what is kept of the roads that it knows."""
    vault.set_road("群", KEY)
    looked_for = {
        one.value.decode() for one in vault.secrets([], ["群", "手机"]) if "群" in one.what
    }

    assert set(KEY.parts()) == looked_for
