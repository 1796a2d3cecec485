"""How a desktop reads an entry, written from the specification alone, character by character."""

from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

_ESCAPED = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_ENDS_A_WORD = frozenset(" \t\n")
_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")


def keys(file: Path) -> dict[str, str]:
    """Return the keys of the entry's group, as they stand."""
    parser = ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign] # as the format has them
    parser.read_string(file.read_text(encoding="utf-8"))
    return dict(parser["Desktop Entry"])


def command(file: Path) -> list[str]:
    """Return the command that a desktop runs for the entry."""
    return [_expanded(word) for word in _split(_text(keys(file)["Exec"]))]


def _text(value: str) -> str:
    """Undo the escapes that every text of the format has; any other backslash is a mistake."""
    signs, text = iter(value), ""
    for sign in signs:
        text += _ESCAPED[next(signs)] if sign == "\\" else sign
    return text


def _split(line: str) -> list[str]:
    """Undo the quotes: arguments in whole, in double ones, with four signs escaped in them."""
    words, signs = list[str](), iter(line)
    for sign in signs:
        if sign == '"':
            words.append(_until_quote(signs))
            assert next(signs, " ") == " "
        elif sign not in _ENDS_A_WORD:
            word = sign
            for more in signs:
                if more in _ENDS_A_WORD:
                    break
                word += more
            assert not _RESERVED & {*word}
            words.append(word)
    return words


def _until_quote(signs: Iterator[str]) -> str:
    word = ""
    for sign in signs:
        if sign == '"':
            return word
        if sign == "\\":
            escaped = next(signs)
            assert escaped in '"`$\\'
            word += escaped
        else:
            assert sign not in "`$"
            word += sign
    message = "a quote is not closed"
    raise AssertionError(message)


def _expanded(word: str) -> str:
    """Undo the percent signs; with any field code something would be put in its place."""
    assert "%" not in word.replace("%%", "")
    return word.replace("%%", "%")
