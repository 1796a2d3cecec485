"""What is wrong with a text that is no YAML, told so that a shop owner can mend it."""

from pathlib import Path

import yaml

from agent.errors import ConfigError

ALIAS = "aliases are not taken"
"""The problem that our loader reports, beside the parser's own."""

_EXPLAINED = {
    r"found character '\t'": "缩进里有 Tab，请换成空格",
    "found character": "这个符号不能放在开头，请给整段文字加上引号",
    "mapping values are not allowed here": (
        "冒号的位置不对：请检查这一行和上一行的缩进；文字里本来就有冒号时，请给整段文字加上引号"
    ),
    "could not find expected ':'": "这里少了冒号，键和值之间是「: 」",
    "found unexpected end of stream": "引号没有成对",
    "expected <block end>": "和上面的行没有对齐，或引号后面多了文字，请检查缩进和引号",
    "expected ',' or": "括号没有成对，或少了逗号",
    "expected the node content": "这里少了内容，或括号没有成对",
    "found unknown escape character": r"双引号里的 \ 要写成 \\，或改用单引号（Windows 路径常见）",
    "expected escape sequence": r"双引号里的 \ 要写成 \\，或改用单引号（Windows 路径常见）",
    "sequence entries are not allowed here": "「- 」的位置不对，请检查缩进",
    "but found another document": "一个文件里只能有一份配置，请删掉多余的「---」",
    ALIAS: "不支持「*」引用，请把内容直接写在这里（文字本身以「*」开头时加引号）",
}
_OPENED_BUT_NOT_CLOSED = ("found unexpected end of stream", "<stream end>")
_FULL_WIDTH_COLON = "："


def syntax_error(error: yaml.MarkedYAMLError, text: str, file: Path) -> ConfigError:
    """Return the parser's *error* about *text* as one that names file, line and column."""
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(sign in problem for sign in _OPENED_BUT_NOT_CLOSED):
        mark = error.context_mark  # the end of the file tells nobody which quote was left open
    if mark is None:
        return ConfigError(f"配置文件 {file} 不是正确的 YAML。", "请对照示例检查。")
    what = _explained(problem) + _colon_hint(text, mark.line)
    return ConfigError(
        f"配置文件 {file}:{mark.line + 1}:{mark.column + 1}：{what}。", "改好后再试。"
    )


def unprintable(position: int, text: str, file: Path) -> ConfigError:
    """Return the error for the control character at *position* of *text*."""
    line = text.count("\n", 0, position)
    column = position - (text.rfind("\n", 0, position) + 1)
    return ConfigError(
        f"配置文件 {file}:{line + 1}:{column + 1}：这里有一个看不见的控制字符。", "删掉它再试。"
    )


def _explained(problem: str) -> str:
    known = (words for start, words in _EXPLAINED.items() if problem.startswith(start))
    return next(known, f"这里不是正确的 YAML（{problem}）")


def _colon_hint(text: str, line: int) -> str:
    # The line above counts too: a key with a full-width colon breaks what follows it.
    around = text.splitlines()[max(line - 1, 0) : line + 1]
    if any(_FULL_WIDTH_COLON in each and ":" not in each for each in around):
        return "；冒号请用英文的「:」，后面空一格"
    return ""
