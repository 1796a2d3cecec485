"""Values under keys within keys: written where a person would, and nothing else is touched."""

from pathlib import Path

import pytest

from agent.config import parse_settings, set_value, write_first_config
from agent.config.nested import with_value
from agent.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "spot", "value", "expected"),
    [
        ("", "policy.high_value", "800", "policy: {high_value: 800}\n"),
        ("# 我的\n", "language", "en", "# 我的\nlanguage: en\n"),
        ("language: zh  # 中文\n", "language", "en", "language: en  # 中文\n"),
        ("language:\nshops: []\n", "language", "en", "language: en\nshops: []\n"),
        ("shops: []", "language", "en", "shops: []\nlanguage: en\n"),
        ("policy: {}\n", "policy.high_value", "1", "policy: {high_value: 1}\n"),
        (
            "policy: {batch: {within: 1h}} # 别动\n",
            "policy.batch.tickets",
            "4",
            "policy: {batch: {within: 1h, tickets: 4}} # 别动\n",
        ),
        (
            "policy:\n  # 贵\n  # high_value: 500\n\n  # quiet: x\nshops: []\n",
            "policy.high_value",
            "8",
            "policy:\n  # 贵\n  # high_value: 500\n  high_value: 8\n\n  # quiet: x\nshops: []\n",
        ),
        (
            "policy:\n  # targets:\n  #   other: 24h\n  # q: x\n",
            "policy.targets.conversation",
            "9m",
            "policy:\n  # targets:\n  #   other: 24h\n  targets: {conversation: 9m}\n  # q: x\n",
        ),
        (
            "policy:\n  high_value: 5 # 五\n  # quiet: never\n# 完\n",
            "policy.quiet",
            "never",
            "policy:\n  high_value: 5 # 五\n  # quiet: never\n  quiet: never\n# 完\n",
        ),
        (
            "channels:\n    sound:\n        volume: 0.8\n    desktop:\n",
            "channels.sound.enabled",
            "false",
            "channels:\n    sound:\n        volume: 0.8\n        enabled: false\n    desktop:\n",
        ),
        ("a: 1\r\nb: 2\r\n", "policy.most", "3", "a: 1\r\nb: 2\r\npolicy: {most: 3}\r\n"),
        ("policy: null\n", "policy.high_value", "3", "policy:\n  high_value: 3\n"),
    ],
)
def test_a_value_is_written_where_it_belongs(
    text: str, spot: str, value: str, expected: str
) -> None:
    """Below the comment that shows the key, in braces where braces are, in the same line ends."""
    assert expected == with_value(text, spot.split("."), value)


@pytest.mark.parametrize(
    ("text", "spot", "why"),
    [
        ("policy: 7\n", "policy.high_value", "tag:yaml"),
        ("policy:\n  quiet:\n    from: 23:00\n", "policy.quiet", "from: 23:00"),
        ("policy: [1]\n", "policy.quiet", "tag:yaml"),
    ],
)
def test_what_takes_several_lines_is_left_alone(text: str, spot: str, why: str) -> None:
    """A person's own layout is theirs to change."""
    with pytest.raises(ValueError, match=why):
        with_value(text, spot.split("."), "never")


def test_the_first_configuration_takes_every_change(tmp_path: Path) -> None:
    """One line comes for each, its number is told, and the file says what was wanted."""
    file = tmp_path / "config.yaml"
    write_first_config(file, "zh")
    before = file.read_text(encoding="utf-8").splitlines()
    line = set_value(file, ("policy", "high_value"), "800")
    told = file.read_text(encoding="utf-8").splitlines()[line - 1]
    set_value(file, ("policy", "loudness", "urgent", "repeat_every"), "20s")
    set_value(file, ("channels", "sound", "tones", "urgent", "volume"), "1")
    after = file.read_text(encoding="utf-8").splitlines()
    settings = parse_settings("\n".join(after), file)

    assert "  high_value: 800" == told
    assert 3 == len(after) - len(before)
    assert [one for one in after if one in before] == before
    assert 80_000 == settings.policy.high_value


@pytest.mark.parametrize(
    ("text", "spot", "value", "words"),
    [
        ("policy:\n  quiet:\n    from: '23:00'\n    to: '7:00'\n", "policy.quiet", "never", "改成"),
        ("shops: []\n", "policy.high_value", "-1", "high_value"),
        ("shops: 7\n", "language", "en", "shops"),
        ("shops: [\n", "language", "en", "config.yaml:"),
    ],
)
def test_what_cannot_be_is_refused_and_the_file_left_alone(
    tmp_path: Path, text: str, spot: str, value: str, words: str
) -> None:
    """A layout of one's own, a value out of bounds, a file that is wrong already."""
    file = tmp_path / "config.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        set_value(file, tuple(spot.split(".")), value)

    assert words in str(refused.value)
    assert text == file.read_text(encoding="utf-8")
