"""Change the user's file for them, so that it still reads as they wrote it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

from ruamel.yaml.error import YAMLError

from agent.config.reading import parse_settings, read_text
from agent.config.settings import Settings, ShopSettings
from agent.config.splice import with_item, without_item
from agent.errors import ConfigError
from agent.words import Language

_STARTER = Path(__file__).with_name("starter.yaml")
_STARTER_LANGUAGE = "\nlanguage: zh\n"


def add_shop(file: Path, shop: ShopSettings) -> None:
    """Add *shop* at the end of the shops in *file*.

    Raises ConfigError, and leaves the file alone, if its id is taken or the file is wrong.
    """
    text = read_text(file)
    settings = parse_settings(text, file)
    if any(shop.id == other.id for other in settings.shops):
        raise ConfigError(
            f"{file} 里已经有 id 为 {shop.id} 的店铺。",
            f"请换一个 id，或先运行 geshao shop remove {shop.id}。",
        )
    item = {key: value for key, value in shop.model_dump().items() if value}
    wanted = settings.model_copy(update={"shops": (*settings.shops, shop)})
    _change(file, lambda: with_item(text, "shops", item), wanted)


def remove_shop(file: Path, shop_id: str) -> None:
    """Take the shop called *shop_id* out of *file*.

    Raises ConfigError, and leaves the file alone, if there is no such shop or the file is wrong.
    """
    text = read_text(file)
    settings = parse_settings(text, file)
    ids = [shop.id for shop in settings.shops]
    if shop_id not in ids:
        known = "、".join(ids) or "（一家也没有）"
        raise ConfigError(f"{file} 里没有店铺 {shop_id}。", f"现有的店铺：{known}。")
    position = ids.index(shop_id)
    left = settings.shops[:position] + settings.shops[position + 1 :]
    wanted = settings.model_copy(update={"shops": left})
    _change(file, lambda: without_item(text, "shops", position), wanted)


def write_first_config(file: Path, language: Language) -> None:
    """Write a configuration with every key explained, and no shops yet, to *file*.

    Raises ConfigError if something is there already, or it cannot be written.
    """
    if os.path.lexists(file):
        raise ConfigError(f"{file} 已经存在，没有动它。", "请直接编辑它；想重新来过，先把它改名。")
    starter = _STARTER.read_text(encoding="utf-8")
    _write(file, starter.replace(_STARTER_LANGUAGE, f"\nlanguage: {language}\n"))


def _change(file: Path, edit: Callable[[], str], wanted: Settings) -> None:
    """Write what *edit* makes of *file*, but only if it then says exactly what is *wanted*."""
    try:
        text = edit()
        done = parse_settings(text, file) == wanted
    except (ValueError, YAMLError, ConfigError):
        done = False
    if not done:
        raise ConfigError(
            f"{file} 里 shops 的写法没法自动修改，没有动它。",
            "请手动改成每家店一项、以「- 」开头的写法，或直接在文件里增删店铺。",
        )
    _write(file, text)


def _write(file: Path, text: str) -> None:
    """Put *text* in the place of *file* in one step, so that no one ever reads half of it."""
    target = file.resolve()  # a link to the file stays a link
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, prefix=".geshao-", delete=False) as new:
            new.write(text.encode())
            new.flush()
            os.fsync(new.fileno())
        _put_in_place(Path(new.name), target)
    except OSError as error:
        raise ConfigError(
            f"写不了配置文件 {file}（{error.strerror}）。", "请检查磁盘空间和文件夹的写入权限。"
        ) from error


def _put_in_place(new: Path, target: Path) -> None:
    try:
        if target.exists():
            shutil.copymode(target, new)
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
