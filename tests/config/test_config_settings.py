"""What a file that is right means to the rest of the program."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from agent.cases import Bands, Fen, Kind, Loudness, Policy, Shop, Tier
from agent.config import (
    ChannelsSettings,
    PaceSettings,
    Settings,
    ShopSettings,
    SoundSettings,
    parse_settings,
)

EXAMPLE = """\
language: zh                # zh | en
browser:
  path: null
pace:
  interval: 30s
  jitter: 0.2
policy:
  tiers: {price_protection: important}
  targets: {conversation: 2h}
  high_value: 800
  bands: {ticket: [10h, 3h, 20m], chat: [4m, 2m, 1m]}
  loudness: {urgent: {channels: [sound, desktop], repeat_every: 20s, repeat_at_most: 10m}}
  outage_urgent_after: 15m
channels:
  sound: {enabled: true, volume: 0.8}
  desktop: {enabled: true}
shops:
  - id: shanque
    platform: doudian
    name: 山雀户外旗舰店
    username: a@b.example
    sites: {}
"""


def read(text: str) -> Settings:
    """Return the settings that *text* says."""
    return parse_settings(text, Path("geshao.yaml"), {"doudian"})


def loudness(text: str) -> Mapping[Tier, Loudness]:
    """Return how loud the tiers are under *text*."""
    return read(text).to_policy().loudness


def test_the_example_says_what_it_seems_to_say() -> None:
    """Every key of the documented example arrives where it belongs."""
    settings = read(EXAMPLE)
    default = Policy()

    assert (
        Policy(
            tiers={**default.tiers, Kind.PRICE_PROTECTION: Tier.IMPORTANT},
            targets={**default.targets, Kind.CONVERSATION: timedelta(hours=2)},
            loudness={
                **default.loudness,
                Tier.URGENT: Loudness(
                    ("sound", "desktop"), timedelta(seconds=20), timedelta(minutes=10)
                ),
            },
            ticket_bands=Bands(timedelta(hours=10), timedelta(hours=3), timedelta(minutes=20)),
            chat_bands=Bands(timedelta(minutes=4), timedelta(minutes=2), timedelta(minutes=1)),
            high_value=Fen(80_000),
            outage_urgent_after=timedelta(minutes=15),
        )
        == settings.to_policy()
    )
    assert [Shop("doudian", "shanque", "山雀户外旗舰店")] == [
        shop.to_shop() for shop in settings.shops
    ]
    assert "a@b.example" == settings.shops[0].username


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "policy:\n  # tiers: {}\nshops:\npace: {interval: }\n", "{}"]
)
def test_what_is_not_written_keeps_its_default(text: str) -> None:
    """An empty file, and headings with nothing below, mean the defaults."""
    settings = read(text)

    assert Settings() == settings
    assert Policy() == settings.to_policy()


@pytest.mark.parametrize(
    ("written", "expected"),
    [("500", 50_000), ("500.00", 50_000), ("0.5", 50), ('"19.99"', 1_999), ("0", 0)],
)
def test_amounts_are_written_in_yuan_and_kept_in_fen(written: str, expected: int) -> None:
    """An amount loses nothing on its way, quoted or not."""
    settings = read(f"policy: {{high_value: {written}}}")

    assert Fen(expected) == settings.to_policy().high_value


@pytest.mark.parametrize("written", ["true", "True", "yes", "on", '"true"'])
def test_switches_take_the_usual_words(written: str) -> None:
    """A switch is on for each word that YAML has had for it."""
    assert read(f"channels: {{sound: {{enabled: {written}}}}}").channels.sound.enabled


@pytest.mark.parametrize(
    "word", ["13800138000", "010", "1:30", "no", "2026-01-01", "0x1F", "=", "<<"]
)
def test_names_stay_as_they_were_written(word: str) -> None:
    """A user name that looks like a number, a date or a switch stays the text it is."""
    text = f"shops:\n  - id: a\n    platform: doudian\n    name: {word}\n    username: {word}\n"

    shop = read(text).shops[0]

    assert (word, word) == (shop.name, shop.username)


@pytest.mark.parametrize(
    "name", ["山雀　旗舰店", "👨‍👩‍👧 亲子店", "a: b", "<script>", "{x}", "x" * 200]
)
def test_shop_names_hold_what_platforms_allow(name: str) -> None:
    """A name with wide spaces, joined emoji or signs of YAML is kept whole."""
    shop = read(f"shops: [{{id: a, platform: doudian, name: '{name}'}}]").shops[0]

    assert name == shop.name


def test_a_tier_keeps_what_is_not_said_about_it() -> None:
    """Changing a tier's longest gap does not take its repeats away."""
    urgent = loudness("policy: {loudness: {urgent: {repeat_at_most: 9m}}}")[Tier.URGENT]

    assert (timedelta(seconds=30), timedelta(minutes=9)) == (
        urgent.repeat_every,
        urgent.repeat_at_most,
    )


def test_never_stops_the_repeats() -> None:
    """A tier that is told never to repeat rings once a step."""
    urgent = loudness("policy: {loudness: {urgent: {repeat_every: never}}}")[Tier.URGENT]

    assert urgent.repeat_every is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{channels: [desktop]}", ("desktop",)),
        ("{channels: [desktop, sound]}", ("sound",)),
        ("{repeat_channels: [desktop]}", ("desktop",)),
        ("{channels: [desktop], repeat_channels: [sound]}", ("sound",)),
        ("{channels: []}", ()),
    ],
)
def test_repeats_sound_where_the_tier_sounds(written: str, expected: tuple[str, ...]) -> None:
    """A tier without sound does not get it back with the first repeat, unless told so."""
    urgent = loudness(f"policy: {{loudness: {{urgent: {written}}}}}")[Tier.URGENT]

    assert expected == urgent.repeat_channels


def test_a_channel_that_is_off_is_in_no_tiers_list() -> None:
    """Nothing is ever queued for it; what it was to repeat is repeated on the tier's others."""
    heard = loudness("channels: {sound: {enabled: false}}").values()

    assert [("desktop",), ("desktop",), ()] == [each.channels for each in heard]
    assert [("desktop",), ("desktop",), ()] == [each.repeat_channels for each in heard]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{channels: [sound, desktop], repeat_channels: [sound]}", ("desktop",)),
        ("{channels: [sound, desktop], repeat_channels: [sound, desktop]}", ("desktop",)),
        ("{channels: [sound, desktop], repeat_channels: []}", ()),
        ("{channels: [sound]}", ()),
    ],
)
def test_repeats_outlive_a_channel_that_is_off(written: str, expected: tuple[str, ...]) -> None:
    """Whoever switches the sound off still wants to be told again; who asked for none gets none."""
    policy = f"channels: {{sound: {{enabled: false}}}}\npolicy: {{loudness: {{urgent: {written}}}}}"

    assert expected == loudness(policy)[Tier.URGENT].repeat_channels


def test_settings_can_be_made_by_code() -> None:
    """Demo and tests build settings from values of the right types, without YAML."""
    shop = ShopSettings(id="a", platform="doudian", name="山雀")
    settings = Settings(
        pace=PaceSettings(interval=timedelta(seconds=10)),
        channels=ChannelsSettings(sound=SoundSettings(volume=0.5)),
        shops=(shop,),
    )

    assert (
        read(
            "pace: {interval: 10s}\nchannels: {sound: {volume: 0.5}}\n"
            "shops: [{id: a, platform: doudian, name: 山雀}]"
        )
        == settings
    )


def test_settings_do_not_change() -> None:
    """What was read stays as it was read."""
    with pytest.raises(ValidationError, match="frozen"):
        Settings().language = "en"  # type: ignore[misc]  # the point of the test
