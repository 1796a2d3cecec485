"""From the user's file to settings, or to a list of all that has to be mended in it."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from agent.config.document import Document, Problem, Tree, parse_yaml
from agent.config.problems import explain, told
from agent.config.roads import RoadSettings
from agent.config.roster import HolidaySettings
from agent.config.section import Section
from agent.config.settings import Settings, ShopSettings
from agent.errors import ConfigError

_Section = TypeVar("_Section", bound=Section)


def read_settings(file: Path, platforms: Collection[str] | None = None) -> Settings:
    """Return what *file* says; *platforms* are the names of the packs that exist, None: any goes.

    Raises ConfigError, in Chinese, with every spot that is wrong and what is allowed there.
    """
    return parse_settings(read_text(file), file, platforms)


def parse_settings(text: str, file: Path, platforms: Collection[str] | None = None) -> Settings:
    """Return what *text*, the contents of *file*, says; see `read_settings`."""
    document = parse_yaml(text, file)
    problems = list(document.problems)
    try:
        context = {"platforms": platforms, "roads": _named_roads(document)}
        settings = Settings.model_validate(document.tree, context=context)
    except ValidationError as error:
        problems += explain(error.errors(include_url=False), document, Settings)
        raise _refusal(problems, file) from error
    if problems:
        raise _refusal(problems, file)
    return settings


def read_shop(words: Mapping[str, Tree], platforms: Collection[str] | None = None) -> ShopSettings:
    """Return the shop that a person described in *words*, by the keys that the file has for it.

    Raises ConfigError, in Chinese, with everything that is wrong and what is allowed there.
    """
    return _described(words, ShopSettings, {"platforms": platforms})


def read_road(words: Mapping[str, Tree]) -> RoadSettings:
    """Return the road that a person described in *words*, by the keys that the file has for it.

    Raises ConfigError, in Chinese, with everything that is wrong and what is allowed there.
    """
    return _described(words, RoadSettings, {})


def read_holiday(words: Mapping[str, Tree]) -> HolidaySettings:
    """Return the holiday that a person described in *words*, by the keys that the file has for it.

    Raises ConfigError, in Chinese, with everything that is wrong and what is allowed there.
    """
    return _described(words, HolidaySettings, {})


def _described(
    words: Mapping[str, Tree], section: type[_Section], context: Mapping[str, object]
) -> _Section:
    try:
        return section.model_validate(words, context={**context})
    except ValidationError as error:
        document = Document(dict(words), {}, ())
        problems = explain(error.errors(include_url=False), document, section)
        raise ConfigError("".join(map(told, problems)), "请改好后再试。") from error


def _named_roads(document: Document) -> list[str]:
    """Return the names that the file's roads have, whatever else is wrong with them."""
    roads = document.value(("roads",))
    named = [road.get("name") for road in roads if isinstance(road, dict)] if roads else []
    return [name for name in named if isinstance(name, str)]


def read_text(file: Path) -> str:
    """Return the text of *file*, line ends as they are.

    Raises ConfigError if there is none, or none that can be read.
    """
    try:
        return file.read_bytes().decode()
    except FileNotFoundError as error:
        raise ConfigError(f"没有找到配置文件 {file}。", "请先运行 geshao init 建一份。") from error
    except OSError as error:
        raise ConfigError(
            f"打不开配置文件 {file}（{error.strerror}）。", "请检查它是不是文件、有没有读取权限。"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"配置文件 {file} 不是 UTF-8 编码。", "请在编辑器里另存为 UTF-8 再试。"
        ) from error


def _refusal(problems: list[Problem], file: Path) -> ConfigError:
    # A key that is wrong, and its value too, is one thing to mend.
    once = sorted(dict.fromkeys(problems), key=lambda problem: problem.line)
    lines = [f"  第 {problem.line} 行 {told(problem)}" for problem in once]
    head = f"配置文件 {file} 有 {len(once)} 处要改："
    return ConfigError("\n".join([head, *lines]), "改好后再试。")
