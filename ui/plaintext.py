"""Text from a page made harmless for a terminal."""

import unicodedata

_LONGEST = 500

_BLANK = {"Cc", "Zl", "Zp"}
"""Control characters and line ends: the escape that starts a terminal's commands is one."""

_DROPPED = {"Cf", "Cs", "Co", "Cn"}
"""What has no shape of its own, such as the marks that turn the direction of writing around."""


def harmless(text: str) -> str:
    """Return *text* on one line, cut to what a screen can hold, with nothing a terminal obeys."""
    return "".join(_shown(character) for character in text[:_LONGEST]).strip()


def harmless_lines(text: str) -> str:
    """Return all of *text*, line by line, with nothing that a terminal obeys."""
    return "\n".join("".join(map(_shown, line)) for line in text.split("\n"))


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in _BLANK:
        return " "
    return "" if category in _DROPPED else character
