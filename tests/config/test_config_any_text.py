"""No text breaks the reading of settings."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from agent.config import Settings, parse_settings
from agent.errors import ConfigError

WORDS = st.sampled_from(
    [
        *("language", "browser", "pace", "policy", "channels", "shops", "tiers", "loudness"),
        *("urgent", "repeat_every", "bands", "ticket", "id", "platform", "name", "sites", "path"),
        *("dispute", "sound", "enabled", "[key]", "password", "<<", "zh", "30s", "1.5", "null"),
        *("~", "", '"\\ud800"', "'", '"', "|", ">", "&a", "*a", "!!int", "!x", "@", "%", "：", "é"),
    ]
)
GLUE = st.sampled_from([": ", ":\n  ", "\n", "\n  ", "\n    ", "\n- ", "  - ", " ", ", ", "{", "}"])
ENDS = st.sampled_from(["[", "]", "\t", "---\n", "#", "\r", "\x00", "? "])
YAMLISH = st.lists(st.one_of(WORDS, GLUE, WORDS, GLUE, ENDS, st.text(max_size=3)), max_size=40)
LEAVES = st.one_of(WORDS, st.none())
NESTED = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=5)),
    max_leaves=25,
)


def outcome(text: str) -> object:
    """Return the settings in *text*, or the error that explains why there are none."""
    try:
        return parse_settings(text, Path("geshao.yaml"), {"doudian"})
    except ConfigError as error:
        return error


@given(YAMLISH.map("".join))
def test_any_text_gives_settings_or_an_explanation(text: str) -> None:
    """No text, however broken, ends in anything but settings or a ConfigError."""
    assert isinstance(outcome(text), Settings | ConfigError)


@given(NESTED)
def test_any_structure_gives_settings_or_an_explanation(tree: object) -> None:
    """No well-formed file, however wrong, ends in anything but settings or a ConfigError."""
    assert isinstance(outcome(flow(tree)), Settings | ConfigError)


def flow(tree: object) -> str:
    """Return *tree* as YAML in brackets, its words as they are."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(flow, tree)) + "]"
    return "null" if tree is None else str(tree)
