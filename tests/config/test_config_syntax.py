"""What the user is told about a file that is no YAML."""

from pathlib import Path

import pytest

from agent.config import parse_settings
from agent.errors import ConfigError


def refusal(text: str) -> str:
    """Return what is told about *text*."""
    with pytest.raises(ConfigError) as caught:
        parse_settings(text, Path("geshao.yaml"))
    return caught.value.message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pace:\n\tjitter: 0", "2:1：缩进里有 Tab，请换成空格"),
        ("language: @zh", "1:11：这个符号不能放在开头，请给整段文字加上引号"),
        ("shops:\n  - id: 'a\n", "2:9：引号没有成对"),
        ("policy: {tiers: {dispute: urgent}", "1:9：括号没有成对，或少了逗号"),
        ('language: "z"h', "1:14：和上面的行没有对齐，或引号后面多了文字，请检查缩进和引号"),
        (
            'browser: {path: "C:\\Users\\me"}',
            "1:22：双引号里的 \\ 要写成 \\\\，或改用单引号（Windows 路径常见）",
        ),
        (
            "language：zh\npace: {}",
            (
                "2:5：冒号的位置不对：请检查这一行和上一行的缩进；"
                "文字里本来就有冒号时，请给整段文字加上引号；冒号请用英文的「:」，后面空一格"
            ),
        ),
        (
            "a: &x 1\nb: *x",
            "2:4：不支持「*」引用，请把内容直接写在这里（文字本身以「*」开头时加引号）",
        ),
        (
            "shops:\n  - id: a\n    name：b",
            "3:11：这里少了冒号，键和值之间是「: 」；冒号请用英文的「:」，后面空一格",
        ),
        ("language: zh\n---\nlanguage: en", "2:1：一个文件里只能有一份配置，请删掉多余的「---」"),
        (
            "%YAML 9.0\n---\n",
            (
                "1:1：这里不是正确的 YAML（found incompatible YAML document "
                "(version 1.* is required)）"
            ),
        ),
        ("language: zh\npace: \x07", "2:7：这里有一个看不见的控制字符"),
    ],
)
def test_what_is_no_yaml_is_told_with_line_and_column(text: str, told: str) -> None:
    """A slip of syntax is explained where it was made."""
    assert f"配置文件 geshao.yaml:{told}。" == refusal(text)


def test_nesting_without_end_is_refused() -> None:
    """A file that would exhaust the stack is refused like any other."""
    assert "配置文件 geshao.yaml 里括号或缩进嵌套得太深。" == refusal("[" * 1000)
